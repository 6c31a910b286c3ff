/// What a group of transactions leaves behind in its commit, by which the commit is known again when its answer was lost.
///
/// The transaction's own number would not do: a server that crashes gives the numbers of what it lost to others.
struct CommitMark {
  /// Of the database object; no other has it.
  let writerID: Int64
  /// Of the group, among the writer's.
  let groupNumber: Int64

  /// Where marks are: in each schema, the last one of each writer.
  static let table = "roost_commits"

  static let columns = "writer_id BIGINT PRIMARY KEY, group_number BIGINT NOT NULL, committed_at TIMESTAMPTZ NOT NULL"

  /// A transaction that has written nothing leaves none: to run it again changes nothing, and its commit stays cheap.
  static let statement = """
    INSERT INTO \(table) (writer_id, group_number, committed_at)
    SELECT $1::bigint, $2::bigint, now() WHERE pg_current_xact_id_if_assigned() IS NOT NULL
    ON CONFLICT (writer_id) DO UPDATE SET group_number = excluded.group_number, committed_at = excluded.committed_at
    """
}
