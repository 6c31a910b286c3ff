import Extraction

/// An averaged structured perceptron over hashed features, trained with constrained gold sequences: of the tags that a
/// corpus allows, the best sequence under the weights so far is what the weights move towards.
///
/// Features are dropped at random while it learns, so that no word's own identity carries everything.
struct Perceptron {
  private static let passes = 8
  private static let dropped = 0.3
  private static let tags = EntityTag.count
  private static let forbidden: Float = -1e30

  let bits: Int
  /// Averaged weights: eight a row, and 9 × 8 between tags.
  private(set) var rows: [Float]
  private(set) var transitions: [Float]

  init(bits: Int) {
    self.bits = bits
    rows = Array(repeating: 0, count: EntityTag.count << bits)
    transitions = Array(repeating: 0, count: 9 * 8)
  }

  /// Sentences as rows of the table: what the passes go over.
  struct Examples {
    var features: [UInt32] = []
    var allowed: [UInt8] = []
    /// Where each sentence's words start in ``allowed``.
    var starts: [Int] = []

    mutating func append(_ sentence: TrainingSentence, _ forms: inout SentenceForms, bits: Int) {
      let (bytes, words) = AnnotatedSentence(words: sentence.words).text
      forms.read(words, of: bytes)
      starts.append(allowed.count)
      for index in words.indices {
        forms.features(at: index, shift: UInt64(64 - bits)) { features.append($0) }
      }
      allowed += sentence.allowed
    }

    func words(_ sentence: Int) -> Range<Int> {
      starts[sentence]..<(sentence + 1 < starts.count ? starts[sentence + 1] : allowed.count)
    }
  }

  /// Learns, and adds the averaged weights to those that are there: several trainings from other seeds make a steadier
  /// model of the same size.
  mutating func train(_ examples: Examples, seed: UInt64) {
    let tags = Self.tags
    let perWord = SentenceForms.featureCount
    var random = SplitMix(seed: seed)
    var weights = [Float](repeating: 0, count: rows.count)
    // The sum of each change times the step that made it: the average without a sum in each step.
    var moments = [Double](repeating: 0, count: rows.count)
    var between = [Float](repeating: 0, count: 72)
    var betweenMoments = [Double](repeating: 0, count: 72)
    var order = Array(examples.starts.indices)
    var step = 0.0
    var kept: [UInt32] = []
    var keptStarts: [Int] = []
    var scores: [Float] = []
    var decoder = Decoder()
    for _ in 0..<Self.passes {
      random.shuffle(&order)
      for sentence in order {
        step += 1
        let words = examples.words(sentence)
        kept.removeAll(keepingCapacity: true)
        keptStarts.removeAll(keepingCapacity: true)
        scores.removeAll(keepingCapacity: true)
        for word in words {
          keptStarts.append(kept.count)
          var sum = SIMD8<Float>()
          for place in word * perWord..<(word + 1) * perWord where random.share() >= Self.dropped {
            let row = examples.features[place]
            kept.append(row)
            sum += weights.withUnsafeBytes { $0.loadUnaligned(fromByteOffset: Int(row) * 32, as: SIMD8<Float>.self) }
          }
          for tag in 0..<tags { scores.append(sum[tag]) }
        }
        keptStarts.append(kept.count)
        let gold = decoder.best(scores, between, allowed: examples.allowed[words])
        let guess = decoder.best(scores, between, allowed: nil)
        guard gold != guess else { continue }
        for index in gold.indices {
          if gold[index] != guess[index] {
            for place in keptStarts[index]..<keptStarts[index + 1] {
              let row = Int(kept[place]) * tags
              weights[row + gold[index]] += 1
              moments[row + gold[index]] += step
              weights[row + guess[index]] -= 1
              moments[row + guess[index]] -= step
            }
          }
          let right = (index == 0 ? tags : gold[index - 1]) * tags + gold[index]
          let wrong = (index == 0 ? tags : guess[index - 1]) * tags + guess[index]
          guard right != wrong else { continue }
          between[right] += 1
          betweenMoments[right] += step
          between[wrong] -= 1
          betweenMoments[wrong] -= step
        }
      }
    }
    for place in rows.indices { rows[place] += weights[place] - Float(moments[place] / (step + 1)) }
    for place in between.indices { transitions[place] += between[place] - Float(betweenMoments[place] / (step + 1)) }
  }

  /// Viterbi's algorithm over scores in floating point.
  private struct Decoder {
    private var best: [Float] = []
    private var back: [Int] = []

    mutating func best(_ scores: [Float], _ between: [Float], allowed: ArraySlice<UInt8>?) -> [Int] {
      let tags = Perceptron.tags
      let count = scores.count / tags
      best = Array(repeating: Perceptron.forbidden, count: scores.count)
      back = Array(repeating: 0, count: scores.count)
      for index in 0..<count {
        for tag in 0..<tags {
          if let allowed, allowed[allowed.startIndex + index] >> tag & 1 == 0 { continue }
          if index == 0 {
            if Perceptron.follows[tags * tags + tag] { best[tag] = scores[tag] + between[tags * tags + tag] }
            continue
          }
          var highest = Perceptron.forbidden
          var from = 0
          for previous in 0..<tags where Perceptron.follows[previous * tags + tag] {
            let value = best[(index - 1) * tags + previous] + between[previous * tags + tag]
            if value > highest {
              highest = value
              from = previous
            }
          }
          best[index * tags + tag] = highest + scores[index * tags + tag]
          back[index * tags + tag] = from
        }
      }
      var path = [Int](repeating: 0, count: count)
      var tag = (0..<tags).max { best[(count - 1) * tags + $0] < best[(count - 1) * tags + $1] } ?? 0
      for index in stride(from: count - 1, through: 0, by: -1) {
        path[index] = tag
        tag = back[index * tags + tag]
      }
      return path
    }
  }

  /// Whether a tag may follow another; the ninth row is the start.
  private static let follows: [Bool] = (0...EntityTag.count).flatMap { previous in
    EntityTag.allCases.map { $0.mayFollow(EntityTag(rawValue: previous)) }
  }

  // MARK: The file

  /// Weights beyond this many of their standard deviations are cut: a row is a byte a tag.
  private static let widest: Float = 12

  /// The standard deviation of the weights that are not zero.
  var spread: Float {
    var sum = 0.0
    var count = 0.0
    for weight in rows where weight != 0 {
      sum += Double(weight * weight)
      count += 1
    }
    return Float((sum / max(1, count)).squareRoot())
  }

  /// The compiled model.
  func serialized(temperature: Float, curves: [Double]) -> [UInt8] {
    let step = Self.widest * spread / 127
    func steps(_ weight: Float, _ limit: Float) -> Float { max(-limit, min(limit, (weight / step).rounded())) }
    return EntityModel.serialized(
      bits: bits, step: step, temperature: temperature, transitions: transitions.map { Int16(steps($0, 30_000)) },
      curves: curves, rows: rows.map { Int8(steps($0, 127)) })
  }
}
