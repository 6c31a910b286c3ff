import AnalyticsService
import EvolutionService
import MemoryService
import RuntimeHost

/// The services that `roost run` runs, in the order in which they start.
let platformServices: [any ServicePlugin.Type] = [
  MemoryService.self, AnalyticsService.self, EvolutionService.self,
]
