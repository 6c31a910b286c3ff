import Foundation

/// Looks at a data folder without changing what is in it.
struct DataFolderExamination: Sendable {
  /// Below this nothing can be promised any more.
  static let leastFreeBytes = 100 << 20
  static let fewFreeBytes = 1 << 30

  let path: String

  /// The names of the database files, the log first.
  static func databases(in path: String) throws(CommandError) -> [String] {
    do {
      let names = try FileManager.default.contentsOfDirectory(atPath: path).filter { $0.hasSuffix(".db") }
      return names.sorted { ($0 == "events.db" ? 0 : 1, $0) < ($1 == "events.db" ? 0 : 1, $1) }
    } catch {
      throw CommandError(.failure, "cannot be read: \((error as NSError).localizedDescription)")
    }
  }

  /// Whether there is a folder whose databases can be looked at.
  var isFolder: Bool {
    var isDirectory: ObjCBool = false
    return FileManager.default.fileExists(atPath: path, isDirectory: &isDirectory) && isDirectory.boolValue
  }

  func folder() -> Finding {
    let check = "data folder"
    guard FileManager.default.fileExists(atPath: path) else {
      let parent = URL(fileURLWithPath: path).deletingLastPathComponent().path
      return access(parent, W_OK) == 0
        ? .ok(check, "\(path) is not there yet; the first start makes it")
        : .failure(check, "\(path) is not there and cannot be made", "name another with --data-dir")
    }
    guard isFolder else { return .failure(check, "\(path) is no folder", "name another with --data-dir") }
    guard access(path, W_OK | X_OK) == 0 else {
      return .failure(
        check, "\(path) cannot be written: \(String(cString: strerror(errno)))", "give the folder to the server's user")
    }
    return .ok(check, "\(path) can be written")
  }

  func space() -> Finding {
    var existing = URL(fileURLWithPath: path)
    while !FileManager.default.fileExists(atPath: existing.path), existing.path != "/" {
      existing.deleteLastPathComponent()
    }
    var status = statvfs()
    guard statvfs(existing.path, &status) == 0 else {
      return .warning("disk space", "cannot be told: \(String(cString: strerror(errno)))")
    }
    return Self.space(
      free: Int(status.f_bavail) * Int(status.f_frsize), total: Int(status.f_blocks) * Int(status.f_frsize))
  }

  /// - Parameters:
  ///   - free: In bytes, for an ordinary user.
  ///   - total: In bytes.
  static func space(free: Int, total: Int) -> Finding {
    let message = "\(Figures.bytes(free)) of \(Figures.bytes(total)) are free"
    let advice = "free some, or lower --log-max-bytes and --log-retention"
    if free < leastFreeBytes { return .failure("disk space", message, advice) }
    if free < fewFreeBytes || Double(free) < Double(total) * 0.02 { return .warning("disk space", message, advice) }
    return .ok("disk space", message)
  }

  /// Reads every database whole.
  func databases(_ reference: SchemaReference?) -> [Finding] {
    let names: [String]
    do throws(CommandError) {
      names = try Self.databases(in: path)
    } catch {
      return [.failure("data folder", error.message)]
    }
    return names.flatMap { name in examine(name, reference) }
  }

  private func examine(_ name: String, _ reference: SchemaReference?) -> [Finding] {
    let file = path + "/" + name
    let advice = "stop the server and restore \(name) from a backup: docs/operations.md says how"
    do throws(CommandError) {
      let database = try InspectedDatabase(path: file)
      let problems = try database.problems()
      guard problems.isEmpty else {
        return [.failure(name, "is damaged: \(problems.joined(separator: "; "))", advice)]
      }
      // What was committed last lies beside the file until it is moved in.
      let size = [file, file + "-wal"].reduce(0) { sum, path in
        sum + ((try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? 0)
      }
      let sound = Finding.ok(name, "sound, \(Figures.bytes(size))")
      guard let reference else { return [sound] }
      let schema = reference.finding(name, file: name, found: try database.schemas())
      return schema.verdict == .ok ? [.ok(name, "\(sound.message), \(schema.message)")] : [sound, schema]
    } catch {
      return [.failure(name, "cannot be read: \(error.message)", advice)]
    }
  }
}
