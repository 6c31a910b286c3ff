extension ServiceEnvironment {
  /// The service's breaker of that name, made when it is asked for first.
  ///
  /// - Parameter configuration: What it starts with; one that is there already keeps its own.
  func breaker(_ name: String, configuration: CircuitBreakerConfiguration) -> CircuitBreaker {
    breakers.withLock { breakers in
      if let known = breakers[name] { return known }
      let breaker = CircuitBreaker(name: name, configuration: configuration, clock: clock) { [hostEvents] report in
        hostEvents.enqueue(report.payload(of: name))
      }
      breakers[name] = breaker
      return breaker
    }
  }

  /// Every breaker that the service has used, by name.
  public var circuitBreakers: [CircuitBreaker] {
    breakers.withLock { $0.values.sorted { $0.name < $1.name } }
  }
}

extension ServiceContext {
  /// The service's breaker of that name, shared by everything the service does.
  ///
  /// - Parameter configuration: What a new one starts with; see `reconfigureBreaker`.
  public func breaker(
    _ name: String, configuration: CircuitBreakerConfiguration = CircuitBreakerConfiguration()
  ) -> CircuitBreaker {
    environment.breaker(name, configuration: configuration)
  }

  /// Lets a breaker go on under other rules; its state stays.
  public func reconfigureBreaker(_ name: String, _ configuration: CircuitBreakerConfiguration) {
    environment.breaker(name, configuration: configuration).reconfigure(configuration)
  }
}
