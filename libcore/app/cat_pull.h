/*
 * cat_pull - records read batch by batch when the reader asks: for what writes no records (digests, tables,
 * comparisons of two streams) and so has no use for the filter loop.
 *
 * --where, --keep and --drop are applied.  A malformed row is an error with its position; what needs another
 * --on-error goes through oc-cat into a file first.
 */
#ifndef OC_APP_CAT_PULL_H
#define OC_APP_CAT_PULL_H

#include "base/err.h"
#include "record/batch.h"
#include "record/expr.h"
#include "record/input.h"
#include "record/run.h"

#include <stddef.h>
#include <stdint.h>

struct oc_cat_pull {
    struct oc_schema schema;    /* of the batches that come */
    struct oc_batch batch;
    uint64_t rows;              /* given so far */
    /* private */
    const struct oc_io *io;
    size_t npath, next;
    const char *const *path;
    struct oc_input *first, *last;
    struct oc_block blk;
    struct oc_expr *where;
    size_t npick;
    size_t *pick;               /* column i of a batch is column pick[i] of the input; NULL: all as they are */
};

/*
 * Open the first of n paths (none: stdin); the others follow and must have the same columns.  kinds: as in struct
 * oc_work.  p is zeroed by the caller, and closed by it after a failure too.
 */
int oc_cat_pull_open(struct oc_cat_pull *p, const struct oc_io *io, size_t n, const char *const *path,
                     const char *kinds, struct oc_err *err);
/* 1: p->batch holds at least one row, all its columns loaded, until the next call; 0: the end; -1. */
int oc_cat_pull_next(struct oc_cat_pull *p, struct oc_err *err);
void oc_cat_pull_close(struct oc_cat_pull *p);

#endif
