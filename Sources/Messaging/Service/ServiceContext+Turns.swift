extension ServiceContext {
  /// Whether it is this process's turn at a piece of work that one of the service's processes does for all.
  ///
  /// The turns go with the leases on the outbox: while a service runs in one process the turn is always there, a moment
  /// after its start. A process that stops hands it on at once; of one that is lost another has it after 15 seconds. It
  /// saves work and nothing else: a process that was suspended may think for a moment that it still has the turn, so the
  /// work must be harmless when two do it.
  ///
  /// - Parameter work: Its name; works of different names may have their turns in different processes.
  public func hasTurn(at work: String) -> Bool {
    environment.held.contains(VirtualPartition.of(work), at: environment.clock.uptime())
  }
}
