// swift-tools-version: 6.2
import PackageDescription

// Roost has no package dependencies. C libraries come from the distribution as system-library targets:
//   libsqlite3     the embedded event log and the laptop's state
//   libmicrohttpd  the HTTP server: an epoll thread pool with suspendable connections
//   libcurl        calls that leave the process: one multi handle instead of a thread for each call
//   librdkafka     the Kafka transport
//   libpq          the PostgreSQL engine

/// A library under `Sources/`, with a test target under `Tests/` when `tests` is true.
func library(_ name: String, _ dependencies: [String] = [], tests: Bool = true) -> [Target] {
  let target = Target.target(name: name, dependencies: dependencies.map { .init(stringLiteral: $0) })
  guard tests else { return [target] }
  return [
    target,
    .testTarget(
      name: "\(name)Tests",
      dependencies: ([name] + dependencies).map { .init(stringLiteral: $0) }
        + (testedWithRoostTesting.contains(name) ? ["RoostTesting"] : [])
        + (name == "HTTPClient" ? ["HTTPServer"] : [])),
  ]
}

/// The libraries whose tests use RoostTesting; those below it in the graph cannot.
let testedWithRoostTesting: Set<String> = ["EventLog", "HTTPServer", "KafkaTransport", "Messaging", "RuntimeHost"]

/// A service under `Services/`: its contract, its plugin, its executable and its tests.
///
/// - Parameters:
///   - reads: The services whose events it handles; it may import their contract, never their plugin.
///   - uses: Further libraries that its plugin imports.
func service(_ name: String, executable: String, reads: [String] = [], uses: [String] = []) -> [Target] {
  let contracts = ([name] + reads).map { Target.Dependency(stringLiteral: "\($0)Events") }
  return [
    .target(
      name: "\(name)Events", dependencies: ["Events", "JSON"], path: "Services/\(name)/Events", exclude: ["schemas"]),
    .target(
      name: "\(name)Service",
      dependencies: contracts + ["RuntimeHost"] + uses.map { .init(stringLiteral: $0) },
      path: "Services/\(name)/Service"),
    .executableTarget(
      name: executable, dependencies: [.init(stringLiteral: "\(name)Service"), "RuntimeHost"],
      path: "Services/\(name)/Executable"),
    .testTarget(
      name: "\(name)ServiceTests",
      dependencies: contracts + [.init(stringLiteral: "\(name)Service"), "RuntimeHost", "RoostTesting"]
        + uses.map { .init(stringLiteral: $0) },
      path: "Services/\(name)/Tests"),
  ]
}

let services: [Target] = [
  service("Memory", executable: "memory-service", reads: ["KnowledgeGraph"], uses: ["Extraction"]),
  service("KnowledgeGraph", executable: "knowledge-graph-service", reads: ["Memory"]),
  service("Agent", executable: "agent-service", reads: ["Capability"]),
  service("Capability", executable: "capability-service", reads: ["Agent", "Evolution"]),
  service("Analytics", executable: "analytics-service"),
  service("Evolution", executable: "evolution-service", reads: ["Capability"]),
].flatMap { $0 }

