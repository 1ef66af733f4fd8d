/*
 * mcfixings - the times at which a claim looks at its underlying: evenly over the life, or on dates.
 *
 * fixing_dates: YYYY-MM-DD joined by |, ascending, each at the hour when an option of the row would expire, by the row's
 * calendar, on which they are trading days.  Dates that are over at ts count as done.  The last is the expiry or before it.
 */
#ifndef OC_APP_MCFIXINGS_H
#define OC_APP_MCFIXINGS_H

#include "app/mcclaim.h"

/*
 * n times from `first` to `last`, evenly, both included; one time is the last.  0; too many, or none, are noted of the
 * column `name`; -1.
 */
int oc_mcfixings_between(struct oc_mcclaim_rows *rows, size_t r, const char *name, struct oc_claim *c, int64_t n,
                         double first, double last);
/* n times evenly over the life, the last at its end. */
int oc_mcfixings_over(struct oc_mcclaim_rows *rows, size_t r, const char *name, struct oc_claim *c, int64_t n);
bool oc_mcfixings_dated(const struct oc_mcclaim_rows *rows, size_t r);
/*
 * The times of fixing_dates into c, *done of them over.  count: what the column `name` says of their number, which must
 * agree; below 0: nothing.  1; 0: the row is malformed and noted; -1.
 */
int oc_mcfixings_dates(struct oc_mcclaim_rows *rows, size_t r, struct oc_claim *c, const char *name, int64_t count,
                       int64_t *done);

#endif
