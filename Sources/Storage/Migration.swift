/// One step of a schema: a number, a name for people, and the statements, separated by `;`.
///
/// A migration that has been released never changes: its text is checked against what was applied.
public struct Migration: Sendable, Hashable {
  /// 1, 2, 3, ...; ascending within a component.
  public let number: Int
  public let name: String
  let sqlite: String
  let postgresql: String?

  /// - Parameters:
  ///   - sqlite: The statements, for both engines when they are the same.
  ///   - postgresql: The statements for PostgreSQL where they differ.
  public init(_ number: Int, _ name: String, sqlite: String, postgresql: String? = nil) {
    self.number = number
    self.name = name
    self.sqlite = sqlite
    self.postgresql = postgresql
  }

  func sql(for dialect: SQLDialect) -> String {
    switch dialect {
    case .sqlite: sqlite
    case .postgresql: postgresql ?? sqlite
    }
  }

  /// FNV-1a over the statements' bytes: to notice an edit, not to resist an attacker.
  func checksum(for dialect: SQLDialect) -> String {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in sql(for: dialect).utf8 {
      hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3
    }
    let digits = String(hash, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}
