import Foundation
import Glibc

/// A server that asks every client for its password and then refuses it, as PostgreSQL does.
///
/// Servers for tests trust whoever asks, so they cannot refuse a password themselves.
final class RefusingServer: Sendable {
  private let listener: LoopbackListener

  /// - Parameters:
  ///   - state: The five characters of SQLSTATE.
  ///   - message: What the server says.
  init(state: String, message: String) throws {
    let fields = "SFATAL\0VFATAL\0C\(state)\0M\(message)\0\0"
    let refusal = Self.message("E", Array(fields.utf8))
    listener = try LoopbackListener()
    listener.serve { client in
      Self.refuse(client, with: refusal)
      close(client)
    }
  }

  deinit {
    listener.stop()
  }

  func url(user: String, password: String) -> String {
    "postgresql://\(user):\(password)@127.0.0.1:\(listener.port)/roost?sslmode=disable&gssencmode=disable"
  }

  private static func refuse(_ client: Int32, with refusal: [UInt8]) {
    var buffer = [UInt8](repeating: 0, count: 4_096)
    guard read(client, &buffer, buffer.count) > 0 else { return }
    // "Your password, in the clear."
    let question = message("R", [0, 0, 0, 3])
    guard write(client, question, question.count) == question.count, read(client, &buffer, buffer.count) > 0 else {
      return
    }
    _ = write(client, refusal, refusal.count)
  }

  private static func message(_ kind: Character, _ body: [UInt8]) -> [UInt8] {
    let count = UInt32(body.count + 4)
    return Array(String(kind).utf8) + (0..<4).map { UInt8(truncatingIfNeeded: count >> (24 - 8 * $0)) } + body
  }
}
