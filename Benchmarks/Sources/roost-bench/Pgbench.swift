import Foundation

/// PostgreSQL's own load generator: the same statements as a handler's transaction, one transaction an event.
struct Pgbench {
  let url: String
  /// Where the tables lie.
  let schema: String

  /// What a handler writes for an event: its inbox row, a row of state, an outbox row of 440 bytes.
  private static let script = """
    \\set number random(1, 1000000000)
    \\set key random(1, 10000)
    BEGIN;
    INSERT INTO inbox (handler, event_id, handled_at)
      VALUES ('count', convert_to('0193a1b2-7c4d-7000-8123-' || :client_id || '-' || :number, 'UTF8'), 1742201123) ON CONFLICT DO NOTHING;
    INSERT INTO counts (name, count) VALUES ('mem_0193a1b2-7c4d-7e8f-9a0b-1c2d' || :key, 1)
      ON CONFLICT (name) DO UPDATE SET count = counts.count + 1;
    INSERT INTO outbox (virtual_partition, topic, key, event_id, event_type, headers, value)
      VALUES (:key % 256, 'memory', convert_to('mem_0193a1b2-7c4d-7e8f-9a0b-1c2d' || :key, 'UTF8'), '0193a1b2-7c4d-7000-8123-' || :number,
        'memory.created', '\\x01', decode(repeat('61', 440), 'hex'));
    COMMIT;
    """

  /// Transactions a second, with prepared statements.
  ///
  /// - Parameter count: How many it makes. Its own time limit is an alarm, which a child of this process may not hear.
  func transactionsPerSecond(connections: Int, count: Int) throws -> Double {
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("roost-bench-\(UUID().uuidString).sql")
    try Data(Self.script.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let output = try Subprocess.output(
      of: URL(fileURLWithPath: try Self.program()),
      [
        "--no-vacuum", "--protocol=prepared", "--client=\(connections)", "--jobs=\(min(connections, 2))",
        "--transactions=\(count / connections)", "--file=\(file.path)", url,
      ], environment: ["PGOPTIONS": "-c search_path=\(schema)"])
    guard let line = output.split(separator: "\n").first(where: { $0.hasPrefix("tps = ") }),
      let figure = line.split(separator: " ").compactMap({ Double($0) }).first
    else { throw BenchmarkFailure("pgbench printed no figure: \(output)") }
    return figure
  }

  /// Debian keeps it beside the server, outside of the path.
  private static func program() throws -> String {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    let debian = (try? FileManager.default.contentsOfDirectory(atPath: "/usr/lib/postgresql")) ?? []
    let folders = path.split(separator: ":").map(String.init) + debian.sorted().map { "/usr/lib/postgresql/\($0)/bin" }
    guard let found = folders.map({ $0 + "/pgbench" }).first(where: FileManager.default.isExecutableFile) else {
      throw BenchmarkFailure("there is no pgbench: Debian's package postgresql-contrib has it")
    }
    return found
  }
}
