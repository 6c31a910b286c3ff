import Glibc
import Messaging

/// What the headers of many records have in common: their names, the lengths of their values, and the event type.
///
/// A list of librdkafka's that was made for one of them serves every other, once its values are written over.
final class HeaderShape: Sendable {
  let eventType: String
  private let idLength: Int
  /// The further headers of the record that it was taken from; their names and lengths count.
  private let encoded: [UInt8]
  /// Where the values of the further headers lie in `encoded`.
  private let values: [Range<Int>]

  /// The largest further headers, in bytes: lists are kept, and are to be small.
  private static let largest = 1_024

  /// - Returns: `nil` for a record without a type or an id, such as another program's, and for one with large headers.
  init?(of record: EventRecord) {
    guard let eventType = record.eventType, let id = record.eventID, record.headers.encoded.count <= Self.largest,
      id.utf8.count <= Self.largest
    else { return nil }
    self.eventType = eventType
    idLength = id.utf8.count
    encoded = record.headers.encoded
    values = record.headers.valueRanges
  }

  /// Where the values that differ from record to record stand among all headers, in the order of `write`: the id, twice,
  /// and those of the further headers.
  var valueIndices: [Int] { [1, 3] + values.indices.map { $0 + 5 } }

  func fits(_ record: EventRecord) -> Bool {
    guard record.eventType == eventType, record.eventID?.utf8.count == idLength else { return false }
    return record.headers.encoded.withUnsafeBytes { bytes in
      guard bytes.count == encoded.count else { return false }
      return encoded.withUnsafeBytes { known in
        guard let known = known.baseAddress, let bytes = bytes.baseAddress else { return true }
        var place = 0
        for value in values {
          // The name and both lengths.
          guard memcmp(known + place, bytes + place, value.lowerBound - place) == 0 else { return false }
          place = value.upperBound
        }
        return memcmp(known + place, bytes + place, encoded.count - place) == 0
      }
    }
  }

  /// Copies the values of a record that fits to where they belong, one place for each in the order of `valueIndices`.
  func write(_ record: EventRecord, to places: UnsafeMutablePointer<UnsafeMutableRawPointer>) {
    record.withEventIDUTF8 { id in
      guard let id = id.baseAddress else { return }
      memcpy(places[0], id, idLength)
      memcpy(places[1], id, idLength)
    }
    record.headers.encoded.withUnsafeBytes { bytes in
      guard let bytes = bytes.baseAddress else { return }
      for index in values.indices {
        memcpy(places[index + 2], bytes + values[index].lowerBound, values[index].count)
      }
    }
  }
}
