import RuntimeHost

extension Builtin {
  /// Tells the time, shifted when asked to.
  static let currentTime = Builtin(
    name: "time.now", description: "Tells the time in UTC, moved by `offset_seconds` when that is given"
  ) { input, now throws(ExecutionFailure) in
    var offset = 0
    if let value = input["offset_seconds"], !value.isNull {
      guard let seconds = value.intValue, abs(Int64(seconds)) <= 4_000_000_000 else {
        throw ExecutionFailure(.badInput, "`offset_seconds` must be a whole number of at most 4000000000")
      }
      offset = seconds
    }
    let time = now + .seconds(offset)
    return [
      "timestamp": .string(time.description), "unix_ms": .integer(time.microsecondsSinceEpoch / 1_000),
    ]
  }
}
