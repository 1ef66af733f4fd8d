/*
 * chainspec - what the options of oc-chain and oc-step, or an OptionChain-Simulator request, say of a chain and its walk.
 *
 * One struct that both programs fill; sessions keep its canonical text.  Options stand above the file; what neither gives is
 * an error that names the option.
 */
#ifndef OC_APP_CHAINSPEC_H
#define OC_APP_CHAINSPEC_H

#include "app/params.h"
#include "model/chain.h"
#include "record/run.h"

struct oc_chain_words {             /* texts of the options, NULL: not given */
    const char *symbol, *root, *schedule, *settle, *calendar, *strikes, *chain_size, *ladder, *smile, *spread, *ticks, *greeks;
    const char *spec;               /* --spec FILE: an OptionChain-Simulator request (v1 or v2 JSON) */
    const char *surface;            /* --surface SPEC|FILE */
    const char *dividends, *curve;  /* files of records */
    double spot, vol, rate, dividend_yield;     /* NaN: not given */
    bool sizes;
};

struct oc_chain_plan {
    struct oc_chain_spec chain;
    char symbol[32], root[16];
    struct oc_calendar *calendar;
    struct oc_curve *curve;
    double spot;
    int64_t ts;
    /* of a request: what concerns the walk */
    struct oc_walk_words walk;
    uint64_t steps, seed;
    double dt;
    bool has_steps, has_seed, has_dt;
};

/* io: --ts, --seed, --tz ...; side inputs are read with oc_each. */
int oc_chain_plan(const struct oc_chain_words *w, struct oc_io *io, int64_t ts, struct oc_chain_plan *p, struct oc_err *err);
void oc_chain_plan_free(struct oc_chain_plan *p);

#endif
