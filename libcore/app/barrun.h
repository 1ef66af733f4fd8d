/*
 * barrun - consecutive ticks of one symbol, as the builders of bars see them: prices, and sums up to each tick.
 *
 * The sums are exact: prices and sizes are decimals, counted in whole units of 10^-price_places and 10^-size_places of the
 * symbol.  What a bar holds is the difference of two sums, so that bars of any kind lose nothing and none adds twice.
 */
#ifndef OC_APP_BARRUN_H
#define OC_APP_BARRUN_H

#include "app/barfacts.h"
#include "base/wide.h"

#include <stddef.h>
#include <stdint.h>

/* What has gone by of a symbol; all but ticks and parts are in its units. */
struct oc_barsum {
    struct oc_wide dollar;      /* price * size */
    __int128 volume, buy, sell;
    __int128 spread;            /* ask - bid, over the ticks whose quote is known */
    int64_t quoted;             /* those ticks */
    int64_t trades;
    int64_t parts;              /* changes between parts of the day */
    int64_t unfinished;         /* finer bars of which complete is false */
    /* ticks or finer bars that do not say their size, their money, their sides, their number of trades */
    int64_t unsized, unpaid, unsided, uncounted;
};

struct oc_barrun {
    size_t n;
    const int64_t *ts;          /* not descending */
    const int64_t *end;         /* finer bars: the instant after each; NULL: ticks */
    const double *open, *high, *low, *close;    /* ticks: one array, four times */
    const __int128 *price;      /* close in units */
    const struct oc_barsum *sum;        /* n + 1: before each tick, and behind the last */
    const int8_t *sign;         /* +1 bought, -1 sold, 0 not known */
    const int8_t *part;         /* enum oc_barpart */
    const uint32_t *record;     /* of the batch */
    const struct oc_barfact *fact;      /* --metadata 2 and 3; NULL: not wanted */
};

#endif
