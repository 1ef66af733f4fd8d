/*
 * chain - a whole option chain as columns: expiries, strikes, volatilities, prices and quotes on both sides.
 *
 * What is listed and what it is worth, at one instant, from plain numbers; oc-chain prints one, oc-step one a step.
 * Nothing is ever lost: every strike of every listed expiry has a call and a put with an ask above 0; a bid is 0 only
 * where the model price is below half a tick, as a market shows it.
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
#include "model/smile.h"
#include "pricing/pricer.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum oc_stick { OC_STICKY_DELTA, OC_STICKY_STRIKE, OC_STICKY_MODEL };

struct oc_spread { double spread, proportional, moneyness, tenor; };

struct oc_cash_dividend { int64_t ex; double amount; };     /* ns UTC of the ex-date's opening; price */

struct oc_chain_spec {
    struct oc_schedule schedule;
    struct oc_ladder ladder;
    bool pinned;                        /* strikes once listed for an expiry stay; false: the ladder rolls with the spot */
    struct oc_ticks ticks;
    struct oc_spread spread;
    struct oc_smile smile;
    double vol;                         /* level at the money, 1/sqrt(year); NaN: the smile has its own (svi, ssvi, sabr, atm by expiry) */
    enum oc_stick stick;
    double rate, dividend_yield;
    const struct oc_curve *curve;       /* rate by expiry; NULL: `rate` */
    size_t ndividend;
    const struct oc_cash_dividend *dividend;    /* fall off the forward of later expiries (escrowed) */
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

/* Columns of n rows; owned by the struct, valid until the next build.  Two rows a strike: call, then put. */
struct oc_chain_rows {
    size_t n, cap;
    uint32_t *expiry;                   /* index into listed */
    double *side, *strike, *years, *iv, *forward, *rate;
    double *bid, *ask, *bid_size, *ask_size, *volume, *open_interest;
    double *value[OC_QUANTITIES];       /* NULL: not wanted */
    unsigned char *status;
    size_t nlisted;
    struct oc_listed *listed;           /* [nlisted] */
    double *pinned;                     /* memory of pinned ladders: see chain.c */
    size_t npinned;
};

/* Spec is checked (OC_USAGE); afterwards it is constant and may be shared. */
int oc_chain_check(const struct oc_chain_spec *s, struct oc_err *err);
int oc_chain_build(const struct oc_chain_spec *s, const struct oc_chain_at *at, struct oc_chain_rows *out, struct oc_err *err);
void oc_chain_free(struct oc_chain_rows *rows);

#endif
