/*
 * blocks - work over paths in fixed blocks of 4,096, on any number of threads, with sums that have one shape.
 *
 * Block b covers paths [b * 4096, (b + 1) * 4096), the last one what is left.  fn computes the figures of one block, alone;
 * blocks are combined by index, so the result does not depend on threads or shards.
 */
#ifndef OC_SIM_BLOCKS_H
#define OC_SIM_BLOCKS_H

#include "base/err.h"

#include <stddef.h>
#include <stdint.h>

enum { OC_BLOCK = 4096 };

/* One block: paths first .. first + n - 1.  room is the thread's own (made by .open below). */
struct oc_blocks {
    void *(*open)(void *ctx, struct oc_err *err);       /* a thread's memory; NULL function: none */
    void (*close)(void *room);
    int (*fn)(void *ctx, void *room, uint64_t block, uint64_t first, size_t n, double *figures, struct oc_err *err);
    void *ctx;
    size_t figures;                                     /* doubles a block */
    unsigned threads;                                   /* 0: all cores */
};

/*
 * Blocks from .. to - 1 of `paths` paths: out[(b - from) * figures + i].  On failure the error of the lowest block.
 */
int oc_blocks(const struct oc_blocks *job, uint64_t paths, uint64_t from, uint64_t to, double *out, struct oc_err *err);

static inline uint64_t oc_blocks_of(uint64_t paths) { return paths / OC_BLOCK + (paths % OC_BLOCK != 0); }

/* total[i] = sum over n blocks of figure i, in index order, in double-double; the bits of one run for any set of shards. */
void oc_blocks_total(size_t n, size_t figures, const double *of_block, double *total);

#endif
