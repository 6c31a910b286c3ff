import Foundation

/// The `roost` command.
@main
struct Main {
  static func main() async {
    // A reader that goes away is an error of the write that meets it.
    signal(SIGPIPE, SIG_IGN)
    let environment = ProcessInfo.processInfo.environment
    let context = CommandContext(
      environment: environment,
      output: TextOutput(descriptor: STDOUT_FILENO, environment: environment),
      errors: TextOutput(descriptor: STDERR_FILENO, environment: environment))
    exit(await CommandLineTool(context: context).run(Array(CommandLine.arguments.dropFirst())).rawValue)
  }
}
