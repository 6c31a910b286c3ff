import Messaging

/// What every transport must do together with publishers and consumers: the whole way of an event, from the
/// transaction that publishes it to the one that it takes effect in.
///
/// A test target runs them as one parameterised test, as it does with `TransportConformance`. The databases are
/// SQLite's.
public enum DeliveryConformance {
  /// One promise, as a sentence, and the check of it.
  public struct Case: Sendable, CustomStringConvertible {
    public let description: String
    let check: @Sendable (DeliveryBench) async throws -> Void

    init(_ description: String, check: @escaping @Sendable (DeliveryBench) async throws -> Void) {
      self.description = description
      self.check = check
    }

    /// Runs the case on a log and databases of its own, and removes them.
    public func run(on fixture: some TransportFixture) async throws {
      let bench = Bench(fixture: fixture)
      do {
        try await DeliveryBench.run(on: bench, check)
      } catch {
        await bench.close()
        throw error
      }
      await bench.close()
    }
  }

  public static let cases: [Case] = orderCases + failureCases + restartCases
}
