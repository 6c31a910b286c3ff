import Foundation
import KafkaTransport
import Messaging

/// A member of a consumer group in a process of its own, for tests to stop and to kill.
///
/// `kafka-member SERVERS PREFIX GROUP COUNT [NAME=VALUE...]` joins the group, acknowledges the first COUNT records that
/// it is given, and writes a line for each thing that happens: `assigned N`, `revoked N`, `lost N`, `record TEXT`,
/// `stored` after each batch whose acknowledgements are durable. It leaves in order when its standard input ends. The
/// rest are settings of librdkafka.
@main
enum Main {
  static func main() async throws {
    let arguments = CommandLine.arguments
    guard arguments.count >= 5, var left = Int(arguments[4]) else {
      FileHandle.standardError.write(Data("usage: kafka-member SERVERS PREFIX GROUP COUNT [NAME=VALUE...]\n".utf8))
      exit(64)
    }
    var configuration = KafkaConfiguration(bootstrapServers: arguments[1])
    configuration.topicPrefix = arguments[2]
    for setting in arguments.dropFirst(5) {
      let parts = setting.split(separator: "=", maxSplits: 1)
      configuration.settings[String(parts[0])] = parts.count > 1 ? String(parts[1]) : ""
    }
    let transport = try await KafkaTransport.open(configuration: configuration)
    let subscription = try await transport.subscribe(group: arguments[3], to: .all)
    let input = Thread {
      _ = FileHandle.standardInput.readDataToEndOfFile()
      Task { await subscription.close() }
    }
    input.start()
    reading: while true {
      switch try await subscription.nextBatch(limit: 100) {
      case .assigned(let partitions): say("assigned \(partitions.count)")
      case .revoked(let partitions, .orderly):
        await subscription.completeRevocation(partitions)
        say("revoked \(partitions.count)")
      case .revoked(let partitions, .lost): say("lost \(partitions.count)")
      case .closed: break reading
      case .records(let records):
        let done = records.prefix(left)
        left -= done.count
        subscription.acknowledge(done.map(\.position))
        await subscription.flush()
        for record in records { say("record \(String(decoding: record.record.value, as: UTF8.self))") }
        say("stored")
      }
    }
    await transport.close()
  }

  private static func say(_ line: String) {
    FileHandle.standardOutput.write(Data("\(line)\n".utf8))
  }
}
