import Foundation

/// The schemas and the generated files of a package on disk.
///
/// Schemas lie in `Services/<Service>/Events/schemas` and `Sources/<Module>/schemas`; what is made of them lies beside
/// that folder, checked in.
public struct EventPackage: Sendable {
  private let directory: URL

  /// - Parameter path: The package's directory.
  public init(path: String) {
    directory = URL(fileURLWithPath: path, isDirectory: true)
  }

  /// Everything that the schemas make, sorted by path.
  public func generate() throws -> [GeneratedFile] {
    var files: [GeneratedFile] = []
    var owners: [String: String] = [:]
    for module in try modules() {
      let folder = module.path + "/schemas"
      var schemas: [(name: String, bytes: [UInt8])] = []
      for name in try names(in: folder) where !name.hasPrefix(".") {
        guard name.hasSuffix(".json") else {
          throw GeneratorError(file: "\(folder)/\(name)", "only schemas belong here: <event type>.json")
        }
        if let other = owners.updateValue(folder, forKey: name) {
          throw GeneratorError(file: "\(folder)/\(name)", "\(other) has this event type too")
        }
        schemas.append((name, [UInt8](try Data(contentsOf: url(of: "\(folder)/\(name)")))))
      }
      guard !schemas.isEmpty else { continue }
      files += try EventGenerator.sources(ofModule: module.path, contract: module.contract, schemas: schemas)
    }
    return files.sorted { $0.path < $1.path }
  }

  /// How the files in the package differ from those that the schemas make; empty when they are the same.
  public func changes() throws -> [GeneratedChange] { try changes(to: generate()) }

  /// Writes what differs and deletes what has no schema any more.
  ///
  /// - Returns: What was done.
  @discardableResult
  public func update() throws -> [GeneratedChange] {
    let files = try generate()
    let changes = try changes(to: files)
    let texts = Dictionary(uniqueKeysWithValues: files.map { ($0.path, $0.text) })
    for change in changes {
      if let text = texts[change.path] {
        try Data(text.utf8).write(to: url(of: change.path), options: .atomic)
      } else {
        try FileManager.default.removeItem(at: url(of: change.path))
      }
    }
    return changes
  }

  private func changes(to files: [GeneratedFile]) throws -> [GeneratedChange] {
    var changes: [GeneratedChange] = []
    for file in files {
      if let data = FileManager.default.contents(atPath: url(of: file.path).path) {
        if data != Data(file.text.utf8) { changes.append(GeneratedChange(path: file.path, kind: .different)) }
      } else {
        changes.append(GeneratedChange(path: file.path, kind: .missing))
      }
    }
    let current = Set(files.map(\.path))
    for module in try modules() {
      for name in try names(in: module.path) where name.hasSuffix(".generated.swift") {
        let path = "\(module.path)/\(name)"
        if !current.contains(path) { changes.append(GeneratedChange(path: path, kind: .stale)) }
      }
    }
    return changes.sorted { $0.path < $1.path }
  }

  /// The folders that have schemas, and the name of what lists their events.
  private func modules() throws -> [(path: String, contract: String)] {
    var modules: [(path: String, contract: String)] = []
    for service in try names(in: "Services") {
      modules.append(("Services/\(service)/Events", "\(service)Contract"))
    }
    for module in try names(in: "Sources") {
      let name = module.hasSuffix("Events") ? String(module.dropLast("Events".count)) : module
      modules.append(("Sources/\(module)", "\(name)Contract"))
    }
    // What the generator's own tests are compiled with.
    for target in try names(in: "Plugins") {
      modules.append(("Plugins/\(target)/Specimens", "SpecimenContract"))
    }
    return modules.filter { isDirectory("\($0.path)/schemas") }
  }

  private func names(in folder: String) throws -> [String] {
    guard isDirectory(folder) else { return [] }
    return try FileManager.default.contentsOfDirectory(atPath: url(of: folder).path).sorted()
  }

  private func isDirectory(_ path: String) -> Bool {
    var isDirectory: ObjCBool = false
    return FileManager.default.fileExists(atPath: url(of: path).path, isDirectory: &isDirectory)
      && isDirectory.boolValue
  }

  private func url(of path: String) -> URL { directory.appendingPathComponent(path) }
}
