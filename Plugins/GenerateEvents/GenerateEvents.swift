import Foundation
import PackagePlugin

/// `swift package generate-events [--check]`: the tool of that name, run on this package.
@main
struct GenerateEvents: CommandPlugin {
  func performCommand(context: PluginContext, arguments: [String]) async throws {
    let tool = try context.tool(named: "generate-events")
    let process = Process()
    process.executableURL = tool.url
    process.arguments = [context.package.directoryURL.path] + arguments
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      Diagnostics.error("generate-events failed")
      return
    }
  }
}
