import Foundation

/// A data folder that is gone when the demo is.
struct DemoFolder: Sendable {
  let path: String

  init() throws(CommandError) {
    var template = Array((FileManager.default.temporaryDirectory.path + "/roost-demo-XXXXXX").utf8CString)
    guard let made = mkdtemp(&template) else {
      throw CommandError(.cannotCreate, "no temporary folder can be made: \(String(cString: strerror(errno)))")
    }
    path = String(cString: made)
  }

  func remove() { try? FileManager.default.removeItem(atPath: path) }
}
