import CPostgres
import Glibc

/// A statement of one PostgreSQL connection, with the values bound to it and the rows of its last run.
///
/// Values go in by the types that the server inferred for the parameters; integers, reals, text and bytes in their
/// binary form, which is neither printed nor copied. A result is held whole until `reset`.
final class PostgreSQLStatement: PreparedStatement {
  let text: PostgreSQLStatementText
  private unowned let connection: PostgreSQLConnection
  private let values: UnsafeMutablePointer<UnsafePointer<CChar>?>
  private let lengths: UnsafeMutablePointer<Int32>
  private let formats: UnsafeMutablePointer<Int32>
  /// Eight bytes for each parameter, for numbers.
  private let numbers: UnsafeMutablePointer<UInt64>
  private var copies: [UnsafeMutableRawPointer?]
  private var failedBinding: DatabaseError?
  private var result: OpaquePointer?
  /// Counts the runs: the answer to one that nobody waits for any more is not taken for a later one's.
  private var runNumber = 0
  /// Whether a run was started whose rows have not been asked for.
  private var isUnderWay = false
  private var row: Int32 = -1
  private var rowCount: Int32 = 0
  /// What the columns of bytes that came printed stand for, in the row that is read.
  private var unescaped: [Int: UnsafeRawBufferPointer] = [:]
  /// The connection's own bookkeeping: whether somebody uses it now.
  var isTaken = false

  init(_ text: PostgreSQLStatementText, on connection: PostgreSQLConnection) {
    self.text = text
    self.connection = connection
    let count = text.parameterCount
    values = .allocate(capacity: max(1, count))
    lengths = .allocate(capacity: max(1, count))
    formats = .allocate(capacity: max(1, count))
    numbers = .allocate(capacity: max(1, count))
    values.initialize(repeating: nil, count: max(1, count))
    lengths.initialize(repeating: 0, count: max(1, count))
    formats.initialize(repeating: 1, count: max(1, count))
    numbers.initialize(repeating: 0, count: max(1, count))
    copies = [UnsafeMutableRawPointer?](repeating: nil, count: count)
  }

  deinit {
    PQclear(result)
    freeUnescaped()
    for copy in copies { free(copy) }
    values.deallocate()
    lengths.deallocate()
    formats.deallocate()
    numbers.deallocate()
  }

  var sql: String { text.sql }
  var parameterCount: Int { text.parameterCount }
  var columnCount: Int { result.map { Int(PQnfields($0)) } ?? text.columnTypes.count }

  // MARK: Values in

  func bindNull(_ index: Int) {
    guard let position = position(of: index) else { return }
    set(position, nil, 0)
  }

  func bind(_ index: Int, _ value: Int64) {
    guard let position = position(of: index) else { return }
    switch text.parameterTypes[position] {
    case PostgreSQLType.int8: set(position, UInt64(bitPattern: value), bytes: 8)
    case PostgreSQLType.int4 where Int32(exactly: value) != nil: set(position, UInt64(bitPattern: value), bytes: 4)
    case PostgreSQLType.int2 where Int16(exactly: value) != nil: set(position, UInt64(bitPattern: value), bytes: 2)
    case PostgreSQLType.bool: set(position, value == 0 ? 0 : 1, bytes: 1)
    case PostgreSQLType.float8: set(position, Double(value).bitPattern, bytes: 8)
    case PostgreSQLType.float4: set(position, UInt64(Float(value).bitPattern), bytes: 4)
    default: setPrinted(position, String(value))
    }
  }

  func bind(_ index: Int, _ value: Double) {
    guard let position = position(of: index) else { return }
    switch text.parameterTypes[position] {
    case PostgreSQLType.float8: set(position, value.bitPattern, bytes: 8)
    case PostgreSQLType.float4: set(position, UInt64(Float(value).bitPattern), bytes: 4)
    case PostgreSQLType.int8, PostgreSQLType.int4, PostgreSQLType.int2:
      // As on SQLite, a whole number is an integer in a column of integers.
      if let whole = Int64(exactly: value) { bind(index, whole) } else { setPrinted(position, "\(value)") }
    default: setPrinted(position, "\(value)")
    }
  }

