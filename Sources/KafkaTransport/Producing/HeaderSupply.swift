import Messaging

/// The lists that one thread takes from the stock while it writes records. To be ended by `end()`.
struct HeaderSupply {
  /// Taken at once, so that the stock is not locked for every record.
  private static let portion = 64
  /// Shapes that it has lists of at once.
  private static let shapeLimit = 8

  private struct Entry {
    let shape: HeaderShape
    var lists: [HeaderList] = []
  }

  private let stock: HeaderStock
  private var entries: [Entry] = []
  /// Where the last record's shape stands.
  private var current = 0
  /// Records yet to be written.
  private var remaining: Int

  init(_ stock: HeaderStock, records: Int) {
    self.stock = stock
    remaining = records
  }

  /// A list with the record's headers; `nil` when they are better made anew.
  mutating func list(for record: EventRecord) -> HeaderList? {
    defer { remaining -= 1 }
    guard find(record) else { return nil }
    let shape = entries[current].shape
    if entries[current].lists.isEmpty {
      stock.take(min(Self.portion, max(remaining, 1)), of: shape, to: &entries[current].lists)
    }
    guard let list = entries[current].lists.popLast() else { return HeaderList(shape, for: record) }
    list.fill(with: record, of: shape)
    return list
  }

  /// Lets `current` be the place of the record's shape.
  private mutating func find(_ record: EventRecord) -> Bool {
    if current < entries.count, entries[current].shape.fits(record) { return true }
    if let index = entries.firstIndex(where: { $0.shape.fits(record) }) {
      current = index
      return true
    }
    guard let shape = stock.shape(of: record) else { return false }
    if entries.count == Self.shapeLimit { end() }
    current = entries.count
    entries.append(Entry(shape: shape))
    return true
  }

  /// Takes back a list that was not used.
  func takeBack(_ list: HeaderList) { stock.giveBack([list]) }

  /// Gives what is left over back to the stock.
  mutating func end() {
    for entry in entries { stock.giveBack(entry.lists) }
    entries = []
  }
}
