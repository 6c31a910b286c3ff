/// A statement with `?` for its parameters, as PostgreSQL takes it: `$1`, `$2`, ...
///
/// A question mark in a string, a quoted name or a comment stays what it is. The operators of PostgreSQL that have one
/// cannot be written.
struct PlaceholderText: Sendable, Hashable {
  let text: String
  let parameterCount: Int

  init(_ sql: String) {
    var scanner = Scanner(Array(sql.utf8))
    scanner.run()
    text = String(decoding: scanner.output, as: UTF8.self)
    parameterCount = scanner.parameterCount
  }

  private struct Scanner {
    let input: [UInt8]
    var output: [UInt8] = []
    var position = 0
    var parameterCount = 0

    init(_ input: [UInt8]) {
      self.input = input
      output.reserveCapacity(input.count + 16)
    }

    mutating func run() {
      while position < input.count {
        switch (input[position], peek(1)) {
        case (UInt8(ascii: "?"), _):
          parameterCount += 1
          output += Array("$\(parameterCount)".utf8)
          position += 1
        case (UInt8(ascii: "'"), _): copyQuoted(UInt8(ascii: "'"), escaping: isEscapeString)
        case (UInt8(ascii: "\""), _): copyQuoted(UInt8(ascii: "\""), escaping: false)
        case (UInt8(ascii: "-"), UInt8(ascii: "-")): copyLine()
        case (UInt8(ascii: "/"), UInt8(ascii: "*")): copyComment()
        case (UInt8(ascii: "$"), _): copyDollarQuoted()
        default: copy(1)
        }
      }
    }

    private func peek(_ distance: Int) -> UInt8 {
      position + distance < input.count ? input[position + distance] : 0
    }

    private mutating func copy(_ count: Int) {
      let end = min(position + count, input.count)
      output += input[position..<end]
      position = end
    }

    /// Whether the quote at this place opens `E'...'`, where a backslash hides the character after it.
    private var isEscapeString: Bool {
      guard position > 0, input[position - 1] | 0x20 == UInt8(ascii: "e") else { return false }
      return position < 2 || !Self.isWord(input[position - 2])
    }

    private mutating func copyQuoted(_ quote: UInt8, escaping: Bool) {
      copy(1)
      while position < input.count {
        if escaping, input[position] == UInt8(ascii: "\\") {
          copy(2)
        } else if input[position] == quote {
          // A doubled quote opens the rest at once: to a scanner that is the same.
          return copy(1)
        } else {
          copy(1)
        }
      }
    }

    private mutating func copyLine() {
      while position < input.count, input[position] != UInt8(ascii: "\n") { copy(1) }
    }

    /// PostgreSQL's comments nest.
    private mutating func copyComment() {
      var depth = 0
      repeat {
        switch (input[position], peek(1)) {
        case (UInt8(ascii: "/"), UInt8(ascii: "*")):
          depth += 1
          copy(2)
        case (UInt8(ascii: "*"), UInt8(ascii: "/")):
          depth -= 1
          copy(2)
        default: copy(1)
        }
      } while depth > 0 && position < input.count
    }

    /// `$tag$ ... $tag$`, where the tag may be empty; anything else with a dollar is copied as it is.
    private mutating func copyDollarQuoted() {
      let opensInsideWord = position > 0 && Self.isWord(input[position - 1])
      var end = position + 1
      while end < input.count, Self.isWord(input[end]) { end += 1 }
      let startsWithDigit = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(peek(1))
      guard !opensInsideWord, !startsWithDigit, end < input.count, input[end] == UInt8(ascii: "$") else {
        return copy(1)
      }
      let tag = input[position...end]
      copy(tag.count)
      while position < input.count {
        if input[position...].starts(with: tag) { return copy(tag.count) }
        copy(1)
      }
    }

    private static func isWord(_ byte: UInt8) -> Bool {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...:
        true
      default: false
      }
    }
  }
}
