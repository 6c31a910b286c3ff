import CMicroHTTPD

/// Hands responses to the library. On the connection's thread, inside its callback.
enum ResponseQueue {
  /// Queues a response with a body that is known. False when the library refused it.
  static func queue(_ response: HTTPResponse, on connection: ConnectionHandle, closing: Bool) -> Bool {
    let bytes: [UInt8] = if case .bytes(let bytes) = response.body { bytes } else { [] }
    let made = bytes.withUnsafeBytes { buffer -> OpaquePointer? in
      var nothing: UInt8 = 0
      return withUnsafeMutablePointer(to: &nothing) { empty in
        MHD_create_response_from_buffer(
          buffer.count, UnsafeMutableRawPointer(mutating: buffer.baseAddress) ?? UnsafeMutableRawPointer(empty),
          .RESPMEM_MUST_COPY)
      }
    }
    guard let made else { return false }
    defer { MHD_destroy_response(made) }
    add(response.headers, to: made)
    if closing { MHD_add_response_header(made, "Connection", "close") }
    return MHD_queue_response(connection.pointer, UInt32(response.status.code), made) == .YES
  }

  /// Queues a response whose body is read from the buffer until that has ended.
  static func queue(_ response: HTTPResponse, streaming buffer: StreamBuffer, on connection: ConnectionHandle) -> Bool {
    let retained = Unmanaged.passRetained(buffer)
    guard
      let made = MHD_create_response_from_callback(
        roost_mhd_size_unknown, 8 * 1_024, readStream, retained.toOpaque(), releaseStream)
    else {
      retained.release()
      return false
    }
    defer { MHD_destroy_response(made) }
    add(response.headers, to: made)
    return MHD_queue_response(connection.pointer, UInt32(response.status.code), made) == .YES
  }

  private static func add(_ headers: HTTPHeaders, to response: OpaquePointer) {
    for field in headers.fields { MHD_add_response_header(response, field.name, field.value) }
  }
}

private func readStream(
  context: UnsafeMutableRawPointer?, position: UInt64, destination: UnsafeMutablePointer<CChar>?, capacity: Int
) -> Int {
  guard let context, let destination else { return roost_mhd_end_of_stream }
  let buffer = Unmanaged<StreamBuffer>.fromOpaque(context).takeUnretainedValue()
  return buffer.read(into: UnsafeMutableRawBufferPointer(start: destination, count: capacity))
    ?? roost_mhd_end_of_stream
}

private func releaseStream(context: UnsafeMutableRawPointer?) {
  guard let context else { return }
  Unmanaged<StreamBuffer>.fromOpaque(context).release()
}
