import RoostTesting
import Testing

/// Lets few tests of a suite run at once: each has clients and threads of its own, and a broker answers late when
/// hundreds of groups form in the same second.
struct FewAtOnce: SuiteTrait, TestTrait, TestScoping {
  private static let slots = TestSlots(6)

  var isRecursive: Bool { true }

  func provideScope(
    for test: Test, testCase: Test.Case?, performing function: @Sendable () async throws -> Void
  ) async throws {
    guard testCase != nil else { return try await function() }
    await Self.slots.take()
    defer { Self.slots.giveBack() }
    try await function()
  }
}

extension Trait where Self == FewAtOnce {
  static var fewAtOnce: Self { Self() }
}
