/// How the command ends: the numbers of BSD's `sysexits`, which scripts can tell apart.
enum ExitCode: Int32, Sendable {
  case success = 0
  /// Asked and answered, and the answer is no: not found, a check that failed.
  case failure = 1
  /// The command line is wrong.
  case usage = 64
  /// What was to be sent is wrong.
  case badInput = 65
  /// A file that was named cannot be read.
  case noInput = 66
  /// No server where one was expected.
  case unavailable = 69
  /// A fault of the command itself, or an answer it does not understand.
  case internalError = 70
  /// A folder or file cannot be made.
  case cannotCreate = 73
  /// The answer could not be written, or the data could not be read.
  case outputError = 74
  /// The server cannot now; the same command may succeed later.
  case temporaryFailure = 75
  /// The token is missing or not accepted.
  case noPermission = 77
  /// A setting is wrong.
  case configuration = 78
  case interrupted = 130

  /// One line for a help text.
  var meaning: String {
    switch self {
    case .success: "success"
    case .failure: "the answer is no: not found, or a check failed"
    case .usage: "the command line is wrong"
    case .badInput: "the input is wrong"
    case .noInput: "the file cannot be read"
    case .unavailable: "no server at that address"
    case .internalError: "the server's answer cannot be understood"
    case .cannotCreate: "the data folder cannot be made or written"
    case .outputError: "the answer could not be written"
    case .temporaryFailure: "the server cannot now: try again"
    case .noPermission: "the token is missing or not accepted"
    case .configuration: "a setting is wrong"
    case .interrupted: "interrupted"
    }
  }
}
