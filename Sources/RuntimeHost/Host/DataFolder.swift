import Foundation

/// The folder that a host's log and databases lie in.
struct DataFolder: Sendable {
  let path: String

  /// The embedded log.
  var log: String { path + "/events.db" }

  func database(of service: String) -> String { path + "/\(service).db" }

  /// Makes the folder where it is missing, for its owner alone, and makes sure that it can be written.
  func prepare() throws(HostError) {
    do {
      try FileManager.default.createDirectory(
        atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      throw HostError(.cannotCreate, "the data folder \(path) cannot be made: \(Self.reason(error))")
    }
    let probe = path + "/.writable-\(getpid())"
    guard FileManager.default.createFile(atPath: probe, contents: Data([0])) else {
      throw HostError(.cannotCreate, "the data folder \(path) cannot be written")
    }
    try? FileManager.default.removeItem(atPath: probe)
  }

  /// The system's own words, where Foundation kept them.
  private static func reason(_ error: any Error) -> String {
    let error = error as NSError
    if let cause = error.userInfo[NSUnderlyingErrorKey] as? POSIXError {
      return String(cString: strerror(cause.code.rawValue))
    }
    return error.localizedDescription.replacing("\n", with: " ")
  }
}
