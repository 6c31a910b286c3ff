/// How often a second `body` runs: the best of several rounds, since all that disturbs a round makes it slower.
///
/// - Parameter body: Does the thing as many times as it is told.
func perSecond(rounds: Int = 7, roundLength: Duration = .milliseconds(100), _ body: (Int) throws -> Void) rethrows
  -> Double
{
  let clock = ContinuousClock()
  var count = 64
  var best = 0.0
  // Grown until a round is long enough to time.
  while try clock.measure({ try body(count) }) < roundLength { count *= 2 }
  for _ in 0..<rounds {
    let time = try clock.measure { try body(count) }
    best = max(best, Double(count) / (time / .seconds(1)))
  }
  return best
}

/// Keeps the optimiser from dropping a result that nobody reads.
@inline(never)
func keep<Value>(_ value: borrowing Value) {}
