import Extraction
import Foundation

/// Compiles the table of vectors from a file of word vectors as text (a word and its 50 numbers a line, most frequent
/// words first): pairs of numbers become codes by the k-means of the pairs that occur.
enum WordVectorCompiler {
  struct FormatError: Error, CustomStringConvertible {
    let line: Int
    var description: String { "line \(line): not a word and 50 numbers" }
  }

  private static let slots = 1 << 16
  private static let mostWords = 60_000
  private static let rounds = 25

  static func compile(_ file: URL) throws -> [UInt8] {
    var hashes: [UInt64] = []
    var vectors: [[SIMD2<Float>]] = []
    var seen: Set<UInt64> = []
    var forms = SentenceForms(lists: .embedded, words: .embedded)
    var number = 0
    for line in String(decoding: try Data(contentsOf: file), as: UTF8.self).split(separator: "\n") {
      number += 1
      let parts = line.split(separator: " ")
      guard parts.count == 1 + 2 * WordVectors.pairs else { throw FormatError(line: number) }
      let bytes = Array(parts[0].utf8)
      forms.read([0..<bytes.count], of: bytes)
      // What folds to the same word counts once: the most frequent.
      guard !forms.isSign(0) || bytes.count == 1, seen.insert(forms.hash(0)).inserted else { continue }
      let values = parts.dropFirst().compactMap { Float($0) }
      guard values.count == 2 * WordVectors.pairs else { throw FormatError(line: number) }
      hashes.append(forms.hash(0))
      vectors.append((0..<WordVectors.pairs).map { SIMD2(values[2 * $0], values[2 * $0 + 1]) })
      if hashes.count == mostWords { break }
    }
    var numbers: [SIMD2<Float>] = []
    var codes = [[UInt8]](repeating: [], count: hashes.count)
    for pair in 0..<WordVectors.pairs {
      let points = vectors.map { $0[pair] }
      let means = means(of: points)
      numbers += means
      for (word, point) in points.enumerated() { codes[word].append(UInt8(nearest(point, means))) }
    }
    return WordVectors.serialized(zip(hashes, codes).map { ($0, $1) }, numbers: numbers, slots: slots)
  }

  private static func nearest(_ point: SIMD2<Float>, _ means: [SIMD2<Float>]) -> Int {
    var best = 0
    var least = Float.infinity
    for (index, mean) in means.enumerated() {
      let distance = ((point - mean) * (point - mean)).sum()
      if distance < least {
        least = distance
        best = index
      }
    }
    return best
  }

  private static func means(of points: [SIMD2<Float>]) -> [SIMD2<Float>] {
    var means = (0..<WordVectors.codes).map { points[(2 * $0 + 1) * points.count / (2 * WordVectors.codes)] }
    for _ in 0..<rounds {
      var sums = [SIMD2<Float>](repeating: .zero, count: means.count)
      var counts = [Float](repeating: 0, count: means.count)
      for point in points {
        let index = nearest(point, means)
        sums[index] += point
        counts[index] += 1
      }
      for index in means.indices where counts[index] > 0 { means[index] = sums[index] / counts[index] }
    }
    return means
  }
}
