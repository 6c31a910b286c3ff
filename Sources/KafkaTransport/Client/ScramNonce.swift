import CRdKafka

/// Why a right password may be refused: before version 2.6.1, librdkafka sent its SCRAM nonce twice. Brokers that compare
/// it, Kafka 4 among them, answer as they do to a wrong password.
enum ScramNonce {
  /// Whether the librdkafka of this process sends the nonce once.
  static let isSentOnce = rd_kafka_version() >= 0x0206_0100

  static let advice = """
    or the password is right and the broker refuses librdkafka \(String(cString: rd_kafka_version_str())), which sends \
    its SCRAM nonce twice: use PLAIN over TLS, or librdkafka 2.6.1
    """

  /// What to add to an error of librdkafka's; nil where the nonce has nothing to do with it.
  static func advice(for error: String, isSentOnce: Bool = Self.isSentOnce) -> String? {
    !isSentOnce && error.contains("uthentication failed") && error.contains("SCRAM") ? advice : nil
  }
}
