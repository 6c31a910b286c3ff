import CRdKafka
import Messaging

/// Hands records to librdkafka, which copies them. Neither blocks nor waits.
struct RecordWriter {
  let client: OpaquePointer
  let topic: OpaquePointer

  /// What a record takes of the budget, in bytes.
  static func cost(of record: borrowing EventRecord) -> Int {
    record.value.count + (record.key?.utf8.count ?? 0) + AppendBudget.recordCost
  }

  /// - Parameter slot: What the delivery report settles, when there is no error.
  func write(_ record: EventRecord, slot: UnsafeMutablePointer<AppendCall.Slot>) -> KafkaErrorCode {
    let headers = rd_kafka_headers_new(8)
    record.forEachHeaderUTF8 { name, value in
      // An empty value is not a null one, whatever its address.
      withUnsafeTemporaryAllocation(byteCount: 1, alignment: 1) { empty in
        _ = rd_kafka_header_add(
          headers, name.baseAddress?.assumingMemoryBound(to: CChar.self), name.count,
          value.baseAddress ?? UnsafeRawPointer(empty.baseAddress), value.count)
      }
    }
    let error = record.value.withUnsafeBytes { value in
      withKey(record.key) { key in
        // As above: an empty record is not a deletion.
        withUnsafeTemporaryAllocation(byteCount: 1, alignment: 1) { empty in
          rdkafka_produce_record(
            client, topic, key?.baseAddress, key?.count ?? 0,
            value.baseAddress ?? UnsafeRawPointer(empty.baseAddress), value.count, headers, slot)
        }
      }
    }
    if error != RD_KAFKA_RESP_ERR_NO_ERROR { rd_kafka_headers_destroy(headers) }
    return KafkaErrorCode(error)
  }

  private func withKey<Result>(_ key: String?, _ body: (UnsafeBufferPointer<UInt8>?) -> Result) -> Result {
    guard var key else { return body(nil) }
    return key.withUTF8 { body($0) }
  }
}
