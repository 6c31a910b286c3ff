/// The engine's flavour of SQL, for the few statements that cannot be spelled the same way for both.
public enum SQLDialect: Sendable, Hashable {
  case sqlite
  case postgresql
}
