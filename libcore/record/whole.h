/*
 * whole - blocks that hold whole chains: between a format, which cuts where it likes, and the step (struct oc_work .whole).
 *
 * A chain is the longest run of rows equal in the columns of .whole that the input has.  The reading thread finds where
 * runs begin, keeps the rows of the one that is still open, and hands on the bytes (text) or values (Arrow) of those that
 * are over.  A row whose cells cannot be told apart, or whose key cannot be read, begins no chain: it goes with the rows
 * before it, or with the first chain of the input.  An input's end ends its last chain.  Where the input fails before
 * that, the rows of the open chain are not handed on: no step sees half a chain.
 *
 * Cells are compared as the values they mean: "SPX" and SPX are one text, 20:15Z and 16:15-04:00 one instant.
 */
#ifndef OC_RECORD_WHOLE_H
#define OC_RECORD_WHOLE_H

#include "base/err.h"
#include "record/format.h"

#include <stdbool.h>
#include <stddef.h>

struct oc_input;
struct oc_whole;

/*
 * columns: blank-separated names; s: the first input's schema (later ones come in its order).  again: a chain may come
 * again behind other rows; else that is refused.  Both last as long as the run.
 */
struct oc_whole *oc_whole_new(const char *columns, bool again, const struct oc_schema *s, const struct oc_limits *limits,
                              struct oc_err *err);
/* As a format's cut, of the input that is being read. */
int oc_whole_cut(struct oc_whole *w, struct oc_input *in, struct oc_block *blk, struct oc_err *err);
/*
 * The chains of a batch that came this way: the first row of each in the batch's arena, and b->rows behind the last.  Rows
 * of malformed records and with unreadable keys are the chain's before them (the first one's, at the beginning).
 * Returns their number; -1: no memory.
 */
ptrdiff_t oc_whole_chains(struct oc_batch *b, const char *columns, size_t **first, struct oc_err *err);
void oc_whole_free(struct oc_whole *w);         /* NULL accepted */

#endif
