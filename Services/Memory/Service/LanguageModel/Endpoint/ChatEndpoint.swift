import RuntimeHost

/// An OpenAI-compatible endpoint: one question, one answer. It keeps nothing; any task may use it.
struct ChatEndpoint: Sendable {
  /// An answer to one text is a few KiB; more than this is no answer.
  static let answerLimit = 1024 * 1024
  /// How long an endpoint may ask to be left alone.
  static let restLimit = Duration.seconds(900)

  let url: String
  let model: String
  private let key: String?
  private let timeout: Duration
  private let client: HTTPClient

  init(_ settings: ModelSettings, client: HTTPClient = .shared) {
    url = settings.url
    model = settings.model
    key = settings.key
    timeout = settings.timeout
    self.client = client
  }

  /// The request's document.
  ///
  /// - Parameter answerTokens: The most that the model may write.
  func body(_ messages: [(role: String, content: String)], answerTokens: Int, _ options: ChatOptions) -> [UInt8] {
    var body: JSONObject = [
      "model": .string(model),
      "messages": .array(messages.map { ["role": .string($0.role), "content": .string($0.content)] }),
      "stream": false,
    ]
    if options.uses(.temperature) { body["temperature"] = 0 }
    body[options.uses(.maxTokens) ? "max_tokens" : "max_completion_tokens"] = JSONValue(answerTokens)
    switch options.format {
    case .schema:
      body["response_format"] = [
        "type": "json_schema",
        "json_schema": ["name": "extraction", "strict": true, "schema": ExtractionPrompt.schema],
      ]
    case .jsonObject: body["response_format"] = ["type": "json_object"]
    default: break
    }
    return JSONValue.object(body).serialized()
  }

  /// Sends a request and reads the answer.
  ///
  /// - Throws: `ModelFailure`, `CancellationError`.
  func send(_ body: [UInt8]) async throws -> ChatAnswer {
    var headers = [HTTPClientField("Content-Type", "application/json"), HTTPClientField("Accept", "application/json")]
    if let key { headers.append(HTTPClientField("Authorization", "Bearer \(key)")) }
    let response: HTTPClientResponse
    do throws(HTTPClientError) {
      response = try await client.send(
        HTTPClientRequest(
          method: "POST", url: url, headers: headers, body: body, timeout: timeout, responseLimit: Self.answerLimit))
    } catch {
      switch error.kind {
      case .cancelled: throw CancellationError()
      case .timedOut: throw ModelFailure(.timedOut, "the model did not answer within \(timeout)")
      case .tooLarge: throw ModelFailure(.tooLarge, "the endpoint's answer is larger than \(Self.answerLimit) bytes")
      default: throw ModelFailure(.unreachable, "the endpoint cannot be called: \(error.message)")
      }
    }
    return try Self.answer(response)
  }

  private static func answer(_ response: HTTPClientResponse) throws(ModelFailure) -> ChatAnswer {
    let status = response.status
    switch status {
    case 200..<300:
      guard response.headers["content-type"]?.lowercased().contains("json") ?? false,
        let document = try? response.json()
      else { throw ModelFailure(.unreadable, "the endpoint's answer is no JSON") }
      return try ChatAnswer(document)
    case 429: throw ModelFailure(.rateLimited, "the endpoint wants fewer calls (429)", retryAfter: rest(response))
    case 408: throw ModelFailure(.timedOut, "the endpoint gave up waiting (408)")
    case 500...: throw ModelFailure(.serverError, "the endpoint answered \(status)", retryAfter: rest(response))
    case 400, 422: throw badRequest(response)
    case 413: throw ModelFailure(.tooLong, "the text is too long for the endpoint (413)")
    default: throw ModelFailure(.refused, "the endpoint answered \(status)")
    }
  }

  /// What the endpoint does not take, as far as it says so. Its words are looked at and never repeated: they may hold
  /// the text or the key.
  private static func badRequest(_ response: HTTPClientResponse) -> ModelFailure {
    let error = (try? response.json())?["error"]
    let words = [error?["param"], error?["code"], error?["message"], error]
      .compactMap { $0?.stringValue?.lowercased() }.joined(separator: " ")
    if words.contains("context_length") || words.contains("maximum context") {
      return ModelFailure(.tooLong, "the text is too long for the model")
    }
    let feature: ChatOptions.Feature? =
      if words.contains("max_tokens") || words.contains("max_completion_tokens") {
        .maxTokens
      } else if words.contains("temperature") {
        .temperature
      } else {
        nil
      }
    return ModelFailure(.badRequest, "the endpoint does not take the request (\(response.status))", feature: feature)
  }

  private static func rest(_ response: HTTPClientResponse) -> Duration? {
    guard let seconds = response.headers["retry-after"].flatMap(Double.init), seconds >= 0 else { return nil }
    return min(.seconds(max(seconds, 1)), restLimit)
  }
}
