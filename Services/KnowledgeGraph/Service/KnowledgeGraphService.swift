import KnowledgeGraphEvents
import MemoryEvents
import RuntimeHost

/// The knowledge graph: what memories say of people, places and things, when it holds and since when it is known.
///
/// Each extraction and each deletion of a memory is applied once and ends with one `knowledge_graph.updated`, also
/// when nothing changed. Events of one memory may come again or late: the memory's version decides, not the order.
/// An entity that a second memory is sure of is told of by `knowledge_graph.entity.confirmed`.
public struct KnowledgeGraphService: ServicePlugin {
  public static let name = "knowledge_graph"
  public static let publishes: [any EventPayload.Type] = [
    KnowledgeGraphUpdated.self, KnowledgeGraphEntityConfirmed.self, KnowledgeGraphEntityUnconfirmed.self,
  ]

  public init(configuration: ServiceConfiguration) throws {}

  public func register(in service: inout ServiceRegistration) {
    service.migrations(GraphMigrations.all)
    // Transactions of different memories share a commit: many under way at once make the commits few.
    let options = HandlerOptions(concurrency: 64)
    service.on(MemoryEntityExtracted.self, name: "update-graph", options: options, batch: 32) { events, context in
      for event in events { try event.payload.checkText() }
      try await context.transaction { tx in
        let told = events.map {
          GraphWriter.Told(extraction: $0.payload, eventID: $0.id, at: $0.timestamp)
        }
        let updates = try GraphWriter(tx.database, now: tx.now).apply(told)
        var standings = StandingChanges()
        for (event, update) in zip(events, updates) {
          try tx.publish(update.payload, causedBy: event.event)
          standings.add(update.counts, causedBy: event.event)
        }
        try standings.publish(in: tx)
      }
    }
    service.on(MemoryDeleted.self, name: "withdraw", options: options) { event, context in
      try await context.transaction { tx in
        let update = try GraphWriter(tx.database, now: tx.now).delete(event.payload, eventID: event.id)
        try tx.publish(update.payload)
        var standings = StandingChanges()
        standings.add(update.counts, causedBy: event.event)
        try standings.publish(in: tx)
      }
    }
    service.routes { routes in
      GraphSchemas.define(in: &routes)
      EntityRoutes.add(to: &routes)
      NeighbourhoodRoute.add(to: &routes)
      PathRoute.add(to: &routes)
      SourceRoute.add(to: &routes)
      MemoryFactRoute.add(to: &routes)
    }
  }
}
