/// One column of one row as it came from the server, in its binary form or printed.
struct PostgreSQLValue {
  let type: UInt32
  let isBinary: Bool
  let bytes: UnsafeRawBufferPointer

  var int64: Int64 {
    guard isBinary else {
      if type == PostgreSQLType.bool { return bytes.first == UInt8(ascii: "t") ? 1 : 0 }
      return Int64(printed) ?? Int64(Double(printed) ?? 0)
    }
    switch (type, bytes.count) {
    case (PostgreSQLType.numeric, _): return PostgreSQLNumeric(bytes).int64 ?? 0
    case (PostgreSQLType.float8, _), (PostgreSQLType.float4, _): return Int64(double)
    case (PostgreSQLType.oid, 4): return Int64(UInt32(truncatingIfNeeded: bigEndian))
    case (_, 8): return Int64(bitPattern: bigEndian)
    case (_, 4): return Int64(Int32(truncatingIfNeeded: bigEndian))
    case (_, 2): return Int64(Int16(truncatingIfNeeded: bigEndian))
    default: return Int64(bigEndian)
    }
  }

  var double: Double {
    guard isBinary else { return Double(printed) ?? .nan }
    switch type {
    case PostgreSQLType.float8: return Double(bitPattern: bigEndian)
    case PostgreSQLType.float4: return Double(Float(bitPattern: UInt32(truncatingIfNeeded: bigEndian)))
    case PostgreSQLType.numeric: return PostgreSQLNumeric(bytes).double
    default: return Double(int64)
    }
  }

  /// Whether a NUMERIC is an integer of 64 bits written without a fraction, as the sum of integers is.
  var isWholeNumeric: Bool {
    isBinary ? PostgreSQLNumeric(bytes).int64 != nil : Int64(printed) != nil
  }

  private var printed: String { String(decoding: bytes, as: UTF8.self) }

  private var bigEndian: UInt64 {
    bytes.reduce(0) { $0 << 8 | UInt64($1) }
  }
}
