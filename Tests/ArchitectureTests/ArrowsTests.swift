import Foundation
import JSON
import Testing

/// The arrows of the design, held against what Package.swift really says.
@Suite("Architecture")
struct ArrowsTests {
  /// What each library may import beside itself. Anything that is not listed here is an arrow nobody agreed to.
  static let allowed: [String: Set<String>] = [
    "JSON": [],
    "Events": ["JSON"],
    "HostEvents": ["Events", "JSON"],
    "Telemetry": [],
    "CSQLite": [],
    "CMicroHTTPD": [],
    "CCurl": [],
    "CRdKafka": [],
    "CPostgres": [],
    "CEntityModel": [],
    "CNameLists": [],
    "CNetworkLayers": [],
    "CRelationModel": [],
    "Storage": ["CPostgres", "CSQLite", "Telemetry"],
    "Messaging": ["Events", "HostEvents", "JSON", "Storage", "Telemetry"],
    "EventLog": ["Events", "JSON", "Messaging", "Storage", "Telemetry"],
    "KafkaTransport": ["CRdKafka", "Events", "JSON", "Messaging", "Telemetry"],
    "HTTPServer": ["CMicroHTTPD", "JSON", "Telemetry"],
    "HTTPClient": ["CCurl", "JSON", "Telemetry"],
    "RuntimeHost": [
      "Events", "EventLog", "HTTPClient", "HTTPServer", "HostEvents", "JSON", "KafkaTransport", "Messaging", "Storage",
      "Telemetry",
    ],
    "RoostTesting": [
      "Events", "EventLog", "HTTPClient", "HTTPServer", "JSON", "KafkaTransport", "Messaging", "RuntimeHost", "Storage",
      "Telemetry",
    ],
    "Extraction": ["CEntityModel", "CNameLists", "CNetworkLayers", "CRelationModel", "JSON"],
    "EventGenerator": ["JSON"],
  ]

  /// Libraries that a service's plugin may use of its own; every other one reaches it through RuntimeHost.
  static let serviceLibraries: Set<String> = ["RuntimeHost", "Extraction"]

  @Test("every dependency between targets is one that the design draws")
  func arrows() throws {
    let targets = try PackageDescription.targets()
    #expect(targets.count > 20, "swift package describe listed too few targets to be this package")
    for target in targets {
      for dependency in target.dependencies {
        let isAllowed = Self.isAllowed(from: target, to: dependency, in: targets)
        #expect(isAllowed, "\(target.name) must not depend on \(dependency)")
      }
    }
  }

  @Test(
    "an arrow against the design is found",
    arguments: [
      ("Messaging", "EventLog"), ("Storage", "Messaging"), ("JSON", "Events"), ("MemoryEvents", "MemoryService"),
      ("KnowledgeGraphService", "MemoryService"), ("AgentService", "EventLog"),
    ])
  func wrongArrow(from: String, to: String) throws {
    let targets = try PackageDescription.targets()
    let target = try #require(targets.first { $0.name == from })
    #expect(!Self.isAllowed(from: target, to: to, in: targets))
  }

  static func isAllowed(
    from target: PackageDescription.Target, to dependency: String, in targets: [PackageDescription.Target]
  ) -> Bool {
    if let libraries = allowed[target.name] { return libraries.contains(dependency) }
    let isContract = dependency.hasSuffix("Events") && dependency != "HostEvents"
    if target.path.hasPrefix("Services/") {
      if target.name.hasSuffix("Events") { return ["Events", "JSON"].contains(dependency) }
      if target.name.hasSuffix("Service") { return isContract || serviceLibraries.contains(dependency) }
      if target.type == "executable" {
        return dependency == "RuntimeHost" || dependency == "Extraction"
          || dependency.hasSuffix("Service") && targets.contains { $0.name == dependency && $0.folder == target.folder }
      }
    }
    // Tests, the `roost` command and the tools stand at the top: nothing depends on them, they may see everything.
    return ["test", "plugin", "executable", "snippet"].contains(target.type)
  }
}
