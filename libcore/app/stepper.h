/*
 * stepper - a chain that walks: the spot, the volatility and the clock of step k, and the chain they give.
 *
 * The one thing behind oc-step as a filter and as sessions.  All that changes from step to step is a struct oc_step_state,
 * plain numbers, which a session stores; everything else is the plan.  Step k is a function of the plan, of the state at
 * k - 1 and of random numbers addressed by k, so a resumed, a replayed and an uninterrupted run have the same bytes.
 */
#ifndef OC_APP_STEPPER_H
#define OC_APP_STEPPER_H

#include "app/chainspec.h"
#include "app/params.h"
#include "record/batch.h"
#include "sim/paths.h"

enum oc_clock { OC_CLOCK_CALENDAR /* every instant counts */, OC_CLOCK_SESSIONS /* nights, weekends, holidays are skipped */ };

struct oc_stepper {                     /* the plan; constant once opened, shared by threads */
    struct oc_chain_plan chain;
    struct oc_walks walks;
    struct oc_paths paths;
    enum oc_clock clock;
    int64_t step_ns;                    /* --step; under OC_CLOCK_SESSIONS within sessions, `1d` is close to close */
    int64_t start;                      /* instant of step 0 */
    uint64_t steps;                     /* served: 0 .. steps - 1 */
    uint64_t npaths;
    uint64_t seed;
    bool factors;                       /* rows are the factor tape only */
    const char *surface_column;         /* --surface column: smile of the quotes given, NULL: none */
    char run[24];                       /* id of the run, from the content of the plan */
};

struct oc_step_state {
    uint64_t path, step;
    int64_t ts;
    size_t nstate;
    double *state;                      /* oc_paths_state_size doubles, owned */
    size_t npinned;
    double *pinned;                     /* strikes of pinned ladders, see model/chain.h; owned */
    double vol_scale, spot_scale;       /* product of the shocks of a session; 1 */
};

int oc_stepper_open(struct oc_stepper *s, struct oc_err *err);
void oc_stepper_close(struct oc_stepper *s);

int oc_step_begin(const struct oc_stepper *s, uint64_t path, struct oc_step_state *st, struct oc_err *err);
/* To the next step.  1: there; 0: the last step was served; -1. */
int oc_step_advance(const struct oc_stepper *s, struct oc_paths_room *room, struct oc_step_state *st, struct oc_err *err);
/* The records of the state into an empty batch (columns are added on a batch without rows too). */
int oc_step_rows(const struct oc_stepper *s, struct oc_step_state *st, struct oc_chain_rows *rows, struct oc_batch *out,
                 struct oc_err *err);
void oc_step_state_free(struct oc_step_state *st);

/* Bytes of a state for a session (little-endian doubles and integers, with a version), and back; OC_FORMAT if they are not. */
int oc_step_state_put(const struct oc_step_state *st, struct oc_buf *out);
int oc_step_state_get(const struct oc_stepper *s, const void *p, size_t n, struct oc_step_state *st, struct oc_err *err);

#endif
