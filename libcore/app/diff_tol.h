/*
 * diff_tol - how far two numbers may lie apart and still be called equal.
 *
 *     1e-9                    apart by 1e-9 at most, absolutely or by the larger of the two
 *     abs:1e-6  rel:1e-9      one of the two ways
 *     ulp:4                   at most 4 doubles apart
 *     price=abs:1e-6,iv=rel:1e-9,1e-12    by column; without a name: all others
 *
 * Several for one column: each of them suffices.
 */
#ifndef OC_APP_DIFF_TOL_H
#define OC_APP_DIFF_TOL_H

#include "base/err.h"

#include <stdbool.h>
#include <stdint.h>

struct oc_diff_tol { double abs, rel; uint64_t ulp; };      /* all 0: equal values only */

/* What the spec says of a column (NULL spec: nothing).  OC_USAGE where it is none. */
int oc_diff_tol_of(const char *spec, const char *column, struct oc_diff_tol *t, struct oc_err *err);
/* Is every column that the spec names known?  If not, OC_COLUMN. */
int oc_diff_tol_check(const char *spec, bool (*known)(const void *ctx, const char *name, size_t len), const void *ctx,
                      struct oc_err *err);

/* How many doubles lie between, -0 and 0 being one; no NaN. */
uint64_t oc_diff_tol_ulps(double a, double b);
bool oc_diff_tol_within(const struct oc_diff_tol *t, double a, double b);

#endif
