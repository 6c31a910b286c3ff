/// Which names a topic may have.
package enum TopicName {
  /// Letters, digits, `.`, `_` and `-`, 249 at most: what every broker takes.
  package static func isValid(_ name: String) -> Bool {
    !name.isEmpty && name.utf8.count <= 249
      && name.utf8.allSatisfy { byte in
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
          UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
          true
        default: false
        }
      }
  }
}
