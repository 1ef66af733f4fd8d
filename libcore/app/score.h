/*
 * score - oc-validate --score: what was found against what was planted, check by check.
 *
 * Findings are the check records of --checks (with --samples all; summaries are passed over), labels those of --inject
 * --labels.  A finding belongs to a label of its check
 *     by line of the file that was checked; of a label that lasts (end_ts), by line, or by symbol and instants that overlap
 *     of a file (neither line nor instant): by file
 *     of arbitrage: by instant and contract, any leg of the finding
 * A label that nothing found is missed.  A finding without a label of its check is false, unless it is at a record (or in
 * the stretch, or at an instant and contract) that has another label, whose consequence it may be: those are counted as
 * `explained`, neither for nor against.
 * A label of the band `safe` explains, but need not be found.
 *     recall = found labels / labels,  precision = findings with a label / (these + false)
 * Checks without labels are told only where they found something.
 */
#ifndef OC_APP_SCORE_H
#define OC_APP_SCORE_H

#include "app/check.h"
#include "app/statrows.h"
#include "record/run.h"

struct oc_score {
    struct oc_io *io;
    const char *checks_file, *truth_file;       /* --score, --truth */
    double min_precision;                       /* --min-precision; 0.99 */
};

/* stat records on the output, a table by oc_say.  OC_RULE where recall is below 1 or precision below its least. */
int oc_score_run(const struct oc_score *s, struct oc_err *err);

#endif
