import CCurl

/// One call: curl's handle, what has arrived of the answer, and where it goes.
///
/// Belongs to the transfer thread. Curl's callbacks, which run on that thread inside `curl_multi_perform`, get it as
/// their context; the loop removes the handle from curl before it lets go of this.
final class Transfer {
  let handle: UnsafeMutableRawPointer
  private let sink: TransferSink
  private let responseLimit: Int
  private var headers: [HTTPClientField] = []
  private var body: [UInt8] = []
  private var parser: ServerSentEventParser
  /// Why this side ended the transfer: curl then reports a failed write, which says nothing.
  private var ownError: HTTPClientError?
  private let headerList: UnsafeMutablePointer<curl_slist>?
  private let errorText: UnsafeMutableBufferPointer<CChar>

  init(_ request: HTTPClientRequest, sink: TransferSink) throws(HTTPClientError) {
    let list = try request.headerList()
    guard let handle = curl_easy_init() else {
      curl_slist_free_all(list)
      throw HTTPClientError(.other, "curl has no memory left")
    }
    self.handle = handle
    self.sink = sink
    headerList = list
    responseLimit = request.responseLimit
    parser = ServerSentEventParser(limit: request.responseLimit)
    errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
    errorText.initialize(repeating: 0)

    let isStream = if case .events = sink { true } else { false }
    try request.configure(handle, isStream: isStream)
    let context = Unmanaged.passUnretained(self).toOpaque()
    _ = roost_curl_set_list(handle, CURLOPT_HTTPHEADER, list)
    _ = roost_curl_set_pointer(handle, CURLOPT_ERRORBUFFER, errorText.baseAddress)
    _ = roost_curl_set_data_callback(handle, CURLOPT_HEADERFUNCTION, takeHeaderLine)
    _ = roost_curl_set_pointer(handle, CURLOPT_HEADERDATA, context)
    _ = roost_curl_set_data_callback(handle, CURLOPT_WRITEFUNCTION, takeBody)
    _ = roost_curl_set_pointer(handle, CURLOPT_WRITEDATA, context)
  }

  deinit {
    curl_easy_cleanup(handle)
    curl_slist_free_all(headerList)
    errorText.deallocate()
  }

  func resume() { curl_easy_pause(handle, CURLPAUSE_CONT) }

  func finish(_ code: CURLcode) {
    if let ownError { return finish(.failure(ownError)) }
    guard code == CURLE_OK else {
      let detail = errorText.baseAddress.map { String(cString: $0) } ?? ""
      return finish(.failure(HTTPClientError(code, detail: detail)))
    }
    finish(.success(()))
  }

  func finish(_ end: Result<Void, HTTPClientError>) {
    switch sink {
    case .response(let continuation):
      continuation.resume(returning: end.map { HTTPClientResponse(status: status, headers: headers, body: body) })
    case .events(let channel):
      guard case .success = end, !isEventStream else { return channel.finish(end) }
      let response = HTTPClientResponse(status: status, headers: headers, body: body)
      channel.finish(
        .failure(
          HTTPClientError(
            .unexpectedAnswer, "the server answered \(status) in place of a stream of events", response: response)))
    }
  }

  // MARK: - What curl's callbacks bring

  func appendHeader(_ line: UnsafeRawBufferPointer) {
    // A further status line begins the answer after an interim one.
    if line.starts(with: "HTTP/".utf8) { return headers.removeAll() }
    guard let colon = line.firstIndex(of: UInt8(ascii: ":")) else { return }
    let name = String(decoding: line[..<colon], as: UTF8.self)
    let value = line[(colon + 1)...].drop { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }
    let end = value.lastIndex { !" \t\r\n".utf8.contains($0) }.map { $0 + 1 } ?? value.startIndex
    headers.append(HTTPClientField(name, String(decoding: value[..<end], as: UTF8.self)))
  }

  /// - Returns: How many bytes were taken; `CURL_WRITEFUNC_PAUSE` to have them brought again after `resume`.
  func append(_ bytes: UnsafeRawBufferPointer) -> Int {
    if case .events(let channel) = sink, isEventStream {
      channel.open()
      guard !channel.mustPause() else { return Int(CURL_WRITEFUNC_PAUSE) }
      do throws(HTTPClientError) {
        channel.send(try parser.parse(bytes))
        return bytes.count
      } catch {
        ownError = error
        return 0
      }
    }
    guard body.count + bytes.count <= responseLimit else {
      ownError = HTTPClientError(.tooLarge, "the answer is larger than \(responseLimit) bytes")
      return 0
    }
    body.append(contentsOf: bytes)
    return bytes.count
  }

  private var status: Int {
    var code = 0
    _ = roost_curl_get_long(handle, CURLINFO_RESPONSE_CODE, &code)
    return code
  }

  private var isEventStream: Bool {
    status == 200 && headers["content-type"]?.lowercased().hasPrefix("text/event-stream") == true
  }
}
