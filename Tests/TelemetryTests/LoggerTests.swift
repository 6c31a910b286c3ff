import Telemetry
import Testing

@Suite("Logs")
struct LoggerTests {
  /// 2026-11-24T20:05:07.089Z.
  private static let moment = LogTime(millisecondsSinceEpoch: 1_795_550_707_089)

  private let sink = RecentLogSink(limit: 3)

  private func logger(_ level: Logger.Level = .info) -> Logger {
    Logger(label: "memory.store") { _ in JSONLinesLogHandler(sink: sink, level: level) { Self.moment } }
  }

  @Test("a line is one JSON object: time, level, logger, message, then the metadata by name")
  func line() {
    var logger = logger()
    logger[metadataKey: "service"] = "memory"
    logger.warning(
      "the disk is full", metadata: ["free": .stringConvertible(0), "tables": ["a", "b"], "service": "own"])
    #expect(
      sink.recent == [
        #"{"time":"2026-11-24T20:05:07.089Z","level":"warning","logger":"memory.store","message":"the disk is full","#
          + #""free":0,"service":"own","tables":["a","b"]}"#
      ])
  }

  @Test("whatever is logged stays one line, and cannot pass for another field")
  func injection() {
    logger().info("a\n{\"level\":\"error\"}\u{1B}[2J", metadata: ["level": "\"fatal\"", "k\"": "\\"])
    #expect(
      sink.recent == [
        #"{"time":"2026-11-24T20:05:07.089Z","level":"info","logger":"memory.store","#
          + #""message":"a\n{\"level\":\"error\"}\u001b[2J","k\"":"\\","_level":"\"fatal\""}"#
      ])
  }

  @Test("a message below the level is not even built")
  func levels() {
    let logger = logger(.notice)
    var built: [Logger.Level] = []
    func message(_ level: Logger.Level) -> Logger.Message {
      built.append(level)
      return "at \(level.rawValue)"
    }
    for level in Logger.Level.allCases { logger.log(level: level, message(level)) }
    #expect(built == [.notice, .warning, .error, .critical])
    #expect(logger.isEnabled(.error) && !logger.isEnabled(.info))
  }

  @Test("a copy's metadata does not reach the original")
  func copies() {
    let logger = logger()
    var copy = logger
    copy[metadataKey: "request"] = "r1"
    logger.info("plain")
    #expect(sink.recent.first?.contains("r1") == false)
  }

  @Test("the last lines are kept, the oldest go first")
  func recent() {
    for number in 1...5 { logger().info("line \(number)") }
    #expect(sink.recent.count == 3)
    #expect(sink.recent.first?.contains("line 3") == true)
  }

  @Test("at a terminal a line shows the time of day, the level, who and what, and no control character")
  func terminal() {
    let logger = Logger(label: "http") { _ in
      TerminalLogHandler(sink: sink, coloured: false) { Self.moment }
    }
    logger.error("a\u{1B}[2Jb", metadata: ["path": "/v1", "error": "two words"])
    #expect(sink.recent == [#"20:05:07.089 error    http: a\x1b[2Jb error="two words" path=/v1"#])
  }

  @Test(
    "a moment is written in UTC with milliseconds, before 1970 too",
    arguments: [
      (0, "1970-01-01T00:00:00.000Z"), (-1, "1969-12-31T23:59:59.999Z"), (951_782_400_001, "2000-02-29T00:00:00.001Z"),
    ])
  func time(milliseconds: Int64, text: String) {
    #expect(LogTime(millisecondsSinceEpoch: milliseconds).description == text)
  }
}