  func bindText(_ index: Int, borrowing bytes: UnsafeRawBufferPointer) {
    bindText(index, bytes, copying: false)
  }

  func bindText(_ index: Int, copying bytes: UnsafeRawBufferPointer) {
    bindText(index, bytes, copying: true)
  }

  func bindBlob(_ index: Int, borrowing bytes: UnsafeRawBufferPointer) {
    bindBlob(index, bytes, copying: false)
  }

  func bindBlob(_ index: Int, copying bytes: UnsafeRawBufferPointer) {
    bindBlob(index, bytes, copying: true)
  }

  private func bindText(_ index: Int, _ bytes: UnsafeRawBufferPointer, copying: Bool) {
    guard let position = position(of: index) else { return }
    let type = text.parameterTypes[position]
    if type == PostgreSQLType.bytea { return setBytes(position, bytes, copying: copying) }
    if let start = bytes.baseAddress, memchr(start, 0, bytes.count) != nil {
      return note(.typeMismatch, "parameter \(index): PostgreSQL cannot hold a NUL character in text")
    }
    if PostgreSQLType.isText(type) {
      setBytes(position, bytes, copying: copying)
    } else {
      setPrinted(position, String(decoding: bytes, as: UTF8.self))
    }
  }

  private func bindBlob(_ index: Int, _ bytes: UnsafeRawBufferPointer, copying: Bool) {
    guard let position = position(of: index) else { return }
    guard text.parameterTypes[position] == PostgreSQLType.bytea else {
      return note(.typeMismatch, "parameter \(index): bytes were bound where PostgreSQL takes another type than BYTEA")
    }
    setBytes(position, bytes, copying: copying)
  }

  private func position(of index: Int) -> Int? {
    if (1...max(1, parameterCount)).contains(index), parameterCount > 0 { return index - 1 }
    note(.syntax, "parameter \(index) was bound, the statement takes \(parameterCount)")
    return nil
  }

  /// The low bytes of a number, most significant first.
  private func set(_ position: Int, _ value: UInt64, bytes: Int) {
    numbers[position] = (value << UInt64((8 - bytes) * 8)).bigEndian
    set(position, UnsafeRawPointer(numbers + position), bytes)
  }

  private func setBytes(_ position: Int, _ bytes: UnsafeRawBufferPointer, copying: Bool) {
    guard bytes.count <= Int32.max else { return note(.constraintViolation, "a value is larger than 2 GiB") }
    // A value without an address would be NULL.
    guard let start = bytes.baseAddress, bytes.count > 0 else {
      return set(position, UnsafeRawPointer(numbers + position), 0)
    }
    guard copying else { return set(position, start, bytes.count) }
    guard let copy = realloc(copies[position], bytes.count) else { return note(.other, "out of memory") }
    memcpy(copy, start, bytes.count)
    copies[position] = copy
    set(position, copy, bytes.count)
  }

  /// A value as text, for the server to convert.
  private func setPrinted(_ position: Int, _ value: String) {
    guard let copy = strdup(value) else { return note(.other, "out of memory") }
    free(copies[position])
    copies[position] = UnsafeMutableRawPointer(copy)
    set(position, copy, 0)
    formats[position] = 0
  }

  private func set(_ position: Int, _ start: UnsafeRawPointer?, _ count: Int) {
    values[position] = start?.assumingMemoryBound(to: CChar.self)
    lengths[position] = Int32(count)
    formats[position] = 1
  }

  private func note(_ kind: DatabaseError.Kind, _ message: String) {
    if failedBinding == nil { failedBinding = DatabaseError(kind, message, sql: sql) }
  }

  /// Queues one run with the values as they are now. libpq copies them.
  /// - Returns: libpq's 1 or 0.
  func send(on handle: OpaquePointer) -> Int32 {
    PQsendQueryPrepared(
      handle, text.name, Int32(parameterCount), values, lengths, formats, text.readsBinary ? 1 : 0)
  }

  // MARK: Rows out

  func step() throws(DatabaseError) -> Bool {
    if let failedBinding { throw failedBinding }
    if isUnderWay {
      isUnderWay = false
      try connection.finish(self)
    } else if result == nil {
      try connection.run(self)
    }
    if !unescaped.isEmpty { freeUnescaped() }
    row += 1
    return row < rowCount
  }

