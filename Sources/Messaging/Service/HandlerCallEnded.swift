/// A handler went on after its deadline: its transaction is refused, since the event may be with another attempt.
struct HandlerCallEnded: Error, CustomStringConvertible {
  let handler: String

  var description: String { "\(handler) went on after its deadline; its transaction was refused" }
}
