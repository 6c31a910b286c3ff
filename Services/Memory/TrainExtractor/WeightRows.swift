/// The weights of a ``WeightTable``, eight at a time, and how they are moved: without a reference to count.
struct WeightRows {
  let weights: UnsafeMutablePointer<Float>
  let squares: UnsafeMutablePointer<Float>

  /// Eight weights from a place on.
  @inline(__always)
  subscript(place: Int) -> SIMD8<Float> {
    UnsafeRawPointer(weights + place).loadUnaligned(as: SIMD8<Float>.self)
  }

  /// Moves eight weights against their slopes.
  @inline(__always)
  func move(_ place: Int, against slopes: SIMD8<Float>, rate: Float) {
    let square = UnsafeMutableRawPointer(squares + place)
    let sum = square.loadUnaligned(as: SIMD8<Float>.self) + slopes * slopes
    square.storeBytes(of: sum, as: SIMD8<Float>.self)
    let weight = UnsafeMutableRawPointer(weights + place)
    let moved = weight.loadUnaligned(as: SIMD8<Float>.self) - slopes * rate / sum.squareRoot()
    weight.storeBytes(of: moved, as: SIMD8<Float>.self)
  }
}
