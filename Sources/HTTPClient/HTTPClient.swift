import Foundation
import JSON

/// Calls other HTTP servers, over libcurl.
///
/// One background thread drives all calls of a client and keeps connections for the next one, so a call costs no
/// thread and blocks none. Redirects are not followed; addresses are `http` and `https` alone. A cancelled task ends
/// its call at once. Calls on one client are independent of each other; beyond 1,024 under way they fail at once.
///
/// Any thread or task may use it. `shared` is enough for nearly all; a client of one's own ends its thread and its
/// connections when it is released.
public final class HTTPClient: Sendable {
  public static let shared = HTTPClient()

  private let queue: TransferQueue?

  public init() {
    guard let multi = MultiHandle() else {
      queue = nil
      return
    }
    let queue = TransferQueue(multi: multi)
    self.queue = queue
    let thread = Thread { TransferLoop(multi: multi, queue: queue).run() }
    thread.name = "roost-http-client"
    thread.start()
  }

  deinit { queue?.stop() }

  /// Sends the request and takes the whole answer, whatever its status.
  public func send(_ request: HTTPClientRequest) async throws(HTTPClientError) -> HTTPClientResponse {
    guard let queue else { throw Self.unavailable }
    let id = TransferID.next()
    return try await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        queue.post(.start(id, request, .response(continuation)))
        // A cancellation that came first found no call to cancel.
        if Task.isCancelled { queue.post(.cancel(id)) }
      }
    } onCancel: {
      queue.post(.cancel(id))
    }.get()
  }

  /// Sends a document, or nothing, and takes the answer.
  public func json(
    _ body: JSONValue? = nil, to url: String, method: String = "POST", headers: [HTTPClientField] = [],
    timeout: Duration = .seconds(30)
  ) async throws(HTTPClientError) -> HTTPClientResponse {
    var headers = headers
    if headers["accept"] == nil { headers.append(HTTPClientField("Accept", "application/json")) }
    if body != nil, headers["content-type"] == nil {
      headers.append(HTTPClientField("Content-Type", "application/json"))
    }
    return try await send(
      HTTPClientRequest(method: method, url: url, headers: headers, body: body?.serialized(), timeout: timeout))
  }

  /// The server-sent events of an answer, each as it comes.
  ///
  /// The request goes out when the first event is asked for. The sequence ends with the answer and throws
  /// `HTTPClientError` otherwise; it does not connect again by itself. A slow reader pauses the transfer.
  ///
  /// - Parameter onOpen: Called once, on the client's own thread, when the stream has begun: what happens from then on
  ///   comes as an event.
  public func events(
    from request: HTTPClientRequest, onOpen: @escaping @Sendable () -> Void = {}
  ) -> some AsyncSequence<HTTPClientEvent, any Error> & Sendable {
    var request = request
    if request.headers["accept"] == nil { request.headers.append(HTTPClientField("Accept", "text/event-stream")) }
    return HTTPClientEvents(client: self, queue: queue, request: request, onOpen: onOpen)
  }

  static let unavailable = HTTPClientError(.other, "libcurl could not be started in this process")
}
