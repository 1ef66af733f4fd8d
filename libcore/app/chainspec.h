/*
 * chainspec - what the options of oc-chain and oc-step, or an OptionChain-Simulator request, say of a chain and its walk.
 *
 * One struct that both programs fill; options stand above the request; what neither gives is an error that names the option.
 *
 * A request keeps its own rules: weekdays without holidays in its zone (v2), or one expiry days_to_expiration days of 24
 * hours away (v1); the quadratic smile with skew_slope -0.2 and smile_curve 0.1 where it says none; chain_size 30; spread
 * 0.01; the interval of strikes automatic where it says none.  Its rates are read as they are, continuous.
 */
#ifndef OC_APP_CHAINSPEC_H
#define OC_APP_CHAINSPEC_H

#include "app/params.h"
#include "model/chain.h"
#include "record/run.h"

struct oc_chain_words {             /* texts of the options, NULL: not given */
    const char *symbol;             /* --symbol SYM */
    const char *root;               /* --root ROOT; else by the root table and the settlement: SPX AM, SPXW PM */
    const char *schedule;           /* --schedule RULES (market/schedule.h) */
    const char *settle;             /* --settle PM|AM|HH:MM of rules that say nothing; PM */
    const char *calendar;           /* --calendar ID; else that of the root, else XNYS */
    const char *strikes;            /* --strikes INTERVAL|auto|RULE of strikes.tab; auto */
    const char *chain_size;         /* --chain-size N each side; 30 */
    const char *ladder;             /* --ladder rolling|pinned; rolling */
    const char *smile;              /* --smile SKEW,CURVE, with --vol: quadratic */
    const char *spread;             /* --spread WIDTH or NAME=VALUE,... of spread, proportional, moneyness, tenor; 0 */
    const char *ticks;              /* --ticks TICKS (market/ticks.h); 0.01 */
    const char *greeks;             /* --greeks none|first|all|LIST; none */
    const char *spec;               /* --spec FILE: an OptionChain-Simulator request (v1 or v2 JSON) */
    const char *surface;            /* --surface SPEC|FILE */
    const char *dividends, *curve;  /* files of records */
    double spot, vol, rate, dividend_yield;     /* NaN: not given */
    bool sizes;
    bool by_forward;                /* --forward */
    bool allow_arbitrage;
};

struct oc_chain_plan {
    struct oc_chain_spec chain;
    char symbol[32];
    char root[32];                  /* --root; "": by settlement, the two below */
    char root_am[32], root_pm[32];
    struct oc_calendar *calendar;
    struct oc_curve *curve;
    struct oc_cash_dividend *dividend;  /* owned; chain.dividend */
    double spot;
    int64_t ts;
    bool strict;                    /* arbitrage is refused */
    char notes[400];                /* ids of calendar and roots; io->notes points here */
    /* of a request: what concerns the walk */
    struct oc_walk_words walk;      /* walk.params is --spec, where that has a method */
    uint64_t steps, seed;
    double dt;                      /* years a step of the request's clock; NaN: its time frame has no length there */
    double frame;                   /* periods a year of the time frame that is a step; NaN: none, or an interval says it */
    bool has_steps, has_seed, has_dt;
};

#define OC_CHAIN_NO_TS INT64_MIN

/*
 * Read everything that the words name and check it.  ts: instant of the chain, from which slices and dates count; where it
 * is OC_CHAIN_NO_TS, that of the request.  The plan
 * must stay where it is (io->notes, spec pointers).  Side inputs are read with oc_each.
 */
int oc_chain_plan(const struct oc_chain_words *w, struct oc_io *io, int64_t ts, struct oc_chain_plan *p, struct oc_err *err);
void oc_chain_plan_free(struct oc_chain_plan *p);

/* The root of contracts that settle so. */
const char *oc_chain_plan_root(const struct oc_chain_plan *p, int32_t settle);

#endif
