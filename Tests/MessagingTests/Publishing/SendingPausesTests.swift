import Testing

@testable import Messaging

@Suite("Pauses of sending")
struct SendingPausesTests {
  private var generator = SystemRandomNumberGenerator()

  @Test("when nothing of a batch arrives everything pauses, and the partitions not tried yet come first afterwards")
  mutating func everything() throws {
    var pauses = SendingPauses()
    pauses.note(failed: [1], settled: [], at: .seconds(10), using: &generator)
    #expect(pauses.open([1, 2, 3], at: .seconds(10)).isEmpty)
    let end = try #require(pauses.nextEnd(after: .seconds(10)))
    #expect(pauses.open([1, 2, 3], at: end) == [2, 3])
    pauses.note(failed: [], settled: [2], at: end, using: &generator)
    #expect(pauses.open([1, 2, 3], at: end) == [2, 3])
    let second = try #require(pauses.nextEnd(after: end))
    #expect(pauses.open([1, 2, 3], at: second) == [1, 2, 3])
    pauses.note(failed: [], settled: [1], at: second, using: &generator)
    #expect(pauses.isEmpty)
  }

  @Test("the longest pause of everything ends within seconds")
  mutating func limit() throws {
    var pauses = SendingPauses()
    for _ in 0..<100 { pauses.note(failed: [1], settled: [], at: .zero, using: &generator) }
    #expect(try #require(pauses.nextEnd(after: .zero)) <= .milliseconds(2_500))
    #expect(pauses.open([1], at: .seconds(5)) == [1])
  }

  @Test("when a part arrives, only the partitions of the rest pause, for longer each time")
  mutating func partitions() {
    var pauses = SendingPauses()
    var waits: [Duration] = []
    var now = Duration.seconds(100)
    for _ in 0..<12 {
      pauses.note(failed: [1], settled: [2], at: now, using: &generator)
      #expect(pauses.open([1, 2], at: now) == [2])
      let end = pauses.nextEnd(after: now) ?? now
      waits.append(end - now)
      now = end
    }
    #expect(waits[0] <= .milliseconds(120))
    #expect(waits[11] > .seconds(3))
    #expect(waits.allSatisfy { $0 <= .seconds(5) })
    pauses.keep([2])
    #expect(pauses.isEmpty)
  }
}
