#include "entity_model.h"

#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wc23-extensions"
_Alignas(64) static const unsigned char model[] = {
#embed "entities.bin"
};
static const unsigned char words[] = {
#embed "words.bin"
};
static const unsigned char vectors[] = {
#embed "vectors.bin"
};
#pragma clang diagnostic pop

const unsigned char *roost_entity_model(void) { return model; }

size_t roost_entity_model_size(void) { return sizeof(model); }

const unsigned char *roost_word_table(void) { return words; }

size_t roost_word_table_size(void) { return sizeof(words); }

const unsigned char *roost_word_vectors(void) { return vectors; }

size_t roost_word_vectors_size(void) { return sizeof(vectors); }
