import RuntimeHost

/// Why a model gave no reading. The message is for a person; it holds neither the key nor anything of a text.
struct ModelFailure: Error, Sendable, CustomStringConvertible {
  enum Kind: String, Sendable {
    /// It cannot be reached.
    case unreachable
    case timedOut = "timed_out"
    /// It asks to be left alone for a while.
    case rateLimited = "rate_limited"
    /// It says that the fault is its own.
    case serverError = "server_error"
    /// It does not take calls from us at all: the key, the model or the address is wrong.
    case refused
    /// It does not take this request.
    case badRequest = "bad_request"
    /// The text is longer than it, or the day's tokens, can take in.
    case tooLong = "too_long"
    /// Its answer is larger than anything that an answer may be.
    case tooLarge = "too_large"
    /// Its answer is none to the question, also after repair.
    case unreadable
    /// It would not read this text.
    case declined
    /// Nothing of what it said is in the text.
    case noEvidence = "no_evidence"
    /// The day's tokens are used up.
    case limitReached = "limit_reached"
    /// Its breaker is open.
    case paused
  }

  let kind: Kind
  let message: String
  /// When asking again may have another answer, where that is known.
  var retryAfter: Duration?
  /// What of the request it does not take, where it names it.
  var feature: ChatOptions.Feature?

  init(_ kind: Kind, _ message: String, retryAfter: Duration? = nil, feature: ChatOptions.Feature? = nil) {
    self.kind = kind
    self.message = message
    self.retryAfter = retryAfter
    self.feature = feature
  }

  var description: String { message }

  /// Whether it speaks against the endpoint, and not against one request.
  var countsForBreaker: Bool {
    switch kind {
    case .unreachable, .timedOut, .serverError, .refused, .tooLarge, .unreadable: true
    case .rateLimited, .badRequest, .tooLong, .declined, .noEvidence, .limitReached, .paused: false
    }
  }

  /// What follows for the text that was to be read.
  var consequence: Consequence {
    switch kind {
    case .unreachable, .rateLimited, .refused, .limitReached, .paused: .waits
    case .timedOut, .serverError, .tooLarge, .unreadable: .triesAgain
    case .badRequest, .tooLong, .declined, .noEvidence: .givesUp
    }
  }

  /// Whether the call may have cost tokens although it brought nothing.
  var mayHaveCost: Bool {
    switch kind {
    case .timedOut, .tooLarge, .unreadable, .declined: true
    default: false
    }
  }

  enum Consequence: Sendable {
    /// It says nothing of the text, which waits for as long as it takes.
    case waits
    /// The text itself may be what the model cannot cope with: it is tried a few times.
    case triesAgain
    /// Another try would end the same way.
    case givesUp
  }
}
