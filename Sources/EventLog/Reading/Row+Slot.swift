import Storage

extension Row {
  /// The slot of an `events` row by its columns of topic and partition; `nil` for a row that another program put there
  /// wrongly, which belongs nowhere.
  func slot(topicColumn: Int, partitionColumn: Int, partitions: Int32) -> Int? {
    guard case .integer(let topic) = value(topicColumn), case .integer(let partition) = value(partitionColumn),
      topic >= 0, topic < Int64.max / Int64(partitions), partition >= 0, partition < Int64(partitions)
    else { return nil }
    return Int(topic) * Int(partitions) + Int(partition)
  }
}
