/// The options of every command that talks to a server.
struct ClientArguments: Sendable {
  var url: String?
  let printsJSON: Bool

  init(_ arguments: ParsedArguments) {
    url = arguments.string("url")
    printsJSON = arguments.has("json")
  }
}
