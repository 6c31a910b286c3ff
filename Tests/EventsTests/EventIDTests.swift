import Events
import Testing

struct EventIDTests {
  @Test("each id is greater than the one before, also when the clock stands still or goes back")
  func order() {
    var generator = UUIDv7Generator()
    var random = SplitMix(seed: 1)
    var last: UUIDv7?
    var misplaced: [UUIDv7] = []
    var microseconds: Int64 = 1_700_000_000_000_000
    for step in 0..<20_000 {
      if step % 100 == 0 { microseconds += Int64.random(in: -5000...20_000, using: &random) }
      let id = generator.next(at: Timestamp(microsecondsSinceEpoch: microseconds), using: &random)
      if let last, last >= id || last.description >= id.description { misplaced.append(id) }
      last = id
    }
    #expect(misplaced.isEmpty)
  }

  /// The worst draw of all: every step as large as can be.
  struct AllOnes: RandomNumberGenerator {
    mutating func next() -> UInt64 { .max }
  }

  @Test("an id tells its millisecond, version and variant")
  func layout() {
    var generator = UUIDv7Generator()
    var random = AllOnes()
    let time = Timestamp(microsecondsSinceEpoch: 0x0123_4567_89AB * 1000 + 999)
    #expect(generator.next(at: time, using: &random).description == "01234567-89ab-77ff-bfff-ffffffffffff")
    #expect(generator.next(at: time, using: &random).description == "01234567-89ab-7800-8000-0000ffffffff")
  }

  @Test("ids made on many threads are all different, and carry their prefix")
  func concurrency() async {
    let ids = await withTaskGroup(of: [String].self) { group in
      for _ in 0..<4 { group.addTask { (0..<2000).map { _ in EventID.make(prefix: "mem_") } } }
      return await group.reduce(into: [String]()) { $0 += $1 }
    }
    #expect(Set(ids).count == 8000)
    #expect(ids.allSatisfy { $0.hasPrefix("mem_") && $0.utf8.count == 40 })
  }
}
