import CPostgres

/// Where a database is and who asks: a `postgresql://` URL taken apart by libpq.
///
/// It holds the password, so it is never printed; `redacting` keeps that out of libpq's own messages too.
struct PostgreSQLAddress: Sendable {
  /// libpq's keywords and their values.
  let settings: [(keyword: String, value: String)]
  private let secrets: [String]

  /// - Throws: `.cannotOpen`, in one line without any part of the URL: libpq's own message would quote it.
  init(url: String) throws(DatabaseError) {
    guard url.hasPrefix("postgresql://") || url.hasPrefix("postgres://"), let options = PQconninfoParse(url, nil) else {
      throw DatabaseError(
        .cannotOpen, "the database's address is not of the form postgresql://USER:PASSWORD@HOST:PORT/DATABASE")
    }
    defer { PQconninfoFree(options) }
    var settings: [(keyword: String, value: String)] = []
    var option = options
    while let keyword = option.pointee.keyword {
      if let value = option.pointee.val {
        settings.append((String(cString: keyword), String(cString: value)))
      }
      option += 1
    }
    self.settings = settings
    secrets = settings.filter { ["password", "sslpassword"].contains($0.keyword) && !$0.value.isEmpty }.map(\.value)
  }

  /// The address for a person: no user, no password.
  var place: String {
    func value(_ keyword: String) -> String? { settings.first { $0.keyword == keyword }?.value }
    let host = value("host") ?? value("hostaddr") ?? "the local server"
    let port = value("port").map { ":\($0)" } ?? ""
    return "\(host)\(port)" + (value("dbname").map { "/\($0)" } ?? "")
  }

  /// A message of libpq's in one line, without the password.
  func redacting(_ message: String) -> String {
    var line = message.split(whereSeparator: \.isNewline).joined(separator: "; ")
    for secret in secrets { line = line.replacing(secret, with: "***") }
    return line
  }
}
