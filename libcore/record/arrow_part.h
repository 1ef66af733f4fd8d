/*
 * arrow_part - a column of a batch as the buffers of an Arrow message.
 *
 * Buffers point at the column's own memory wherever the layout is the same; what has to be made (validity of doubles,
 * offsets that begin at 0) is made in an arena.  Each buffer is summed here, so that it happens in the thread that
 * prepares the batch, while the column is in its cache.
 */
#ifndef OC_RECORD_ARROW_PART_H
#define OC_RECORD_ARROW_PART_H

#include "base/arena.h"
#include "base/err.h"
#include "record/arrow_sum.h"
#include "record/batch.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct oc_arrow_piece {
    const void *p;              /* borrowed; NULL with n 0: an empty buffer */
    size_t n;                   /* bytes, without padding */
    struct oc_arrow_sum sum;
};

struct oc_arrow_part {
    uint64_t nulls;
    unsigned npiece;            /* validity, values; or validity, offsets, text */
    struct oc_arrow_piece piece[3];
};

/*
 * Rows [from, from + rows) of a loaded column; from is a multiple of 64.  plain: a dictionary column as text; else its
 * values are left out (they are numbered anew, arrow_dict.h).  Text that is not UTF-8, which Arrow requires: OC_DATA.
 */
int oc_arrow_part_make(const struct oc_col *c, bool plain, size_t from, size_t rows, struct oc_arena *a,
                       struct oc_arrow_part *out, struct oc_err *err);
/* Point a piece at its bytes and sum them. */
void oc_arrow_part_set(struct oc_arrow_piece *x, const void *p, size_t n);

/* Is it UTF-8 throughout (RFC 3629: no surrogates, nothing above U+10FFFF, no longer form than needed)? */
bool oc_arrow_part_utf8(const char *s, size_t n);

#endif
