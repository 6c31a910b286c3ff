import CCurl

/// The body of the transfer thread: owns every handle of curl and sleeps in `curl_multi_poll` until a socket, a
/// timer of curl or a command wakes it.
///
/// Made, used and released on that thread alone.
final class TransferLoop {
  /// Calls under way beyond this fail at once: a caller that starts calls without end must learn of it.
  static let limit = 1024

  private let multi: MultiHandle
  private let queue: TransferQueue
  private var transfers: [TransferID: Transfer] = [:]
  private var ids: [UnsafeMutableRawPointer: TransferID] = [:]

  init(multi: MultiHandle, queue: TransferQueue) {
    self.multi = multi
    self.queue = queue
  }

  func run() {
    while true {
      let (commands, isStopping) = queue.take()
      for command in commands { execute(command) }
      if isStopping { break }
      var running: Int32 = 0
      curl_multi_perform(multi.pointer, &running)
      finishTransfers()
      // Curl shortens the wait by its own timers.
      curl_multi_poll(multi.pointer, nil, 0, 60_000, nil)
    }
    queue.close()
    for command in queue.take().commands { execute(command) }
    for id in Array(transfers.keys) { cancel(id) }
    curl_multi_cleanup(multi.pointer)
  }

  private func execute(_ command: TransferCommand) {
    switch command {
    case .start(let id, let request, let sink): start(id, request, sink)
    case .cancel(let id): cancel(id)
    case .resume(let id): transfers[id]?.resume()
    }
  }

  private func start(_ id: TransferID, _ request: HTTPClientRequest, _ sink: TransferSink) {
    guard transfers.count < Self.limit else {
      return sink.fail(HTTPClientError(.other, "more than \(Self.limit) calls are under way in this process"))
    }
    do throws(HTTPClientError) {
      let transfer = try Transfer(request, sink: sink)
      guard curl_multi_add_handle(multi.pointer, transfer.handle) == CURLM_OK else {
        throw HTTPClientError(.other, "curl did not take the call")
      }
      transfers[id] = transfer
      ids[transfer.handle] = id
    } catch {
      sink.fail(error)
    }
  }

  private func cancel(_ id: TransferID) {
    remove(id)?.finish(.failure(.cancelled))
  }

  private func finishTransfers() {
    var remaining: Int32 = 0
    while let message = curl_multi_info_read(multi.pointer, &remaining) {
      guard message.pointee.msg == CURLMSG_DONE, let handle = message.pointee.easy_handle, let id = ids[handle] else {
        continue
      }
      // The message is curl's and gone once the handle is removed.
      let result = roost_curl_message_result(message)
      remove(id)?.finish(result)
    }
  }

  /// After this curl calls back no more for it, so its memory may go.
  private func remove(_ id: TransferID) -> Transfer? {
    guard let transfer = transfers.removeValue(forKey: id) else { return nil }
    ids[transfer.handle] = nil
    curl_multi_remove_handle(multi.pointer, transfer.handle)
    return transfer
  }
}
