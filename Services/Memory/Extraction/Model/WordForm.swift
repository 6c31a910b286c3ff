/// What the model sees of one word by itself.
struct WordForm: Sendable {
  enum Kind: UInt64, Sendable {
    case word, address, handle, hashtag, number, sign, padding
  }

  /// How a word is written.
  enum Capitals: UInt64, Sendable {
    case none, first, all, inner, signs, padding
  }

  /// Hashes of the word as it stands (digits as zeros), in lower case without accents, and of its shape ("Xxx-dd" and,
  /// with runs shortened, "Xx-d").
  var word: UInt64 = 0
  var lower: UInt64 = 0
  var shape: UInt64 = 0
  var outline: UInt64 = 0
  /// Hashes of the last and the first one to four bytes of the lower-case word; 0 where it is shorter.
  var suffixes: SIMD4<UInt64> = .zero
  var prefixes: SIMD4<UInt64> = .zero
  /// The word's class as it is written, and in lower case; 0 for none.
  var wordClass: UInt64 = 0
  var lowerClass: UInt64 = 0
  /// Where the word's class in short messages stands in the tree of classes: see ``WordTable/messagePath(of:)``.
  var messagePath: UInt64 = 0
  /// How other texts write the word: from always small to nearly always with a capital.
  var casing: UInt64 = 0
  /// How frequent the word is, on a logarithmic scale; 0 for unknown.
  var frequency: UInt64 = 0
  /// Where the word's vector is among the ``WordVectors``; -1 for none.
  var vector: Int32 = -1
  var kind: Kind = .word
  var capitals: Capitals = .none
  /// What the name lists say of the word alone, and of the longest listed name that it is part of.
  var listed: UInt64 = 0
  var listedInside: UInt64 = 0
  /// Where the lower-case word stands in the sentence's.
  var foldStart = 0
  var foldEnd = 0

  /// The part of the tree of classes, so many turns from its root, that the word's class in messages is in.
  @inline(__always)
  func messageBranch(_ turns: Int) -> UInt64 {
    // Shifting by less than nothing would shift the other way.
    messagePath >> max(0, 63 - messagePath.leadingZeroBitCount - turns)
  }

  /// Whether other texts write the word small at least now and then; false for a word that no table has.
  var isOftenSmall: Bool { (1...5).contains(casing) }

  static let padding: WordForm = {
    var form = WordForm()
    form.word = KeyHash.of("<end>")
    form.lower = form.word
    form.shape = 1
    form.outline = 1
    form.kind = .padding
    form.capitals = .padding
    form.casing = 10
    form.frequency = 15
    return form
  }()
}
