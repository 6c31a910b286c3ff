import CCurl

extension HTTPClientRequest {
  /// Sets all of the request but its headers and callbacks on curl's handle.
  ///
  /// - Parameter isStream: Whether the answer may go on without end; the time-out then limits its silence.
  func configure(_ handle: UnsafeMutableRawPointer, isStream: Bool) throws(HTTPClientError) {
    let address = try address()
    _ = roost_curl_set_string(handle, CURLOPT_URL, url)
    _ = roost_curl_set_string(handle, CURLOPT_PROTOCOLS_STR, "http,https")
    // Time-outs of name look-ups would otherwise raise a signal in the process.
    _ = roost_curl_set_long(handle, CURLOPT_NOSIGNAL, 1)
    _ = roost_curl_set_long(handle, CURLOPT_FOLLOWLOCATION, 0)
    _ = roost_curl_set_long(handle, CURLOPT_TCP_KEEPALIVE, 1)
    // A proxy named by the environment cannot reach this machine's own loopback.
    if address.isLoopback { _ = roost_curl_set_string(handle, CURLOPT_PROXY, "") }
    setTimeouts(handle, isStream: isStream)
    setMethod(handle)
  }

  private func setTimeouts(_ handle: UnsafeMutableRawPointer, isStream: Bool) {
    let milliseconds = max(1, Int((timeout / .milliseconds(1)).rounded(.up)))
    _ = roost_curl_set_long(handle, CURLOPT_CONNECTTIMEOUT_MS, min(milliseconds, 10_000))
    if isStream {
      _ = roost_curl_set_long(handle, CURLOPT_LOW_SPEED_LIMIT, 1)
      _ = roost_curl_set_long(handle, CURLOPT_LOW_SPEED_TIME, max(1, (milliseconds + 999) / 1000))
    } else {
      _ = roost_curl_set_long(handle, CURLOPT_TIMEOUT_MS, milliseconds)
    }
  }

  private func setMethod(_ handle: UnsafeMutableRawPointer) {
    let sendsBody = body != nil || ["POST", "PUT", "PATCH"].contains(method)
    if sendsBody {
      let body = body ?? []
      _ = roost_curl_set_size(handle, CURLOPT_POSTFIELDSIZE_LARGE, numericCast(body.count))
      // Copied by curl, which counts by the size set before and so does not stop at a zero byte.
      (body + [0]).withUnsafeBytes { bytes in
        _ = roost_curl_set_pointer(handle, CURLOPT_COPYPOSTFIELDS, UnsafeMutableRawPointer(mutating: bytes.baseAddress))
      }
    }
    if method == "HEAD" {
      _ = roost_curl_set_long(handle, CURLOPT_NOBODY, 1)
    } else {
      _ = roost_curl_set_string(handle, CURLOPT_CUSTOMREQUEST, method)
    }
  }

  /// The headers in curl's form, to be freed by the caller.
  func headerList() throws(HTTPClientError) -> UnsafeMutablePointer<curl_slist>? {
    var lines: [String] = []
    for field in headers {
      let isName = !field.name.isEmpty && field.name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x3A }
      guard isName, field.value.utf8.allSatisfy({ $0 >= 0x20 && $0 != 0x7F || $0 == 0x09 }) else {
        throw HTTPClientError(.other, "the header \(field.name.debugDescription) holds characters that no header may")
      }
      // Curl takes `Name:` as the wish to leave a header out.
      lines.append(field.value.isEmpty ? "\(field.name);" : "\(field.name): \(field.value)")
    }
    if headers["user-agent"] == nil { lines.append("User-Agent: roost") }
    if headers["content-type"] == nil { lines.append("Content-Type:") }
    // Waiting for `100 Continue` costs a round trip for each larger body.
    if headers["expect"] == nil { lines.append("Expect:") }
    var list: UnsafeMutablePointer<curl_slist>?
    for line in lines {
      guard let longer = curl_slist_append(list, line) else {
        curl_slist_free_all(list)
        throw HTTPClientError(.other, "curl has no memory left")
      }
      list = longer
    }
    return list
  }

  /// What the client must know of the address before curl reads it.
  private func address() throws(HTTPClientError) -> (host: String, isLoopback: Bool) {
    let lowercased = url.lowercased()
    guard let scheme = ["http://", "https://"].first(where: lowercased.hasPrefix),
      url.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }), !method.isEmpty,
      method.utf8.allSatisfy({ (0x41...0x5A).contains($0) || $0 == 0x2D })
    else {
      throw HTTPClientError(.invalidURL, "not an address that can be called: it must be http:// or https://")
    }
    let authority = lowercased.dropFirst(scheme.count).prefix { !"/?#".contains($0) }
    let hostAndPort = authority.split(separator: "@", omittingEmptySubsequences: false).last ?? ""
    let host =
      hostAndPort.hasPrefix("[")
      ? hostAndPort.dropFirst().prefix { $0 != "]" } : hostAndPort.prefix { $0 != ":" }
    guard !host.isEmpty else { throw HTTPClientError(.invalidURL, "the address names no host") }
    return (String(host), host == "localhost" || host.hasPrefix("127.") || host == "::1")
  }
}
