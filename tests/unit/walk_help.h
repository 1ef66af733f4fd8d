/* walk_help - one walk over many paths, for the tests of processes. */
#ifndef OC_TEST_WALK_HELP_H
#define OC_TEST_WALK_HELP_H

#include "sim/paths.h"
#include "test.h"

/* Open w, run the paths of p (whose assets and walk are set here) and close both; what fails fails the test. */
static inline void walk_over(struct oc_walk *w, struct oc_paths p, uint64_t paths, oc_paths_see *see, void *ctx)
{
    struct oc_err err = { 0 };

    p.assets = 1;
    p.walk = w;
    if (oc_walk_open(w, &err) || oc_paths_open(&p, &err)) {
        test_fail("%s", err.text);
        oc_walk_close(w);
        return;
    }
    struct oc_paths_room *const r = oc_paths_room(&p, &err);
    if (!r)
        test_fail("%s", err.text);
    for (uint64_t k = 0; r && k < paths; k += OC_LANES)
        if (oc_paths_run(&p, r, k, (size_t)(paths - k < OC_LANES ? paths - k : OC_LANES), see, ctx, &err))
            test_fail("%s", err.text);
    oc_paths_room_free(r);
    oc_paths_close(&p);
    oc_walk_close(w);
}

#endif
