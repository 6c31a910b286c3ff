import Messaging
import Storage

/// An open log file and what everything that works on it shares.
final class LogFile: Sendable {
  let database: SQLiteDatabase
  let configuration: EventLogConfiguration
  let partitions: Int32
  let topics: TopicCatalog
  let instances: InstanceFile
  let recent = RecentRecords()

  init(
    database: SQLiteDatabase, configuration: EventLogConfiguration, partitions: Int32, instances: InstanceFile
  ) {
    self.database = database
    self.configuration = configuration
    self.partitions = partitions
    self.instances = instances
    topics = TopicCatalog()
  }

  func groups(in tx: Transaction) -> GroupTables {
    GroupTables(tx: tx, partitions: partitions, now: configuration.clock.date().microsecondsSinceEpoch)
  }

  func ring() {
    instances.ring()
  }

  /// The partition that a slot stands for; `nil` when its topic is not known here yet.
  func name(ofSlot slot: Int) -> TopicPartition? {
    topics.name(of: slot / Int(partitions)).map { TopicPartition(topic: $0, partition: Int32(slot % Int(partitions))) }
  }
}
