import AgentService
import RuntimeHost

/// This service alone, in a process of its own.
@main
struct Main {
  static func main() async {
    await RuntimeHost.main(services: [AgentService.self])
  }
}
