import RuntimeHost

/// Makes a document of what a model wrote where it was to write JSON.
///
/// Takes it out of code fences and from behind thoughts aloud, leaves out commas before a closing bracket, writes line
/// breaks inside strings as JSON wants them, and closes what was cut off: every entry that was complete is kept, the one
/// that the end cut through is not. Time is linear in the text. A pure function.
enum JSONRepair {
  /// - Returns: The document, and whether it had to be repaired; `nil` when there is none.
  static func document(_ text: String) -> (value: JSONValue, isRepaired: Bool)? {
    let bytes = Array(text.utf8)
    if let value = try? JSONValue(parsing: bytes), value.objectValue != nil { return (value, false) }
    var repair = Repair(bytes[start(of: bytes)...])
    guard let repaired = repair.run(), let value = try? JSONValue(parsing: repaired) else { return nil }
    return (value, true)
  }

  /// Where the object begins: behind the last end of a thought, at the first bracket.
  private static func start(of bytes: [UInt8]) -> Int {
    let thought = Array("</think>".utf8)
    var start = 0
    if bytes.count > thought.count {
      for index in stride(from: bytes.count - thought.count, through: 0, by: -1)
      where bytes[index] == thought[0] && bytes[index..<index + thought.count].elementsEqual(thought) {
        start = index + thought.count
        break
      }
    }
    return bytes[start...].firstIndex(of: UInt8(ascii: "{")) ?? bytes.count
  }
}

/// One pass over an object that may be damaged.
private struct Repair {
  /// What was written up to the end of a complete entry, and the brackets open there.
  private struct Checkpoint {
    let count: Int
    let open: [UInt8]
  }

  private let input: ArraySlice<UInt8>
  private var output: [UInt8] = []
  /// The closing brackets that are owed, the innermost last.
  private var open: [UInt8] = []
  private var checkpoint: Checkpoint?

  init(_ input: ArraySlice<UInt8>) {
    self.input = input
    output.reserveCapacity(input.count)
  }

  mutating func run() -> [UInt8]? {
    var isInString = false
    var isEscaped = false
    for byte in input {
      if isInString {
        if isEscaped {
          isEscaped = false
          output.append(byte)
        } else {
          writeInString(byte)
          isEscaped = byte == UInt8(ascii: "\\")
          isInString = byte != UInt8(ascii: "\"")
        }
        continue
      }
      switch byte {
      case UInt8(ascii: "\""):
        isInString = true
        output.append(byte)
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        open.append(byte == UInt8(ascii: "{") ? UInt8(ascii: "}") : UInt8(ascii: "]"))
        output.append(byte)
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        guard close(byte) else { return cutOff() }
        if open.isEmpty { return output }
      default: output.append(byte)
      }
    }
    return cutOff()
  }

  private mutating func writeInString(_ byte: UInt8) {
    switch byte {
    case UInt8(ascii: "\n"): output += Array(#"\n"#.utf8)
    case UInt8(ascii: "\r"): output += Array(#"\r"#.utf8)
    case UInt8(ascii: "\t"): output += Array(#"\t"#.utf8)
    case ..<0x20: break
    default: output.append(byte)
    }
  }

  /// - Returns: Whether the bracket is the one that is owed.
  private mutating func close(_ bracket: UInt8) -> Bool {
    guard open.last == bracket else { return false }
    open.removeLast()
    dropTrailingComma()
    output.append(bracket)
    if open.last == UInt8(ascii: "]") { checkpoint = Checkpoint(count: output.count, open: open) }
    return true
  }

  private mutating func dropTrailingComma() {
    guard let last = output.lastIndex(where: { ![0x20, 0x09, 0x0A, 0x0D].contains($0) }),
      output[last] == UInt8(ascii: ",")
    else { return }
    output.removeSubrange(last...)
  }

  /// The document as far as its last complete entry.
  private mutating func cutOff() -> [UInt8]? {
    guard let checkpoint else { return nil }
    output.removeSubrange(checkpoint.count...)
    return output + checkpoint.open.reversed()
  }
}
