/// How a text stands to what it says.
enum Stance: Equatable {
  case stated
  /// "no longer works at", "used to live in": it held, and does not any more.
  case ended
  /// "reportedly", "rumour has it": said by others, or not surely.
  case hedged
  /// Negated, asked, wished, or only possible: not stated.
  case denied

  /// What a statement's confidence is multiplied by.
  var certainty: Double {
    switch self {
    case .stated: 1
    case .ended: 0.95
    case .hedged: 0.5
    case .denied: 0
    }
  }
}
