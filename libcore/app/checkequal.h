/*
 * checkequal - tier 1, rows that are equal: in all cells (duplicate), or in the key of their kind only (conflict), to one of
 * the same instant.
 *
 * They are looked for among the rows of one instant, a run of rows of equal ts in the stream; a stream without ts is one
 * run.  Digests of 128 bits stand for the cells (rowkeys.h).
 *
 * Memory: 80 bytes a row of the longest run.
 */
#ifndef OC_APP_CHECKEQUAL_H
#define OC_APP_CHECKEQUAL_H

#include "app/checking.h"

struct oc_seen { uint64_t h[2], other[2], run; };   /* a digest and what it stands beside; of which run */
struct oc_seenset { size_t n, nslot; struct oc_seen *slot; };

struct oc_checkequal {
    struct oc_seenset contents, keys;
    uint64_t run;                   /* number of the run of equal instants */
    int64_t ts;                     /* of the run */
};

void oc_checkequal_rows(struct oc_checking *k, struct oc_checkequal *c);
void oc_checkequal_free(struct oc_checkequal *c);

#endif
