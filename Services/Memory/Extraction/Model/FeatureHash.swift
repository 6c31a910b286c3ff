/// Turns what is seen at a token into rows of the weight table.
///
/// Stable across processes and machines: the weights are learned under these numbers.
struct FeatureHash {
  /// Joins two values; the order matters.
  @inline(__always)
  static func join(_ first: UInt64, _ second: UInt64) -> UInt64 {
    let mixed = (first &+ second &* 0x9e37_79b9_7f4a_7c15) &* 0xff51_afd7_ed55_8ccd
    return mixed ^ mixed >> 32
  }

  /// The row of a value seen by a template, in the upper `bits` of the product.
  @inline(__always)
  static func row(_ template: UInt64, _ value: UInt64, shift: UInt64) -> UInt32 {
    let seed = (template &+ 1) &* 0xc2b2_ae3d_27d4_eb4f
    let mixed = (value ^ seed ^ value >> 29) &* 0x9e37_79b9_7f4a_7c15
    return UInt32(truncatingIfNeeded: ((mixed ^ mixed >> 31) &* 0xbf58_476d_1ce4_e5b9) &>> shift)
  }
}
