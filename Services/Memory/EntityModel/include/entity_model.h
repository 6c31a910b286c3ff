#pragma once
#include <stddef.h>

/// The compiled model, the table of words and that of word vectors: read-only bytes that live as long as the program.
const unsigned char *roost_entity_model(void);
size_t roost_entity_model_size(void);

const unsigned char *roost_word_table(void);
size_t roost_word_table_size(void);

const unsigned char *roost_word_vectors(void);
size_t roost_word_vectors_size(void);
