import CRdKafka
import Glibc
import Messaging

/// Turns librdkafka's messages of one partition into records. Every byte is copied once.
struct RecordDecoder {
  private let partition: TopicPartition
  /// Event types met lately: few are met again and again, and need no new string each time.
  private var types: [String?] = Array(repeating: nil, count: 32)

  init(partition: TopicPartition) {
    self.partition = partition
  }

  mutating func decode(_ message: UnsafeMutablePointer<rd_kafka_message_t>) -> DeliveredRecord {
    let raw = message.pointee
    // A null value is an empty one here: neither is an event, and both are kept as what they are, no bytes.
    let value = [UInt8](UnsafeRawBufferPointer(start: raw.payload, count: raw.payload == nil ? 0 : raw.len))
    let key = raw.key.map { String(decoding: UnsafeRawBufferPointer(start: $0, count: raw.key_len), as: UTF8.self) }
    var record = EventRecord(topic: partition.topic, key: key, value: value)
    readHeaders(of: message, into: &record)
    var kind = RD_KAFKA_TIMESTAMP_NOT_AVAILABLE
    let milliseconds = rd_kafka_message_timestamp(message, &kind)
    return DeliveredRecord(
      record: record,
      position: RecordPosition(topic: partition.topic, partition: partition.partition, offset: raw.offset),
      appendedAtMicroseconds: kind == RD_KAFKA_TIMESTAMP_NOT_AVAILABLE ? 0 : milliseconds &* 1_000)
  }

  private mutating func readHeaders(
    of message: UnsafeMutablePointer<rd_kafka_message_t>, into record: inout EventRecord
  ) {
    var headers: OpaquePointer?
    guard rd_kafka_message_headers(message, &headers) == RD_KAFKA_RESP_ERR_NO_ERROR else { return }
    var index = 0
    var name: UnsafePointer<CChar>?
    var value: UnsafeRawPointer?
    var size = 0
    while rd_kafka_header_get_all(headers, index, &name, &value, &size) == RD_KAFKA_RESP_ERR_NO_ERROR {
      index += 1
      guard let name else { continue }
      record.setHeader(
        name: UnsafeRawBufferPointer(start: name, count: strlen(name)),
        value: UnsafeRawBufferPointer(start: value, count: value == nil ? 0 : size)
      ) { typeName($0) }
    }
  }

  private mutating func typeName(_ bytes: UnsafeRawBufferPointer) -> String {
    guard let last = bytes.last else { return "" }
    let place = (bytes.count &* 7 &+ Int(last) &+ Int(bytes[bytes.count / 2]) &* 3) % types.count
    if let known = types[place], known.utf8.count == bytes.count, known.utf8.elementsEqual(bytes) { return known }
    let text = String(decoding: bytes, as: UTF8.self)
    types[place] = text
    return text
  }
}
