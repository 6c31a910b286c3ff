/// The reader's end of one stream of events. Its end of life ends the transfer.
final class EventSubscription: Sendable {
  private let queue: TransferQueue
  private let channel: EventChannel
  private let id: TransferID

  init(queue: TransferQueue, request: HTTPClientRequest, onOpen: @escaping @Sendable () -> Void) {
    self.queue = queue
    let id = TransferID.next()
    self.id = id
    channel = EventChannel(onOpen: onOpen) { [queue] in queue.post(.resume(id)) }
    queue.post(.start(id, request, .events(channel)))
  }

  deinit { queue.post(.cancel(id)) }

  func next() async throws(HTTPClientError) -> HTTPClientEvent? {
    try await withTaskCancellationHandler {
      await channel.next()
    } onCancel: {
      queue.post(.cancel(id))
      channel.finish(.failure(.cancelled))
    }.get()
  }
}
