/// A piece of a text around what a search matched.
enum Snippet {
  /// About how many bytes stand on each side of the match.
  static let margin = 72

  /// The piece, with `…` where the text goes on. Cut between words where there are spaces, never inside a character.
  /// - Parameter range: The match, in bytes of the text's UTF-8.
  static func around(_ range: Range<Int>, in text: String) -> String {
    let utf8 = text.utf8
    let start = cut(in: text, near: range.lowerBound - margin, towards: range.lowerBound)
    // A match may be as long as the text; so much of it says enough.
    let matchEnd = min(range.upperBound, range.lowerBound + 4 * margin)
    let end = cut(in: text, near: matchEnd + margin, towards: matchEnd)
    let piece = text[utf8.index(utf8.startIndex, offsetBy: start)..<utf8.index(utf8.startIndex, offsetBy: end)]
    return (start > 0 ? "…" : "") + piece + (end < utf8.count ? "…" : "")
  }

  /// A place to cut: after the first space on the way to the match, or else the nearest whole character.
  private static func cut(in text: String, near wanted: Int, towards match: Int) -> Int {
    let count = text.utf8.count
    guard wanted > 0 else { return 0 }
    guard wanted < count else { return count }
    let bytes = Array(text.utf8)
    var place = wanted
    if wanted < match {
      if let space = (wanted..<match).first(where: { bytes[$0] == 0x20 || bytes[$0] == 0x0A }) { place = space + 1 }
    } else if let space = (match..<wanted).last(where: { bytes[$0] == 0x20 || bytes[$0] == 0x0A }) {
      place = space
    }
    // `index(after:)` starts from the character that the index lies in, so that going there and back finds its start.
    let index = text.utf8.index(text.startIndex, offsetBy: place)
    return text.utf8.distance(from: text.startIndex, to: text.index(before: text.index(after: index)))
  }
}
