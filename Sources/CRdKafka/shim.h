#include <malloc.h>
#include <librdkafka/rdkafka.h>
#include <librdkafka/rdkafka_mock.h>

/// `rd_kafka_producev` with a fixed set of fields: variadic functions cannot be called from Swift, and the array form
/// allocates an error object. Key and value are copied; the headers belong to the message once it returns no error.
static inline rd_kafka_resp_err_t rdkafka_produce_record(
    rd_kafka_t *client, rd_kafka_topic_t *topic, const void *key, size_t keySize, const void *value, size_t valueSize,
    rd_kafka_headers_t *headers, void *opaque) {
  return rd_kafka_producev(
      client, RD_KAFKA_V_RKT(topic), RD_KAFKA_V_KEY(key, keySize), RD_KAFKA_V_VALUE((void *)value, valueSize),
      RD_KAFKA_V_HEADERS(headers), RD_KAFKA_V_OPAQUE(opaque), RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY),
      RD_KAFKA_V_END);
}

/// `rd_kafka_mock_broker_push_request_error_rtts` for one request without an error: it is done, and answered late.
static inline rd_kafka_resp_err_t rdkafka_mock_push_delay(
    rd_kafka_mock_cluster_t *cluster, int32_t broker, int16_t api, int milliseconds) {
  return rd_kafka_mock_broker_push_request_error_rtts(
      cluster, broker, api, 1, RD_KAFKA_RESP_ERR_NO_ERROR, milliseconds);
}

/// Has glibc's `free` merge small pieces with their neighbours at once instead of keeping them in its fast bins. Returns
/// whether that was done.
static inline int rdkafka_merge_free_memory_at_once(void) { return mallopt(M_MXFAST, 0); }
