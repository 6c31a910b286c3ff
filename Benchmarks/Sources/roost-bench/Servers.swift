import Foundation

/// The servers that some benchmarks need, named by the environment as for the tests.
enum Servers {
  static func kafka() throws -> String { try variable("ROOST_KAFKA_BOOTSTRAP_SERVERS") }

  static func postgres() throws -> String { try variable("ROOST_TEST_POSTGRES_URL") }

  private static func variable(_ name: String) throws -> String {
    guard let value = ProcessInfo.processInfo.environment[name], !value.isEmpty else {
      throw ServerMissing(variable: name)
    }
    return value
  }
}

/// A benchmark was left out, since the environment names no server for it.
struct ServerMissing: Error {
  let variable: String
}
