import EventLog
import Foundation
import Messaging

/// A member of a consumer group in a process of its own, for tests to kill.
///
/// `event-log-member FILE GROUP COUNT` joins the group, acknowledges the first COUNT records that it is given, and
/// writes a line for each thing that happens: `assigned N`, `record TEXT`, `stored` after each batch whose
/// acknowledgements are durable. It leaves in order when its standard input ends.
@main
enum Main {
  static func main() async throws {
    let arguments = CommandLine.arguments
    guard arguments.count == 4, var left = Int(arguments[3]) else {
      FileHandle.standardError.write(Data("usage: event-log-member FILE GROUP COUNT\n".utf8))
      exit(64)
    }
    let log = try await EventLogTransport.open(path: arguments[1])
    let subscription = try await log.subscribe(group: arguments[2], to: .all)
    let input = Thread {
      _ = FileHandle.standardInput.readDataToEndOfFile()
      Task { await subscription.close() }
    }
    input.start()
    reading: while true {
      switch try await subscription.nextBatch(limit: 100) {
      case .assigned(let partitions): say("assigned \(partitions.count)")
      case .revoked(let partitions, .orderly): await subscription.completeRevocation(partitions)
      case .revoked(_, .lost): break
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
    await log.close()
  }

  private static func say(_ line: String) {
    FileHandle.standardOutput.write(Data("\(line)\n".utf8))
  }
}
