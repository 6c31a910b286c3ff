// Generated from schemas by `swift package generate-events`: edit the schema instead.
// swift-format-ignore-file

import Events

/// Every event of this module.
public enum KnowledgeGraphContract {
  public static let events: [any EventPayload.Type] = [
    KnowledgeGraphEntityMerged.self,
    KnowledgeGraphUpdated.self,
  ]
}
