import Extraction
import RuntimeHost

/// An entry that a person added to the list of names.
struct ListedName: Sendable, Hashable {
  let rowID: Int64
  let id: String
  let name: String
  let type: String
  let aliases: [String]
  let createdAt: Timestamp

  var entry: NameList.Entry { NameList.Entry(name: name, type: type, aliases: aliases) }

  var answer: JSONObject {
    [
      "name_id": .string(id), "name": .string(name), "type": .string(type),
      "aliases": .array(aliases.map { .string($0) }), "created_at": .string(createdAt.description),
    ]
  }

  static let schema = Schema.object(
    [
      "name_id": .string(), "name": .string().described("The canonical name."),
      "type": .string(enum: NameList.types), "aliases": .array(of: .string()),
      "created_at": .string(format: .dateTime),
    ], required: ["name_id", "name", "type", "aliases", "created_at"])
}
