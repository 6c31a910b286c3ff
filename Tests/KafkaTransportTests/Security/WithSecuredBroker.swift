import RoostTesting
import Testing

/// Starts one secured broker for all tests of a suite, and ends it after the last.
struct WithSecuredBroker: SuiteTrait, TestScoping {
  @TaskLocal private static var broker: SecuredBroker?

  /// The broker of the suite that runs.
  static var current: SecuredBroker {
    get throws { try #require(broker) }
  }

  func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    try await withTemporaryFolder { folder in
      let broker = try await SecuredBroker.start(in: folder)
      try await Self.$broker.withValue(broker) { try await function() }
      try await broker.stop()
    }
  }
}

extension Trait where Self == WithSecuredBroker {
  static var withSecuredBroker: Self { Self() }
}
