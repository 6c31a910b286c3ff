import JSON
import RuntimeHost

/// Which part of the API belongs to which service: a pure value, made from the services' route tables.
struct GatewayRoutes: Sendable, Equatable {
  struct Entry: Sendable, Equatable {
    let service: String
    /// Paths that lie below another service's prefix: `/v1/capabilities/{capability_id}/executions`. They are looked
    /// at before any prefix.
    var paths: [String] = []
    /// Such as `/v1/memories`: this path and all that lie below it.
    var prefixes: [String] = []
  }

  let entries: [Entry]

  /// - Throws: A `CommandError` when two services, or a service and the host, have a path in common, which a gateway
  ///   could not tell apart.
  init(_ tables: [RuntimeHost.RouteTable]) throws(CommandError) {
    try Self.checkOverlaps(tables)
    let owners = Self.owners(tables)
    var entries: [Entry] = []
    for table in tables {
      guard let service = table.service else { continue }
      var entry = Entry(service: service)
      for path in Set(table.routes.map(\.path)).sorted() {
        let prefix = Self.prefix(of: path)
        if owners[prefix] == .some(service) {
          if entry.prefixes.last != prefix { entry.prefixes.append(prefix) }
        } else {
          entry.paths.append(path)
        }
      }
      entries.append(entry)
    }
    self.entries = entries
  }

  /// The first two segments of a path: `/v1/memories`.
  private static func prefix(of path: String) -> String {
    "/" + path.split(separator: "/").prefix(2).joined(separator: "/")
  }

  /// Each prefix belongs to the one that serves the path itself, else to the first that has anything below it.
  private static func owners(_ tables: [RuntimeHost.RouteTable]) -> [String: String?] {
    var owners: [String: String?] = [:]
    for table in tables {
      for path in table.routes.map(\.path) where path == prefix(of: path) { owners[path] = .some(table.service) }
    }
    for table in tables {
      for prefix in table.routes.map({ prefix(of: $0.path) }) where owners[prefix] == nil {
        owners[prefix] = .some(table.service)
      }
    }
    return owners
  }

  private static func checkOverlaps(_ tables: [RuntimeHost.RouteTable]) throws(CommandError) {
    for (index, table) in tables.enumerated() {
      for other in tables[(index + 1)...] {
        for path in table.routes.map(\.path) {
          for otherPath in other.routes.map(\.path) where overlap(path, otherPath) {
            throw CommandError(
              .internalError,
              "\(path) of \(table.service ?? "the host") and \(otherPath) of \(other.service ?? "the host") "
                + "match the same addresses")
          }
        }
      }
    }
  }

  /// Whether some address matches both templates.
  static func overlap(_ left: String, _ right: String) -> Bool {
    let left = left.split(separator: "/")
    let right = right.split(separator: "/")
    return left.count == right.count
      && zip(left, right).allSatisfy { $0 == $1 || $0.hasPrefix("{") || $1.hasPrefix("{") }
  }

  var document: JSONValue {
    func list(_ paths: [String]) -> JSONValue { .array(paths.map { .string($0) }) }
    return .array(
      entries.map { entry in
        .object([
          "service": .string(entry.service), "prefixes": list(entry.prefixes), "paths": list(entry.paths),
        ])
      })
  }
}
