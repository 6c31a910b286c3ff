import RuntimeHost

extension Timestamp {
  /// The time as the graph's tables hold it.
  init(_ microseconds: Int64) { self.init(microsecondsSinceEpoch: microseconds) }
}

extension Row {
  func time(_ column: Int) throws -> Timestamp { Timestamp(try int64(column)) }

  func period(_ from: Int, _ to: Int) throws -> Period { Period(from: try time(from), to: try time(to)) }
}

extension Statement {
  func bind(_ index: Int, _ time: Timestamp) { bind(index, time.microsecondsSinceEpoch) }
}
