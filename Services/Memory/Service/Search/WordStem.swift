/// Takes the plural from an English word, and from nothing else.
///
/// Little is taken on purpose: two words that mean different things must not become one, and other languages pass
/// through nearly untouched.
enum WordStem {
  static func stem(_ word: inout [UInt8]) {
    let count = word.count
    guard count > 3, word[count - 1] == s, word.allSatisfy({ (0x61...0x7A).contains($0) }) else { return }
    switch word[count - 2] {
    case e: stemE(&word)
    // "bus", "this" and "glass" are no plurals.
    case s, u, i: break
    default: word.removeLast()
    }
  }

  /// Stems a word that ends in "es".
  private static func stemE(_ word: inout [UInt8]) {
    let count = word.count
    let before = word[count - 3]
    if before == i, count > 4 {
      // "cities", but not "ties".
      word.removeLast(3)
      word.append(y)
      return
    }
    let secondBefore = word[count - 4]
    let isSibilant =
      before == x || before == z || (before == s && secondBefore == s)
      || (before == h && (secondBefore == c || secondBefore == s))
    word.removeLast(isSibilant ? 2 : 1)
  }

  private static let c = UInt8(ascii: "c")
  private static let e = UInt8(ascii: "e")
  private static let h = UInt8(ascii: "h")
  private static let i = UInt8(ascii: "i")
  private static let s = UInt8(ascii: "s")
  private static let u = UInt8(ascii: "u")
  private static let x = UInt8(ascii: "x")
  private static let y = UInt8(ascii: "y")
  private static let z = UInt8(ascii: "z")
}
