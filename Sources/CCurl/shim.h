#ifndef ROOST_CCURL_SHIM_H
#define ROOST_CCURL_SHIM_H

#include <curl/curl.h>

// curl's setters and getters are variadic, which Swift cannot call: one inline function for each kind of argument.

static inline CURLcode roost_curl_set_long(CURL *handle, CURLoption option, long value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode roost_curl_set_size(CURL *handle, CURLoption option, curl_off_t value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode roost_curl_set_string(CURL *handle, CURLoption option, const char *value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode roost_curl_set_pointer(CURL *handle, CURLoption option, void *value) {
  return curl_easy_setopt(handle, option, value);
}

static inline CURLcode roost_curl_set_list(CURL *handle, CURLoption option, struct curl_slist *value) {
  return curl_easy_setopt(handle, option, value);
}

/// Called with bytes that arrived: a header line or a part of the body. Returns how many were taken; fewer ends the call.
typedef size_t (*roost_curl_data_callback)(char *bytes, size_t size, size_t count, void *context);

static inline CURLcode roost_curl_set_data_callback(CURL *handle, CURLoption option, roost_curl_data_callback callback) {
  return curl_easy_setopt(handle, option, callback);
}

static inline CURLcode roost_curl_get_long(CURL *handle, CURLINFO info, long *value) {
  return curl_easy_getinfo(handle, info, value);
}

static inline CURLcode roost_curl_get_pointer(CURL *handle, CURLINFO info, void **value) {
  return curl_easy_getinfo(handle, info, value);
}

static inline CURLMcode roost_curl_multi_set_long(CURLM *multi, CURLMoption option, long value) {
  return curl_multi_setopt(multi, option, value);
}

/// The result of the finished transfer that a message of `curl_multi_info_read` tells of.
static inline CURLcode roost_curl_message_result(const CURLMsg *message) { return message->data.result; }

#endif
