/// The settings of the host itself.
enum HostSettings {
  static let all: [ServiceSetting] = [
    ServiceSetting("data_dir", default: ".roost", help: "The folder that the log and the services' state lie in"),
    ServiceSetting("listen", default: "127.0.0.1:8080", help: "Where HTTP is served, as HOST:PORT; port 0 is any"),
    ServiceSetting(
      "token", isSecret: true, help: "What clients must send as a bearer token; a must when not on loopback"),
    ServiceSetting("only", help: "The services to run, by name and separated by commas; all when it is not set"),
    ServiceSetting("log_level", default: "info", help: "trace, debug, info, notice, warning, error or critical"),
    ServiceSetting("log_format", default: "automatic", help: "json, terminal, or automatic: by where it goes"),
    ServiceSetting("body_limit", default: "8388608", help: "The largest request body in bytes"),
    ServiceSetting("drain_timeout", default: "10s", help: "How long a stop waits for what is under way"),
    ServiceSetting(
      "synchronous", default: "full", help: "full: a commit is on the disk; normal: a power cut may cost the last ones"),
    ServiceSetting("log_retention", default: "7d", help: "How long the embedded log keeps an event"),
    ServiceSetting("log_max_bytes", default: "4294967296", help: "How large the embedded log may grow, in bytes"),
    ServiceSetting(
      "kafka.bootstrap_servers",
      help: "Kafka's brokers, as HOST:PORT,HOST:PORT, to carry the events in place of the embedded log"),
    ServiceSetting("kafka.topic_prefix", help: "What stands before the name of each topic"),
    ServiceSetting("kafka.partitions", default: "12", help: "Partitions of a topic that is made since it is not there"),
    ServiceSetting(
      "kafka.replication_factor", default: "1", help: "Replicas of a topic that is made, each on a broker"),
    ServiceSetting(
      "database_url", isSecret: true,
      help: "PostgreSQL, as postgresql://user@host:5432/database, to hold the services' state in place of files"),
    ServiceSetting("database_password", isSecret: true, help: "The password, where database_url holds none"),
    ServiceSetting(
      "database_connections", default: "5", help: "The most connections to PostgreSQL that each service holds"),
    ServiceSetting(
      "peers", default: "",
      help: "The platform's processes when there are several, this one as well, as NAME=URL,NAME=URL"),
  ]
}
