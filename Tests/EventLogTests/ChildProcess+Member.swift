import RoostTesting

extension ChildProcess {
  /// A member of a consumer group of an embedded log (see `event-log-member`).
  static func member(of group: String, on log: String, acknowledges count: Int) throws -> ChildProcess {
    try ChildProcess(RoostProcess.folder.appending(path: "event-log-member"), [log, group, String(count)])
  }

  /// What it has been given so far.
  var records: [String] {
    lines.elements.compactMap { $0.hasPrefix("record ") ? String($0.dropFirst("record ".count)) : nil }
  }
}
