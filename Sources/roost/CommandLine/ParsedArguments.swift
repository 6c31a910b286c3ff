/// A command line that was read: what stands alone, and the options.
///
/// A pure value. Options may stand anywhere; `--` ends them; `-` alone is an argument. Each mistake is one
/// `CommandError` that names it.
struct ParsedArguments: Sendable, Equatable {
  private(set) var positionals: [String] = []
  private var values: [String: [String]] = [:]
  private var flags: Set<String> = []

  init(_ arguments: [String], options: [CommandOption]) throws(CommandError) {
    var rest = arguments[...]
    while let argument = rest.popFirst() {
      if argument == "--" {
        positionals += rest
        return
      }
      guard argument.hasPrefix("-"), argument != "-" else {
        positionals.append(argument)
        continue
      }
      try takeOption(argument == "-h" ? "--help" : argument, rest: &rest, options: options)
    }
  }

  private mutating func takeOption(
    _ argument: String, rest: inout ArraySlice<String>, options: [CommandOption]
  ) throws(CommandError) {
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    let spelled = String(parts[0])
    let inlineValue = parts.count > 1 ? String(parts[1]) : nil
    guard spelled.hasPrefix("--"), let option = options.first(where: { $0.isNamed(by: spelled) }) else {
      let nearest = Spelling.nearest(to: spelled, among: options.map { "--" + $0.name })
      throw .usage("unknown option \(spelled)" + (nearest.map { "; did you mean \($0)?" } ?? ""))
    }
    guard option.placeholder != nil else {
      guard inlineValue == nil else { throw .usage("\(spelled) takes no value") }
      flags.insert(option.name)
      return
    }
    let name = String(spelled.dropFirst(2))
    if let inlineValue {
      values[name, default: []].append(inlineValue)
    } else if let value = rest.first, !value.hasPrefix("--") {
      rest.removeFirst()
      values[name, default: []].append(value)
    } else {
      throw .usage("\(spelled) needs a value: \(spelled)=\(option.placeholder ?? "")")
    }
  }

  func has(_ name: String) -> Bool { flags.contains(name) }

  /// The option's value; the last one where it was given more than once.
  func string(_ name: String) -> String? { values[name]?.last }

  /// The values of an option that may be given more than once, in their order.
  func strings(_ name: String) -> [String] { values[name] ?? [] }

  /// The names of the options with a value that were given, each once.
  var names: [String] { values.keys.sorted() }

  func int(_ name: String, in range: ClosedRange<Int>) throws(CommandError) -> Int? {
    guard let text = string(name) else { return nil }
    guard let value = Int(text), range.contains(value) else {
      throw .usage("--\(name) is a whole number from \(range.lowerBound) to \(range.upperBound), not \(text)")
    }
    return value
  }

  func choice<Choice: RawRepresentable & CaseIterable>(
    _ name: String, of type: Choice.Type
  ) throws(CommandError) -> Choice? where Choice.RawValue == String {
    guard let text = string(name) else { return nil }
    guard let choice = Choice(rawValue: text) else {
      throw .usage("--\(name) is one of \(Choice.allCases.map(\.rawValue).joined(separator: ", ")), not \(text)")
    }
    return choice
  }

  /// Exactly these arguments, by the names that the help text gives them.
  func positionals(_ names: String...) throws(CommandError) -> [String] {
    if positionals.count < names.count { throw .usage("\(names[positionals.count]) is missing") }
    if positionals.count > names.count { throw .usage("unexpected argument \(positionals[names.count])") }
    return positionals
  }

  func optionalPositional(_ name: String) throws(CommandError) -> String? {
    if positionals.count > 1 { throw .usage("unexpected argument \(positionals[1])") }
    return positionals.first
  }
}
