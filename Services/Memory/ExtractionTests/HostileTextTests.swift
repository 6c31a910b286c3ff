import Testing

@testable import Extraction

/// Texts that nobody would write: they cost linear time and never end the process.
@Suite("Hostile text")
struct HostileTextTests {
  private struct Generator: RandomNumberGenerator {
    var state: UInt64
    mutating func next() -> UInt64 {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return state ^ state >> 33
    }
  }

  private func check(_ text: String, _ extractor: OfflineExtractor = OfflineExtractor()) {
    let bytes = Array(text.utf8)
    for entity in extractor.read(text, at: nil).entities {
      #expect(
        entity.start >= 0 && entity.start < entity.end && entity.end <= bytes.count
          && Array(entity.text.utf8) == Array(bytes[entity.start..<entity.end]))
    }
  }

  @Test("any bytes, read as UTF-8 with what is broken replaced", arguments: 0..<60)
  func bytes(seed: Int) {
    var generator = Generator(state: UInt64(seed))
    let alphabet: [UInt8] = [0x00, 0x09, 0x0A, 0x20, 0x23, 0x2E, 0x40, 0x41, 0x61, 0x7F, 0xCC, 0x81, 0xE2, 0x80, 0xAE]
    let bytes = (0..<Int.random(in: 0...300, using: &generator)).map { _ in
      Bool.random(using: &generator)
        ? UInt8.random(in: 0...255, using: &generator) : alphabet.randomElement(using: &generator) ?? 0
    }
    check(String(decoding: bytes, as: UTF8.self))
  }

  @Test("the tagger holds for words that are cut in the middle of a character")
  func brokenWords() {
    let bytes: [UInt8] = [0x41, 0xE2, 0x82, 0x20, 0xF0, 0x9F, 0x80, 0x80, 0xC3]
    var tagger = EntityTagger()
    for end in 1...bytes.count {
      _ = tagger.names([0..<end], of: bytes)
      _ = tagger.names([end - 1..<bytes.count], of: bytes)
    }
    #expect(tagger.names([], of: []).isEmpty)
  }

  @Test(
    "a text without a space, of marks, of direction signs or of capitals comes to an end",
    arguments: ["a", "Ab", "\u{202E}x", "Z\u{341}\u{355}\u{317}", "\u{0}", "#", "@", "1", "東", "\u{1F600}", "X "])
  func long(piece: String) {
    check(String(repeating: piece, count: 20_000 / piece.utf8.count))
  }

  private static func parts(_ weight: Int8) -> EntityModel.Parts {
    var parts = EntityModel.Parts()
    parts.features = parts.features.indices.map {
      $0 % EntityTag.count == EntityTag.beginsLocation.rawValue ? weight : 0
    }
    return parts
  }

  @Test("a model or a table that is cut short finds nothing and does not read beyond its end")
  func cutFiles() {
    let model = EntityModel.serialized(Self.parts(1))
    model.withUnsafeBytes { bytes in
      var tagger = EntityTagger(model: EntityModel(bytes))
      #expect(tagger.names([0..<5], of: Array("Paris".utf8)).map(\.tag) == [.beginsLocation])
    }
    for cut in stride(from: 0, through: model.count - 1, by: 997) {
      Array(model.prefix(cut)).withUnsafeBytes { bytes in
        var tagger = EntityTagger(model: EntityModel(bytes))
        #expect(tagger.names([0..<5], of: Array("Paris".utf8)).isEmpty)
      }
    }
    let words = WordTable.serialized(
      [(hash: KeyHash.of("paris"), bits: 0x1_0000_0005)], messagePaths: Array(1...16), slots: 16)
    for cut in 0..<words.count {
      Array(words.prefix(cut)).withUnsafeBytes { #expect(WordTable($0).entry(of: KeyHash.of("paris")).bits == 0) }
    }
    words.withUnsafeBytes {
      let entry = WordTable($0).entry(of: KeyHash.of("paris"))
      #expect(entry.capitalClass == 5)
      #expect(WordTable($0).messagePath(of: entry) == 16)
    }
  }

  @Test("a table of vectors gives back the codes that it was made of; one that is cut short gives none")
  func vectors() throws {
    let codes = (0..<WordVectors.pairs).map { UInt8($0 * 7 % WordVectors.codes) }
    let numbers = (0..<WordVectors.pairs * WordVectors.codes).map { SIMD2(Float($0), -Float($0)) }
    let file = WordVectors.serialized([(hash: KeyHash.of("paris"), codes: codes)], numbers: numbers, slots: 16)
    try file.withUnsafeBytes { bytes in
      let vectors = WordVectors(bytes)
      let slot = try #require(vectors.slot(of: KeyHash.of("paris")))
      var found: [UInt8] = []
      vectors.codes(slot) { pair, code in
        #expect(pair == found.count)
        found.append(UInt8(code))
      }
      #expect(found == codes)
      #expect(vectors.numbers(pair: 3, code: 2) == SIMD2(50, -50))
      #expect(vectors.slot(of: KeyHash.of("london")) == nil)
    }
    for cut in stride(from: 0, to: file.count, by: 13) {
      Array(file.prefix(cut)).withUnsafeBytes { #expect(WordVectors($0).slot(of: KeyHash.of("paris")) == nil) }
    }
  }

  @Test(
    "weights that are no numbers, or beyond all measure, do not end the process",
    arguments: [
      Float.nan, .infinity, -.infinity, .greatestFiniteMagnitude, -.greatestFiniteMagnitude,
    ])
  func oddWeights(weight: Float) {
    var parts = Self.parts(1)
    parts.dense = parts.dense.map { _ in weight }
    parts.calibration = EntityCalibration(weights: parts.calibration.weights.map { _ in weight })
    EntityModel.serialized(parts).withUnsafeBytes { bytes in
      var tagger = EntityTagger(model: EntityModel(bytes))
      for name in tagger.names([0..<5, 6..<12], of: Array("Paris Berlin".utf8)) {
        #expect((0.01...0.99).contains(name.confidence))
      }
    }
  }
}
