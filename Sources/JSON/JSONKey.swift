import Glibc

/// A field's name as its bytes lie in the document: comparing it with a literal makes no `String`.
///
/// It points into the document, so it is valid only inside the closure that was handed it, which must not keep it.
public struct JSONKey: CustomStringConvertible {
  /// The bytes between the quotation marks exactly as they came, escapes unresolved.
  public let utf8: UnsafeBufferPointer<UInt8>
  /// Whether the bytes hold an escape, so that they are not the name itself.
  public let hasEscapes: Bool

  @usableFromInline
  init(utf8: UnsafeBufferPointer<UInt8>, hasEscapes: Bool) {
    self.utf8 = utf8
    self.hasEscapes = hasEscapes
  }

  /// The name with its escapes resolved.
  public var string: String {
    hasEscapes ? unescapedString(utf8) : String(decoding: utf8, as: UTF8.self)
  }

  public var description: String { string }

  @inlinable
  public static func == (key: JSONKey, name: StaticString) -> Bool {
    if key.hasEscapes { return key.equalsUnescaped(name) }
    guard key.utf8.count == name.utf8CodeUnitCount, let base = key.utf8.baseAddress else { return false }
    return memcmp(base, name.utf8Start, name.utf8CodeUnitCount) == 0
  }

  /// Lets a key be switched over: `switch key { case "memory_id": ... }`.
  @inlinable
  public static func ~= (name: StaticString, key: JSONKey) -> Bool { key == name }

  @usableFromInline
  @inline(never)
  func equalsUnescaped(_ name: StaticString) -> Bool { string == name.description }
}
