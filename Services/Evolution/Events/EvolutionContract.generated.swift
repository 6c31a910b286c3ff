// Generated from schemas by `swift package generate-events`: edit the schema instead.
// swift-format-ignore-file

import Events

/// Every event of this module.
public enum EvolutionContract {
  public static let events: [any EventPayload.Type] = [
    EvolutionImplementationCompleted.self,
    EvolutionImplementationStarted.self,
    EvolutionPatternDetected.self,
    EvolutionProposalGenerated.self,
    EvolutionProposalValidated.self,
  ]
}
