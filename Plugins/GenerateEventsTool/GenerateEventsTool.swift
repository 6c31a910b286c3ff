import EventGenerator
import Foundation

/// `generate-events DIRECTORY [--check]`: writes the Swift types of a package's events, or says what differs.
///
/// Exits with 0 when all is as it should be, 1 when `--check` finds a difference or a schema is refused, 2 when it is
/// called wrongly.
@main
struct GenerateEventsTool {
  static func main() {
    var arguments = Array(CommandLine.arguments.dropFirst())
    let isCheck = arguments.contains("--check")
    arguments.removeAll { $0 == "--check" }
    guard arguments.count == 1, let directory = arguments.first, !directory.hasPrefix("-") else {
      complain("usage: generate-events PACKAGE_DIRECTORY [--check]")
      exit(2)
    }
    let package = EventPackage(path: directory)
    do {
      if isCheck {
        let changes = try package.changes()
        for change in changes { complain(change.description) }
        guard changes.isEmpty else {
          complain("run `swift package generate-events` and check in what it writes")
          exit(1)
        }
      } else {
        for change in try package.update() {
          print(change.kind == .stale ? "deleted \(change.path)" : "wrote \(change.path)")
        }
      }
    } catch {
      complain("\(error)")
      exit(1)
    }
  }

  private static func complain(_ line: String) {
    FileHandle.standardError.write(Data((line + "\n").utf8))
  }
}
