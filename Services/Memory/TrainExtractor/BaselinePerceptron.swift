import Extraction

/// What the model's scores are held against: a structured averaged perceptron (Collins, 2002) over hashed features of
/// words, shapes, affixes, neighbours and the lists of the corpora, without anything that other texts say of words.
struct BaselinePerceptron {
  private static let bits = 18
  private static let passes = 10
  private static let tags = EntityTag.count
  private static let most = 4
  private static let forbidden: Float = -1e30
  /// The kinds of the lists that lie with the annotated texts.
  private static let listed: UInt16 = 0xFF

  private var weights = [SIMD8<Float>](repeating: .zero, count: 1 << bits)
  /// Between tags, the next ones side by side; the ninth row is the start.
  private var transitions = [SIMD8<Float>](repeating: .zero, count: tags + 1)
  private let lists = NameLists.embedded

  init(_ sentences: [TrainingSentence]) {
    let features = sentences.map { rows(of: $0.words) }
    // The sum of each change times the step that made it gives the mean of all steps' weights at the end.
    var moments = weights
    var transitionMoments = transitions
    var random = SplitMix(seed: 1)
    var order = Array(sentences.indices)
    var step: Float = 0
    for _ in 0..<Self.passes {
      random.shuffle(&order)
      for index in order {
        step += 1
        let (right, found) = (sentences[index].tags, path(features[index]))
        guard right != found else { continue }
        for (word, rows) in features[index].enumerated() {
          for (tags, sign) in [(right, Float(1)), (found, -1)] {
            let tag = tags[word].rawValue
            let previous = word == 0 ? Self.tags : tags[word - 1].rawValue
            for row in rows {
              weights[row][tag] += sign
              moments[row][tag] += sign * step
            }
            transitions[previous][tag] += sign
            transitionMoments[previous][tag] += sign * step
          }
        }
      }
    }
    for row in weights.indices { weights[row] -= moments[row] / (step + 1) }
    for row in transitions.indices { transitions[row] -= transitionMoments[row] / (step + 1) }
  }

  func names(in words: [String]) -> [(words: Range<Int>, tag: EntityTag)] {
    TrainingSentence(words: words, tags: path(rows(of: words))).names
  }

  /// The best sequence of tags, by Viterbi's algorithm.
  private func path(_ features: [[Int]]) -> [EntityTag] {
    var best: [SIMD8<Float>] = []
    var back: [SIMD8<UInt8>] = []
    for rows in features {
      var (highest, from) = (SIMD8<Float>(repeating: Self.forbidden), SIMD8<UInt8>.zero)
      for tag in EntityTag.allCases {
        for previous in best.isEmpty ? Self.tags..<Self.tags + 1 : 0..<Self.tags
        where tag.mayFollow(EntityTag(rawValue: previous)) {
          let value = (best.last?[previous] ?? 0) + transitions[previous][tag.rawValue]
          if value > highest[tag.rawValue] {
            highest[tag.rawValue] = value
            from[tag.rawValue] = UInt8(previous)
          }
        }
      }
      for row in rows { highest += weights[row] }
      best.append(highest)
      back.append(from)
    }
    guard let last = best.last else { return [] }
    var tag = EntityTag.allCases.max { last[$0.rawValue] < last[$1.rawValue] } ?? .outside
    var path = [tag]
    for from in back.dropFirst().reversed() {
      tag = EntityTag(rawValue: Int(from[tag.rawValue])) ?? .outside
      path.append(tag)
    }
    return path.reversed()
  }

  // MARK: Features

  private func rows(of words: [String]) -> [[Int]] {
    let small = words.map { $0.lowercased() }
    let shapes = words.map(Self.shape)
    let kinds = kinds(of: words)
    return words.indices.map { index in
      var rows: [Int] = []
      func add(_ values: String...) { rows.append(Self.row(rows.count, values)) }
      func word(_ place: Int) -> String { words.indices.contains(place) ? small[place] : "<end>" }
      func shape(_ place: Int) -> String { words.indices.contains(place) ? shapes[place] : "<end>" }
      add()
      add(words[index])
      add(small[index])
      add(shapes[index])
      for length in 1...Self.most {
        add(String(small[index].prefix(length)))
        add(String(small[index].suffix(length)))
      }
      add(word(index - 1))
      add(word(index + 1))
      add(word(index - 2))
      add(word(index + 2))
      add(word(index - 1), word(index))
      add(word(index), word(index + 1))
      add(shape(index - 1), shape(index))
      add(shape(index), shape(index + 1))
      add(shape(index - 1), shape(index), shape(index + 1))
      add(word(index - 1), shape(index))
      add(word(index + 1), shape(index))
      add(word(index - 1), word(index + 1), shape(index))
      add(index == 0 ? "first" : "", shape(index))
      add(String(kinds[index]))
      add(String(kinds[index]), shapes[index])
      add(index > 0 ? String(kinds[index - 1]) : "<end>", String(kinds[index]))
      return rows
    }
  }

  /// What the lists say of each word and of the names of several words that it is part of.
  private func kinds(of words: [String]) -> [UInt32] {
    var kinds = [UInt32](repeating: 0, count: words.count)
    for start in words.indices {
      for end in start + 1...min(words.count, start + Self.most) {
        let name = words[start..<end].joined(separator: " ")
        let found = (lists.entry(of: name)?.kinds.rawValue ?? 0) & Self.listed
        for index in start..<end { kinds[index] |= UInt32(found) << (end > start + 1 ? 16 : 0) }
      }
    }
    return kinds
  }

  /// "Xxx" and the like, runs shortened to two.
  private static func shape(_ word: String) -> String {
    var shape = ""
    for letter in word {
      let sign: Character =
        letter.isUppercase ? "X" : letter.isLowercase ? "x" : letter.isNumber ? "d" : letter
      if !shape.hasSuffix(String([sign, sign])) { shape.append(sign) }
    }
    return shape
  }

  /// FNV-1a over the template and the values.
  private static func row(_ template: Int, _ values: [String]) -> Int {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    func add(_ byte: UInt8) { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    add(UInt8(template))
    for value in values {
      for byte in value.utf8 { add(byte) }
      add(0)
    }
    return Int((hash &* 0x9e37_79b9_7f4a_7c15) >> UInt64(64 - bits))
  }
}
