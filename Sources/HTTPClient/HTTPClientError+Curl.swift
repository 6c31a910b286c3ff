import CCurl

extension HTTPClientError {
  /// - Parameter detail: What curl wrote of it; empty when it wrote nothing.
  init(_ code: CURLcode, detail: String) {
    let message = detail.isEmpty ? String(cString: curl_easy_strerror(code)) : detail
    self.init(Kind(code), message.prefix(1).lowercased() + message.dropFirst())
  }
}

extension HTTPClientError.Kind {
  fileprivate init(_ code: CURLcode) {
    switch code {
    case CURLE_URL_MALFORMAT, CURLE_UNSUPPORTED_PROTOCOL: self = .invalidURL
    case CURLE_COULDNT_RESOLVE_HOST, CURLE_COULDNT_RESOLVE_PROXY: self = .cannotResolve
    case CURLE_COULDNT_CONNECT, CURLE_SSL_CONNECT_ERROR, CURLE_PEER_FAILED_VERIFICATION: self = .cannotConnect
    case CURLE_OPERATION_TIMEDOUT: self = .timedOut
    case CURLE_GOT_NOTHING, CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_PARTIAL_FILE, CURLE_HTTP2,
      CURLE_HTTP2_STREAM:
      self = .connectionLost
    case CURLE_FILESIZE_EXCEEDED: self = .tooLarge
    default: self = .other
    }
  }
}
