// Generated from schemas by `swift package generate-events`: edit the schema instead.
// swift-format-ignore-file

import Events

/// Every event of this module.
public enum MemoryContract {
  public static let events: [any EventPayload.Type] = [
    MemoryCreated.self,
    MemoryDeleted.self,
    MemoryEntityExtracted.self,
    MemorySearched.self,
    MemoryUpdated.self,
  ]
}
