#include "names.h"

#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wc23-extensions"
static const unsigned char names[] = {
#embed "names.bin"
};
#pragma clang diagnostic pop

const unsigned char *roost_name_lists(void) { return names; }

size_t roost_name_lists_size(void) { return sizeof(names); }
