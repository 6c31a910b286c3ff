import RuntimeHost

extension Builtin {
  /// Answers with what it is given.
  static let echo = Builtin(name: "echo", description: "Answers with its input") { input, _ in input }
}
