import Testing

@testable import Extraction

/// Confidences: how often the model is right when it says so.
@Suite("Calibration of confidences")
struct EntityCalibrationTests {
  private static func name(_ probability: Double, kind: Int = 0) -> EntityCalibration.Name {
    EntityCalibration.Name(
      probability: probability, kind: kind, words: 1, isSmall: false, isCapitals: false, isListed: false, unknown: 0,
      capitalsAround: 0, unknownAround: 0, sentenceWords: 10)
  }

  @Test("without a fit the confidence is the model's own probability", arguments: [0.05, 0.3, 0.5, 0.9, 0.985])
  func neutral(probability: Double) {
    for kind in 0..<4 {
      let confidence = EntityCalibration.none.confidence(of: Self.name(probability, kind: kind))
      #expect(abs(confidence - probability) < 1e-6)
    }
  }

  @Test("the shipped fit gives more confidence to what the model finds more probable, for every kind of name")
  func increases() {
    for kind in 0..<4 {
      let confidences = [0.2, 0.4, 0.6, 0.8, 0.95].map {
        EntityModel.embedded.calibration.confidence(of: Self.name($0, kind: kind))
      }
      #expect(confidences == confidences.sorted() && (confidences.last ?? 0) - (confidences.first ?? 0) > 0.3)
    }
  }

  @Test("nothing is certain, and nothing that is found is impossible")
  func range() {
    for probability in [0, 1, .nan, -1, 2] {
      #expect((0.01...0.99).contains(EntityModel.embedded.calibration.confidence(of: Self.name(probability))))
    }
  }

  @Test("a name knows its words, its writing and what stands around it")
  func describes() throws {
    var tagger = EntityTagger()
    let text = Array("we met Maria Berg in OSLO".utf8)
    let names = tagger.names([0..<2, 3..<6, 7..<12, 13..<17, 18..<20, 21..<25], of: text)
    let person = try #require(names.first { $0.tag == .beginsPerson })
    let seen = person.seen
    #expect(seen.words == 2 && seen.kind == 0 && !seen.isSmall && !seen.isCapitals && seen.sentenceWords == 6)
    #expect(seen.capitalsAround == 0.25)
    let place = try #require(names.first { $0.tag == .beginsLocation })
    #expect(place.seen.isCapitals && place.seen.kind == 1)
  }
}
