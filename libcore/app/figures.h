/*
 * figures - the figures of blocks of paths: computed, computed in part for a shard, or read from shards.
 *
 * A command of oc-mc asks for the figures of an item (a contract, a book, a trade log) and does not know which of the three it
 * is, so a merge ends in the same code, and the same bytes, as the single run.
 */
#ifndef OC_APP_FIGURES_H
#define OC_APP_FIGURES_H

#include "base/buf.h"
#include "base/err.h"
#include "record/run.h"
#include "sim/blocks.h"

#include <stdbool.h>
#include <stdint.h>

enum oc_figures_mode { OC_FIGURES_WHOLE, OC_FIGURES_SHARD, OC_FIGURES_MERGE };

struct oc_figures {
    enum oc_figures_mode mode;
    uint64_t index, count;          /* SHARD: --shard index/count, 1-based */
    uint64_t after;                 /* SHARD: --after: paths that an earlier run has */
    uint64_t paths;                 /* of the whole, said by the first item; MERGE: of all shards */
    void *own;                      /* rows for a shard's file, or what was read of shards */
};

/* Blocks from .. to - 1, `figures` doubles each, into out; as oc_mc_blocks. */
typedef int oc_figures_fn(void *ctx, uint64_t paths, uint64_t from, uint64_t to, double *out, struct oc_err *err);

/*
 * All blocks of `paths` paths of item number `item` (0, 1, ...), `k` doubles each.
 *   1   out[oc_blocks_of(paths) * k] is filled
 *   0   this is a shard: its part was computed and kept, there is nothing to conclude from it
 *   -1  err
 */
int oc_figures_get(struct oc_figures *f, uint64_t item, uint64_t paths, size_t k, oc_figures_fn *fn, void *ctx, double *out,
                   struct oc_err *err);
/* A run whose number of paths depends on its figures or on the clock cannot be sharded: OC_USAGE. */
int oc_figures_fixed(const struct oc_figures *f, const char *option, struct oc_err *err);
void oc_figures_free(struct oc_figures *f);

#endif
