/// One page of a list: `{"items": [...], "next_cursor": ...}`.
public enum Page {
  /// - Parameter next: Where the list goes on; nil at its end.
  public static func response(items: [JSONValue], next: Cursor?) -> HTTPResponse {
    .json(.object(["items": .array(items), "next_cursor": next.map { .string($0.text) } ?? .null]))
  }

  /// The schema of a page of such items.
  public static func schema(of item: Schema) -> Schema {
    .object(
      ["items": .array(of: item), "next_cursor": .nullable(.string())], required: ["items", "next_cursor"])
  }
}
