import Messaging

/// What every transport must do. A transport is finished when each of these cases passes on it.
///
/// A test target runs them as one parameterised test:
///
///     @Test("the transport conforms", arguments: TransportConformance.cases)
///     func conforms(to conformance: TransportConformance.Case) async throws {
///       try await conformance.run(on: try MyFixture())
///     }
public enum TransportConformance {
  /// One promise, as a sentence, and the check of it.
  public struct Case: Sendable, CustomStringConvertible {
    public let description: String
    let check: @Sendable (Bench) async throws -> Void

    init(_ description: String, check: @escaping @Sendable (Bench) async throws -> Void) {
      self.description = description
      self.check = check
    }

    /// Runs the case on a log of its own and removes the log.
    public func run(on fixture: some TransportFixture) async throws {
      let bench = Bench(fixture: fixture)
      do {
        try await check(bench)
      } catch {
        await bench.close()
        throw error
      }
      await bench.close()
    }
  }

  /// For every transport.
  public static let cases: [Case] = contentCases + groupCases + orderCases + lifeCycleCases + tailCases

  /// For transports whose log outlives them, and is shared by several processes, as well.
  public static let durableCases: [Case] = durabilityCases
}

/// A case found a promise broken.
public struct ConformanceFailure: Error, CustomStringConvertible {
  public let description: String

  init(_ description: String) { self.description = description }
}

/// Throws when the condition does not hold.
func check(_ condition: Bool, _ message: @autoclosure () -> String) throws {
  guard condition else { throw ConformanceFailure(message()) }
}
