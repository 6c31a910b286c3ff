import Extraction

/// How annotated texts use names and words: a token and its label (`B-PER`, `I-PER`, `O`) a line, a blank line between
/// sentences.
struct NameUsage {
  private var wholes: [String: [NameKind: Int]] = [:]
  private var lastWords: [String: [NameKind: Int]] = [:]
  private var lowerCase: [String: Int] = [:]
  private var inNames: [String: Int] = [:]

  /// How often a use must be seen to be more than a slip of whoever annotated.
  private static let enough = 2

  mutating func read(_ text: String) {
    var name: [Substring] = []
    var label = ""
    func kind(_ label: String) -> NameKind? {
      switch label {
      case "PER": .seenPerson
      case "LOC": .seenLocation
      case "ORG": .seenOrganization
      case "PRODUCT", "WORK": .seenProduct
      default: nil
      }
    }
    func finish(_ usage: inout NameUsage) {
      if let kind = kind(label), let last = name.last {
        usage.wholes[name.joined(separator: " "), default: [:]][kind, default: 0] += 1
        if name.count > 1 { usage.lastWords[String(last), default: [:]][kind, default: 0] += 1 }
      }
      name = []
    }
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      let parts = line.split(separator: "\t")
      guard parts.count == 2 else {
        finish(&self)
        continue
      }
      let tag = parts[1]
      if !tag.hasPrefix("I-") { finish(&self) }
      guard tag != "O" else {
        if parts[0].first?.isLowercase == true { lowerCase[String(parts[0]), default: 0] += 1 }
        continue
      }
      if tag.hasPrefix("B-") { label = String(tag.dropFirst(2)) }
      name.append(parts[0])
      inNames[parts[0].lowercased(), default: 0] += 1
    }
    finish(&self)
  }

  func add(to writer: inout NameListWriter) {
    for (word, count) in lowerCase where count >= Self.enough && count >= inNames[word, default: 0] {
      writer.add(word, .commonWord)
    }
    for (name, kinds) in wholes {
      for (kind, count) in kinds where count >= Self.enough { writer.add(name, kind) }
    }
    for (word, kinds) in lastWords {
      if kinds[.seenOrganization, default: 0] > Self.enough { writer.add(word, .endsOrganization) }
      if kinds[.seenLocation, default: 0] > Self.enough { writer.add(word, .endsLocation) }
    }
  }
}
