import CRdKafka
import Messaging

/// Hands records to librdkafka, which copies them. Neither blocks nor waits.
struct RecordWriter {
  let client: OpaquePointer
  let topic: OpaquePointer

  /// What a record takes of the budget, in bytes.
  static func cost(of record: EventRecord) -> Int {
    record.value.count + (record.key?.utf8.count ?? 0) + AppendBudget.recordCost
  }

  /// - Parameters:
  ///   - slot: What the delivery report settles, when there is no error.
  ///   - supply: Where the lists of headers come from.
  func write(
    _ record: EventRecord, slot: UnsafeMutablePointer<AppendCall.Slot>, supply: inout HeaderSupply
  ) -> KafkaErrorCode {
    let list = supply.list(for: record)
    // Written before librdkafka has the record: its report may come before the call returns.
    slot.pointee.headers = list
    let headers = list?.handle ?? HeaderList.makeHandle(for: record)
    let error = record.value.withUnsafeBytes { value in
      record.withKeyUTF8 { key in
        // As with headers: an empty record is not a deletion.
        withUnsafeTemporaryAllocation(byteCount: 1, alignment: 1) { empty in
          rdkafka_produce_record(
            client, topic, key?.baseAddress, key?.count ?? 0,
            value.baseAddress ?? UnsafeRawPointer(empty.baseAddress), value.count, headers, slot)
        }
      }
    }
    if error != RD_KAFKA_RESP_ERR_NO_ERROR {
      slot.pointee.headers = nil
      if let list { supply.takeBack(list) } else { rd_kafka_headers_destroy(headers) }
    }
    return KafkaErrorCode(error)
  }
}
