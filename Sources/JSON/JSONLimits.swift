/// What a reader refuses for its own protection.
public struct JSONLimits: Hashable, Sendable {
  /// The deepest nesting of arrays and objects that is read; `[]` alone is one deep. Values are read by recursion,
  /// so whatever is asked for, more than ``deepest`` is never allowed.
  public var maximumDepth: Int

  /// The upper bound of ``maximumDepth``: what the stack of a small thread carries.
  public static let deepest = 512

  public init(maximumDepth: Int = 64) {
    self.maximumDepth = maximumDepth
  }
}
