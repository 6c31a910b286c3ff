#include "relations.h"

#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wc23-extensions"
static const unsigned char relations[] = {
#embed "relations.bin"
};
#pragma clang diagnostic pop

const unsigned char *roost_relation_model(void) { return relations; }

size_t roost_relation_model_size(void) { return sizeof(relations); }
