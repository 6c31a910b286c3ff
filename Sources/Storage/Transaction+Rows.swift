extension Transaction {
  /// Rows that wait for company.
  struct WaitingRows {
    let insert: String
    let row: String
    let ending: String
    let translation: ((DatabaseError) -> any Error)?
    var values: [[DatabaseValue]] = []
  }

  /// Inserts a row before the transaction ends: rows of one `INSERT` go in together, with few statements.
  ///
  /// Nothing in the transaction may rely on it: what reads or changes the row's table afterwards calls `insertWaitingRows`
  /// before. When it fails, the transaction fails with its error. On SQLite, where a statement costs little, it goes in at
  /// once.
  ///
  ///     try tx.insertSoon("INSERT INTO counts (name, count)", row: "(?, ?)", [.text(name), .integer(count)])
  ///
  /// - Parameters:
  ///   - insert: The statement up to its `VALUES`.
  ///   - row: The placeholders of one row.
  ///   - ending: What comes behind the rows, such as `ON CONFLICT DO NOTHING`.
  ///   - translation: What the caller of the transaction is to be told in place of the error.
  public func insertSoon(
    _ insert: String, row: String, ending: String = "", _ values: [DatabaseValue],
    translating translation: ((DatabaseError) -> any Error)? = nil
  ) throws {
    try checkOpen()
    if dialect == .sqlite {
      return try enqueue("\(insert) VALUES \(row) \(ending)", values, translating: translation)
    }
    let place = waitingRows.firstIndex { $0.insert == insert && $0.row == row && $0.ending == ending }
    if let place {
      waitingRows[place].values.append(values)
    } else {
      waitingRows.append(
        WaitingRows(insert: insert, row: row, ending: ending, translation: translation, values: [values]))
    }
  }

  /// Sends the rows that wait, in the order in which the first of each `INSERT` came.
  public func insertWaitingRows() throws {
    guard !waitingRows.isEmpty else { return }
    let waiting = waitingRows
    waitingRows.removeAll(keepingCapacity: true)
    for rows in waiting {
      for group in RowGroups(rows.values.count) {
        try enqueue(
          "\(rows.insert) VALUES \(group.placeholders(rows.row)) \(rows.ending)",
          Array(rows.values[group.rows].joined()), translating: rows.translation)
      }
    }
  }
}
