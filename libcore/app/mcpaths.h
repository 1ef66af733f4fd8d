/*
 * mcpaths - oc-mc paths: the walks themselves as factor records, path after path, step after step.
 *
 * Columns run, path, step, ts (with --ts), symbol, spot, volatility, and jumps and regime where the model has them; one row
 * for each underlying.  A slice by --path-range or --step-range has the rows of the whole that lie in it, for any threads.
 * Memory is that of a few thousand rows for each thread, or of one path where that is longer; a shard and its merge keep
 * their rows whole.
 */
#ifndef OC_APP_MCPATHS_H
#define OC_APP_MCPATHS_H

#include "app/mc.h"
#include "cli/opt.h"

struct oc_mc_paths {
    struct oc_mc_words *words;
    uint64_t steps;
    const char *path_range, *step_range;    /* A..B, half-open; NULL: all */
};

#define OC_MC_PATHS_OPTS(p) \
    OC_SECTION("oc-mc paths"), \
    { "steps", "N", "steps of a walk", OC_U64(&(p)->steps), .of = "paths" }, \
    { "path-range", "A..B", "only these paths, B not included", OC_STR(&(p)->path_range), .of = "paths" }, \
    { "step-range", "A..B", "only these steps, B not included", OC_STR(&(p)->step_range), .of = "paths" }

int oc_mc_paths(struct oc_mc_paths *p, struct oc_err *err);

#endif
