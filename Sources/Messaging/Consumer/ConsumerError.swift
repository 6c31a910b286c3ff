/// A consumer that cannot be made from its handlers.
public struct ConsumerError: Error, Sendable, Hashable, CustomStringConvertible {
  public let description: String

  init(_ description: String) {
    self.description = description
  }
}
