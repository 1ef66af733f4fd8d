/*
 * arrow_values - the columns of an Arrow record batch as columns of a batch.
 *
 * Two steps.  First the physical layout becomes the natural one of our types (arrow_values.c): in place where it is
 * ours already, else in the batch's arena.  Then, where the column means something of another type (an int64 `bid`, a
 * text `symbol`), the natural values are converted (arrow_cast.c); what does not convert is a malformed cell.
 */
#ifndef OC_RECORD_ARROW_VALUES_H
#define OC_RECORD_ARROW_VALUES_H

#include "record/arrow_read.h"
#include "record/batch.h"
#include "record/cell.h"

/* The format's parse (struct oc_format). */
int oc_arrow_values_parse(const struct oc_reader *r, struct oc_block *blk, struct oc_batch *b, struct oc_err *err);

/* v holds values of v->type for b's rows; make them c->type, with --map's factor applied, and put them into c. */
int oc_arrow_cast(struct oc_batch *b, const struct oc_reading *reading, struct oc_col *v, struct oc_col *c,
                  struct oc_err *err);
/* Row r of a column that is not f64 is missing: bit 0, the bitmap made when it is the first. */
int oc_arrow_cast_missing(struct oc_batch *b, struct oc_col *c, size_t row, struct oc_err *err);

#endif
