import Foundation

/// The engine that keeps the state in a test: SQLite everywhere, PostgreSQL where there is a server for tests.
///
///     @Test("what is stored is found again", arguments: TestEngine.available)
///     func stores(on engine: TestEngine) async throws {
///       try await TestHost.run([BillingService.self], engine: engine) { host in ... }
///     }
public enum TestEngine: String, Sendable, CaseIterable {
  case sqlite
  case postgresql

  /// Where the server for tests is: a database in which a test may make schemas. `Scripts/test-servers` starts one.
  public static let postgreSQLAddress = ProcessInfo.processInfo.environment["ROOST_TEST_POSTGRES_URL"]

  /// Those that this machine can test with.
  public static let available = allCases.filter(\.isAvailable)

  public var isAvailable: Bool { self == .sqlite || Self.postgreSQLAddress != nil }
}
