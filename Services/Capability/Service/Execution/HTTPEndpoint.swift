import Foundation
import RuntimeHost

/// An endpoint that executes a capability: it is given the input as JSON, and its answer is the result.
struct HTTPEndpoint: Sendable, Equatable {
  static let methods = ["POST", "PUT", "PATCH"]

  /// Header fields, in lower case, that a call sets by itself or that belong to the connection.
  static let ownHeaders: Set<String> = [
    "accept", "connection", "content-length", "content-type", "expect", "host", "idempotency-key", "te", "traceparent",
    "transfer-encoding", "upgrade", "x-correlation-id",
  ]

  var url: String
  var method: String
  /// May hold secrets: never shown again.
  var headers: [HTTPClientField]

  /// Calls the endpoint.
  ///
  /// - Parameters:
  ///   - executionID: Sent as `Idempotency-Key`: an endpoint that is called twice for one execution can tell.
  ///   - answerLimit: The most bytes of an answer.
  /// - Returns: A JSON answer as it is, any other as text.
  func call(
    _ input: JSONValue, executionID: String, context: ServiceContext, timeout: Duration, answerLimit: Int
  ) async throws -> JSONValue {
    var fields = headers
    fields.append(HTTPClientField("Content-Type", "application/json"))
    fields.append(HTTPClientField("Accept", "application/json, text/*;q=0.5"))
    fields.append(HTTPClientField("Idempotency-Key", executionID))
    fields.append(HTTPClientField("X-Correlation-ID", context.correlationID))
    if let traceparent = TraceContext.current?.traceparent ?? context.metadata.traceparent {
      fields.append(HTTPClientField("traceparent", traceparent))
    }
    let response: HTTPClientResponse
    do throws(HTTPClientError) {
      response = try await HTTPClient.shared.send(
        HTTPClientRequest(
          method: method, url: url, headers: fields, body: input.serialized(), timeout: timeout,
          responseLimit: answerLimit))
    } catch {
      throw Self.failure(error)
    }
    return try Self.result(of: response)
  }

  private static func failure(_ error: HTTPClientError) -> any Error {
    switch error.kind {
    case .cancelled: CancellationError()
    case .timedOut: ExecutionFailure(.timeout, "the endpoint did not answer in time")
    case .tooLarge: ExecutionFailure(.badAnswer, "the endpoint's answer is too large")
    case .invalidURL, .cannotResolve, .cannotConnect, .connectionLost, .unexpectedAnswer, .other:
      ExecutionFailure(.connection, "the endpoint cannot be called: \(error.message)")
    }
  }

  private static func result(of response: HTTPClientResponse) throws(ExecutionFailure) -> JSONValue {
    guard response.isSuccess else {
      let isCallersFault = response.status == 400 || response.status == 422
      throw ExecutionFailure(isCallersFault ? .badInput : .httpStatus, "the endpoint answered \(response.status)")
    }
    guard let type = response.headers["content-type"]?.lowercased(), type.contains("json") else {
      return response.body.isEmpty ? .null : .string(response.text)
    }
    do throws(JSONError) { return try response.json() } catch {
      throw ExecutionFailure(.badAnswer, "the endpoint's answer is not the JSON that it says it is: \(error)")
    }
  }

  /// Says what is wrong with a URL; nil when it may be called.
  static func objection(to url: String, allowedHosts: Set<String>?) -> String? {
    guard let components = URLComponents(string: url), let scheme = components.scheme?.lowercased(),
      scheme == "http" || scheme == "https", let host = components.host?.lowercased(), !host.isEmpty
    else { return "must be an http or https URL with a host" }
    guard components.user == nil, components.password == nil else {
      return "must not carry a user or password; use a header"
    }
    if let allowedHosts, !allowedHosts.contains(host) { return "its host is not one that capabilities may call" }
    return nil
  }
}
