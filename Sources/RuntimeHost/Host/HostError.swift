/// What kept a host from starting: one line for a person, an exit code for a script.
public struct HostError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The numbers of BSD's `sysexits`.
  public enum ExitCode: Int32, Sendable {
    case unavailable = 69
    case software = 70
    case cannotCreate = 73
    case inputOutput = 74
    case configuration = 78
  }

  public let exitCode: ExitCode
  public let message: String

  init(_ exitCode: ExitCode, _ message: String) {
    self.exitCode = exitCode
    self.message = message
  }

  public var description: String { message }
}
