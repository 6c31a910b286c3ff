import Foundation
import JSON
import Testing

/// What `swift package describe` says of this package.
enum PackageDescription {
  struct Target {
    var name: String
    var type: String
    var path: String
    var dependencies: [String]

    /// The service's folder of a path such as `Services/Memory/Service`.
    var folder: String { path.split(separator: "/").prefix(2).joined(separator: "/") }
  }

  /// The folder of Package.swift, found from this file's place in it.
  static var root: URL {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
  }

  static func targets() throws -> [Target] { try cached.get() }

  private static let cached = Result { try describe() }

  private static func describe() throws -> [Target] {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    let scratch = FileManager.default.temporaryDirectory.appending(path: "roost-describe-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: scratch) }
    // A scratch folder of its own: the one of the running tests is locked by whoever runs them.
    process.arguments = [
      "swift", "package", "--package-path", root.path(), "--scratch-path", scratch.path(), "describe", "--type", "json",
    ]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    try process.run()
    let bytes = [UInt8](output.fileHandleForReading.readDataToEndOfFile())
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "swift package describe failed")
    let description = try JSONValue(parsing: bytes)
    return (description["targets"]?.arrayValue ?? []).map { target in
      Target(
        name: target["name"]?.stringValue ?? "", type: target["type"]?.stringValue ?? "",
        path: target["path"]?.stringValue ?? "",
        dependencies: (target["target_dependencies"]?.arrayValue ?? []).compactMap(\.stringValue))
    }
  }
}
