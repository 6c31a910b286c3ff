import AnalyticsService
import EvolutionService
import RuntimeHost

/// The services that `roost run` runs, in the order in which they start.
let platformServices: [any ServicePlugin.Type] = [
  AnalyticsService.self, EvolutionService.self,
]
