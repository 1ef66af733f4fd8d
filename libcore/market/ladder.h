/*
 * ladder - strikes and ticks: which strikes are listed round a price, and which prices may be quoted.
 */
#ifndef OC_MARKET_LADDER_H
#define OC_MARKET_LADDER_H

#include "base/err.h"

#include <stddef.h>
#include <stdint.h>

enum oc_ladder_how {
    OC_LADDER_STEP,         /* explicit interval */
    OC_LADDER_AUTO,         /* 2 k sigma sqrt(T) / (count - 1), k = 4, snapped to the nearest usual step */
    OC_LADDER_LISTED        /* an exchange's rule by strike and by days to expiry (data: libcore/market/data/strikes.tab) */
};

struct oc_ladder {
    enum oc_ladder_how how;
    double step;                /* STEP: > 0 */
    const char *listing;        /* LISTED: name of the rule, "spx", "equity", ... */
    unsigned size;              /* strikes each side of the anchor; 2 size + 1 in all, fewer only where a strike would be <= 0 */
};

/* The usual step nearest to x > 0: 0.01 0.05 0.10 0.25 0.5 1 2.5 5 10 25 50 100 150 200 250, ties to the larger. */
double oc_ladder_snap(double x);
/*
 * Ascending strikes for one expiry: anchor = spot rounded half up to a multiple of the step.
 *   strikes at least 2 size + 1 doubles; *n how many.  OC_USAGE where the ladder has no strike above 0.
 */
int oc_ladder_strikes(const struct oc_ladder *l, double spot, double vol, double years, double *strikes, size_t *n,
                      struct oc_err *err);

/* Tick sizes by price: "0.01", "0.05<3,0.10" (0.05 below 3, else 0.10). */
struct oc_ticks { size_t n; double below[8], tick[8]; };        /* the last `below` is infinity */
int oc_ticks_parse(const char *text, struct oc_ticks *t, struct oc_err *err);
double oc_ticks_size(const struct oc_ticks *t, double price);
/* The multiple of the tick at or below, at or above a price. */
double oc_ticks_down(const struct oc_ticks *t, double price);
double oc_ticks_up(const struct oc_ticks *t, double price);

#endif
