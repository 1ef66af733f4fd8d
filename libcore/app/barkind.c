/* barkind - the table of kinds of bars: see barkind.h */
#include "app/barkind.h"

#include <string.h>

static const struct oc_barkind *const kinds[] = {
#define BARKIND(name) &oc_barkind_##name,
#include "app/bars.def"
#undef BARKIND
};

const struct oc_barkind *oc_barkind_at(size_t i) { return i < sizeof kinds / sizeof *kinds ? kinds[i] : NULL; }

const struct oc_barkind *oc_barkind_find(const char *name)
{
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i]->name, name) == 0)
            return kinds[i];
    return NULL;
}
