/// Tells apart what the model only knows as a name of another kind: products, works, events; the rest, such as peoples
/// and languages, is no entity here.
package enum EntityKinds {
  /// - Parameter forms: The sentence that the name was found in.
  package static func type(of name: TaggedName, forms: SentenceForms) -> EntityType? {
    guard name.tag == .other else { return name.tag.type }
    let lexicon = Lexicon.english
    let words = name.tokens.map { $0 % EntityTagger.longestSentence }.filter { $0 < forms.count }.map { forms[$0] }
    guard let last = words.last, let first = words.first else { return nil }
    let classes = words.reduce(into: WordClass()) { $0.formUnion(lexicon.classes(of: $1.lower)) }
    if classes.contains(.eventHead) { return .event }
    if classes.contains(.productHead) || last.kind == .number || first.capitals == .inner { return .product }
    if words.count == 1, classes.contains(.demonym) || last.casing == 0 { return nil }
    if words.count == 1 { return Self.endsLikePeople(last, forms) ? nil : .product }
    return .work
  }

  /// "German", "Muslims", "Japanese", "Swedish".
  private static func endsLikePeople(_ word: WordForm, _ forms: SentenceForms) -> Bool {
    let folded = forms.folded[word.foldStart..<word.foldEnd]
    let endings: [StaticString] = ["an", "ans", "ese", "ish", "ic", "ist", "ists", "ism", "ians", "ims", "im", "i"]
    return endings.contains { ending in
      let letters = UnsafeBufferPointer(start: ending.utf8Start, count: ending.utf8CodeUnitCount)
      return folded.count > letters.count + 2 && folded.suffix(letters.count).elementsEqual(letters)
    }
  }
}
