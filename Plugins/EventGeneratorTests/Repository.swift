import EventGenerator

/// The package that these tests lie in.
enum Repository {
  static let path = #filePath.split(separator: "/").dropLast(3).reduce(into: "") { $0 += "/" + $1 }
  static let package = EventPackage(path: path)
}
