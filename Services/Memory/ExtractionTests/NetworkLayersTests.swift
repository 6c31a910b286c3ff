import CNetworkLayers
import Testing

@testable import Extraction

/// The sums in C, which are there for several kinds of processor, held against loops that say what they are.
@Suite("The layers of the networks")
struct NetworkLayersTests {
  private var random = SeededGenerator(seed: 5)

  private mutating func floats(_ count: Int, _ scale: Float = 1) -> [Float] {
    (0..<count).map { _ in random.symmetric() * scale }
  }

  private mutating func bytes(_ count: Int) -> [UInt8] { (0..<count).map { _ in UInt8(random.next() & 255) } }

  private mutating func numbers(_ count: Int, below limit: UInt32) -> [UInt32] {
    (0..<count).map { _ in UInt32(random.next() % UInt64(limit)) }
  }

  @Test("rows of half bytes are added up in their order, to the last bit", arguments: [0, 1, 2, 57, 300])
  mutating func relationSums(count: Int) {
    let (networks, units) = (roost_relation_networks, roost_relation_units)
    let rows = bytes(40 * networks * units / 2)
    let scales = floats(40 * networks, 0.1)
    let entries = numbers(count, below: 40).map { UInt64($0) | 7 << 40 }
    var expected = [Float](repeating: 0, count: networks * units)
    for entry in entries {
      for network in 0..<networks {
        let row = Int(UInt32(truncatingIfNeeded: entry)) * networks + network
        for unit in 0..<units {
          let byte = rows[row * units / 2 + unit / 16 * 8 + unit % 8]
          let value = unit % 16 < 8 ? byte & 15 : byte >> 4
          expected[network * units + unit] += (Float(value) - 8) * scales[row]
        }
      }
    }
    var sums = [Float](repeating: .nan, count: networks * units)
    roost_relation_sums(rows, scales, entries, entries.count, &sums)
    #expect(sums == expected)
  }

  @Test("the logits rest on the units that are on, unit after unit")
  mutating func logits() {
    let (networks, units, labels) = (roost_relation_networks, roost_relation_units, 2 * roost_relation_lanes)
    let sums = floats(networks * units)
    let hidden = floats(networks * units, 0.3)
    let output = floats(networks * units * labels)
    let bias = floats(networks * labels, 5)
    var expected = bias
    for network in 0..<networks {
      for unit in 0..<units {
        let value = sums[network * units + unit] * 0.7 + hidden[network * units + unit]
        guard value > 0 else { continue }
        for label in 0..<labels {
          expected[network * labels + label] += output[(network * units + unit) * labels + label] * value
        }
      }
    }
    var logits = [Float](repeating: .nan, count: networks * labels)
    roost_relation_logits(sums, 0.7, hidden, output, bias, labels, &logits)
    #expect(logits == expected)
  }

  @Test("both layers of the entity model add up what they say", arguments: [1, 2, 3, 5, 24])
  mutating func entityLayers(words: Int) {
    let (units, hidden, tags, reach) = (
      roost_entity_inputs, roost_entity_hidden, roost_entity_tags, roost_entity_window / 2
    )
    let inputs = bytes(60 * units).map { Int8(bitPattern: $0) }
    let codes = bytes(30 * units).map { Int8(bitPattern: $0) }
    let (inputRows, codeRows) = (numbers(words * 17, below: 60), numbers(words * 25, below: 30))
    let offsets = floats(units)
    var layers: [[Float]] = []
    for word in 0..<words {
      layers.append(
        (0..<units).map { unit in
          let written = inputRows[word * 17..<(word + 1) * 17].reduce(0) { $0 + Int(inputs[Int($1) * units + unit]) }
          let meant = codeRows[word * 25..<(word + 1) * 25].reduce(0) { $0 + Int(codes[Int($1) * units + unit]) }
          return max(0, Float(written) * 0.01 + Float(meant) * 0.02 + offsets[unit])
        })
    }
    var values = [Float](repeating: .nan, count: words * units + 1)
    var active = [UInt8](repeating: 0, count: words * units + 1)
    var starts = [Int32](repeating: -1, count: words + 1)
    roost_entity_words(
      inputs, inputRows, 17, 0.01, codes, codeRows, 25, 0.02, offsets, words, &values, &active, &starts)
    for word in 0..<words {
      var layer = [Float](repeating: 0, count: units)
      for place in Int(starts[word])..<Int(starts[word + 1]) { layer[Int(active[place])] = values[place] }
      #expect(layer == layers[word])
    }

    let weights = floats(roost_entity_window * units * hidden, 0.1)
    let (contextWeights, hiddenOffsets, output) = (floats(units * hidden, 0.1), floats(hidden), floats(hidden * tags))
    var context = hiddenOffsets
    for unit in 0..<units {
      let mean = layers.reduce(0) { $0 + $1[unit] } / Float(words)
      for other in 0..<hidden { context[other] += contextWeights[unit * hidden + other] * mean }
    }
    var sums = [Float](repeating: .nan, count: hidden)
    roost_entity_context(contextWeights, hiddenOffsets, values, active, starts, words, &sums)
    #expect(sums == context)

    var expected = [Float](repeating: 0, count: words * tags)
    for word in 0..<words {
      var layer = context
      for place in max(0, word - reach)...min(words - 1, word + reach) {
        for unit in 0..<units where layers[place][unit] > 0 {
          let row = ((place - word + reach) * units + unit) * hidden
          for other in 0..<hidden { layer[other] += weights[row + other] * layers[place][unit] }
        }
      }
      // Sixteen and sixteen in turn, as the model was measured.
      for unit in [0, 32].flatMap({ half in (0..<16).flatMap { [half + $0, half + 16 + $0] } }) {
        for tag in 0..<tags { expected[word * tags + tag] += output[unit * tags + tag] * max(0, layer[unit]) }
      }
    }
    var scores = [Float](repeating: .nan, count: words * tags)
    roost_entity_scores(weights, context, output, values, active, starts, words, &scores)
    #expect(scores == expected)
  }

  @Test("the rows of features are added up for each word")
  mutating func entityFeatures() {
    let tags = roost_entity_tags
    let features = bytes(50 * tags).map { Int8(bitPattern: $0) }
    let rows = numbers(3 * 69, below: 50)
    var expected = [Int32](repeating: 0, count: 3 * tags)
    for (place, row) in rows.enumerated() {
      for tag in 0..<tags { expected[place / 69 * tags + tag] += Int32(features[Int(row) * tags + tag]) }
    }
    var sums = [Int32](repeating: -1, count: 3 * tags)
    roost_entity_features(features, rows, 69, 3, &sums)
    #expect(sums == expected)
  }
}
