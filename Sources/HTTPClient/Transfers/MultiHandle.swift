import CCurl

/// curl's handle for many transfers.
///
/// Unchecked because the pointer itself is an immutable value; `wakeUp` is the one call that curl allows from any
/// thread, and everything else is called by the transfer thread alone, which frees the handle after the queue
/// stopped handing out wake-ups.
struct MultiHandle: @unchecked Sendable {
  let pointer: UnsafeMutableRawPointer

  /// - Returns: `nil` when curl has no memory left.
  init?() {
    guard MultiHandle.isCurlReady, let pointer = curl_multi_init() else { return nil }
    self.pointer = pointer
    // Connections that are kept for the next call; the number that are in use is the transfer thread's limit.
    _ = roost_curl_multi_set_long(pointer, CURLMOPT_MAXCONNECTS, 64)
  }

  func wakeUp() { curl_multi_wakeup(pointer) }

  private static let isCurlReady = curl_global_init(Int(CURL_GLOBAL_SSL)) == CURLE_OK
}
