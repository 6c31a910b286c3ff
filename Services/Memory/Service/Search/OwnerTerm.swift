/// An owner's id as an index of words holds it: letters and digits whatever the id holds.
enum OwnerTerm {
  static func of(_ id: String) -> String {
    var digits: [UInt8] = []
    digits.reserveCapacity(id.utf8.count * 2)
    for byte in id.utf8 {
      for nibble in [byte >> 4, byte & 15] { digits.append(nibble < 10 ? 0x30 + nibble : 0x57 + nibble) }
    }
    return String(decoding: digits, as: UTF8.self)
  }
}
