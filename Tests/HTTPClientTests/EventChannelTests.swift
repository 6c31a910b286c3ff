import Synchronization
import Testing

@testable import HTTPClient

@Suite("The channel between transfer and reader")
struct EventChannelTests {
  private func events(_ numbers: Range<Int>) -> [HTTPClientEvent] { numbers.map { HTTPClientEvent(data: "\($0)") } }

  @Test("a full channel pauses the transfer, which goes on when half of it was read")
  func pause() async {
    let resumed = Mutex(0)
    let channel = EventChannel(capacity: 4) { resumed.withLock { $0 += 1 } }
    #expect(!channel.mustPause())
    channel.send(events(0..<5))
    #expect(channel.mustPause())
    for number in 0..<2 {
      #expect(await channel.next().success == "\(number)")
      #expect(resumed.withLock { $0 } == 0)
    }
    #expect(await channel.next().success == "2")
    #expect(resumed.withLock { $0 } == 1)
    #expect(!channel.mustPause())
  }

  @Test("what came before the end is read before the end")
  func end() async {
    let channel = EventChannel(capacity: 4) {}
    channel.send(events(0..<1))
    channel.finish(.failure(HTTPClientError(.connectionLost, "gone")))
    channel.finish(.success(()))
    channel.send(events(1..<2))
    #expect(await channel.next().success == "0")
    #expect(await channel.next().failure?.kind == .connectionLost)
    #expect(await channel.next().failure?.kind == .connectionLost)
  }
}

extension EventChannel.Next {
  fileprivate var success: String? { try? get()?.data }

  fileprivate var failure: HTTPClientError? {
    if case .failure(let error) = self { error } else { nil }
  }
}
