/* figurestore - figures of blocks in memory, by item and block: what a shard has computed, or what shards have brought. */
#ifndef OC_APP_FIGURESTORE_H
#define OC_APP_FIGURESTORE_H

#include "base/err.h"

#include <stddef.h>
#include <stdint.h>

/* Room for n blocks from `block` on, k doubles each; *store is made by the first call. */
double *oc_figurestore_add(void **store, uint64_t item, uint64_t block, uint64_t n, size_t k, struct oc_err *err);
/* NULL: there is none. */
const double *oc_figurestore_get(const void *store, uint64_t item, uint64_t block, size_t *k);
/*
 * Blocks that came twice: *twice counts those with the same bits.  OC_DATA, naming it, for one that came with different ones;
 * *items, *blocks: one more than the largest.
 */
int oc_figurestore_check(const void *store, uint64_t *twice, uint64_t *items, uint64_t *blocks, struct oc_err *err);
/* The i-th run of blocks in the order in which they came; 0 past the last. */
struct oc_figurerun { uint64_t item, block, n; size_t k; double *v; };
int oc_figurestore_at(const void *store, size_t i, struct oc_figurerun *out);
void oc_figurestore_free(void *store);

#endif
