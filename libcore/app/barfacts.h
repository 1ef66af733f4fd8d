/*
 * barfacts - what one tick says about the market's quality, for --metadata 2 and 3: spread, execution, returns, and the two
 * figures that reach over bars, VPIN and the realised spread.
 *
 * VPIN: volume is cut into buckets of V, a tick into as many as it fills; the figure is the mean over the last N full
 * buckets of |bought - sold| / V (Easley, Lopez de Prado, O'Hara, "Flow Toxicity and Liquidity in a High-frequency World",
 * Review of Financial Studies 25, 2012), with trades classified one by one instead of in bulk.  Exact, rounded once.
 *
 * Realised spread: 2 sign (price - middle of the quote that stands when `delay` has passed since the trade) (Huang and
 * Stoll, "Dealer versus auction markets", Journal of Financial Economics 41, 1996), weighted by size, in the bar in which
 * the delay ends.  Trades of unknown sign, and those whose delay ends without a quote, do not count.  Memory grows with the
 * trades within one delay.
 */
#ifndef OC_APP_BARFACTS_H
#define OC_APP_BARFACTS_H

#include "app/barkeep.h"
#include "base/decimal.h"
#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { OC_BARFACTS_BUCKETS = 1000 };        /* most of --vpin V:N */

struct oc_barfactopts {
    int tier;                   /* 2 or 3 */
    struct oc_decimal bucket;   /* --vpin V; m 0: not wanted */
    int64_t buckets;
    int64_t delay;              /* ns */
    double round_lot;
};

/* Of one tick.  NaN: not known. */
struct oc_barfact {
    bool sided, locked, crossed;        /* the quote that stands has both sides */
    __int128 spread;                    /* ask - bid in units, where it has both and is not crossed */
    double bps;                         /* of the middle */
    double size;                        /* NaN: ticks have none */
    double effective;                   /* 2 |price - middle| */
    int8_t place;                       /* -1 better than bid and ask, 0 at one of them, +1 beyond */
    int8_t sign;
    double change, ret;                 /* price - price before; log of their ratio */
    double realized, matured;           /* sum of realised spread times size of the trades whose delay ended; their size */
    double vpin;
};

struct oc_barfacts;
struct oc_barsymbol;
struct oc_bartick;

struct oc_barfacts *oc_barfacts_new(const struct oc_barfactopts *o);
void oc_barfacts_free(struct oc_barfacts *f);           /* NULL accepted */
int oc_barfacts_units(struct oc_barfacts *f, int size_places);
int oc_barfacts_rescale(struct oc_barfacts *f, int price, int size);
void oc_barfacts_keep(struct oc_barkeep *k, struct oc_barfacts *f);

/* Before a row's quote is taken: trades whose delay ended before ts see the quote that stands. */
void oc_barfacts_mature(struct oc_barfacts *f, const struct oc_barsymbol *s, int64_t ts);
/* Of a tick whose quote is taken and whose price is not yet that of the symbol.  -1: no memory. */
int oc_barfacts_tick(struct oc_barfacts *f, const struct oc_barsymbol *s, int64_t ts, __int128 price, __int128 size,
                     bool sized, int8_t sign, struct oc_barfact *out);

#endif