let package = Package(
  name: "roost",
  products: [
    .executable(name: "roost", targets: ["roost"]),
    .library(name: "RuntimeHost", targets: ["RuntimeHost"]),
    .library(name: "RoostTesting", targets: ["RoostTesting"]),
    // What the benchmarks, a package of their own, measure by itself.
    .library(name: "JSON", targets: ["JSON"]),
    .library(name: "Events", targets: ["Events"]),
    .library(name: "MemoryEvents", targets: ["MemoryEvents"]),
    .library(name: "EventLog", targets: ["EventLog", "Messaging"]),
    .library(name: "KafkaTransport", targets: ["KafkaTransport", "Storage", "Telemetry"]),
    .library(name: "CSQLite", targets: ["CSQLite"]),
    .library(name: "CRdKafka", targets: ["CRdKafka"]),
    .library(name: "HTTPClient", targets: ["HTTPClient"]),
    .library(name: "Extraction", targets: ["Extraction"]),
  ],
  targets: [
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(name: "CMicroHTTPD", pkgConfig: "libmicrohttpd", providers: [.apt(["libmicrohttpd-dev"])]),
    .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
    .systemLibrary(name: "CRdKafka", pkgConfig: "rdkafka", providers: [.apt(["librdkafka-dev"])]),
    .systemLibrary(name: "CPostgres", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
  ]
    + library("JSON")
    + library("Events", ["JSON"])
    + library("Telemetry")
    + library("Storage", ["CSQLite", "CPostgres"])
    + library("Messaging", ["Events", "JSON", "Storage", "Telemetry", "HostEvents"])
    + library("EventLog", ["Messaging", "Events", "Storage", "Telemetry"])
    + library("KafkaTransport", ["Messaging", "Events", "JSON", "Telemetry", "CRdKafka"])
    + library("HTTPServer", ["JSON", "Telemetry", "CMicroHTTPD"])
    + library("HTTPClient", ["JSON", "Telemetry", "CCurl"])
    + library(
      "RuntimeHost",
      [
        "HTTPServer", "HTTPClient", "Messaging", "EventLog", "KafkaTransport", "Events", "HostEvents", "JSON",
        "Storage",
        "Telemetry",
      ])
    + library(
      "RoostTesting",
      [
        "RuntimeHost", "HTTPServer", "HTTPClient", "EventLog", "KafkaTransport", "Messaging", "Events", "JSON",
        "Storage", "Telemetry",
      ], tests: false)
    + [
      // The contracts that belong to the host itself: circuit_breaker.* and delivery.*
      .target(name: "HostEvents", dependencies: ["Events", "JSON"], exclude: ["schemas"]),
      // The offline extractor: text in, entities and relations out. Knows nothing of events.
      .target(name: "CNameLists", path: "Services/Memory/NameLists"),
      .target(name: "CRelationModel", path: "Services/Memory/RelationModel"),
      .target(name: "CEntityModel", path: "Services/Memory/EntityModel", exclude: ["MODEL.md"]),
      // The sums of its networks, in C, which alone can have one function for each kind of processor.
      .target(
        name: "CNetworkLayers", path: "Services/Memory/NetworkLayers",
        cSettings: [.unsafeFlags(["-O2"], .when(configuration: .debug))]),
      .target(
        name: "Extraction", dependencies: ["CNameLists", "CEntityModel", "CRelationModel", "CNetworkLayers", "JSON"],
        path: "Services/Memory/Extraction",
        // Its loops over vectors are many times slower without, and hold up all tests that run beside its own.
        swiftSettings: [.unsafeFlags(["-O"], .when(configuration: .debug))]),
      .testTarget(
        name: "ExtractionTests", dependencies: ["Extraction", "CNetworkLayers"], path: "Services/Memory/ExtractionTests"
      ),
      .executableTarget(
        name: "compile-name-lists", dependencies: ["Extraction"], path: "Services/Memory/CompileNameLists"),
      .executableTarget(name: "train-extractor", dependencies: ["Extraction"], path: "Services/Memory/TrainExtractor"),
      .executableTarget(name: "generate-events", dependencies: ["EventGenerator"], path: "Plugins/GenerateEventsTool"),
      .target(name: "EventGenerator", dependencies: ["JSON"], path: "Plugins/EventGenerator"),
      .testTarget(
        name: "EventGeneratorTests", dependencies: ["EventGenerator", "MemoryEvents", "Events", "JSON"],
        path: "Plugins/EventGeneratorTests", exclude: ["Specimens/schemas"]),
      .plugin(
        name: "GenerateEvents",
        capability: .command(
          intent: .custom(verb: "generate-events", description: "Write the Swift event types from the JSON Schemas"),
          permissions: [.writeToPackageDirectory(reason: "The generated types are checked in beside their schemas")]),
        dependencies: ["generate-events"], path: "Plugins/GenerateEvents"),
      .executableTarget(
        name: "roost",
        dependencies: [
          "RuntimeHost", "HTTPClient", "EventLog", "Extraction", "JSON", "CSQLite",
          "MemoryService", "KnowledgeGraphService", "AgentService",
          "CapabilityService", "AnalyticsService", "EvolutionService",
        ]),
      .testTarget(
        name: "RoostCommandTests",
        dependencies: [
          "roost", "RuntimeHost", "HTTPServer", "HTTPClient", "Events", "Extraction", "JSON", "Telemetry",
        ]),
      .testTarget(
        name: "EndToEndTests",
        dependencies: [
          "RoostTesting", "RuntimeHost", "HTTPClient", "Storage", "Events", "JSON", "MemoryEvents",
          "KnowledgeGraphEvents", "MemoryService", "KnowledgeGraphService", "AgentService", "CapabilityService",
          "AnalyticsService", "EvolutionService",
        ], path: "Tests/EndToEndTests"),
      // A member of a group in a process of its own, for the log's tests to kill.
      .executableTarget(
        name: "event-log-member", dependencies: ["EventLog", "Messaging"], path: "Tests/EventLogMember"),
      // The same on Kafka.
      .executableTarget(
        name: "kafka-member", dependencies: ["KafkaTransport", "Messaging"], path: "Tests/KafkaMember"),
      .testTarget(name: "ArchitectureTests", dependencies: ["JSON"], path: "Tests/ArchitectureTests"),
    ]
    + services,
  swiftLanguageModes: [.v6]
)
