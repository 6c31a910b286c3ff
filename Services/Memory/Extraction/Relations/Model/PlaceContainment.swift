/// Which place lies in which, and which city is which country's capital: a Bloom filter over pairs of names.
///
/// One in a hundred pairs that are not in it reads as if it were: it is evidence, never a fact by itself.
package struct PlaceContainment {
  private let bits: UnsafeRawBufferPointer
  private static let probes: UInt64 = 5

  /// - Parameter bits: The filter, which must outlive the value; empty reads as knowing nothing.
  init(_ bits: UnsafeRawBufferPointer) { self.bits = bits }

  func contains(_ place: UInt64, in container: UInt64) -> Bool { has(RelationFeatures.mix(place, container)) }

  func isCapital(_ city: UInt64, of country: UInt64) -> Bool {
    has(RelationFeatures.mix(RelationFeatures.mix(city, country), 0xCA))
  }

  private func has(_ hash: UInt64) -> Bool {
    guard bits.count > 0 else { return false }
    let count = UInt64(bits.count) * 8
    for probe in 0..<Self.probes {
      let bit = (hash &+ probe &* (hash >> 32 | 1)) % count
      if bits[Int(bit >> 3)] & (1 << UInt8(bit & 7)) == 0 { return false }
    }
    return true
  }

  /// Writes the filter of the given pairs, the place first.
  package static func compile(places: [(String, String)], capitals: [(String, String)]) -> [UInt8] {
    func key(_ name: String) -> UInt64 { PlaceNames.key(KeyHash.of(NameListWriter.key(of: name))) }
    var hashes: Set<UInt64> = []
    for (place, container) in places where key(place) != key(container) {
      hashes.insert(RelationFeatures.mix(key(place), key(container)))
    }
    for (city, country) in capitals {
      hashes.insert(RelationFeatures.mix(key(city), key(country)))
      hashes.insert(RelationFeatures.mix(RelationFeatures.mix(key(city), key(country)), 0xCA))
    }
    var bytes = [UInt8](repeating: 0, count: hashes.count * 10 / 8 + 8)
    let count = UInt64(bytes.count) * 8
    for hash in hashes {
      for probe in 0..<probes {
        let bit = (hash &+ probe &* (hash >> 32 | 1)) % count
        bytes[Int(bit >> 3)] |= 1 << UInt8(bit & 7)
      }
    }
    return bytes
  }
}
