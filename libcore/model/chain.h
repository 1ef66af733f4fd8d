/*
 * chain - a whole option chain as columns: expiries, strikes, volatilities, prices and quotes on both sides.
 *
 * What is listed and what it is worth, at one instant, from plain numbers; oc-chain prints one, oc-step one a step.
 * Nothing is ever lost: every strike of every listed expiry has a call and a put with an ask above 0; a bid is 0 where the
 * price less half the width does not reach a tick, as a market shows it.  bid <= price <= ask always, so what is free of
 * static arbitrage in prices is so at the quotes.
 *
 * Forward  F = (S - sum of the cash dividends before the expiry, each e^(-(rate - yield) years to it)) e^((rate - yield)
 *          years): escrowed dividends, the volatility is that of the forward.  Who holds a share for its yield as well has
 *          fewer shares at a dividend than at the expiry, hence the yield in its discount.  Rates of a curve are those
 *          from the chain's instant on, forwards where that is behind the curve's own.
 *
 * Prices are Black's; in spot form where there are no cash dividends and by_forward is not asked for, else in forward form
 * (pricing/pricer.h: rho and theta then hold the forward; delta and gamma are by a spot to which it is proportional).
 *
 * Spread (full width): max(tick, spread + proportional mid + moneyness |ln(K/S)| + tenor sqrt(days / 365)); the bid is
 * the price less half of it rounded down to the tick and never below 0, the ask rounded up and at least one tick.
 */
#ifndef OC_MODEL_CHAIN_H
#define OC_MODEL_CHAIN_H

#include "base/err.h"
#include "market/curve.h"
#include "market/ladder.h"
#include "market/schedule.h"
#include "market/ticks.h"
#include "model/smile.h"
#include "pricing/pricer.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { OC_CHAIN_STRIKES_MAX = 1 << 26 };    /* of all expiries; 8 bytes each are held */

enum oc_stick { OC_STICKY_DELTA, OC_STICKY_STRIKE, OC_STICKY_MODEL };

struct oc_spread { double spread, proportional, moneyness, tenor; };

struct oc_cash_dividend { int64_t ex; double amount; };     /* ns UTC of the ex-date's opening; price */

struct oc_chain_spec {
    struct oc_schedule schedule;
    struct oc_ladder ladder;
    bool pinned;                        /* strikes once listed for an expiry stay besides those round the spot of now;
                                           false: the ladder rolls with the spot */
    struct oc_ticks ticks;
    struct oc_spread spread;
    struct oc_smile smile;
    double vol;                         /* for the record: the level at the money as given, NaN: the smile has its own; the
                                           smile's parameters carry it */
    enum oc_stick stick;
    double rate, dividend_yield;
    const struct oc_curve *curve;       /* rate by expiry; NULL: `rate` */
    int64_t curve_from;                 /* ns UTC: the instant that its years count from */
    size_t ndividend;
    const struct oc_cash_dividend *dividend;    /* fall off the forward of later expiries (escrowed) */
    bool by_forward;                    /* price in forward form; implied by cash dividends */
    bool want[OC_QUANTITIES];           /* OC_PRICE always; Greeks as asked */
    bool sizes;                         /* bid_size, ask_size, volume, open_interest, from `seed` */
    uint64_t seed;
};

/* The state of the world that a chain is made of. */
struct oc_chain_at {
    int64_t ts;
    double spot;
    double level;                       /* volatility now / volatility at the start: scales the smile; 1 without a walk */
    double ref_spot;                    /* sticky strike: the spot at the start */
    uint64_t step;                      /* addresses sizes */
    /* OC_STICKY_MODEL: volatility of each option by the model in its present state; else NULL */
    int (*vol)(void *ctx, double years, double forward, size_t n, const double *k, double *vol, struct oc_err *err);
    void *ctx;
};

/* A listed expiry and its part of the ladders. */
struct oc_chain_slice {
    struct oc_listed listed;
    double years, rate, forward;
    size_t first, n;                    /* its strikes: ladder[first .. first + n) */
};

/* Columns of n rows; owned by the struct, valid until the next build.  Two rows a strike: call, then put. */
struct oc_chain_rows {
    size_t n, cap;
    size_t from;                        /* row 0 is this row of the whole chain */
    uint32_t *expiry;                   /* index into slice */
    double *side, *strike, *years, *iv, *forward, *rate;
    double *bid, *ask, *mid, *bid_size, *ask_size, *volume, *open_interest;     /* the last four NULL without sizes */
    double *value[OC_QUANTITIES];       /* NULL: not wanted */
    unsigned char *status;
    void *slab;                         /* behind the columns */
    /* what is listed */
    size_t nslice, capslice;
    struct oc_chain_slice *slice;       /* [nslice] */
    size_t nladder, capladder;
    double *ladder;                     /* [nladder] strikes of all expiries; nladder x 2 rows in the whole chain */
    /* memory of pinned ladders, in and out of oc_chain_list: date, settle, step (NaN), count, strikes ... for each expiry */
    size_t npinned, cappinned;
    double *pinned;
};

/* Spec is checked (OC_USAGE); afterwards it is constant and may be shared. */
int oc_chain_check(const struct oc_chain_spec *s, struct oc_err *err);
/*
 * oc_chain_build - the whole chain: oc_chain_list, then oc_chain_part of everything.
 *   error   OC_DATA where a volatility is not above 0, cash dividends exceed the spot, the calendar ends; OC_USAGE where
 *           the schedule lists nothing
 */
int oc_chain_build(const struct oc_chain_spec *s, const struct oc_chain_at *at, struct oc_chain_rows *out,
                   struct oc_err *err);
/* What is listed at an instant: slices and ladders of out, no rows. */
int oc_chain_list(const struct oc_chain_spec *s, const struct oc_chain_at *at, struct oc_chain_rows *out,
                  struct oc_err *err);
/* Rows [from, from + n) of what `list` lists, into the columns of out (which may be list); n strikes' rows, both even. */
int oc_chain_part(const struct oc_chain_spec *s, const struct oc_chain_at *at, const struct oc_chain_rows *list, size_t from,
                  size_t n, struct oc_chain_rows *out, struct oc_err *err);
/*
 * Is what is listed free of static arbitrage?  Model prices fall and are convex along the strikes of each expiry, and total
 * variance at equal K / F does not fall from one expiry to the next.  OC_USAGE with the place.  A breach below 1e-12 of
 * forward and strike is rounding.
 */
int oc_chain_arbitrage(const struct oc_chain_spec *s, const struct oc_chain_at *at, const struct oc_chain_rows *list,
                       struct oc_err *err);
/* Are n numbers a memory of pinned ladders, complete, with strikes above 0 and ascending?  Others are OC_FORMAT above. */
bool oc_chain_is_pinned(const double *pinned, size_t n);
void oc_chain_free(struct oc_chain_rows *rows);

#endif
