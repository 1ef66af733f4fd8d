/*
 * arrow_cast - natural values of an Arrow column to the type that its meaning asks for.
 *
 * What a CSV cell would be read as is also read here: a text that holds a number, a number whose unit --ts-unit tells,
 * 0 and 1 as booleans.  A value that does not convert is a malformed cell; a pair of types that means nothing (an
 * int64 expiry) is an error of the column.
 */
#ifndef OC_RECORD_ARROW_CAST_H
#define OC_RECORD_ARROW_CAST_H

#include "record/batch.h"
#include "record/cell.h"

/* v holds values of v->type for b's rows; make them c->type, with --map's factor applied, and put them into c. */
int oc_arrow_cast(struct oc_batch *b, const struct oc_reading *reading, struct oc_col *v, struct oc_col *c,
                  struct oc_err *err);
/* Row r of a column that is not f64 is missing: bit 0, the bitmap made when it is the first. */
int oc_arrow_cast_missing(struct oc_batch *b, struct oc_col *c, size_t row, struct oc_err *err);

#endif
