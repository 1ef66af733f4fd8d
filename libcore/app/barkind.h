/*
 * barkind - what builds bars of one kind: a word that says how long they are, a little state, and a step over a run.
 *
 * A builder sees the ticks of one symbol in their order, in runs of any length, and writes rows for the bars that end.  Its
 * state is .state_size bytes a symbol, zero at first.  A bar holds whole ticks; the difference of two sums is what it holds.
 */
#ifndef OC_APP_BARKIND_H
#define OC_APP_BARKIND_H

#include "app/barclock.h"
#include "app/barkeep.h"
#include "app/barmeta.h"
#include "app/barrows.h"
#include "app/barrun.h"
#include "base/decimal.h"
#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* The bars asked for by one word of an option. */
struct oc_barspec {
    const struct oc_barkind *kind;
    char name[48];              /* as `interval` has it: "5m", "tick:100" */
    int64_t step;               /* time: ns, 0 a day, -1 a week; tick: how many; imbalance by ewma: ticks of the first bar */
    struct oc_decimal limit;    /* volume, dollar, range, renko, imbalance */
    bool ewma;                  /* imbalance: the limit is what is expected; */
    int64_t low, high;          /* the expected number of ticks is held between them */
};

struct oc_barlimit {            /* spec->limit in the units of a symbol */
    __int128 narrow;
    struct oc_wide wide;        /* dollar */
};

/* The bar that a builder has open; of each builder and symbol. */
struct oc_baropen {
    bool open;
    bool any;                   /* there has been one */
    int64_t ts, end;            /* first instant; time bars: the instant after the last, as the clock has it */
    int64_t last;               /* of the last tick */
    int64_t floor;              /* end of the bar before: bars of one kind do not overlap */
    double o, h, l, c;          /* c stays after the bar is closed */
    int8_t part;
    struct oc_barsum from;      /* what had gone by before it */
    struct oc_barsum closed;    /* all bars so far, for the proof at the end */
};

/* One run for one builder. */
struct oc_barfeed {
    const struct oc_barclock *clock;
    const struct oc_barspec *spec;
    const struct oc_barrun *run;
    const struct oc_barlimit *limit;
    struct oc_baropen *open;
    void *state;
    struct oc_barmeta *meta;    /* NULL: not wanted */
    double round_lot;
    int price_places, size_places;
    bool fill;
    struct oc_barrows *rows;
    uint32_t symbol;
    uint16_t number;            /* of the spec */
    size_t *limit_at;           /* written by oc_barfeed_limit() */
    struct oc_err *err;
};

enum { OC_BARLIMIT_PRICE = 1, OC_BARLIMIT_SIZE, OC_BARLIMIT_MONEY, OC_BARLIMIT_TICKS };     /* what spec->limit counts */

struct oc_barkind {
    const char *name;           /* "volume": also the option --volume, and before the colon of `interval` */
    const char *title;
    size_t state_size;
    int unit;                   /* OC_BARLIMIT_...; 0: no limit of that kind */
    bool from_bars;             /* can be made of finer bars */
    bool needs_size;
    /* Read the word behind the option.  OC_USAGE where it means nothing. */
    int (*read)(struct oc_barspec *spec, const char *word, struct oc_err *err);
    int (*feed)(const struct oc_barfeed *f);
    /* Units of the symbol became smaller: price by 10^price, size by 10^size.  -1: does not fit.  NULL: nothing to do. */
    int (*rescale)(void *state, int price, int size);
    void (*keep)(struct oc_barkeep *k, void *state);    /* for --state; NULL: nothing */
};

#define BARKIND(name) extern const struct oc_barkind oc_barkind_##name;
#include "app/bars.def"
#undef BARKIND

/* The kind of that option's name, or NULL; all of them by number from 0, NULL behind the last. */
const struct oc_barkind *oc_barkind_find(const char *name);
const struct oc_barkind *oc_barkind_at(size_t i);

#endif
