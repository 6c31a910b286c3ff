import AnalyticsService
import RuntimeHost

/// This service alone, in a process of its own.
@main
struct Main {
  static func main() async {
    await RuntimeHost.main(services: [AnalyticsService.self])
  }
}
