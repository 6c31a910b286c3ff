import RuntimeHost

extension Agent {
  /// The agent as the API shows it.
  var answer: JSONObject {
    [
      "agent_id": .string(id), "name": .string(name),
      "capabilities": .array(capabilities.map { .string($0) }), "user_id": userID.map { .string($0) } ?? .null,
      "created_at": .string(createdAt.description), "updated_at": .string(updatedAt.description),
    ]
  }

  static func unknown(_ id: String) -> Problem { .notFound("There is no agent \(id).") }

  static let schema = Schema.object(
    [
      "agent_id": .string(), "name": .string(), "capabilities": .array(of: .string()), "user_id": .nullable(.string()),
      "created_at": .string(format: .dateTime), "updated_at": .string(format: .dateTime), "correlation_id": .string(),
    ], required: ["agent_id", "name", "capabilities", "user_id", "created_at", "updated_at"])

  private static let capabilitiesSchema = Schema.array(
    of: .string(format: .withoutNul, minLength: 1, maxLength: 128), maxItems: 1_000
  )
  .described("The ids of the capabilities that it may use; none means every one.")
  private static let nameSchema = Schema.string(format: .withoutNul, minLength: 1, maxLength: 200)
  private static let userSchema = Schema.string(format: .withoutNul, minLength: 1, maxLength: 200)

  static let newSchema = Schema.object(
    [
      "name": nameSchema, "capabilities": capabilitiesSchema, "user_id": userSchema,
    ], required: ["name"])

  static let changesSchema = Schema.object([
    "name": nameSchema, "capabilities": capabilitiesSchema,
    "user_id": .nullable(userSchema),
  ])
}
