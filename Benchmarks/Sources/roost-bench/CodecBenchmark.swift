import Events
import Foundation
import JSON
import MemoryEvents

/// Reading and writing one event of 440 bytes on one core, beside Foundation's coders.
struct CodecBenchmark: Benchmark {
  let name = "codec"
  let summary = "read and write a 440-byte event, beside Foundation's JSONDecoder and JSONEncoder"

  func run() async throws -> [Row] {
    let bytes = SampleEvent.bytes
    let event = try Event(parsing: bytes)
    let payload = try event.decode(MemoryCreated.self)
    let data = Data(bytes)
    let decoder = JSONDecoder()
    let encoder = JSONEncoder()
    let twin = try decoder.decode(FoundationEvent.self, from: data)

    let decoderRate = try perSecond { count in
      for _ in 0..<count { keep(try decoder.decode(FoundationEvent.self, from: data)) }
    }
    let both = try perSecond { count in
      for _ in 0..<count {
        let event = try Event(parsing: bytes)
        keep(try event.decode(MemoryCreated.self))
      }
    }
    let envelope = try perSecond { count in
      for _ in 0..<count { keep(try Event(parsing: bytes)) }
    }
    let payloadAlone = try perSecond { count in
      for _ in 0..<count { keep(try event.decode(MemoryCreated.self)) }
    }
    let check = try perSecond { count in
      for _ in 0..<count {
        try JSONReader.read(bytes) { (reader) throws(JSONError) in try reader.skipValue() }
      }
    }
    let encoderRate = try perSecond { count in
      for _ in 0..<count { keep(try encoder.encode(twin)) }
    }
    let written = perSecond { count in
      for _ in 0..<count { keep(event.encoded()) }
    }
    let writtenWithPayload = perSecond { count in
      for _ in 0..<count {
        var event = event
        event.payload = payload.jsonBytes()
        keep(event.encoded())
      }
    }
    let identifiers = perSecond { count in
      for _ in 0..<count { keep(EventID.make()) }
    }
    return [
      Row("read envelope and payload (\(bytes.count) B)", ours: both, yardstick: ("JSONDecoder", decoderRate)),
      Row("read envelope", ours: envelope),
      Row("read payload (\(event.payload.count) B)", ours: payloadAlone),
      Row("check only", ours: check),
      Row("write envelope", ours: written, yardstick: ("JSONEncoder", encoderRate)),
      Row("write payload and envelope", ours: writtenWithPayload, yardstick: ("JSONEncoder", encoderRate)),
      Row("make an event id", ours: identifiers),
    ]
  }
}
