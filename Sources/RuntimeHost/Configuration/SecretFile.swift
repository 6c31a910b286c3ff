import Foundation

/// Reads a secret that lies in a file, as containers and service managers hand them over.
enum SecretFile {
  /// - Returns: The file's text without the line break at its end.
  static func read(_ path: String, setting: String) throws(ConfigurationError) -> String {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw ConfigurationError("\(setting) names the file \(path), which cannot be read")
    }
    guard data.count <= 65_536, let text = String(validating: data, as: UTF8.self), !text.contains("\0") else {
      throw ConfigurationError("\(setting) names the file \(path), which holds no text of up to 64 KiB")
    }
    var secret = text[...]
    while secret.last?.isNewline == true { secret.removeLast() }
    guard !secret.isEmpty else { throw ConfigurationError("\(setting) names the file \(path), which is empty") }
    return String(secret)
  }
}
