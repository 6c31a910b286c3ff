import Foundation
import JSON

/// Standard output or standard error, or what stands for it in a test.
///
/// Writes are whole: what one call writes is not torn by another task's. A reader that went away (`| head`) is
/// `OutputClosed`, and no signal.
struct TextOutput: Sendable {
  /// Whether a person watches: colours, progress bars and lines cut to the width are for them.
  let isTerminal: Bool
  let usesColour: Bool
  /// In columns.
  let width: Int
  private let sink: @Sendable ([UInt8]) throws -> Void

  init(
    isTerminal: Bool = false, usesColour: Bool = false, width: Int = 100,
    sink: @escaping @Sendable ([UInt8]) throws -> Void
  ) {
    self.isTerminal = isTerminal
    self.usesColour = usesColour
    self.width = width
    self.sink = sink
  }

  var style: Style { Style(usesColour: usesColour) }

  func write(_ text: String) throws { try sink(Array(text.utf8)) }

  func line(_ text: String = "") throws { try write(text + "\n") }

  /// A document on one line, spread out where a person reads it.
  func document(_ value: JSONValue) throws {
    try sink(value.serialized(pretty: isTerminal) + [UInt8(ascii: "\n")])
  }

  /// A document of a stream: one line always.
  func documentLine(_ value: JSONValue) throws { try sink(value.serialized() + [UInt8(ascii: "\n")]) }
}

/// The reader of the output went away: there is nobody left to tell.
struct OutputClosed: Error {}
