/// Where in the list of entities a page ended.
struct EntityPosition: Hashable, Sendable {
  let factCount: Int
  let entityID: String
}
