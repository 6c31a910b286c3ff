/// A piece of the text between spaces: a word, a number, an address or one sign of punctuation.
struct Token {
  enum Kind: UInt8 {
    case word
    case number
    case email
    case url
    case handle
    /// `'s`, or a lone apostrophe after a plural.
    case possessive
    /// `.`, `!`, `?` and their relatives.
    case stop
    case comma
    /// `(` and other opening brackets.
    case open
    case close
    case quote
    case currency
    case symbol
  }

  struct Shape: OptionSet {
    let rawValue: UInt8
    /// The first letter is a capital.
    static let capital = Shape(rawValue: 1)
    /// Has letters, and all of them are capitals.
    static let allCapitals = Shape(rawValue: 2)
    static let hasLower = Shape(rawValue: 4)
    static let hasDigit = Shape(rawValue: 8)
    /// A capital after a lower-case letter, as in iPhone and McDonald.
    static let innerCapital = Shape(rawValue: 16)
    /// Letters of a script that has no case.
    static let caseless = Shape(rawValue: 32)
    /// Ends in a full stop that belongs to it: "Dr.", "U.S.", "J.".
    static let dotted = Shape(rawValue: 64)
    /// A space or line break stands before it.
    static let spaced = Shape(rawValue: 128)
  }

  /// Byte offsets into the text.
  var start: Int
  var end: Int
  /// Where the folded word stands in ``TokenizedText/folded``.
  var foldStart: Int
  var foldEnd: Int
  /// The ``KeyHash`` of the folded word.
  var hash: UInt64
  var kind: Kind
  var shape: Shape = []
  /// Line breaks between the token before and this one, at most two.
  var lineBreaks: UInt8 = 0
  var sentence: Int32 = 0
  /// What the lexicon says of the word.
  var classes: WordClass = []
  /// What the name lists say of the word when it stands alone.
  var listed: NameKind = []
  /// The number of letters and digits.
  var letters: UInt16 = 0
}
