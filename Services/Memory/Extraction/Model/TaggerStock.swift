import Synchronization

/// The taggers of one model that are between two texts, with their storage. Safe to use from any task.
package final class TaggerStock: Sendable {
  package static let embedded = TaggerStock(model: .embedded)

  /// More than that many texts are seldom read at once.
  private static let most = 16
  /// Of a sentence; what has grown for a longer one, which few texts have, is let go.
  private static let mostBytes = 1 << 14

  private let model: EntityModel
  private let idle = Mutex<[EntityTagger]>([])

  package init(model: EntityModel) { self.model = model }

  func take() -> EntityTagger { idle.withLock { $0.popLast() } ?? EntityTagger(model: model) }

  func giveBack(_ tagger: EntityTagger) {
    guard tagger.forms.folded.capacity <= Self.mostBytes else { return }
    idle.withLock { if $0.count < Self.most { $0.append(tagger) } }
  }
}
