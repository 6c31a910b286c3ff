extension DatabaseError {
  /// Whether a server that refused this may take it later: it starts, it is restarted, it is full for the moment.
  var mayPass: Bool {
    switch kind {
    case .connectionLost, .busy, .serializationFailure, .diskFull, .closed: true
    default: false
    }
  }
}
