/// The exponential function, computed by the same steps on every machine: a library's may differ in the last bit from
/// processor to processor, and a model's training would with it.
enum Exponential {
  /// Powers of e for numbers up to 80; what is below -80 counts as -80.
  @inline(__always)
  static func of(_ exponents: SIMD8<Float>) -> SIMD8<Float> {
    let clamped = exponents.clamped(lowerBound: .init(repeating: -80), upperBound: .init(repeating: 80))
    // Adding so much leaves the nearest whole number in the last bits.
    let shifted = clamped * 1.442_695_04 + 12_582_912
    let whole = shifted - 12_582_912
    // The rest lies within half the logarithm of two: six terms of the series are enough.
    let rest = clamped - whole * 0.693_359_375 + whole * 2.121_944_4e-4
    var sum = SIMD8<Float>(repeating: 1.0 / 720)
    sum = sum * rest + 1.0 / 120
    sum = sum * rest + 1.0 / 24
    sum = sum * rest + 1.0 / 6
    sum = sum * rest + 0.5
    sum = sum * rest + 1
    sum = sum * rest + 1
    // Each of these types is eight lanes of 32 bits, and every pattern of bits is a value of it.
    let exponent = unsafeBitCast(shifted, to: SIMD8<UInt32>.self) &- 0x4B40_0000 &+ 127
    return sum * unsafeBitCast(exponent &<< 23, to: SIMD8<Float>.self)
  }
}
