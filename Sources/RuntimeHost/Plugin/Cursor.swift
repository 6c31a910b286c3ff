import Foundation

/// Where a list goes on: a few words that mean something to the list alone.
///
/// Its text is base64url without padding, opaque to clients, who send it back as they got it.
public struct Cursor: Sendable, Hashable, CustomStringConvertible {
  public let parts: [String]

  public init(_ parts: [String]) {
    self.parts = parts
  }

  /// Reads a cursor that a client sent back.
  public init(parsing text: String) throws(Problem) {
    let refusal = Problem.badRequest("The cursor is not one that this server gave out.")
    var base64 = text.replacingOccurrences(of: "-", with: "+").replacingOccurrences(of: "_", with: "/")
    base64 += String(repeating: "=", count: (4 - base64.count % 4) % 4)
    guard text.utf8.count <= 1_024, !text.isEmpty, let data = Data(base64Encoded: base64),
      let value = try? JSONValue(parsing: Array(data)), let elements = value.arrayValue
    else { throw refusal }
    let parts = elements.compactMap(\.stringValue)
    guard parts.count == elements.count, !parts.isEmpty else { throw refusal }
    self.parts = parts
  }

  public var text: String {
    Data(JSONValue.array(parts.map { .string($0) }).serialized()).base64EncodedString()
      .replacingOccurrences(of: "+", with: "-").replacingOccurrences(of: "/", with: "_")
      .replacingOccurrences(of: "=", with: "")
  }

  public var description: String { text }
}
