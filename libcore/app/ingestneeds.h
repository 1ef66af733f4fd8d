/*
 * ingestneeds - rows that do not say what they are of: malformed input, which obeys --on-error.
 *
 * A row needs the columns without which its kind cannot tell one record from another: of what the kind needs, what stands in
 * its key (an instant, a symbol; strike, type and expiry, or the contract symbol).  Prices may lack: that is oc-validate's.
 */
#ifndef OC_APP_INGESTNEEDS_H
#define OC_APP_INGESTNEEDS_H

#include "record/batch.h"

/*
 * Note the rows of b that lack such a cell (oc_bad_row).  Columns that the batch has not at all are not looked for.
 * symbol: the rows need that too, whether their kind does or not.
 */
int oc_ingestneeds_check(struct oc_batch *b, const struct oc_kind *kind, bool symbol, struct oc_err *err);

#endif
