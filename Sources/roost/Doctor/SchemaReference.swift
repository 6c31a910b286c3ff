import RuntimeHost

/// The schemas that this program makes: what a fresh data folder holds after a start.
struct SchemaReference: Sendable {
  /// By the file's name and component.
  let schemas: [String: [String: Int]]

  init(schemas: [String: [String: Int]]) { self.schemas = schemas }

  /// Starts the services on a folder of its own, which is gone afterwards.
  static func make() async throws -> SchemaReference {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    let configuration = try HostConfiguration(
      flags: ["--data-dir=\(folder.path)", "--listen=127.0.0.1:0", "--drain-timeout=1s"], services: platformServices)
    let host = RuntimeHost(configuration: configuration, services: platformServices)
    try await host.start()
    await host.shutdown()
    var schemas: [String: [String: Int]] = [:]
    for name in try DataFolderExamination.databases(in: folder.path) {
      schemas[name] = try InspectedDatabase(path: folder.path + "/" + name).schemas()
    }
    return SchemaReference(schemas: schemas)
  }

  /// What a file's schemas mean for this program.
  func finding(_ check: String, file: String, found: [String: Int]) -> Finding {
    guard let known = schemas[file] else {
      return .warning(check, "belongs to no service of this program", "leave it, or move it out of the data folder")
    }
    let newer = found.filter { $0.value > (known[$0.key] ?? 0) }.keys.sorted()
    guard newer.isEmpty else {
      return .failure(
        check, "its schema is newer than this program's: \(newer.joined(separator: ", "))",
        "run the newer program again, or restore the backup from before the upgrade")
    }
    let older = known.filter { $0.value > (found[$0.key] ?? 0) }.keys.sorted()
    guard older.isEmpty else {
      return .warning(
        check, "its schema is older than this program's: \(older.joined(separator: ", "))",
        "the next start of this program brings it up to date; make a backup before")
    }
    return .ok(check, "schema as this program's")
  }
}
