import RuntimeHost

/// What the model's readings are counted by.
struct ModelMetrics: Sendable {
  private let registry: MetricsRegistry
  let promptTokens: Counter
  let completionTokens: Counter
  let cacheHits: Counter
  let repairs: Counter
  let rejected: Counter
  let discarded: Counter
  let waiting: Gauge

  init(_ registry: MetricsRegistry) {
    self.registry = registry
    let tokens = "Tokens that the language model has used"
    promptTokens = registry.counter("roost_memory_model_tokens_total", labels: ["kind": "prompt"], help: tokens)
    completionTokens = registry.counter("roost_memory_model_tokens_total", labels: ["kind": "completion"], help: tokens)
    cacheHits = registry.counter(
      "roost_memory_model_cache_hits_total", help: "Readings that an earlier answer to the same text was taken for")
    repairs = registry.counter(
      "roost_memory_model_repairs_total", help: "Answers of the language model that had to be repaired to be JSON")
    rejected = registry.counter(
      "roost_memory_model_rejected_evidence_total",
      help: "Entities and relationships of the language model that the text does not bear out")
    discarded = registry.counter(
      "roost_memory_model_discarded_total", help: "Readings whose text had been changed or deleted meanwhile")
    waiting = registry.gauge(
      "roost_memory_model_waiting", help: "Memories that wait to be read by the language model")
  }

  /// - Parameter outcome: `answered`, or a failure's kind.
  func countCall(_ outcome: String) {
    registry.counter(
      "roost_memory_model_calls_total", labels: ["outcome": outcome],
      help: "Calls of the language model, by how they ended"
    ).increment()
  }

  /// - Parameter step: What was left out of a request, or `offline`: the offline outcome stays alone.
  func countFallback(_ step: String) {
    registry.counter(
      "roost_memory_model_fallbacks_total", labels: ["step": step],
      help: "Steps back from what the language model was first asked for"
    ).increment()
  }

  func count(_ comparison: OutcomeComparison) {
    for (kind, counts) in [("entity", comparison.entities), ("relationship", comparison.relationships)] {
      for (by, count) in [("both", counts.agreed), ("offline", counts.onlyOffline), ("model", counts.onlyModel)] {
        registry.counter(
          "roost_memory_model_findings_total", labels: ["kind": kind, "by": by],
          help: "Findings in texts that both extractors have read, by who made them"
        ).increment(by: count)
      }
    }
  }
}
