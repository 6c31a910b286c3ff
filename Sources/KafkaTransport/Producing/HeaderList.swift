import CRdKafka
import Messaging

/// A list of librdkafka's headers that serves one record after the other.
///
/// librdkafka makes a piece of memory for the list, one for its places and one for each header, and frees them on another
/// thread: with seven headers that is nine of the ten pieces that a record needs. A list is taken off its message with
/// the acknowledgement instead, and the next record's values are written over its own.
///
/// Freed by hand: `destroy()` or `forget()` comes once.
///
/// Unchecked: it has one holder at a time, the stock, who writes a record, or an append under way, and the handing over
/// orders them.
struct HeaderList: @unchecked Sendable {
  private struct Content {
    let handle: OpaquePointer
    let shape: Unmanaged<HeaderShape>
    /// Where the values lie that differ from record to record.
    let places: UnsafeMutablePointer<UnsafeMutableRawPointer>
  }

  private let content: UnsafeMutablePointer<Content>

  /// - Returns: `nil` when librdkafka does not give back what it was given.
  init?(_ shape: HeaderShape, for record: EventRecord) {
    guard let handle = Self.makeHandle(for: record) else { return nil }
    let indices = shape.valueIndices
    let places = UnsafeMutablePointer<UnsafeMutableRawPointer>.allocate(capacity: indices.count)
    for (number, index) in indices.enumerated() {
      var name: UnsafePointer<CChar>?
      var value: UnsafeRawPointer?
      var size = 0
      guard rd_kafka_header_get_all(handle, index, &name, &value, &size) == RD_KAFKA_RESP_ERR_NO_ERROR, let value else {
        places.deallocate()
        rd_kafka_headers_destroy(handle)
        return nil
      }
      // The list is ours, and so is the memory of its values; they keep their sizes.
      places[number] = UnsafeMutableRawPointer(mutating: value)
    }
    content = .allocate(capacity: 1)
    content.initialize(to: Content(handle: handle, shape: .passRetained(shape), places: places))
  }

  var handle: OpaquePointer { content.pointee.handle }

  func isOf(_ shape: HeaderShape) -> Bool {
    content.pointee.shape.toOpaque() == Unmanaged.passUnretained(shape).toOpaque()
  }

  /// Writes the values of a record that fits the shape over those of the last one.
  func fill(with record: EventRecord, of shape: HeaderShape) { shape.write(record, to: content.pointee.places) }

  /// Frees it. It hangs on no message.
  func destroy() {
    rd_kafka_headers_destroy(handle)
    forget()
  }

  /// Frees what is beside librdkafka's list: that one was freed with its message.
  func forget() {
    content.pointee.places.deallocate()
    content.pointee.shape.release()
    content.deallocate()
  }

  /// A list of librdkafka's for one record, to be destroyed by whoever does not hand it over.
  static func makeHandle(for record: EventRecord) -> OpaquePointer? {
    let headers = rd_kafka_headers_new(8)
    record.forEachHeaderUTF8 { name, value in
      // An empty value is not a null one, whatever its address.
      withUnsafeTemporaryAllocation(byteCount: 1, alignment: 1) { empty in
        _ = rd_kafka_header_add(
          headers, name.baseAddress?.assumingMemoryBound(to: CChar.self), name.count,
          value.baseAddress ?? UnsafeRawPointer(empty.baseAddress), value.count)
      }
    }
    return headers
  }
}
