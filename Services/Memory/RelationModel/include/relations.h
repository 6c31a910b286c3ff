#pragma once
#include <stddef.h>

/// The trained relation model: read-only bytes that live as long as the program.
const unsigned char *roost_relation_model(void);

/// Its size in bytes.
size_t roost_relation_model_size(void);
