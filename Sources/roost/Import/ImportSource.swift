/// Takes a file apart into batches; lines that are no memory are told apart here.
struct ImportSource: ~Copyable {
  private var reader: LineReader
  private var waiting: ImportRecord?
  private let userID: String?
  private let agentID: String?

  init(path: String, userID: String?, agentID: String?) throws(CommandError) {
    reader = try LineReader(path: path)
    self.userID = userID
    self.agentID = agentID
  }

  var size: Int { reader.size }

  /// The next batch; `nil` behind the last line. Empty lines count as nothing.
  ///
  /// - Parameter tally: Told of the lines that cannot be sent.
  mutating func next(tally: inout ImportTally) throws(CommandError) -> ImportBatch? {
    var batch = ImportBatch()
    if let waiting { _ = batch.append(waiting) }
    waiting = nil
    while let line = try reader.next() {
      if line.allSatisfy({ $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }) { continue }
      do throws(CommandError) {
        let record = try ImportRecord(line: reader.number, bytes: line, userID: userID, agentID: agentID)
        guard batch.append(record) else {
          waiting = record
          batch.end = reader.consumed - line.count
          return batch
        }
      } catch {
        tally.refuse(line: reader.number, error.message)
      }
    }
    batch.end = reader.consumed
    return batch.isEmpty ? nil : batch
  }
}
