/// A word of a text as the index knows it.
struct SearchWord: Sendable, Hashable {
  /// What is indexed: folded and stemmed.
  var term: String
  /// Where the word stands, in bytes of the text's UTF-8.
  var range: Range<Int>
}
