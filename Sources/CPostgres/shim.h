#ifndef ROOST_CPOSTGRES_SHIM_H
#define ROOST_CPOSTGRES_SHIM_H

#include <libpq-fe.h>

// The letters by which libpq names the fields of an error are macros of characters, which Swift does not read.

enum {
  ROOST_PG_SEVERITY = PG_DIAG_SEVERITY_NONLOCALIZED,
  ROOST_PG_SQLSTATE = PG_DIAG_SQLSTATE,
  ROOST_PG_MESSAGE = PG_DIAG_MESSAGE_PRIMARY,
  ROOST_PG_DETAIL = PG_DIAG_MESSAGE_DETAIL,
  ROOST_PG_HINT = PG_DIAG_MESSAGE_HINT,
};

static inline void roost_pg_ignore_notice(void *context, const PGresult *notice) {
  (void)context;
  (void)notice;
}

/// Without this libpq writes the server's notices to the standard error.
static inline void roost_pg_ignore_notices(PGconn *connection) {
  PQsetNoticeReceiver(connection, roost_pg_ignore_notice, 0);
}

#endif
