/// A row that needs no sending any more: the transport has its event, or will never take it.
struct SettledRow: Sendable {
  let sequence: Int64
  let virtualPartition: Int
  /// The fence under which the row was sent.
  let fence: Int
  /// Why the transport will never take it; `nil` when it has it.
  let refusal: TransportError?
}
