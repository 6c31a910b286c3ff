import Events
import Foundation
import JSON

/// A text that `roost extract` is to read.
struct ExtractInput: Sendable {
  let text: String
  /// When it was written: what its relative times count from.
  let time: Timestamp?
  /// What the caller knows the answer by.
  var id: JSONValue?

  init(text: String, time: Timestamp?) {
    self.text = text
    self.time = time
  }

  /// Reads a line: an object with `text` (or `content`, as memories have it), `time` and `id`; other fields are left
  /// out.
  ///
  /// - Parameter time: The time of a line that has none.
  /// - Throws: `CommandError` that says what is wrong with the line, without its number.
  init(line: ArraySlice<UInt8>, time: Timestamp?) throws(CommandError) {
    let document: JSONValue
    do throws(JSONError) { document = try JSONValue(parsing: Array(line)) } catch {
      throw CommandError(.badInput, "not JSON: \(error)")
    }
    guard document.objectValue != nil else { throw CommandError(.badInput, "not an object") }
    guard let text = (document["text"] ?? document["content"])?.stringValue else {
      throw CommandError(.badInput, "no text: the field text is missing or no string")
    }
    self.init(text: text, time: try Self.time(document["time"]) ?? time)
    id = document["id"]
  }

  private static func time(_ value: JSONValue?) throws(CommandError) -> Timestamp? {
    guard let value, !value.isNull else { return nil }
    guard let text = value.stringValue else { throw CommandError(.badInput, "time is no string") }
    do throws(TimestampError) { return try Timestamp(parsing: text) } catch {
      throw CommandError(.badInput, "time: \(error)")
    }
  }

  /// The file that an argument names, or `-`; `nil` when the argument is the text itself.
  ///
  /// A name of JSON lines is a file's even where no such file is: nobody means it as a text.
  static func path(_ argument: String) -> String? {
    if argument == "-" || isNameOfLines(argument) && !argument.contains(where: \.isWhitespace) { return argument }
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: argument, isDirectory: &isFolder) && !isFolder.boolValue
      ? argument : nil
  }

  static func isNameOfLines(_ path: String) -> Bool { path.hasSuffix(".jsonl") || path.hasSuffix(".ndjson") }
}
