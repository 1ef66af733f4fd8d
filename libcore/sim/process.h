/*
 * process - how an underlying moves: one file and one row of processes.def each.
 *
 * A process sees arrays of doubles: n paths (n <= OC_LANES) that walk together, their state as columns.  A step is a pure
 * function of the state, of the step's constants and of its random numbers, so a path has the same bits alone or among
 * others, on any thread, instruction set or shard.
 *
 * Conventions
 *   time        years from the start of the walk; a step covers (t, t + dt]
 *   drift       E[S(t)] = S(0) e^(drift t) where the process has an expectation of that form; the parameter `drift` where it
 *               is given, else the walk's: rate - dividend yield
 *   state[0]    the first column is x = log(S / S(0)), or S - S(0) where .arithmetic; the others are the process's own
 *   volatility  what show() gives: instantaneous, 1/sqrt(year), of the logarithm
 *   parameters  outside of their domain are refused with the name and the domain, never clamped
 *   arithmetic  a walk whose step ends at or below 0 is absorbed: its price is 0 from then on, and its volatility NaN
 */
#ifndef OC_SIM_PROCESS_H
#define OC_SIM_PROCESS_H

#include "base/err.h"
#include "model/param.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    OC_LANES = 256,         /* paths that walk together: a step's columns stay in the first cache */
    OC_PARAM_MAX = 24,
    OC_CONST_MAX = 48,      /* constants of a step */
    OC_NORMAL_MAX = 4, OC_UNIFORM_MAX = 4,
    OC_STEP_YEARS = 100     /* longest step; a walk has fewer than 2^32 */
};

/* What a model needs besides numbers; borrowed.  Absent parts are 0 and NULL. */
struct oc_simdata {
    size_t nprice;          /* historical, bootstrap: one price a step of the file, oldest first, all > 0 */
    const double *price;
    double price_dt;        /* years between two prices */
    size_t nt, nk;          /* local_vol: volatility vol[i * nk + j] at years t[i] (ascending) and strike k[j] (ascending) */
    const double *t, *k, *vol;
    size_t nxi;             /* rough_bergomi: forward variance xi[i] up to years xi_t[i] (ascending), flat beyond */
    const double *xi_t, *xi;
    size_t nregime;         /* regime: volatility and drift of each (drift NaN: the walk's), rates q[i * n + j]
                               a year, i != j */
    const double *regime_vol, *regime_drift, *regime_q;
};

struct oc_process;

/* A process with its numbers: one underlying of a simulation. */
struct oc_walk {
    const struct oc_process *process;
    double par[OC_PARAM_MAX];           /* in the order of process->param; NaN where optional and not given */
    struct oc_simdata data;
    double spot;                        /* price, > 0, at time 0 */
    double drift;                       /* 1/year; see above */
    double dt;                          /* years a step, for processes that are discrete by nature */
    uint64_t steps;                     /* of the whole walk, 0: open end; rough_bergomi needs it */
    uint64_t seed;                      /* for rare draws inside a step */
    unsigned asset;                     /* 0, 1, ... : streams OC_STREAM(asset, purpose) */
    size_t nstate;                      /* columns of state: process->states, or what setup() says */
    void *own;                          /* of setup(), freed by teardown() */
};

enum oc_purpose { OC_FOR_NORMAL, OC_FOR_UNIFORM, OC_FOR_RARE, OC_FOR_OTHER };
#define OC_STREAM(asset, purpose) ((unsigned)(asset) * 4u + (unsigned)(purpose))

/* Where a step stands: for rare draws, number (step << 16 | k) of stream OC_FOR_RARE. */
struct oc_place { uint64_t path, step; double t, dt; };

struct oc_process {
    const char *name, *aliases, *title;     /* aliases blank-separated, "" for none */
    const struct oc_param *param;
    const char *data;                       /* part of oc_simdata it needs: "price", "grid", "xi", "regime"; or NULL */
    bool arithmetic;
    bool level;                             /* state[0] is the price itself, to the last bit; arithmetic is false */
    bool risk_neutral;                      /* e^(-drift t) S is a martingale when drift is the walk's: may price options */
    bool steady;                            /* interval() depends on dt alone, not on t: its constants may be used again */
    bool discrete;                          /* a step is one period of walk->dt: other grids are refused */
    bool exact;                             /* its law over a step of any length is exact */
    unsigned normals, uniforms;             /* of a step; normal 0 drives the spot and is what is correlated */
    /*
     * 1 + the index of a parameter rho where step() wants in place of the spot's shock w and an independent y the residual
     * sqrt(1 - rho^2) w - rho y as normal 0 and the variance's shock rho w + sqrt(1 - rho^2) y as normal 1; 0: as they are.
     * Alone, both pairs have one law; correlated underlyings get theirs from sim/corr.h.
     */
    unsigned residual;
    size_t nconst;
    size_t states;                          /* columns of state; 0: 1 */
    /* Joint conditions, derived parameters, nstate where it is not .states.  -1: err.  NULL: there are none. */
    int (*setup)(struct oc_walk *w, struct oc_err *err);
    void (*teardown)(struct oc_walk *w);                                        /* NULL: nothing to free */
    /* A step of this length can be made; NULL: of any length up to OC_STEP_YEARS. */
    int (*fits)(const struct oc_walk *w, double dt, struct oc_err *err);
    /* Constants of a step of length dt that begins at t. */
    void (*interval)(const struct oc_walk *w, double t, double dt, double *c);
    /* The same state for every path. */
    void (*begin)(const struct oc_walk *w, size_t n, double *const state[]);    /* NULL: all columns are 0 */
    /* z[i][j], u[i][j]: number i of path j (of place->path + j).  state in place. */
    void (*step)(const struct oc_walk *w, const double *c, const struct oc_place *place, size_t n, const double *const z[],
                 const double *const u[], double *const state[]);
    /*
     * Instantaneous volatility [n], NaN as long as it cannot be told; jumps of the last step and regime as counts (NULL: not
     * wanted; written only by those that have them).
     */
    void (*show)(const struct oc_walk *w, size_t n, double *const state[], double *vol, double *jumps, double *regime);
};

/* OC_USAGE with the nearest name where there is none. */
int oc_process_find(const char *name, const struct oc_process **p, struct oc_err *err);
const struct oc_process *oc_process_at(size_t i);       /* in the order of processes.def; NULL past the last */

/*
 * Take w->process, par, data, spot, drift, dt, steps, seed, asset as given: fill defaults, check every domain, call setup().
 * OC_USAGE naming the parameter, its value and its domain; a NaN that must be given names the parameter.
 */
int oc_walk_open(struct oc_walk *w, struct oc_err *err);
void oc_walk_close(struct oc_walk *w);                  /* NULL accepted */
/* The model's own drift is not overridden and e^(-drift t) S is a martingale: the walk may price options. */
bool oc_walk_prices(const struct oc_walk *w);
/* The state of n paths at time 0. */
void oc_walk_begin(const struct oc_walk *w, size_t n, double *const state[]);
/* Spot [n] from state[0]. */
void oc_walk_spot(const struct oc_walk *w, size_t n, const double *x, double *spot);

#endif
