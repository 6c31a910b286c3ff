/// A program under test did not do what the test needs of it.
public struct ProcessFailure: Error, CustomStringConvertible {
  public let description: String

  init(_ description: String) { self.description = description }
}
