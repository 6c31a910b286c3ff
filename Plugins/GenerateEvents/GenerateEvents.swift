import PackagePlugin

@main struct GenerateEvents: CommandPlugin {
  func performCommand(context: PluginContext, arguments: [String]) async throws {}
}
