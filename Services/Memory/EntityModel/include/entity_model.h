#pragma once
#include <stddef.h>

/// The compiled model and the table of words: read-only bytes that live as long as the program.
const unsigned char *roost_entity_model(void);
size_t roost_entity_model_size(void);

const unsigned char *roost_word_table(void);
size_t roost_word_table_size(void);
