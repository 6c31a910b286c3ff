import Extraction
import RuntimeHost

/// Holds a model's proposal against the text, and takes of it what the text itself says.
///
/// Whatever was in the prompt or in the text, nothing else comes out: every mention and every quote is found in the text
/// again, places are counted there, names are the text's own words, types are ours, relations connect two mentions that
/// were found, and times are read from the text's own words. So an order hidden in a text can spoil no more than what is
/// taken from that text.
struct EvidenceCheck {
  /// What the text bears out.
  private(set) var extraction = Extraction()
  /// How many entities and relationships it does not.
  private(set) var rejected = 0

  private struct Name: Hashable {
    let name: String
    let type: String
  }

  private let finder: QuoteFinder
  private let time: Int64?
  private var names: [[UInt32]: Name] = [:]
  private var taken: Set<Range<Int>> = []

  /// - Parameter time: When the text was written, in microseconds since 1970.
  init(_ proposal: ModelProposal, text: String, at time: Int64?) {
    finder = QuoteFinder(text)
    self.time = time
    for entity in proposal.entities { check(entity) }
    extraction.entities.sort { ($0.start, $0.end) < ($1.start, $1.end) }
    var known: Set<[String]> = []
    for relationship in proposal.relationships { check(relationship, &known) }
  }

  private mutating func check(_ entity: ModelProposal.Entity) {
    let places = finder.places(of: entity.text)
    guard !places.isEmpty else {
      rejected += 1
      return
    }
    // The same words again stand for their next mention; more often than they are there, they stand for nothing.
    guard let place = places.first(where: { !taken.contains($0) }) else { return }
    taken.insert(place)
    let words = finder.words(place)
    let name = finder.places(of: entity.name).first.map(finder.words) ?? words
    let type = Self.type(entity.type)
    extraction.entities.append(
      ExtractedEntity(
        name: name, text: words, type: type, start: place.lowerBound, end: place.upperBound,
        confidence: entity.confidence))
    for form in [name, words, entity.name] {
      let key = QuoteFinder.key(form)
      if names[key] == nil { names[key] = Name(name: name, type: type) }
    }
  }

  private mutating func check(_ relationship: ModelProposal.Relationship, _ known: inout Set<[String]>) {
    guard let source = names[QuoteFinder.key(relationship.source)],
      let target = names[QuoteFinder.key(relationship.target)], source != target,
      let type = Self.relation(relationship.type), let place = finder.places(of: relationship.quote).first
    else {
      rejected += 1
      return
    }
    guard known.insert([source.name, source.type, target.name, target.type, type]).inserted else { return }
    let stated = relationship.when.flatMap { when in
      finder.places(of: when).first.flatMap { StatedTime(finder.words($0), writtenAt: time) }
    }
    extraction.relationships.append(
      ExtractedRelationship(
        source: source.name, target: target.name, sourceType: source.type, targetType: target.type, type: type,
        confidence: relationship.confidence, start: place.lowerBound, end: place.upperBound,
        text: finder.words(place), validFrom: stated?.from, validTo: stated?.to))
  }

  /// Our word for a type that models call by many; what is none of ours is a concept.
  static func type(_ proposed: String) -> String {
    let word = proposed.lowercased()
    if ExtractionPrompt.entityTypes.contains(word) { return word }
    return switch word {
    case "per", "people", "human", "character": "person"
    case "org", "organisation", "company", "institution", "agency", "team", "group", "band": "organization"
    case "loc", "gpe", "place", "city", "country", "state", "region", "facility", "fac", "address": "location"
    case "software", "device", "vehicle", "brand", "technology", "drug", "food": "product"
    case "work_of_art", "work of art", "book", "film", "movie", "song", "album", "law", "publication": "work"
    case "time", "datetime", "year", "duration", "period": "date"
    case "price", "amount", "currency", "monetary": "money"
    case "e-mail", "email_address": "email"
    case "link", "website", "uri": "url"
    case "username", "account", "hashtag": "handle"
    default: "concept"
    }
  }

  /// A relation in lower case with underscores; `nil` when no such name can be made of it.
  static func relation(_ proposed: String) -> String? {
    var name = ""
    for scalar in proposed.unicodeScalars {
      switch scalar {
      case "a"..."z", "0"..."9": name.unicodeScalars.append(scalar)
      case "A"..."Z": name += String(scalar).lowercased()
      case "_", " ", "-", ".": if !name.isEmpty, name.last != "_" { name.append("_") }
      case "'", "’": continue
      default: return nil
      }
    }
    if name.last == "_" { name.removeLast() }
    guard (1...64).contains(name.utf8.count), name.first?.isNumber == false else { return nil }
    return name
  }
}
