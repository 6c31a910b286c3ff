/// Why something that a host stands on could not be opened.
enum OpeningFailure: Error {
  /// It is not there yet, or not now: one line for people.
  case temporary(String)
  /// Trying again is bound to fail again.
  case permanent(HostError)
}
