/// Where a transfer's answer goes. Each is told of the end exactly once.
enum TransferSink: Sendable {
  /// The whole answer at once.
  case response(CheckedContinuation<Result<HTTPClientResponse, HTTPClientError>, Never>)
  /// The events of the answer as they come.
  case events(EventChannel)

  func fail(_ error: HTTPClientError) {
    switch self {
    case .response(let continuation): continuation.resume(returning: .failure(error))
    case .events(let channel): channel.finish(.failure(error))
    }
  }
}
