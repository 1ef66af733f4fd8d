/*
 * baradjust - splits and dividends: prices before them made comparable with those after (oc-bars --adjust).
 *
 * Back-adjusted: what is traded last stays as it is.  A price before an ex-date is divided by the new shares for an old one
 * (split: proportion; stock: 1 + proportion), sizes are multiplied by them, and multiplied by
 *     1 - amount / close,     close the last price before the ex-date, as traded; or 1 - proportion
 * for cash and special dividends: the rule of CRSP and of the data vendors.  Dates begin as days of bars do (barclock.h).
 * Closes are found by reading the input beforehand, so where an amount needs one it must be files, of trades and without
 * --where.
 */
#ifndef OC_APP_BARADJUST_H
#define OC_APP_BARADJUST_H

#include "app/barclock.h"
#include "record/run.h"

#include <stddef.h>
#include <stdint.h>

struct oc_baradjust;
struct oc_baradjust_events;     /* of one symbol */

/* Multipliers of prices and of sizes; and prices / split, rounded once where there is no dividend. */
struct oc_barfactor { double cash, split; };

/* traded: bars are of trades, as closes are. */
int oc_baradjust_open(struct oc_io *io, const struct oc_barclock *clock, bool traded, const char *path,
                      struct oc_baradjust **a, struct oc_err *err);
void oc_baradjust_free(struct oc_baradjust *a);         /* NULL accepted */

/* NULL: nothing happened to that symbol. */
const struct oc_baradjust_events *oc_baradjust_of(const struct oc_baradjust *a, const char *symbol, size_t n);
/* Of an instant. */
struct oc_barfactor oc_baradjust_at(const struct oc_baradjust_events *e, int64_t ns);

static inline double oc_baradjust_price(struct oc_barfactor f, double p) { return p * f.cash / f.split; }

#endif
