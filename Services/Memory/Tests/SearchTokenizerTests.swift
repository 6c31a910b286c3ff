import Testing

@testable import MemoryService

@Suite("The tokenizer of searches")
struct SearchTokenizerTests {
  static let texts: [(text: String, terms: [String])] = [
    ("", []),
    ("  \n\t --- !?", []),
    ("Maria works at Siemens", ["maria", "work", "at", "siemen"]),
    ("Maria's café, don’t", ["maria", "cafe", "dont"]),
    ("l'été à Zürich", ["lete", "a", "zurich"]),
    ("Straße STRASSE", ["strasse", "strasse"]),
    ("cities boxes dishes glass bus this ties trees", ["city", "box", "dish", "glass", "bus", "this", "tie", "tree"]),
    ("ＡＢＣ ﬁne", ["abc", "fine"]),
    ("東京タワー", ["東", "京", "タ", "ワ", "ー"]),
    ("Москва́ и Київ", ["москва", "и", "киів"]),
    ("नमस्ते दुनिया", ["नमस्ते", "दुनिया"]),
    ("שלום עולם", ["שלום", "עולם"]),
    ("party🎉🎉 👩‍💻 👍🏽", ["party", "🎉", "🎉", "👩", "💻", "👍"]),
    ("a\0b", ["a", "b"]),
    ("room 42b, v1.2", ["room", "42b", "v1", "2"]),
    ("a.b@example.com", ["a", "b", "example", "com"]),
    ("'quoted' ’", ["quoted"]),
  ]

  @Test("cuts and folds", arguments: texts)
  func terms(_ text: String, _ terms: [String]) {
    #expect(SearchTokenizer.words(in: text).map(\.term) == terms)
    #expect(SearchTokenizer.terms(of: text) == terms.joined(separator: " "))
  }

  @Test("says where each word stands, in bytes")
  func ranges() {
    let text = "Ünal's 東 end"
    let bytes = Array(text.utf8)
    let words = SearchTokenizer.words(in: text).map { String(decoding: bytes[$0.range], as: UTF8.self) }
    #expect(words == ["Ünal", "東", "end"])
  }

  @Test("no term is longer than the limit allows, however long the word")
  func longWords() {
    let words = SearchTokenizer.words(
      in: String(repeating: "x", count: 10_000) + " " + "é" + String(repeating: "é", count: 999))
    #expect(words.count == 2)
    #expect(words.allSatisfy { $0.term.utf8.count <= SearchTokenizer.longestTerm })
    #expect(words[0].range == 0..<10_000)
  }

  static let questions: [(question: String, phrases: [[String]])] = [
    ("paris paris PARIS", [["paris"]]),
    ("\"new york\" hotel", [["new", "york"], ["hotel"]]),
    ("\"new york", [["new"], ["york"]]),
    ("don't e-mail", [["dont"], ["e", "mail"]]),
    ("\"\" \" \" ! ", []),
    ("東京", [["東", "京"]]),
  ]

  @Test("a question's phrases", arguments: questions)
  func phrases(_ question: String, _ phrases: [[String]]) {
    #expect(SearchPhrase.phrases(in: question).map(\.terms) == phrases)
  }

  @Test("a question has no more phrases than the limit")
  func manyPhrases() {
    let question = (0..<500).map { "w\($0)x" }.joined(separator: " ")
    #expect(SearchPhrase.phrases(in: question).count == SearchPhrase.limit)
  }

  static let names: [(String, String)] = [
    ("Maria Berg", "maria berg"), ("  MARIA \t  BERG ", "maria berg"), ("Müller", "MÜLLER"), ("Straße 1", "STRASSE 1"),
    ("Ａｃｍｅ", "acme"), ("Cafe\u{301}", "café"), ("東京", "東京"),
  ]

  @Test("names that differ in case, width and spaces have one key", arguments: names)
  func nameKeys(_ left: String, _ right: String) {
    #expect(WordFolding.key(ofName: left) == WordFolding.key(ofName: right))
  }

  @Test("an accent tells two names apart")
  func accents() {
    #expect(WordFolding.key(ofName: "Lena Bär") != WordFolding.key(ofName: "Lena Bar"))
  }
}
