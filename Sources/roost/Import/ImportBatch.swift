import JSON

/// Records that go to the server in one call.
struct ImportBatch: Sendable {
  /// The server takes no more in one call.
  static let countLimit = 1000
  /// Under the server's default limit for a body of 1 MiB.
  static let byteLimit = 900_000

  private(set) var records: [ImportRecord] = []
  private var documents: [JSONValue] = []
  private var bytes = 0
  /// How far into the file the last record reaches, in bytes.
  var end = 0

  var isEmpty: Bool { records.isEmpty }

  /// - Returns: False, and nothing is taken, when the record does not fit beside the others.
  mutating func append(_ record: ImportRecord) -> Bool {
    let document = record.document
    let size = document.serialized().count + 1
    guard isEmpty || records.count < Self.countLimit && bytes + size <= Self.byteLimit else { return false }
    records.append(record)
    documents.append(document)
    bytes += size
    return true
  }

  var body: JSONValue { ["memories": .array(documents)] }
}
