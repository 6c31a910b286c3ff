import RuntimeHost

/// The shapes of the memory API.
enum MemorySchemas {
  static let newMemory = Schema.object(newMemoryFields, required: ["content"])

  private static let newMemoryFields: Schema.Properties = [
    "content": .string(minLength: 1).described("The text, at most \(MemoryLimits.content) bytes of UTF-8"),
    "user_id": .nullable(.string(minLength: 1, maxLength: MemoryLimits.ownerID)),
    "agent_id": .nullable(.string(minLength: 1, maxLength: MemoryLimits.ownerID)),
    "filters": .object(additional: .allowed).described("Labels of the caller's own"),
  ]

  /// A memory of a batch may have an idempotency key of its own.
  static let batchMemory: Schema = {
    var fields = newMemoryFields
    fields.all.append(
      .init(name: "idempotency_key", schema: .string(minLength: 1, maxLength: MemoryLimits.idempotencyKey)))
    return .object(fields, required: ["content"])
  }()

  /// What is wrong with one memory is an outcome of its own, so that the body as a whole lets anything in.
  static let batch = Schema.object(
    ["memories": .array(of: .anyOf([.ref("BatchMemory"), .any]), minItems: 1, maxItems: MemoryLimits.batch)],
    required: ["memories"])

  static let memoryChange = Schema.object([
    "content": .string(minLength: 1), "filters": .object(additional: .allowed),
  ])

  private static let memoryFields: Schema.Properties = [
    "memory_id": .string(), "version": .integer(minimum: 1), "content": .string(), "user_id": .nullable(.string()),
    "agent_id": .nullable(.string()), "filters": .object(additional: .allowed),
    "created_at": .string(format: .dateTime), "updated_at": .string(format: .dateTime),
  ]

  static let memory = Schema.object(memoryFields, required: memoryFields.all.map(\.name))

  static let writtenMemory: Schema = {
    var fields = memoryFields
    fields.all.append(
      .init(name: "correlation_id", schema: .string().described("The flow that the write started: /v1/flows/{...}")))
    return .object(fields, required: fields.all.map(\.name))
  }()

  static let version = Schema.object(
    [
      "memory_id": .string(), "version": .integer(), "change": .string(enum: ["created", "updated", "deleted"]),
      "content": .nullable(.string()), "filters": .nullable(.object(additional: .allowed)),
      "updated_at": .string(format: .dateTime),
    ], required: ["memory_id", "version", "change", "content", "filters", "updated_at"])

  static let hit = Schema.object(
    [
      "memory": .ref("Memory"), "score": .number(),
      "matches": .array(
        of: .object(
          [
            "kind": .string(enum: ["words", "entity"]), "terms": .array(of: .string()), "snippet": .string(),
            "name": .string(), "type": .string(), "confidence": .number(),
          ], required: ["kind"])
      ).described("Why it was found"),
    ], required: ["memory", "score", "matches"])

  static let outcomes = Schema.object(
    [
      "items": .array(
        of: .object(["status": .integer()], required: ["status"], additional: .allowed)
      ).described("One for each memory, in order: the memory, or a `problem`")
    ], required: ["items"])

  static let deletion = Schema.object(
    [
      "memory_id": .string(), "version": .integer(), "deleted_at": .string(format: .dateTime),
      "correlation_id": .string(),
    ], required: ["memory_id", "version", "deleted_at", "correlation_id"])
}
