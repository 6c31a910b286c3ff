import Testing

@testable import Extraction

@Suite("The relation model")
struct RelationModelTests {
  /// Small documents of one form: `Name N was born in City N` and the like, with all mentions annotated.
  private static func document(_ number: Int) -> RedocredDocument {
    let verb = number.isMultiple(of: 2) ? ["was", "born", "in"] : ["died", "in"]
    let words = ["Anna", "Berg\(number)"] + verb + ["Oslo\(number)", ",", "Norway", "."]
    let place = 2 + verb.count
    func mention(_ range: Range<Int>, _ type: String) -> [RedocredDocument.Mention] {
      [RedocredDocument.Mention(sentence: 0, words: range, type: type)]
    }
    return RedocredDocument(
      sentences: [words],
      entities: [
        mention(0..<2, "PER"), mention(place..<place + 1, "LOC"), mention(place + 2..<place + 3, "LOC"),
      ],
      facts: [
        RedocredDocument.Fact(head: 0, tail: 1, relation: number.isMultiple(of: 2) ? "P19" : "P20"),
        RedocredDocument.Fact(head: 1, tail: 2, relation: "P17"),
      ])
  }

  private static func train() -> [UInt8] {
    var trainer = RelationTrainer(leastDocuments: 2, passes: 4)
    return trainer.train((0..<60).map(document), places: PlaceContainment.compile(places: [], capitals: [])).model
  }

  @Test("the same documents give the same bytes, and what was learnt is told of documents that are new")
  func training() {
    let bytes = Self.train()
    #expect(bytes == Self.train())
    bytes.withUnsafeBytes { buffer in
      let evaluation = RelationEvaluation((100..<120).map(Self.document), model: RelationModel(buffer))
      #expect(evaluation.within.facts == 40)
      #expect(evaluation.within.precision > 0.9 && evaluation.within.recall > 0.9, "\(evaluation.within)")
      #expect(evaluation.within == evaluation.all)
    }
  }

  @Test("facts may be named by our names, turned round where the property reads the other way")
  func names() {
    var documents = (100..<120).map(Self.document)
    for index in documents.indices {
      for fact in documents[index].facts.indices {
        let label = RelationLabel.label(of: documents[index].facts[fact].relation)
        documents[index].facts[fact].relation = label?.name ?? ""
      }
    }
    Self.train().withUnsafeBytes { buffer in
      let score = RelationEvaluation(documents, model: RelationModel(buffer)).within
      #expect(score.precision > 0.9 && score.recall > 0.9, "\(score)")
    }
  }

  @Test("a feature counts once a document, and of many the most frequent are kept")
  func vocabulary() {
    let pairs: [(keys: [UInt32], document: Int)] = [
      ([7, 9], 0), ([7, 9], 0), ([7, 5], 1), ([7, 5], 2), ([3, 5], 3), ([3], 3), ([3], 4),
    ]
    #expect(RelationVocabulary(pairs, leastDocuments: 2, mostRows: 10).keys == [3, 5, 7])
    let kept = RelationVocabulary(pairs, leastDocuments: 1, mostRows: 2)
    #expect(kept.keys == [5, 7])
    #expect(kept.rows([7, 9, 5]) == [1, 0])
  }

  @Test("a network that is rounded is what its packed file says")
  func rounding() {
    var network = RelationNetwork(rows: 20, seed: 3)
    let exact = network.embedding
    network.round()
    let once = network.embedding
    #expect(once != exact)
    #expect(zip(once, exact).allSatisfy { abs($0 - $1) < 0.05 })
    network.round()
    #expect(network.embedding == once)
  }

  @Test("a word is of one class with a capital and of another without; one that nobody uses is of none")
  func classes() {
    let text = Tokenizer.tokenize("a brown dog saw Brown near xqzzvw and xqzzvk", lists: .embedded)
    let words = RelationDocument(text: text, mentions: [], lists: .embedded).words
    #expect(words[1].code == words[4].code)
    #expect(words[1].group != words[4].group)
    #expect(words[6].code != words[8].code)
    #expect(words[6].group == words[8].group)
  }

