/// Ends a command with one line for a person and an exit code for a script.
struct CommandError: Error, Sendable, Equatable, CustomStringConvertible {
  let exitCode: ExitCode
  let message: String

  init(_ exitCode: ExitCode, _ message: String) {
    self.exitCode = exitCode
    self.message = message
  }

  static func usage(_ message: String) -> CommandError { CommandError(.usage, message) }

  var description: String { message }
}