  func start() throws(DatabaseError) {
    if let failedBinding { throw failedBinding }
    if connection.isCareful {
      try connection.run(self)
    } else {
      try connection.start(self)
      isUnderWay = true
    }
  }

  func enqueue(_ translation: ((DatabaseError) -> any Error)?) throws {
    if let failedBinding { throw failedBinding }
    defer { reset() }
    if connection.isCareful {
      do throws(DatabaseError) { while try step() {} } catch { throw translation?(error) ?? error }
    } else {
      try connection.enqueue(self, translation)
    }
  }

  /// A new run, which is about to be sent.
  /// - Returns: Its number.
  func nextRun() -> Int {
    runNumber += 1
    return runNumber
  }

  /// Whether the answer to what was sent last is there.
  var hasResult: Bool { result != nil }

  /// Takes over the rows of a run, unless they come too late.
  func receive(_ result: OpaquePointer, ofRun run: Int) {
    guard run == runNumber else { return PQclear(result) }
    PQclear(self.result)
    self.result = result
    row = -1
    rowCount = PQntuples(result)
  }

  var changedRows: Int {
    guard let result, let status = PQcmdStatus(result) else { return 0 }
    switch UInt8(bitPattern: status.pointee) {
    case UInt8(ascii: "I"), UInt8(ascii: "U"), UInt8(ascii: "D"), UInt8(ascii: "M"):
      // INSERT, UPDATE, DELETE, MERGE; of what else begins with these letters the count is empty.
      return Int(atoi(PQcmdTuples(result)))
    default: return 0
    }
  }

  func reset() {
    PQclear(result)
    result = nil
    if isUnderWay {
      isUnderWay = false
      runNumber += 1
    }
    if !unescaped.isEmpty { freeUnescaped() }
    row = -1
    rowCount = 0
    failedBinding = nil
  }

  /// Lets go of every value, borrowed ones included.
  func clear() {
    reset()
    for position in 0..<parameterCount { set(position, nil, 0) }
  }

  func columnType(_ column: Int) -> ColumnType {
    guard let result, row >= 0, row < rowCount, PQgetisnull(result, row, Int32(column)) == 0 else { return .null }
    switch PQftype(result, Int32(column)) {
    case PostgreSQLType.int8, PostgreSQLType.int4, PostgreSQLType.int2, PostgreSQLType.bool, PostgreSQLType.oid:
      return .integer
    case PostgreSQLType.float8, PostgreSQLType.float4: return .real
    case PostgreSQLType.numeric: return value(column).isWholeNumeric ? .integer : .real
    case PostgreSQLType.bytea: return .blob
    default: return .text
    }
  }

  func int64(_ column: Int) -> Int64 {
    value(column).int64
  }

  func double(_ column: Int) -> Double {
    value(column).double
  }

  func bytes(_ column: Int) -> UnsafeRawBufferPointer {
    let value = value(column)
    guard value.type == PostgreSQLType.bytea, !value.isBinary else { return value.bytes }
    if let known = unescaped[column] { return known }
    var count = 0
    let start = PQunescapeBytea(value.bytes.assumingMemoryBound(to: UInt8.self).baseAddress, &count)
    let bytes = UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count)
    unescaped[column] = bytes
    return bytes
  }

  private func freeUnescaped() {
    for bytes in unescaped.values { PQfreemem(UnsafeMutableRawPointer(mutating: bytes.baseAddress)) }
    unescaped.removeAll(keepingCapacity: true)
  }

  private func value(_ column: Int) -> PostgreSQLValue {
    guard let result else { return PostgreSQLValue(type: 0, isBinary: false, bytes: .init(start: nil, count: 0)) }
    return PostgreSQLValue(
      type: PQftype(result, Int32(column)), isBinary: PQfformat(result, Int32(column)) == 1,
      bytes: UnsafeRawBufferPointer(
        start: PQgetvalue(result, row, Int32(column)), count: Int(PQgetlength(result, row, Int32(column)))))
  }
}
