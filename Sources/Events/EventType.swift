import JSON

/// What happened: two to six segments of `[a-z0-9_]+` joined by dots, such as `memory.entity.extracted`.
///
/// The first segment is the domain, which one service alone publishes. A value is one pointer: a process keeps the
/// types it has met, so reading a known one allocates nothing and comparing two is mostly comparing pointers.
public struct EventType: Hashable, Sendable, Comparable, ExpressibleByStringLiteral, CustomStringConvertible {
  /// The longest name in bytes.
  public static let maximumLength = 255

  let storage: EventTypeStorage

  /// The whole name: `memory.entity.extracted`.
  public var name: String { storage.name }

  /// The first segment: `memory`.
  public var domain: String { storage.segments[0].text }

  /// The segments in order, two to six.
  public var segments: [String] { storage.segments.map(\.text) }

  public init(validating name: some StringProtocol) throws(EventTypeError) {
    let bytes = Array(name.utf8)
    let result = bytes.withUnsafeBufferPointer { EventTypeTable.shared.intern($0) }
    self.storage = try result.get()
  }

  /// Of UTF-8 that need not be kept; a type that the process has met before costs no allocation.
  public init(utf8: UnsafeBufferPointer<UInt8>) throws(EventTypeError) {
    self.storage = try EventTypeTable.shared.intern(utf8).get()
  }

  /// For names written in code. A literal that is no event type is a mistake in the program and stops it.
  public init(stringLiteral name: StaticString) {
    let bytes = UnsafeBufferPointer(start: name.utf8Start, count: name.utf8CodeUnitCount)
    switch EventTypeTable.shared.intern(bytes) {
    case .success(let storage): self.storage = storage
    case .failure(let error): preconditionFailure(error.description)
    }
  }

  public var description: String { storage.name }

  public static func == (left: EventType, right: EventType) -> Bool {
    left.storage === right.storage
      || left.storage.hash == right.storage.hash && left.storage.name == right.storage.name
  }

  public static func < (left: EventType, right: EventType) -> Bool { left.name < right.name }

  public func hash(into hasher: inout Hasher) { hasher.combine(storage.hash) }
}

extension EventType: JSONCodable {
  public init(from reader: inout JSONReader) throws(JSONError) {
    let offset = reader.offset
    self = try reader.readString { (utf8) throws(JSONError) -> EventType in
      do throws(EventTypeError) { return try EventType(utf8: utf8) } catch {
        throw .invalidValue(error.description, at: offset)
      }
    }
  }

  public func write(to writer: inout JSONWriter) { writer.write(name) }
}
