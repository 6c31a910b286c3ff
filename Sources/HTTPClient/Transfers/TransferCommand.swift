/// What the transfer thread is asked to do.
enum TransferCommand: Sendable {
  case start(TransferID, HTTPClientRequest, TransferSink)
  case cancel(TransferID)
  /// Goes on with a transfer that paused because its reader was behind.
  case resume(TransferID)
}
