import Foundation

/// The address of a PostgreSQL database, with its password apart where that comes from a file of its own.
public struct DatabaseURL: Sendable, Hashable {
  /// As libpq takes it, with the password. Never shown.
  let text: String

  /// - Parameter password: What a secret of its own says; nil when the address holds it, or none is needed.
  init(_ text: String, password: String?) throws(ConfigurationError) {
    let parts = Self.parts(of: text)
    guard let parts, !parts.host.contains(where: \.isWhitespace) else {
      throw ConfigurationError("database_url must be an address such as postgresql://user@host:5432/database")
    }
    guard let password, !password.isEmpty else {
      self.text = text
      return
    }
    guard !parts.hasPassword else {
      throw ConfigurationError("database_url holds a password and database_password is set as well: give one of them")
    }
    let escaped = password.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
    self.text = text + (text.contains("?") ? "&" : "?") + "password=" + escaped
  }

  /// Where it is, without user, password and options: for logs.
  public var place: String {
    guard let parts = Self.parts(of: text) else { return "" }
    return parts.host + parts.path
  }

  /// The address with the password replaced by stars; stars alone when it cannot be told where the password is.
  static func shown(_ text: String) -> String {
    guard let parts = parts(of: text) else { return "(hidden)" }
    var shown = parts.scheme
    if let user = parts.user { shown += user + (parts.userPassword == nil ? "" : ":***") + "@" }
    shown += parts.host + parts.path
    let options = parts.options.map { option in
      let name = option.prefix { $0 != "=" }
      return name.lowercased().contains("password") ? "\(name)=***" : String(option)
    }
    return options.isEmpty ? shown : shown + "?" + options.joined(separator: "&")
  }

  private struct Parts {
    var scheme = ""
    var user: String?
    var userPassword: String?
    var host = ""
    var path = ""
    var options: [Substring] = []

    var hasPassword: Bool { userPassword != nil || options.contains { $0.hasPrefix("password=") } }
  }

  private static func parts(of text: String) -> Parts? {
    guard let scheme = ["postgresql://", "postgres://"].first(where: { text.hasPrefix($0) }) else { return nil }
    var parts = Parts()
    parts.scheme = scheme
    var rest = text.dropFirst(scheme.count)
    if let mark = rest.firstIndex(of: "?") {
      parts.options = rest[rest.index(after: mark)...].split(separator: "&")
      rest = rest[..<mark]
    }
    // The last @ ends the user and password, which may hold one that nobody escaped.
    if let at = rest.lastIndex(of: "@") {
      let user = rest[..<at].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      parts.user = String(user[0])
      parts.userPassword = user.count > 1 ? String(user[1]) : nil
      rest = rest[rest.index(after: at)...]
    }
    let slash = rest.firstIndex(of: "/") ?? rest.endIndex
    parts.host = String(rest[..<slash])
    parts.path = String(rest[slash...])
    return parts
  }
}
