import Foundation

extension String {
  /// As one segment of a URL's path. Nothing in it can end a header's line.
  var asPathSegment: String {
    addingPercentEncoding(withAllowedCharacters: .alphanumerics.union(CharacterSet(charactersIn: "-._~"))) ?? ""
  }
}
