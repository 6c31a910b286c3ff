/// Makes Swift types and codecs from the JSON Schemas of events.
///
/// Equal schemas give equal text, on every machine. Pure; `EventPackage` is what reads and writes files.
public enum EventGenerator {
  /// The source of one event.
  ///
  /// - Parameters:
  ///   - schema: The schema's bytes.
  ///   - path: The schema's path, for errors; its last part must be the event's type and `.json`.
  public static func source(ofSchema schema: [UInt8], path: String) throws(GeneratorError) -> GeneratedFile {
    let event = try SchemaReader.read(schema, file: path)
    return GeneratedFile(path: "\(event.payload.name).generated.swift", text: SourceText.event(event))
  }

  /// The sources of a module: one for each schema, and one that names them all.
  ///
  /// - Parameters:
  ///   - module: The folder of the module, relative to the package, such as `Services/Memory/Events`.
  ///   - contract: The name of the type that lists the events, such as `MemoryContract`.
  ///   - schemas: The schemas' file names and bytes.
  public static func sources(
    ofModule module: String, contract: String, schemas: [(name: String, bytes: [UInt8])]
  ) throws(GeneratorError) -> [GeneratedFile] {
    var events: [EventSchema] = []
    for schema in schemas.sorted(by: { $0.name < $1.name }) {
      events.append(try SchemaReader.read(schema.bytes, file: "\(module)/schemas/\(schema.name)"))
    }
    var fileOfType: [String: String] = [contract: module]
    var files: [GeneratedFile] = []
    for event in events {
      if let other = fileOfType.updateValue(event.file, forKey: event.payload.name) {
        throw GeneratorError(file: event.file, pointer: "/$id", "\(other) makes a type \(event.payload.name) too")
      }
      files.append(
        GeneratedFile(path: "\(module)/\(event.payload.name).generated.swift", text: SourceText.event(event)))
    }
    files.append(
      GeneratedFile(
        path: "\(module)/\(contract).generated.swift", text: SourceText.contract(named: contract, of: events)))
    return files
  }
}
