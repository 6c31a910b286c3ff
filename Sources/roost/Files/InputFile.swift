import Foundation

/// A file that the command line names, or standard input.
enum InputFile {
  /// - Parameter path: `-` for standard input.
  static func read(_ path: String) throws(CommandError) -> [UInt8] {
    do {
      let file = path == "-" ? FileHandle.standardInput : try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
      return [UInt8](try file.readToEnd() ?? Data())
    } catch {
      throw CommandError(.noInput, "cannot read \(path): \((error as NSError).localizedDescription)")
    }
  }
}
