#ifndef ROOST_CMICROHTTPD_SHIM_H
#define ROOST_CMICROHTTPD_SHIM_H

#include <fcntl.h>
#include <microhttpd.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

/// What a daemon is started with; MHD_start_daemon takes its options as variadic arguments, which Swift cannot call.
struct roost_mhd_options {
  MHD_socket listening_socket;
  unsigned int connection_limit;
  unsigned int idle_seconds;
  size_t connection_memory;
  unsigned int threads;
  void *context;
  MHD_AccessHandlerCallback access;
  /// Gets the request's target as it came; what it returns is the request's context.
  void *(*arrived)(void *context, const char *target, struct MHD_Connection *connection);
  MHD_RequestCompletedCallback completed;
};

static inline struct MHD_Daemon *roost_mhd_start(const struct roost_mhd_options *options) {
  struct MHD_OptionItem pool[] = {
      {MHD_OPTION_THREAD_POOL_SIZE, (intptr_t)options->threads, NULL},
      {MHD_OPTION_END, 0, NULL},
  };
  if (options->threads < 2) pool[0].option = MHD_OPTION_END;
  return MHD_start_daemon(
      MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME, 0, NULL, NULL, options->access, options->context,
      MHD_OPTION_LISTEN_SOCKET, options->listening_socket,
      MHD_OPTION_CONNECTION_LIMIT, options->connection_limit,
      MHD_OPTION_CONNECTION_TIMEOUT, options->idle_seconds,
      MHD_OPTION_CONNECTION_MEMORY_LIMIT, options->connection_memory,
      MHD_OPTION_STRICT_FOR_CLIENT, (int)1,
      MHD_OPTION_URI_LOG_CALLBACK, options->arrived, options->context,
      MHD_OPTION_NOTIFY_COMPLETED, options->completed, options->context,
      MHD_OPTION_ARRAY, pool,
      MHD_OPTION_END);
}

/// Closes a socket that a daemon listens on while its threads go on: puts an event counter in its place, on which nothing
/// ever arrives. The kernel takes the socket out of the threads' epoll sets as it closes it, and the number stays taken
/// until the daemon closes it. Returns 0, or -1 with errno.
///
/// MHD_quiesce_daemon (0.9.75) ends the process when one of several threads takes the socket out of its set before the
/// call does.
static inline int roost_mhd_stop_listening(MHD_socket listening_socket) {
  int nothing = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (nothing < 0) return -1;
  int result = dup3(nothing, listening_socket, O_CLOEXEC);
  close(nothing);
  return result < 0 ? -1 : 0;
}

/// The connection's socket, or -1.
static inline MHD_socket roost_mhd_socket(struct MHD_Connection *connection) {
  const union MHD_ConnectionInfo *info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
  return info == NULL ? -1 : info->connect_fd;
}

/// The size of a content reader's response that is not known beforehand; the macro is not imported.
static const uint64_t roost_mhd_size_unknown = MHD_SIZE_UNKNOWN;
static const ssize_t roost_mhd_end_of_stream = MHD_CONTENT_READER_END_OF_STREAM;

#endif
