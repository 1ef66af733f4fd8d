/*
 * ladder - which strikes are listed round a price.
 *
 * Strikes are multiples of a step as market/ticks.h has them, so that one listed today is found again tomorrow by ==.
 */
#ifndef OC_MARKET_LADDER_H
#define OC_MARKET_LADDER_H

#include "base/err.h"
#include "market/listing.h"

#include <stddef.h>
#include <stdint.h>

enum oc_ladder_how {
    OC_LADDER_STEP,         /* explicit interval */
    OC_LADDER_AUTO,         /* 2 k sigma sqrt(T) spot / (count - 1), k = 4, snapped to the nearest usual step that keeps all strikes above 0 */
    OC_LADDER_LISTED        /* an exchange's rule by strike and by days to expiry (data: libcore/market/data/strikes.tab) */
};

struct oc_ladder {
    enum oc_ladder_how how;
    double step;                /* STEP: > 0 */
    struct oc_listing listing;  /* LISTED: oc_listing_find() fills it */
    unsigned size;              /* strikes on each side; 2 size + 1 in all, fewer only where one would be <= 0 */
};

enum { OC_LADDER_SIZE_MAX = 1000000 };

/* The usual step nearest to x > 0: 0.01 0.05 0.10 0.25 0.5 1 2.5 5 10 25 50 100 150 200 250, ties to the larger. */
double oc_ladder_snap(double x);
/*
 * The step of an AUTO ladder: where the lowest strike would not be above 0, the largest usual step below with which all
 * are, or the smallest one.  OC_USAGE where it has none: size 0, or volatility, time or spot not above 0.
 */
int oc_ladder_auto(const struct oc_ladder *l, double spot, double vol, double years, double *step, struct oc_err *err);
/*
 * Ascending strikes for one expiry: anchor = spot rounded half up to a multiple of the step; of a LISTED ladder the
 * nearest strike that its rule lists, half up, and the sides are the next ones that it lists.
 *   strikes at least 2 size + 1 doubles; *n how many.  OC_USAGE where the ladder has no strike above 0.
 */
int oc_ladder_strikes(const struct oc_ladder *l, double spot, double vol, double years, double *strikes, size_t *n,
                      struct oc_err *err);

#endif
