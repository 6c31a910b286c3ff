/// A span that is over.
public struct FinishedSpan: Sendable {
  public var name: String
  public var kind: SpanKind
  public var context: TraceContext
  /// The span that this one is part of; nil for a trace's first.
  public var parentSpanID: UInt64?
  /// Wall-clock times, nanoseconds since 1970.
  public var startNanoseconds: Int64
  public var endNanoseconds: Int64
  public var attributes: [String: String]
  /// What went wrong; nil when nothing did.
  public var error: String?
}

/// A span's part in an exchange, as OpenTelemetry names them.
public enum SpanKind: String, Sendable { case `internal`, server, client, producer, consumer }
