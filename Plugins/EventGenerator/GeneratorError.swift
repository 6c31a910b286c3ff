/// Why a schema cannot be turned into Swift, and where.
public struct GeneratorError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The file, relative to the package's directory.
  public var file: String
  /// The JSON pointer (RFC 6901) of the place in the file; empty for the whole of it.
  public var pointer: String
  public var message: String

  public init(file: String, pointer: String = "", _ message: String) {
    self.file = file
    self.pointer = pointer
    self.message = message
  }

  /// One line: `Services/Memory/Events/schemas/memory.created.json#/properties/content: ...`.
  public var description: String { pointer.isEmpty ? "\(file): \(message)" : "\(file)#\(pointer): \(message)" }
}
