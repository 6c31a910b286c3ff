#ifndef ROOST_CSQLITE_SHIM_H
#define ROOST_CSQLITE_SHIM_H

#include <sqlite3.h>

// Swift cannot call variadic functions or read cast macros, so what needs either is spelled here.

/// Turns the library-wide memory statistics off: they put every allocation of every connection behind one lock.
/// Has an effect only before the first connection is opened.
static inline int roost_sqlite3_disable_memory_statistics(void) {
  return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

// SQLite takes a missing address for NULL, and an empty Swift buffer may have none: it is an empty value all the same.

/// The text is not copied: it stays where it is until the statement is reset.
static inline int roost_sqlite3_bind_text_borrowing(sqlite3_stmt *statement, int index, const void *text, sqlite3_uint64 count) {
  return sqlite3_bind_text64(statement, index, text ? (const char *)text : "", count, SQLITE_STATIC, SQLITE_UTF8);
}

static inline int roost_sqlite3_bind_text_copying(sqlite3_stmt *statement, int index, const void *text, sqlite3_uint64 count) {
  return sqlite3_bind_text64(statement, index, text ? (const char *)text : "", count, SQLITE_TRANSIENT, SQLITE_UTF8);
}

/// The bytes are not copied: they stay where they are until the statement is reset.
static inline int roost_sqlite3_bind_blob_borrowing(sqlite3_stmt *statement, int index, const void *bytes, sqlite3_uint64 count) {
  return sqlite3_bind_blob64(statement, index, bytes ? bytes : "", count, SQLITE_STATIC);
}

static inline int roost_sqlite3_bind_blob_copying(sqlite3_stmt *statement, int index, const void *bytes, sqlite3_uint64 count) {
  return sqlite3_bind_blob64(statement, index, bytes ? bytes : "", count, SQLITE_TRANSIENT);
}

#endif
