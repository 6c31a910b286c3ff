/// The event being handled has taken effect before: nothing was done.
///
/// Thrown by `ServiceContext.transaction`. A handler lets it pass through; the consumer takes it as success.
public struct AlreadyHandled: Error, Hashable, CustomStringConvertible {
  public init() {}

  public var description: String { "the event has taken effect before" }
}
