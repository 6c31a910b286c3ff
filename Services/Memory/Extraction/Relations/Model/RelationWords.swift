/// What a text must say before the model's answer counts, for relations that the model has learnt to take for granted.
///
/// In an encyclopaedia two people named side by side are often a couple, and whoever is named with a town was born
/// there. In a note they met there.
enum RelationWords {
  /// Whether a sentence that has to do with the two has a word that the relation needs.
  static func allow(_ label: RelationLabel, _ document: RelationDocument, _ source: Int, _ target: Int) -> Bool {
    guard let beginnings = needed[label.property] else { return true }
    if label.property == 27, isAdjective(document, target) { return true }
    let isApart = !document.shareSentence(source, target)
    let others = document.entities[target].places
    return document.entities[source].places.contains { place in
      guard isApart || others.contains(where: { $0.sentence == place.sentence }) else { return false }
      return document.text.sentences[Int(place.sentence)].prefix(200).contains { index in
        let word = document.text.folded(index)
        return beginnings.contains { $0.first == word.first && word.starts(with: $0) }
      }
    }
  }

  /// "German", beside "Germany".
  private static func isAdjective(_ document: RelationDocument, _ entity: Int) -> Bool {
    document.entities[entity].places.contains { place in
      document.text.tokens[Int(place.tokens.upperBound) - 1].classes.contains(.demonym)
    }
  }

  private static func words(_ list: String) -> [[UInt8]] {
    list.split { $0 == " " || $0 == "\n" }.map { Array($0.utf8) }
  }

  private static let family = words(
    """
    wife husband spouse marri marry widow wed divorc bride engaged consort son sons daughter child father mother parent
    brother sister sibling twin stepson stepd stepf stepm half-brother half-sister family born heir dynasty
    """)

  /// By property: the beginnings of words one of which must be there.
  private static let needed: [UInt16: [[UInt8]]] = [
    19: words("born birth native née nee raised grew"),
    20: words("die death dead kill murder assassin execut buried passed suicide late"),
    22: family, 25: family, 26: family, 40: family, 3373: family,
    27: words(
      """
      citizen national born birth native president prime minister chancellor king queen emperor empress prince princess
      sultan shah tsar czar politic governor senator member represent ambassador general commander leader dictator
      parliament elected ruler throne player footballer team squad athlete olympi
      """),
    69: words(
      """
      stud educat graduat attend degree school universit college academ alum phd ph.d doctor bachelor master enrol
      professor institut train
      """),
    571: words(
      """
      found establish form creat launch start open incorporat incept began begun begin since built build organi charter
      commission settl introduc set inaugurat first constitut
      """),
  ]
}
