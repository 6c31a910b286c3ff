import Foundation

/// What of a process lies in main memory, pages of its program and its files included.
enum ResidentMemory {
  /// In MB (1,000,000 bytes); 0 when there is no such process.
  static func megabytes(of processID: Int32) -> Double {
    let status = (try? String(contentsOfFile: "/proc/\(processID)/status", encoding: .utf8)) ?? ""
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") } ?? ""
    let kilobytes = line.split(separator: " ").compactMap { Double($0) }.first ?? 0
    return kilobytes * 1_024 / 1_000_000
  }
}
