import Extraction
import RuntimeHost

/// The list of names that people keep, over HTTP.
struct NameRoutes: Sendable {
  private static let name = Schema.string(minLength: 1, maxLength: NameLimits.name)

  static let newName = Schema.object(
    [
      "name": name.described("The canonical name, at most \(NameLimits.name) bytes of UTF-8"),
      "type": .string(enum: NameList.types),
      "aliases": .array(of: name, maxItems: NameLimits.aliases).described("Other names of the same thing"),
    ], required: ["name", "type"])

  func add(to routes: inout ServiceRoutes) {
    routes.define("ListedName", ListedName.schema)
    routes.post(
      "/v1/names",
      Operation(
        id: "addName", summary: "List a name",
        description: "From now on, in whatever process a text is read, the name is found where it stands, with this "
          + "type. The same entry again is answered with the one that is there. Texts that were read stay as they are.",
        tag: "names", parameters: [MemoryRoutes.idempotencyKey], requestBody: Self.newName,
        responses: [.ok: .json(.ref("ListedName")), .created: .json(.ref("ListedName"))], errors: [.conflict])
    ) { request, context in
      let draft = try NameDraft(try request.json())
      let key = try request.headers["idempotency-key"].map { text throws(Problem) in
        try IdempotencyKey(text, userID: nil).key
      }
      let added = try await context.transaction { tx in try NameCommands(tx: tx).add(draft, key: key) }
      var response = HTTPResponse.json(.object(added.name.answer), status: added.isNew ? .created : .ok)
      response.headers.append("Location", "/v1/names/\(added.name.id)")
      if added.isReplay { response.headers.append("Idempotency-Replayed", "true") }
      return response
    }
    routes.get(
      "/v1/names",
      Operation(
        id: "listNames", summary: "Listed names, newest first", tag: "names",
        parameters: [
          .query(
            "name", Self.name, description: "Only the entry that has this name or alias, apart from case and accents")
        ] + PageRequest.parameters,
        responses: [.ok: .json(Page.schema(of: .ref("ListedName")))], errors: [.badRequest])
    ) { request, context in
      let page = try PageRequest(request)
      let before = try page.rowID
      let name = request.query["name"]
      let found = try await context.read { tx -> [ListedName] in
        let names = ListedNameStore(in: tx)
        guard let name else { return try names.list(before: before, limit: page.limit + 1) }
        let entry = try NameList.form(of: name).flatMap(names.name(form:))
        return entry.map { $0.rowID < before ?? .max ? [$0] : [] } ?? []
      }
      return page.answer(found.map { ($0, $0.rowID) }) { .object($0.answer) }
    }
    routes.get(
      "/v1/names/{name_id}",
      Operation(
        id: "getName", summary: "One listed name", tag: "names", parameters: [.path("name_id")],
        responses: [.ok: .json(.ref("ListedName"))], errors: [.notFound])
    ) { request, context in
      let id = try request.parameter("name_id")
      guard let name = try await context.read({ try ListedNameStore(in: $0).name(id) }) else {
        throw Problem.unknownName(id)
      }
      return .json(.object(name.answer))
    }
    routes.delete(
      "/v1/names/{name_id}",
      Operation(
        id: "removeName", summary: "Take a name off the list",
        description: "Texts that are read from now on are read without it.", tag: "names",
        parameters: [.path("name_id")],
        responses: [.ok: .json(.object(["name_id": .string()], required: ["name_id"]))], errors: [.notFound])
    ) { request, context in
      let id = try request.parameter("name_id")
      try await context.transaction { tx in try NameCommands(tx: tx).remove(id) }
      return .json(["name_id": .string(id)])
    }
  }
}
