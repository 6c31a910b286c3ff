import Testing

@testable import Extraction

/// What a relation model knows of features, where most slots of its table are taken.
@Suite("The table of relation features")
struct RelationFeatureTableTests {
  private static let slots = 256

  /// A table as a model's file has it.
  private static func table(_ keys: [UInt32]) -> [UInt32] {
    var table = [UInt32](repeating: 0, count: slots)
    for (row, key) in keys.enumerated() {
      var slot = Int(key) & (slots - 1)
      while table[slot] != 0 { slot = (slot + 1) & (slots - 1) }
      table[slot] = UInt32(row + 1) << 16 | key >> 16
    }
    return table
  }

  /// What a search slot by slot finds.
  private static func row(of key: UInt32, _ table: [UInt32]) -> UInt32? {
    var slot = Int(key) & (slots - 1)
    for _ in 0..<slots {
      if table[slot] == 0 { return nil }
      if table[slot] & 0xFFFF == key >> 16 { return table[slot] >> 16 - 1 }
      slot = (slot + 1) & (slots - 1)
    }
    return nil
  }

  private static func find(_ keys: [UInt32], _ table: [UInt32], rows: Int) -> [UInt64] {
    table.withUnsafeBytes { bytes in
      var entries: [UInt64] = []
      let count = keys.withUnsafeBufferPointer {
        RelationFeatureTable(bytes, rows: rows).find($0, in: &entries)
      }
      return Array(entries[..<count])
    }
  }

  @Test(
    "many slots compared at once find what a search slot by slot finds, sorted and each once",
    arguments: [20, 200, 256])
  func sameAsSlotBySlot(taken: Int) {
    var random = SeededGenerator(seed: UInt64(taken))
    // Few fingerprints, 0 and 1 among them, so that wrong ones are met; the last slots run over into the first.
    func key() -> UInt32 {
      UInt32(random.next() % 40) << 16 | UInt32(random.next() & 0xFF | (random.next() & 1) * 0xF0)
    }
    let keys = (0..<taken).map { _ in key() }
    let table = Self.table(keys)
    let asked = keys + keys.shuffled(using: &random) + (0..<2_000).map { _ in key() }
    let expected = Set(asked.compactMap { key in Self.row(of: key, table).map { UInt64(key) << 32 | UInt64($0) } })
      .sorted()
    #expect(!expected.isEmpty)
    #expect(Self.find(asked, table, rows: taken) == expected)
  }

  @Test("a table without a row, and no key at all, find nothing")
  func nothing() {
    #expect(Self.find([1, 2, 0xFFFF_FFFF], [UInt32](repeating: 0, count: Self.slots), rows: 0).isEmpty)
    #expect(Self.find([1, 2], [], rows: 0).isEmpty)
    #expect(Self.find([], Self.table([3]), rows: 1).isEmpty)
  }

  @Test("a row beyond the file's is no row")
  func beyond() {
    #expect(Self.find([5], [UInt32](repeating: 9 << 16, count: 1), rows: 3).isEmpty)
  }

  @Test("feature keys grow past their first room, and sort to each once")
  func keys() {
    var keys = FeatureKeys()
    for round in 0..<3 { for key in 0..<UInt32(1_000) { keys.append((key * 7_919 + UInt32(round)) % 1_000) } }
    #expect(keys.count == 3_000)
    keys.makeUnique()
    #expect(Array(keys.all) == Array(0..<1_000))
    keys.removeAll()
    #expect(keys.all.isEmpty)
  }
}
