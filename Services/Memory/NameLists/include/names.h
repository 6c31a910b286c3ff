#pragma once
#include <stddef.h>

/// The compiled name lists: read-only bytes that live as long as the program.
const unsigned char *roost_name_lists(void);

/// Their size in bytes.
size_t roost_name_lists_size(void);
