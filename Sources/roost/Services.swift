import AgentService
import AnalyticsService
import CapabilityService
import EvolutionService
import KnowledgeGraphService
import MemoryService
import RuntimeHost

/// The services that `roost run` runs, in the order in which they start.
let platformServices: [any ServicePlugin.Type] = [
  MemoryService.self, KnowledgeGraphService.self, AnalyticsService.self, AgentService.self, CapabilityService.self,
  EvolutionService.self,
]
