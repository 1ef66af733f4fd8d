/*
 * diff - two streams compared: rows of one only, and cells that differ.
 *
 * Rows belong together by the kind's key (or --key), the k-th of a key on one side to the k-th on the other; without
 * a key by their position.  Key columns that a stream lacks count as empty.  Encoding, batches and the order of
 * columns do not count.
 *
 * Both streams are read in step.  A row whose partner has not come yet is held, so memory grows with how far the
 * streams are out of order, not with their length; two streams in the same order need no more than their batches.
 */
#ifndef OC_APP_DIFF_H
#define OC_APP_DIFF_H

#include "base/err.h"
#include "record/run.h"

struct oc_diff_spec {
    const char *key;            /* columns by commas; "": by position; NULL: of the kind */
    const char *tolerance;      /* diff_tol.h; NULL: none */
    bool list;                  /* every difference as a CSV row instead of the summary */
};

/*
 * Compare io->input[0] and [1], the report to io->output or stdout; nothing is written where they are equal.
 * 0: equal; -1 with OC_RULE: they differ.
 */
int oc_diff(const struct oc_io *io, const struct oc_diff_spec *spec, struct oc_err *err);

#endif
