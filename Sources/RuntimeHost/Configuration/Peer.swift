/// Another process of the platform, or this one as others reach it.
public struct Peer: Sendable, Hashable {
  /// The service that it runs.
  public let name: String
  /// Such as `http://memory:8080`.
  public let url: String

  /// Reads `memory=http://memory:8080,agent=http://agent:8080`.
  static func list(parsing text: String) -> [Peer]? {
    var peers: [Peer] = []
    for item in text.split(separator: ",") {
      let parts = item.split(separator: "=", maxSplits: 1).map { $0.filter { !$0.isWhitespace } }
      guard parts.count == 2, !parts[0].isEmpty, !peers.contains(where: { $0.name == parts[0] }),
        parts[1].hasPrefix("http://") || parts[1].hasPrefix("https://")
      else { return nil }
      peers.append(Peer(name: parts[0], url: parts[1].hasSuffix("/") ? String(parts[1].dropLast()) : parts[1]))
    }
    return peers
  }
}
