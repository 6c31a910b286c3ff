/// Shares the partitions of topics out among the members of a group: each member gets a range of each topic that it
/// wants. Every process computes the same from the same members.
package struct RangeAssignment {
  package struct Member {
    let id: Int64
    let topics: TopicSelection

    package init(id: Int64, topics: TopicSelection) {
      self.id = id
      self.topics = topics
    }
  }

  let members: [Member]
  let partitions: Int32

  /// - Parameter members: In ascending order of their ids.
  package init(members: [Member], partitions: Int32) {
    self.members = members
    self.partitions = partitions
  }

  /// Whose partition it is to be, by partition; empty when nobody wants the topic.
  package func owners(of topic: String) -> [Int64] {
    let interested = members.filter { $0.topics.contains(topic) }
    guard !interested.isEmpty else { return [] }
    let count = Int(partitions)
    let share = count / interested.count
    let larger = count % interested.count
    var owners: [Int64] = []
    owners.reserveCapacity(count)
    for (index, member) in interested.enumerated() {
      owners += repeatElement(member.id, count: share + (index < larger ? 1 : 0))
    }
    return owners
  }
}
