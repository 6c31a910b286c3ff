// The yardstick of the Kafka benchmarks: the shortest program over librdkafka that sends and reads what Roost does.
//
//   raw-kafka publish BOOTSTRAP TOPIC COUNT FILE   acknowledged messages a second; FILE holds the value
//   raw-kafka await   BOOTSTRAP TOPIC COUNT FILE   p50 and p99 of one message after the other, in microseconds
//   raw-kafka consume BOOTSTRAP TOPIC COUNT        messages a second, never looked at
//
// Prints figures alone; an error is one line on standard error and exit code 1.

#include <librdkafka/rdkafka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { BATCH = 1000 };

static void fail(const char *what, const char *why) {
  fprintf(stderr, "raw-kafka: %s: %s\n", what, why);
  exit(1);
}

static double now(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void set(rd_kafka_conf_t *conf, const char *name, const char *value) {
  char error[256];
  if (rd_kafka_conf_set(conf, name, value, error, sizeof error) != RD_KAFKA_CONF_OK) fail(name, error);
}

static long acknowledged = 0;

static void delivered(rd_kafka_t *client, const rd_kafka_message_t *message, void *opaque) {
  (void)client;
  (void)opaque;
  if (message->err) fail("delivery", rd_kafka_err2str(message->err));
  acknowledged++;
}

static rd_kafka_t *producer(const char *bootstrap, const char *linger) {
  char error[256];
  rd_kafka_conf_t *conf = rd_kafka_conf_new();
  set(conf, "bootstrap.servers", bootstrap);
  set(conf, "enable.idempotence", "true");
  set(conf, "acks", "all");
  set(conf, "linger.ms", linger);
  set(conf, "socket.nagle.disable", "true");
  set(conf, "partitioner", "murmur2_random");
  set(conf, "queue.buffering.max.messages", "100000");
  rd_kafka_conf_set_dr_msg_cb(conf, delivered);
  rd_kafka_t *client = rd_kafka_new(RD_KAFKA_PRODUCER, conf, error, sizeof error);
  if (!client) fail("producer", error);
  return client;
}

static size_t read_value(const char *path, char *bytes, size_t capacity) {
  FILE *file = fopen(path, "rb");
  if (!file) fail(path, "cannot be read");
  size_t size = fread(bytes, 1, capacity, file);
  fclose(file);
  return size;
}

// One message with the headers that Roost's records have.
static rd_kafka_resp_err_t send_one(rd_kafka_t *client, rd_kafka_topic_t *topic, long number, void *value, size_t size) {
  char key[48];
  char id[48];
  int key_size = snprintf(key, sizeof key, "mem_0193a1b2-7c4d-7e8f-9a0b-1c2d%08ld", number % 10000);
  snprintf(id, sizeof id, "0193a1b2-7c4d-7000-8123-%012ld", number);
  return rd_kafka_producev(
      client, RD_KAFKA_V_RKT(topic), RD_KAFKA_V_KEY(key, (size_t)key_size), RD_KAFKA_V_VALUE(value, size),
      RD_KAFKA_V_MSGFLAGS(RD_KAFKA_MSG_F_COPY), RD_KAFKA_V_HEADER("event_type", "memory.created", 14),
      RD_KAFKA_V_HEADER("event_id", id, -1), RD_KAFKA_V_HEADER("ce_specversion", "1.0", 3),
      RD_KAFKA_V_HEADER("ce_id", id, -1), RD_KAFKA_V_HEADER("ce_type", "memory.created", 14),
      RD_KAFKA_V_HEADER("ce_source", "memory_service", 14),
      RD_KAFKA_V_HEADER("ce_time", "2025-03-17T08:45:23.123456Z", 27), RD_KAFKA_V_END);
}

static void publish(const char *bootstrap, const char *name, long count, const char *path) {
  static char value[1 << 20];
  size_t size = read_value(path, value, sizeof value);
  rd_kafka_t *client = producer(bootstrap, "5");
  rd_kafka_topic_t *topic = rd_kafka_topic_new(client, name, NULL);
  // The connection is made before the clock starts, as the other side's is.
  if (send_one(client, topic, 0, value, size)) fail("send", rd_kafka_err2str(rd_kafka_last_error()));
  while (acknowledged < 1) rd_kafka_poll(client, 100);
  double start = now();
  for (long number = 0; number < count;) {
    rd_kafka_resp_err_t error = send_one(client, topic, number, value, size);
    if (error == RD_KAFKA_RESP_ERR__QUEUE_FULL) {
      rd_kafka_poll(client, 10);
      continue;
    }
    if (error) fail("send", rd_kafka_err2str(error));
    number++;
    if (number % BATCH == 0) rd_kafka_poll(client, 0);
  }
  while (acknowledged < count + 1) rd_kafka_poll(client, 100);
  printf("%.0f\n", (double)count / (now() - start));
  rd_kafka_topic_destroy(topic);
  rd_kafka_destroy(client);
}

static int compare(const void *left, const void *right) {
  double a = *(const double *)left, b = *(const double *)right;
  return a < b ? -1 : a > b;
}

static void await(const char *bootstrap, const char *name, long count, const char *path) {
  static char value[1 << 20];
  size_t size = read_value(path, value, sizeof value);
  rd_kafka_t *client = producer(bootstrap, "0");
  rd_kafka_topic_t *topic = rd_kafka_topic_new(client, name, NULL);
  double *times = malloc((size_t)count * sizeof *times);
  for (long number = -100; number < count; number++) {
    long before = acknowledged;
    double start = now();
    if (send_one(client, topic, number + 100, value, size)) fail("send", rd_kafka_err2str(rd_kafka_last_error()));
    while (acknowledged == before) rd_kafka_poll(client, 1000);
    if (number >= 0) times[number] = (now() - start) * 1e6;
  }
  qsort(times, (size_t)count, sizeof *times, compare);
  printf("%.1f %.1f\n", times[count / 2], times[count * 99 / 100]);
  free(times);
  rd_kafka_topic_destroy(topic);
  rd_kafka_destroy(client);
}

static void consume(const char *bootstrap, const char *name, long count) {
  char error[256];
  char group[64];
  snprintf(group, sizeof group, "raw-kafka-%ld", (long)getpid());
  rd_kafka_conf_t *conf = rd_kafka_conf_new();
  set(conf, "bootstrap.servers", bootstrap);
  set(conf, "group.id", group);
  set(conf, "auto.offset.reset", "earliest");
  set(conf, "enable.auto.commit", "false");
  // With the stock limits this version stops fetching for a second whenever its queue is full.
  set(conf, "queued.min.messages", "1000000");
  set(conf, "queued.max.messages.kbytes", "1048576");
  rd_kafka_t *client = rd_kafka_new(RD_KAFKA_CONSUMER, conf, error, sizeof error);
  if (!client) fail("consumer", error);
  rd_kafka_poll_set_consumer(client);
  rd_kafka_topic_partition_list_t *topics = rd_kafka_topic_partition_list_new(1);
  rd_kafka_topic_partition_list_add(topics, name, RD_KAFKA_PARTITION_UA);
  if (rd_kafka_subscribe(client, topics)) fail("subscribe", name);
  rd_kafka_topic_partition_list_destroy(topics);
  rd_kafka_queue_t *queue = rd_kafka_queue_get_consumer(client);
  static rd_kafka_message_t *messages[BATCH];
  long seen = 0;
  double start = 0;
  double limit = now() + 60;
  while (seen < count) {
    ssize_t found = rd_kafka_consume_batch_queue(queue, 100, messages, BATCH);
    if (now() > limit) fail("consume", "no end within a minute");
    if (found <= 0) continue;
    // Joining the group is not what is measured.
    if (seen == 0) start = now();
    for (ssize_t index = 0; index < found; index++) {
      if (!messages[index]->err) seen++;
      rd_kafka_message_destroy(messages[index]);
    }
  }
  printf("%.0f\n", (double)seen / (now() - start));
  rd_kafka_queue_destroy(queue);
  rd_kafka_consumer_close(client);
  rd_kafka_destroy(client);
}

int main(int count, char **words) {
  if (count == 6 && strcmp(words[1], "publish") == 0) publish(words[2], words[3], atol(words[4]), words[5]);
  else if (count == 6 && strcmp(words[1], "await") == 0) await(words[2], words[3], atol(words[4]), words[5]);
  else if (count == 5 && strcmp(words[1], "consume") == 0) consume(words[2], words[3], atol(words[4]));
  else {
    fprintf(stderr, "usage: raw-kafka publish|await BOOTSTRAP TOPIC COUNT FILE\n       raw-kafka consume BOOTSTRAP TOPIC COUNT\n");
    return 64;
  }
  return 0;
}
