import Glibc

/// Names a process so that another process on the same machine can tell whether it is still there.
///
/// Of a process on another machine or in another container nothing can be told: its lease has to run out.
public struct ProcessIdentity: Sendable, Hashable {
  /// The machine's boot and the process namespace: process ids mean something only within both.
  let place: String
  let processID: Int32
  /// When the process began, in the kernel's ticks: a process id is used again.
  let startTime: String

  public static let current: ProcessIdentity = {
    let boot = read("/proc/sys/kernel/random/boot_id").filter { !$0.isWhitespace }
    var link = [CChar](repeating: 0, count: 128)
    let length = readlink("/proc/self/ns/pid", &link, link.count)
    let namespace = String(decoding: link.prefix(max(0, length)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    let id = getpid()
    return ProcessIdentity(place: "\(boot)|\(namespace)", processID: id, startTime: startTime(of: id) ?? "")
  }()

  public var text: String { "\(place)|\(processID)|\(startTime)" }

  init(place: String, processID: Int32, startTime: String) {
    self.place = place
    self.processID = processID
    self.startTime = startTime
  }

  /// Reads what `text` gave; nil for anything else.
  public init?(parsing text: some StringProtocol) {
    let parts = text.split(separator: "|", omittingEmptySubsequences: false)
    guard parts.count >= 4, let id = Int32(parts[2]) else { return nil }
    self.init(place: "\(parts[0])|\(parts[1])", processID: id, startTime: String(parts[3]))
  }

  /// Whether the process is known to have ended.
  public var isGone: Bool {
    // Where /proc tells nothing of this process, it tells nothing of others.
    guard place == Self.current.place, !Self.current.startTime.isEmpty, !startTime.isEmpty else { return false }
    if let found = Self.startTime(of: processID) { return found != startTime }
    // Processes of other users may be hidden in /proc; a signal's refusal tells them from ones that are not there.
    return kill(processID, 0) == -1 && errno == ESRCH
  }

  /// The 22nd field of `/proc/PID/stat`; nil when there is no such process. The second may hold blanks and brackets.
  private static func startTime(of processID: Int32) -> String? {
    let stat = read("/proc/\(processID)/stat")
    guard let bracket = stat.lastIndex(of: ")") else { return nil }
    let fields = stat[stat.index(after: bracket)...].split(separator: " ")
    return fields.count > 19 ? String(fields[19]) : nil
  }

  private static func read(_ path: String) -> String {
    guard let file = fopen(path, "r") else { return "" }
    defer { fclose(file) }
    var bytes = [UInt8](repeating: 0, count: 1_024)
    let count = fread(&bytes, 1, bytes.count, file)
    return String(decoding: bytes.prefix(count), as: UTF8.self)
  }
}
