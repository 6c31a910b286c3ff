import HTTPClient
import JSON

/// Sends batches to the server and says what became of each line.
///
/// A call that the server cannot take now, or whose answer is lost, is made again: the idempotency keys make that
/// safe. What the server refuses as a whole is taken apart line by line, so that one bad line costs no other.
struct Importer: Sendable {
  let client: APIClient
  /// How often one batch is sent before the import gives up.
  var attempts = 8
  var firstWait: Duration = .milliseconds(250)

  /// - Returns: For each record: `nil` for stored, else why not, or that it had been there.
  func send(_ batch: ImportBatch) async throws(CommandError) -> [Outcome] {
    let response = try await persistently(batch.body)
    guard response.isSuccess else {
      let refusal = APIClient.refusal(response)
      guard [.badInput, .failure].contains(refusal.exitCode), response.status != 404 else { throw refusal }
      guard batch.records.count > 1 else { return [.refused(refusal.message)] }
      return try await sendSingly(batch)
    }
    let document: JSONValue
    do throws(JSONError) {
      document = try response.json()
    } catch {
      throw CommandError(.internalError, "the server's answer to a batch is no JSON: \(error)")
    }
    let items = try document.list("items")
    guard items.count == batch.records.count else {
      throw CommandError(
        .internalError, "the server answered \(items.count) outcomes to \(batch.records.count) memories")
    }
    return items.map(Outcome.init)
  }

  private func sendSingly(_ batch: ImportBatch) async throws(CommandError) -> [Outcome] {
    var outcomes: [Outcome] = []
    for record in batch.records {
      var single = ImportBatch()
      _ = single.append(record)
      outcomes += try await send(single)
    }
    return outcomes
  }

  private func persistently(_ body: JSONValue) async throws(CommandError) -> HTTPClientResponse {
    var wait = firstWait
    for attempt in 1... {
      let outcome: Result<HTTPClientResponse, CommandError>
      do throws(CommandError) {
        outcome = .success(
          try await client.call("POST", "/v1/memories/batch", body: body, timeout: .seconds(60)))
      } catch {
        outcome = .failure(error)
      }
      let isWorthAnother =
        switch outcome {
        // A full disk (507) is not over in seconds: somebody has to make room.
        case .success(let response): response.status == 429 || response.status >= 500 && response.status != 507
        case .failure(let error): error.exitCode == .temporaryFailure || error.exitCode == .unavailable && attempt > 1
        }
      guard isWorthAnother, attempt < attempts else { return try outcome.get() }
      let asked = (try? outcome.get())?.headers["retry-after"].flatMap(Int.init).map { Duration.seconds($0) }
      do {
        try await Task.sleep(for: min(max(asked ?? wait, wait), .seconds(30)))
      } catch {
        throw CommandError(.interrupted, "interrupted")
      }
      wait = min(wait * 2, .seconds(8))
    }
    throw CommandError(.temporaryFailure, "the server did not take a batch")
  }
}

extension Importer {
  /// What became of one record.
  enum Outcome: Sendable, Equatable {
    case stored
    /// An earlier import had stored it.
    case present
    case refused(String)

    init(_ item: JSONValue) {
      switch item["status"]?.intValue ?? 0 {
      case 201: self = item["replayed"]?.boolValue == true ? .present : .stored
      case 200..<300: self = .present
      case let status:
        self = .refused(item["problem"].map(APIClient.problemText) ?? "the server answered \(status)")
      }
    }
  }
}
