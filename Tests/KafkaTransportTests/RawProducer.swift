import CRdKafka

/// Another program's client: it writes what it is told to, without the transport's headers.
///
/// Unchecked: the handle never changes, and librdkafka lets any thread use a client.
final class RawProducer: @unchecked Sendable {
  private let client: OpaquePointer

  struct Failure: Error {}

  init(_ servers: String) throws {
    let conf = rd_kafka_conf_new()
    rd_kafka_conf_set(conf, "bootstrap.servers", servers, nil, 0)
    rd_kafka_conf_set(conf, "message.max.bytes", "20000000", nil, 0)
    guard let client = rd_kafka_new(RD_KAFKA_PRODUCER, conf, nil, 0) else { throw Failure() }
    self.client = client
  }

  deinit {
    rd_kafka_destroy(client)
  }

  /// Writes records to partition 0 and waits until the cluster has them. `nil` is a null value.
  func send(_ values: [[UInt8]?], to name: String) throws {
    guard let topic = rd_kafka_topic_new(client, name, nil) else { throw Failure() }
    defer { rd_kafka_topic_destroy(topic) }
    var empty: UInt8 = 0
    for value in values {
      let code = withUnsafeMutablePointer(to: &empty) { empty in
        guard var value else { return rd_kafka_produce(topic, 0, RD_KAFKA_MSG_F_COPY, nil, 0, nil, 0, nil) }
        return value.withUnsafeMutableBytes { bytes in
          rd_kafka_produce(
            topic, 0, RD_KAFKA_MSG_F_COPY, bytes.baseAddress ?? UnsafeMutableRawPointer(empty), bytes.count, nil, 0, nil
          )
        }
      }
      guard code == 0 else { throw Failure() }
    }
    guard rd_kafka_flush(client, 20_000) == RD_KAFKA_RESP_ERR_NO_ERROR else { throw Failure() }
  }
}
