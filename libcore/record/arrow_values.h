/*
 * arrow_values - the columns of an Arrow record batch as columns of a batch.
 *
 * Two steps.  First the physical layout becomes the natural one of our types (here and in arrow_fixed.c): in place
 * where it is ours already, else in the batch's arena.  Then, where the column means something of another type (an
 * int64 `bid`, a text `symbol`), the natural values are converted (arrow_cast.c); what does not is a malformed cell.
 */
#ifndef OC_RECORD_ARROW_VALUES_H
#define OC_RECORD_ARROW_VALUES_H

#include "record/arrow_read.h"
#include "record/batch.h"

/* The format's parse (struct oc_format). */
int oc_arrow_values_parse(const struct oc_reader *r, struct oc_block *blk, struct oc_batch *b, struct oc_err *err);

#endif
