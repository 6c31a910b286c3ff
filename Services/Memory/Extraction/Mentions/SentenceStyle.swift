/// How a sentence uses capitals, which decides what a capital is worth in it.
enum SentenceStyle {
  case ordinary
  /// Capitals throughout: only listed names are told from words.
  case allCapitals
  /// A headline: most words have a capital.
  case title

  init(of sentence: Range<Int>, in text: TokenizedText) {
    var words = 0
    var long = 0
    var capitals = 0
    var longCapitals = 0
    for index in sentence where text.tokens[index].kind == .word {
      let token = text.tokens[index]
      words += 1
      if token.shape.contains(.allCapitals) { capitals += 1 }
      if token.letters > 3, !token.shape.contains(.caseless) {
        long += 1
        if token.shape.contains(.capital) { longCapitals += 1 }
      }
    }
    if words >= 3, capitals * 10 >= words * 9 {
      self = .allCapitals
    } else if long >= 5, longCapitals * 10 >= long * 8 {
      self = .title
    } else {
      self = .ordinary
    }
  }
}
