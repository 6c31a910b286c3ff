import Events
import Testing

struct TimestampTests {
  @Test(
    "every form of RFC 3339 is read as the moment that it is",
    arguments: [
      ("2025-03-17T08:45:23Z", "2025-03-17T08:45:23.000000Z"),
      ("2025-03-17T08:45:23.1Z", "2025-03-17T08:45:23.100000Z"),
      ("2025-03-17T08:45:23.123456Z", "2025-03-17T08:45:23.123456Z"),
      ("2025-03-17T08:45:23.123456789Z", "2025-03-17T08:45:23.123456Z"),
      ("2025-03-17T08:45:23.000000999999Z", "2025-03-17T08:45:23.000000Z"),
      ("2025-03-17t08:45:23z", "2025-03-17T08:45:23.000000Z"),
      ("2025-03-17 08:45:23Z", "2025-03-17T08:45:23.000000Z"),
      ("2025-03-17T09:45:23+01:00", "2025-03-17T08:45:23.000000Z"),
      ("2025-03-16T23:15:23.5-09:30", "2025-03-17T08:45:23.500000Z"),
      ("2025-03-17T08:45:23-00:00", "2025-03-17T08:45:23.000000Z"),
      ("2024-02-29T12:00:00Z", "2024-02-29T12:00:00.000000Z"),
      ("2000-02-29T12:00:00Z", "2000-02-29T12:00:00.000000Z"),
      ("2016-12-31T23:59:60Z", "2017-01-01T00:00:00.000000Z"),
      ("1969-12-31T23:59:59.999999Z", "1969-12-31T23:59:59.999999Z"),
      ("0000-01-01T00:00:00Z", "0000-01-01T00:00:00.000000Z"),
      ("9999-12-31T23:59:59.999999Z", "9999-12-31T23:59:59.999999Z"),
    ])
  func read(text: String, expected: String) throws {
    #expect(try Timestamp(parsing: text).description == expected)
  }

  @Test(
    "what names no moment is refused",
    arguments: [
      "", "2025-03-17", "2025-03-17T08:45:23", "2025-03-17T08:45Z", "2025-13-01T00:00:00Z", "2025-00-01T00:00:00Z",
      "2025-02-29T00:00:00Z", "1900-02-29T00:00:00Z", "2025-04-31T00:00:00Z", "2025-03-00T00:00:00Z",
      "2025-03-17T24:00:00Z", "2025-03-17T08:60:00Z", "2025-03-17T08:45:61Z", "2025-03-17T08:45:23.Z",
      "2025-03-17T08:45:23+0100", "2025-03-17T08:45:23+01", "2025-03-17T08:45:23+24:00", "2025-03-17T08:45:23+01:60",
      "2025-03-17T08:45:23ZZ", "2025-03-17T08:45:23 Z", " 2025-03-17T08:45:23Z", "2025-3-17T08:45:23.00Z",
      "20a5-03-17T08:45:23Z", "2025-03-17T08:45:23,5Z", "1742201123", "2025-03-17X08:45:23Z", "+025-03-17T08:45:23Z",
    ])
  func refused(text: String) {
    #expect(throws: TimestampError.self) { try Timestamp(parsing: text) }
  }

  @Test(
    "known moments have their known numbers",
    arguments: [
      ("1970-01-01T00:00:00Z", 0), ("2000-03-01T00:00:00Z", 951_868_800_000_000),
      ("2038-01-19T03:14:08Z", 2_147_483_648_000_000), ("1900-01-01T00:00:00Z", -2_208_988_800_000_000),
    ] as [(String, Int64)])
  func numbers(text: String, microseconds: Int64) throws {
    #expect(try Timestamp(parsing: text).microsecondsSinceEpoch == microseconds)
  }

  @Test("any moment of the years 0 to 9999 is written and read back", arguments: 0..<4)
  func roundTrip(seed: Int) throws {
    var random = SplitMix(seed: UInt64(seed))
    var changed: [Timestamp] = []
    for _ in 0..<2000 {
      let time = Timestamp(
        microsecondsSinceEpoch: Int64.random(in: -62_167_219_200_000_000..<253_402_300_800_000_000, using: &random))
      if try Timestamp(parsing: time.description) != time { changed.append(time) }
    }
    #expect(changed.isEmpty)
  }

  @Test("days follow one another through four centuries")
  func calendar() throws {
    let months = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
    var time = try Timestamp(parsing: "1899-12-31T00:00:00Z")
    var wrong: [String] = []
    func padded(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
    for year in 1900..<2300 {
      let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
      for month in 1...12 {
        for day in 1...(months[month - 1] + (isLeap && month == 2 ? 1 : 0)) {
          time = time + .seconds(86_400)
          guard day == 1 || day > 27 else { continue }
          let expected = "\(year)-\(padded(month))-\(padded(day))T00:00:00.000000Z"
          if time.description != expected { wrong.append(expected) }
        }
      }
    }
    #expect(wrong.isEmpty)
  }

  @Test("the extremes of the number can be written")
  func extremes() {
    #expect(!Timestamp(microsecondsSinceEpoch: .min).description.isEmpty)
    #expect(!Timestamp(microsecondsSinceEpoch: .max).description.isEmpty)
  }

  @Test("durations lead from one moment to another")
  func arithmetic() throws {
    let time = try Timestamp(parsing: "2025-03-17T08:45:23.5Z")
    #expect((time + .milliseconds(500)).description == "2025-03-17T08:45:24.000000Z")
    #expect((time - .seconds(24)).description == "2025-03-17T08:44:59.500000Z")
    #expect((time + .microseconds(7)) - time == .microseconds(7))
    #expect(time < time + .microseconds(1))
  }
}
