/// The features that a network is trained on: those that enough documents have, a row for each.
struct RelationVocabulary {
  /// By row, in ascending order.
  let keys: [UInt32]
  private let rowOf: [UInt32: Int32]

  /// - Parameters:
  ///   - pairs: The features of each pair that counts, with its document; the pairs of a document one after another.
  ///   - leastDocuments: In how many documents a feature must be.
  ///   - mostRows: How many features are kept, those of the most documents first.
  init(_ pairs: some Sequence<(keys: [UInt32], document: Int)>, leastDocuments: Int, mostRows: Int) {
    var counts: [UInt32: (last: Int, count: Int)] = [:]
    for pair in pairs {
      for key in pair.keys {
        let old = counts[key] ?? (-1, 0)
        if old.last != pair.document { counts[key] = (pair.document, old.count + 1) }
      }
    }
    let kept = counts.filter { $0.value.count >= leastDocuments }
      .sorted { ($1.value.count, $0.key) < ($0.value.count, $1.key) }.prefix(mostRows)
    keys = kept.map(\.key).sorted()
    rowOf = Dictionary(uniqueKeysWithValues: keys.enumerated().map { ($1, Int32($0)) })
  }

  /// The rows of the features that are in it.
  func rows(_ keys: [UInt32]) -> [Int32] { keys.compactMap { rowOf[$0] } }
}
