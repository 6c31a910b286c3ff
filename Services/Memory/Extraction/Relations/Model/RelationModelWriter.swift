import Foundation

/// Packs trained weights into the file that ``RelationModel`` reads.
struct RelationModelWriter {
  /// As many as ``RelationModel/networks``, over the same rows.
  var networks: [RelationNetwork]
  /// The key of each row of the networks.
  var keys: [UInt32]
  var calibration: [Float]
  var thresholds: [Float]
  var places: [UInt8]

  func serialized() -> [UInt8] {
    let width = RelationModel.width
    var slots = 16
    while slots * 4 < keys.count * 5 { slots *= 2 }
    var table = [UInt32](repeating: 0, count: slots)
    for (row, key) in keys.enumerated() {
      var slot = Int(key) & (slots - 1)
      while table[slot] != 0 { slot = (slot + 1) & (slots - 1) }
      table[slot] = UInt32(row + 1) << 16 | key >> 16
    }
    var scales: [UInt8] = []
    var rows: [UInt8] = []
    for row in keys.indices {
      for network in networks { pack(network.embedding[row * width..<(row + 1) * width], &scales, &rows) }
    }
    var file = RelationModel.magic
    func append(_ values: [UInt32]) {
      for value in values { withUnsafeBytes(of: value.littleEndian) { file.append(contentsOf: $0) } }
    }
    append([slots, keys.count, RelationLabel.all.count, places.count].map { UInt32($0) })
    append(table)
    file += scales + rows
    for network in networks { append((network.hidden + network.output + network.bias).map(\.bitPattern)) }
    append((calibration + thresholds).map(\.bitPattern))
    return file + places
  }

  private func pack(_ weights: ArraySlice<Float>, _ scales: inout [UInt8], _ rows: inout [UInt8]) {
    let (code, units) = Self.closest(weights)
    scales.append(code)
    for part in stride(from: 0, to: units.count, by: 16) {
      for unit in part..<part + 8 { rows.append(units[unit] | units[unit + 8] << 4) }
    }
  }

  /// The scale at which the units come nearest to the weights: cutting off the largest is often worth it.
  static func closest(_ weights: ArraySlice<Float>) -> (code: UInt8, units: [UInt8]) {
    let largest = weights.map(abs).max() ?? 0
    guard largest > 0 else { return (0, weights.map { _ in 8 }) }
    let exact = Int((log2(Double(largest) / 7) * 8 + 160).rounded(.up))
    var best: (code: UInt8, units: [UInt8], error: Float) = (0, [], .infinity)
    for code in exact - 10...exact {
      let code = UInt8(clamping: code)
      let scale = RelationModel.scale(code)
      let units = weights.map { UInt8(max(1, min(15, ($0 / scale).rounded() + 8))) }
      let error = zip(weights, units).reduce(Float(0)) { sum, pair in
        let difference = pair.0 - (Float(pair.1) - 8) * scale
        return sum + difference * difference
      }
      if error < best.error { best = (code, units, error) }
    }
    return (best.code, best.units)
  }
}
