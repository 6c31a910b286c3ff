extension Duration {
  /// Whole milliseconds, at least 1 for a positive duration.
  var milliseconds: Int64 {
    let (seconds, attoseconds) = components
    let whole = seconds * 1_000 + attoseconds / 1_000_000_000_000_000
    return whole == 0 && self > .zero ? 1 : whole
  }
}