  @Test("a damaged file knows no relation")
  func damage() {
    let bytes = Self.train()
    for cut in stride(from: 0, to: bytes.count, by: 997) {
      bytes.prefix(cut).withUnsafeBytes { #expect(RelationModel($0).isEmpty) }
    }
    bytes.withUnsafeBytes { #expect(!RelationModel($0).isEmpty) }
  }

  @Test("the model that is shipped is there, and under its size")
  func embedded() {
    #expect(!RelationModel.embedded.isEmpty)
    #expect(RelationModel.embedded.thresholds.allSatisfy { $0 > 0.2 && $0 < 0.9 })
  }

  @Test(
    "what an encyclopaedia says in its own manner is told",
    arguments: [
      ("Maria Berg (12 May 1950 – 3 June 2010) was a German painter.", "Maria Berg born_on 12 May 1950"),
      ("Maria Berg (12 May 1950 – 3 June 2010) was a German painter.", "Maria Berg died_on 3 June 2010"),
      ("The hotel lies in Bakersfield, California.", "Bakersfield located_in California"),
    ])
  func told(text: String, relation: String) {
    #expect(RelationTests.relations(text).contains(relation), "\(RelationTests.relations(text))")
  }

  @Test(
    "what an encyclopaedia would mean by two names side by side is not read into a note",
    arguments: [
      ("John and Mary visited Paris.", "married_to"), ("John met Mary in Oslo, Norway.", "born_in"),
      ("John met Mary in Oslo, Norway.", "citizen_of"), ("Emma Watson from Google reports to Raj Patel.", "studied_at"),
      ("Microsoft acquired GitHub in 2018.", "founded_on"),
    ])
  func notTold(text: String, type: String) {
    #expect(!OfflineExtractor().read(text, at: RelationTests.time).relationships.contains { $0.type == type })
  }

  @Test("every property has a name, and none stands twice")
  func labels() {
    let properties = RelationLabel.all.map(\.property)
    #expect(Set(properties).count == properties.count)
    #expect(properties.count >= 90)
    #expect(RelationLabel.label(of: "P112")?.name == "founded")
    #expect(RelationLabel.label(of: "P112")?.isInverse == true)
    #expect(RelationLabel.label(of: "located_in") == nil)
    #expect(RelationLabel.label(of: "P99999") == nil)
  }

  @Test("the pairs that are looked at are bounded, whatever the text")
  func bound() {
    let text = Tokenizer.tokenize(String(repeating: "Paris Hilton met Bob Smith, ", count: 3000), lists: .embedded)
    var mentions: [Mention] = []
    for index in stride(from: 0, to: text.tokens.count - 1, by: 3) {
      var mention = Mention(index..<index + 1, .person, 0.9)
      mention.canonical = mentions.count
      mentions.append(mention)
    }
    let document = RelationDocument(text: text, mentions: mentions, lists: .embedded)
    #expect(document.pairs().count <= RelationDocument.mostPairs)
  }

  @Test("what the model says of a pair depends neither on the order of its features nor on how often each was found")
  func orderOfFeatures() {
    let text = Tokenizer.tokenize(
      "Maria Berg was born in Oslo, Norway. She founded Acme Corp and leads it from Paris.", lists: .embedded)
    var resolver = MentionResolver(
      text: text, mentions: MentionFinder.find(in: text, with: .embedded, names: .none, today: nil))
    resolver.resolve()
    let document = RelationDocument(text: text, mentions: resolver.mentions, lists: .embedded)
    let model = RelationModel.embedded
    var features = RelationFeatures(places: model.containment)
    var scratch = RelationModel.Scratch()
    var generator = SeededGenerator(seed: 7)
    var told = 0
    for (source, target) in document.pairs() {
      features.read(document, source, target)
      features.ask(model, &scratch)
      let sorted = scratch.candidates.map { ($0.label, $0.logit.bitPattern) }
      told += sorted.count
      // More of them than there is room for at first.
      let shuffled = (0..<8).flatMap { _ in features.keys }.shuffled(using: &generator)
      shuffled.withUnsafeBufferPointer { model.read($0, &scratch) }
      #expect(scratch.candidates.map { ($0.label, $0.logit.bitPattern) }.elementsEqual(sorted, by: ==))
    }
    #expect(told > 0)
  }
}
