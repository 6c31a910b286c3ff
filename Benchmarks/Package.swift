// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that building Roost never builds its benchmarks. Always measured in release:
//   swift run -c release roost-bench codec dispatch
let package = Package(
  name: "roost-benchmarks",
  dependencies: [.package(name: "roost", path: "..")],
  targets: [
    .executableTarget(
      name: "roost-bench",
      dependencies: [
        .product(name: "JSON", package: "roost"),
        .product(name: "Events", package: "roost"),
        .product(name: "MemoryEvents", package: "roost"),
        .product(name: "EventLog", package: "roost"),
        .product(name: "CSQLite", package: "roost"),
        .product(name: "Extraction", package: "roost"),
        .product(name: "HTTPClient", package: "roost"),
        .product(name: "KafkaTransport", package: "roost"),
      ]),
    // The yardstick of the Kafka benchmarks, in C over librdkafka alone.
    .executableTarget(
      name: "raw-kafka", dependencies: [.product(name: "CRdKafka", package: "roost")]),
  ],
  swiftLanguageModes: [.v6]
)
