/*
 * stepper - a chain that walks: the spot, the volatility and the clock of step k, and the chain they give.
 *
 * The one thing behind oc-step as a filter and as sessions.  All that changes from step to step is a struct oc_step_state,
 * plain numbers, which a session stores; everything else is the plan.  Step k is a function of the plan, of the state at
 * k - 1 and of random numbers addressed by k, so a resumed, a replayed and an uninterrupted run have the same bytes.
 *
 *   spot        S(t) = B e^(x(t) + l(t)) + D(t): D is what the cash dividends to come are worth at t, discounted as the
 *               chain does it, B = S(0) - D(0).  So the spot falls by the amount at each ex-date, and the chain's forwards
 *               are what the walk is expected to come to.  A process that adds (brownian) is (B + x(t)) e^l(t) + D(t)
 *   volatility  the smile times volatility now / volatility at the start (a volatility of 0, which variance schemes reach,
 *               counts as 1e-9 of that at the start: all prices are intrinsic values then).  A replay of prices has no volatility at first: the
 *               smile is as it is given until there is one, and in relation to that from then on.  OC_STICKY_MODEL: that of the
 *               model's own prices
 *   drift       rate - dividend yield, unless the process is given one.  A process has one drift: of a curve that of its
 *               first day, and l(t) is what its forward rates have come to beyond that
 */
#ifndef OC_APP_STEPPER_H
#define OC_APP_STEPPER_H

#include "app/chainspec.h"
#include "app/params.h"
#include "app/stepclock.h"
#include "base/buf.h"
#include "record/batch.h"
#include "sim/paths.h"

struct oc_steptext;

struct oc_stepper {                     /* the plan; constant once opened, shared by threads */
    /* given */
    struct oc_chain_plan chain;         /* its ts is the start */
    struct oc_walks walks;              /* one */
    struct oc_stepclock clock;          /* how, calendar, step_ns */
    double dt;                          /* years a step for the walk; NaN: what passes on the clock */
    uint64_t steps;                     /* served: 0 .. steps - 1 */
    uint64_t npaths;
    uint64_t seed;
    bool factors;                       /* rows are the factor tape only */
    bool market_units;                  /* theta_day, vega_pct, ... */
    size_t nlisted;                     /* strikes listed before the start, as memory of pinned ladders (model/chain.h) */
    double *listed;                     /* owned */
    const char *branch;                 /* shocks of a session as a text: another run; NULL or "": none; only read by open */
    /* set by open */
    struct oc_paths paths;
    double base;                        /* B */
    double drift;                       /* 1/year, of the walk */
    double vol;                         /* volatility at the start, or the first there is where late; NaN: there is none */
    bool late;                          /* the walk has none at first: a replay, which knows too few prices then */
    bool lifts;                         /* l(t) is not 0 */
    bool has_jumps, has_regime;         /* the process shows them */
    int64_t over;                       /* a schedule of dates alone lists nothing from then on; INT64_MAX: never */
    char run[24];                       /* id of the run, from the content of the plan; does not depend on steps, npaths */
    struct oc_steptext *text;           /* dictionaries of the text columns */
};

struct oc_step_state {
    uint64_t path, step;
    int64_t ts;
    size_t nstate;
    double *state;                      /* oc_paths_state_size doubles, then l; owned */
    size_t npinned, cappinned;
    double *pinned;                     /* strikes of pinned ladders, see model/chain.h; owned */
    double vol_scale, spot_scale;       /* product of the shocks of a session; 1 */
};

/* What the walk shows of a state. */
struct oc_step_seen { double spot, volatility, jumps, regime; };     /* the last two NaN where the process has none */

int oc_stepper_open(struct oc_stepper *s, struct oc_err *err);
void oc_stepper_close(struct oc_stepper *s);

int oc_step_begin(const struct oc_stepper *s, uint64_t path, struct oc_step_state *st, struct oc_err *err);
/* To the next step.  1: there; 0: the last step was served; -1. */
int oc_step_advance(const struct oc_stepper *s, struct oc_paths_room *room, struct oc_step_state *st, struct oc_err *err);
int oc_step_see(const struct oc_stepper *s, const struct oc_step_state *st, struct oc_step_seen *seen, struct oc_err *err);
int oc_step_copy(struct oc_step_state *to, const struct oc_step_state *from, struct oc_err *err);
void oc_step_state_free(struct oc_step_state *st);

/*
 * The chain of a state: rows may be used again and again, oc_chain_free() at the end.  It has no rows when the last of the
 * dates that a schedule names is over.
 */
int oc_step_chain(const struct oc_stepper *s, const struct oc_step_state *st, struct oc_chain_rows *rows,
                  struct oc_err *err);

/*
 * The records of n states into an empty batch: rows[i] is the chain of st[i] (not read for the factor tape).  Columns are
 * added where n is 0 too.
 */
int oc_step_fill(const struct oc_stepper *s, size_t n, const struct oc_step_state *st, const struct oc_chain_rows *rows,
                 struct oc_batch *out, struct oc_err *err);
/* Chain and records of one state; st NULL: the columns alone. */
int oc_step_rows(const struct oc_stepper *s, const struct oc_step_state *st, struct oc_chain_rows *rows,
                 struct oc_batch *out, struct oc_err *err);

/*
 * Bytes of a state for a session, and back; little endian:
 *   0  8  "ocstate1"     8  8  path      16 8  step     24 8  ts        32 8  vol_scale   40 8  spot_scale
 *   48 8  nstate n       56 8  npinned m   64 8n state    then 8m pinned, and 8 bytes of the SHA-256 of all before
 * OC_FORMAT if they are not such bytes, or of a walk of another size.
 */
int oc_step_state_put(const struct oc_step_state *st, struct oc_buf *out);
int oc_step_state_get(const struct oc_stepper *s, const void *p, size_t n, struct oc_step_state *st, struct oc_err *err);

#endif
