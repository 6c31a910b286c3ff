import Foundation

/// A folder of this run alone, which its maker removes.
struct TemporaryFolder: Sendable {
  let path: String

  init() throws(CommandError) {
    var template = Array((FileManager.default.temporaryDirectory.path + "/roost-XXXXXX").utf8CString)
    guard let made = mkdtemp(&template) else {
      throw CommandError(.cannotCreate, "no temporary folder can be made: \(String(cString: strerror(errno)))")
    }
    path = String(cString: made)
  }

  func remove() { try? FileManager.default.removeItem(atPath: path) }
}
