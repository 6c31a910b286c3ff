/// A text was read with names that people have changed since: nothing was stored, and it is to be read again.
struct NamesChanged: Error {
  /// How often they have by now.
  let listed: Int64
}
