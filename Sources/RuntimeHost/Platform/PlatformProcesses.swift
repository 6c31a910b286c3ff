/// Puts one request to every process of the platform.
struct PlatformProcesses: Sendable {
  /// What one process said.
  struct Answer: Sendable {
    let peer: Peer
    let outcome: Outcome
  }

  enum Outcome: Sendable {
    case success(HTTPClientResponse)
    /// Why it said nothing: one line for people.
    case failure(String)
  }

  /// A process that takes longer than this counts as one that does not answer.
  private static let patience: Duration = .seconds(10)

  let peers: [Peer]
  let token: String?
  let http: HTTPClient

  /// - Returns: An answer of each process, in the order of the peers.
  func ask(_ request: HTTPRequest) async -> [Answer] {
    await withTaskGroup(of: (Int, Answer).self) { group in
      for (index, peer) in peers.enumerated() {
        group.addTask { (index, Answer(peer: peer, outcome: await ask(peer, request))) }
      }
      var answers: [(Int, Answer)] = []
      for await answer in group { answers.append(answer) }
      return answers.sorted { $0.0 < $1.0 }.map(\.1)
    }
  }

  private func ask(_ peer: Peer, _ request: HTTPRequest) async -> Outcome {
    var headers = ["Content-Type", "X-Correlation-ID", "traceparent"].compactMap { name in
      request.headers[name].map { HTTPClientField(name, $0) }
    }
    if let token { headers.append(HTTPClientField("Authorization", "Bearer \(token)")) }
    let query = request.query.text
    do throws(HTTPClientError) {
      return .success(
        try await http.send(
          HTTPClientRequest(
            method: request.method.name, url: peer.url + request.path + (query.isEmpty ? "" : "?" + query),
            headers: headers, body: request.body.isEmpty ? nil : request.body, timeout: Self.patience)))
    } catch {
      return .failure("\(peer.url) does not answer: \(error.message)")
    }
  }
}
