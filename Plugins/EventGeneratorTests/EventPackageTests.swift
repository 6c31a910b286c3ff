import EventGenerator
import Foundation
import Testing

@Suite("A package's generated files")
struct EventPackageTests {
  /// A package with one event, in a folder of its own that is removed at the end.
  private final class Folder {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent("events-\(UUID().uuidString)")
    var package: EventPackage { EventPackage(path: url.path) }

    init() throws {
      try write("Services/Billing/Events/schemas/billing.paid.json", Self.schema("billing.paid"))
    }

    deinit { try? FileManager.default.removeItem(at: url) }

    func write(_ path: String, _ text: String) throws {
      let file = url.appendingPathComponent(path)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: file)
    }

    func remove(_ path: String) throws { try FileManager.default.removeItem(at: url.appendingPathComponent(path)) }

    func exists(_ path: String) -> Bool {
      FileManager.default.fileExists(atPath: url.appendingPathComponent(path).path)
    }

    static func schema(_ type: String) -> String {
      """
      {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "\(type)", "x-version": "1.0",
       "x-aggregate": "id", "type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}}
      """
    }
  }

  private let paid = "Services/Billing/Events/BillingPaid.generated.swift"
  private let contract = "Services/Billing/Events/BillingContract.generated.swift"

  @Test("what is missing is named, written, and then there is nothing left to do")
  func update() throws {
    let folder = try Folder()
    let missing = [GeneratedChange(path: contract, kind: .missing), GeneratedChange(path: paid, kind: .missing)]
    #expect(try folder.package.changes() == missing)
    #expect(!folder.exists(paid))
    #expect(try folder.package.update() == missing)
    #expect(folder.exists(paid))
    #expect(try folder.package.changes() == [])
  }

  @Test("a file that was edited is different; one whose schema is gone is stale and is deleted")
  func differences() throws {
    let folder = try Folder()
    try folder.package.update()
    try folder.write(paid, "// edited")
    try folder.write("Services/Billing/Events/BillingHeld.generated.swift", "// old")
    try folder.write("Services/Billing/Events/Handwritten.swift", "// not ours")
    #expect(
      try folder.package.changes() == [
        GeneratedChange(path: "Services/Billing/Events/BillingHeld.generated.swift", kind: .stale),
        GeneratedChange(path: paid, kind: .different),
      ])
    try folder.package.update()
    #expect(try folder.package.changes() == [])
    #expect(!folder.exists("Services/Billing/Events/BillingHeld.generated.swift"))
    #expect(folder.exists("Services/Billing/Events/Handwritten.swift"))
  }

  @Test("the last schema of a folder takes its generated files with it")
  func lastSchema() throws {
    let folder = try Folder()
    try folder.package.update()
    try folder.remove("Services/Billing/Events/schemas/billing.paid.json")
    try folder.package.update()
    #expect(!folder.exists(paid))
    #expect(!folder.exists(contract))
  }

  @Test("an event type belongs to one service")
  func oneOwner() throws {
    let folder = try Folder()
    try folder.write("Sources/HostEvents/schemas/billing.paid.json", Folder.schema("billing.paid"))
    #expect(
      throws: GeneratorError(
        file: "Sources/HostEvents/schemas/billing.paid.json",
        "Services/Billing/Events/schemas has this event type too")
    ) { try folder.package.generate() }
  }

  @Test("a refused schema leaves everything as it was")
  func refused() throws {
    let folder = try Folder()
    try folder.package.update()
    try folder.write(paid, "// edited")
    try folder.write("Services/Billing/Events/schemas/billing.held.json", "{}")
    #expect(throws: GeneratorError.self) { try folder.package.update() }
    #expect(try String(contentsOf: folder.url.appendingPathComponent(paid), encoding: .utf8) == "// edited")
  }

  @Test("only schemas lie among schemas")
  func foreignFile() throws {
    let folder = try Folder()
    try folder.write("Services/Billing/Events/schemas/notes.txt", "")
    #expect {
      try folder.package.generate()
    } throws: {
      "\($0)" == "Services/Billing/Events/schemas/notes.txt: only schemas belong here: <event type>.json"
    }
  }
}
