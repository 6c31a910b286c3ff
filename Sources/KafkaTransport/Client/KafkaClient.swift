import CRdKafka
import Messaging

/// A librdkafka client, freed by hand: `destroy()` comes once, after the last use.
///
/// Unchecked: the handle never changes, and librdkafka lets any thread use one.
final class KafkaClient: @unchecked Sendable {
  let handle: OpaquePointer
  let context: ClientContext
  /// Where answers come that a thread of librdkafka takes in.
  let backgroundQueue: OpaquePointer

  /// - Throws: `TransportError.Kind.refused` for a setting that librdkafka does not take.
  init(_ settings: KafkaSettings, for role: KafkaSettings.Role, context: ClientContext) throws(TransportError) {
    let conf = try settings.make(for: role)
    let holder = Unmanaged.passRetained(context)
    rd_kafka_conf_set_opaque(conf, holder.toOpaque())
    rd_kafka_conf_set_log_cb(conf, kafkaLog)
    rd_kafka_conf_set_background_event_cb(conf, kafkaBackgroundEvent)
    rd_kafka_conf_set_events(
      conf, RD_KAFKA_EVENT_ERROR | (role.isConsumer ? RD_KAFKA_EVENT_REBALANCE | RD_KAFKA_EVENT_OFFSET_COMMIT : 0))
    rd_kafka_conf_interceptor_add_on_new(conf, "roost", kafkaClientMade, nil)
    var message = [CChar](repeating: 0, count: 512)
    let type = role == .producer ? RD_KAFKA_PRODUCER : RD_KAFKA_CONSUMER
    guard let handle = rd_kafka_new(type, conf, &message, message.count) else {
      rd_kafka_conf_destroy(conf)
      holder.release()
      throw TransportError(.refused, "Kafka: \(KafkaSettings.oneLine(message))")
    }
    self.handle = handle
    self.context = context
    backgroundQueue = rd_kafka_queue_get_background(handle)
    if !role.isConsumer {
      let main = rd_kafka_queue_get_main(handle)
      rd_kafka_queue_forward(main, backgroundQueue)
      rd_kafka_queue_destroy(main)
    }
  }

  /// Ends the client's threads and frees it. Blocks; nobody may use the client any more. A consumer has left its group
  /// before, or could not.
  func destroy() {
    context.replies.close()
    rd_kafka_queue_destroy(backgroundQueue)
    rd_kafka_destroy_flags(handle, RD_KAFKA_DESTROY_F_NO_CONSUMER_CLOSE)
    Unmanaged.passUnretained(context).release()
  }
}
