/* mcpaths - oc-mc paths: the walks themselves as factor records */
#ifndef OC_APP_MCPATHS_H
#define OC_APP_MCPATHS_H

#include "app/mc.h"

struct oc_mc_paths {
    struct oc_mc_words *words;
    uint64_t steps;
    const char *path_range, *step_range;    /* A..B, half-open; NULL: all */
};

int oc_mc_paths(struct oc_mc_paths *p, struct oc_err *err);

#endif
