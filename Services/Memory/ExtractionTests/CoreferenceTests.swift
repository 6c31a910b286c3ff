import Testing

@testable import Extraction

@Suite("Coreference within a text")
struct CoreferenceTests {
  @Test(
    "a later form stands for the name before it",
    arguments: [
      ("Maria Berg came. She works at Google.", "Maria Berg works_at Google"),
      ("Maria Berg is here. Berg lives in London.", "Maria Berg lives_in London"),
      ("Alice met Tom. He works at Google.", "Tom works_at Google"),
      ("Acme Corp grew. The company is headquartered in Munich.", "Acme Corp headquartered_in Munich"),
      ("Mary Smith spoke. Her husband Bob works at Google.", "Bob married_to Mary Smith"),
      ("Anna Smith visited Berlin. She met Peter in the city.", "Anna Smith met Peter"),
    ])
  func resolved(text: String, relation: String) {
    #expect(RelationTests.relations(text).contains(relation), "\(RelationTests.relations(text))")
  }

  @Test(
    "a pronoun that may mean several stays unresolved",
    arguments: [
      "Laura met Anna in Rome, and later she joined Siemens.", "Bob and Peter came, then he joined Siemens.",
      "I joined Siemens. Anna Smith and Mary White know it.",
    ])
  func ambiguous(text: String) {
    #expect(!RelationTests.relations(text).contains { $0.contains(" joined ") }, "\(RelationTests.relations(text))")
  }
}
