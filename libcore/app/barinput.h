/*
 * barinput - the rows of one symbol in a batch as a run: checked, in units, with their sums.
 *
 * Two inputs make runs: ticks (barticks.c) and finer bars (barfiner.c).  Both are asked for the columns once a batch, and
 * then for each symbol.  A row that cannot be used is told with oc_bad_row() and is in no run.
 */
#ifndef OC_APP_BARINPUT_H
#define OC_APP_BARINPUT_H

#include "app/bars.h"

struct oc_barinput {
    struct oc_bars *bars;
    struct oc_batch *in;
    const uint64_t *bad;            /* rows that cannot be read */
    struct oc_intcol ts;
    struct oc_symcol symbol;
    struct oc_barwhosecols whose;
    const double *price, *size, *bid, *ask;                                     /* ticks */
    struct oc_symcol event, side;
    const double *open, *high, *low, *close, *volume, *money, *vwap, *buy, *sell;     /* finer bars */
    struct oc_intcol end, trades;
    struct oc_symcol interval;
    const struct oc_col *complete;
};

/* What is done with the rows of one symbol in a batch. */
typedef int oc_barinput_group(struct oc_barinput *x, struct oc_barsymbol *s, const uint32_t *row, size_t n, void *ctx,
                              struct oc_err *err);
/* For each symbol of the batch, in order of its first row. */
int oc_bars_each_symbol(struct oc_barinput *x, oc_barinput_group *fn, void *ctx, struct oc_err *err);

int oc_barticks_bind(struct oc_barinput *x, struct oc_err *err);
int oc_barticks_run(struct oc_barinput *x, struct oc_barsymbol *s, const uint32_t *row, size_t n, struct oc_barrun *run,
                    struct oc_err *err);
/* One row in units; what it says of price, size and quote. */
struct oc_bartick { __int128 price, size, bid, ask; uint32_t row; bool trade, quote; int8_t side; };
/* The usable rows of a symbol, *kept of them; its units are fine enough for all. */
int oc_barticks_read(struct oc_barinput *x, struct oc_barsymbol *s, const uint32_t *row, size_t n, struct oc_bartick *t,
                     size_t *kept, struct oc_err *err);
/* The quote of a row becomes the one that stands. */
void oc_barticks_quote(struct oc_barsymbol *s, const struct oc_bartick *t);
/* The price of the row by --price; false: it has none. */
bool oc_barticks_price(const struct oc_bars *b, const struct oc_barsymbol *s, const struct oc_bartick *t, __int128 *price);
/* A price behind the one before: the direction of the symbol, and who began the trade: +1 bought, -1 sold, 0 not known. */
int8_t oc_barticks_sign(const struct oc_bars *b, struct oc_barsymbol *s, const struct oc_bartick *t, __int128 price);
int oc_barfiner_bind(struct oc_barinput *x, struct oc_err *err);
int oc_barfiner_run(struct oc_barinput *x, struct oc_barsymbol *s, const uint32_t *row, size_t n, struct oc_barrun *run,
                    struct oc_err *err);

/* ---- for both ---- */

/* A row that is told and left out: 2, or -1 without memory. */
static inline int oc_barinput_bad(int rc) { return rc ? -1 : 2; }

/* A value in units of 10^-places: 0; 1 it needs *places of them; -1 it is none that can be added up. */
int oc_barinput_units(double v, int *places, __int128 *units);
/* The part of the day, remembered by the minute. */
enum oc_barpart oc_barinput_part(struct oc_bars *b, int64_t ts);
/* Arrays of a run of at most n ticks, in the batch's arena. */
struct oc_barfill {
    int64_t *ts, *end;
    double *open, *high, *low, *close;
    __int128 *price;
    struct oc_barsum *sum;
    int8_t *sign, *part;
    uint32_t *record;
    struct oc_barfact *fact;
};
int oc_barinput_arrays(struct oc_batch *in, size_t n, bool finer, bool facts, struct oc_barfill *a, struct oc_barrun *run,
                       struct oc_err *err);
/* The sums are what the symbol's are from now on; checked. */
int oc_barinput_done(struct oc_barsymbol *s, const struct oc_barrun *run, struct oc_err *err);
/* Does the calendar know the day of a row?  0; 2 bad row; -1. */
int oc_barinput_covered(struct oc_barinput *x, size_t row, int64_t ts, struct oc_err *err);
/* Why an instant is refused behind the one before. */
int oc_barinput_backwards(struct oc_barinput *x, size_t row, int64_t ts, int64_t before, struct oc_err *err);

#endif
