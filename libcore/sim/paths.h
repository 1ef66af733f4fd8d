/*
 * paths - walks of one or several underlyings over a grid of times, OC_LANES paths at a time.
 *
 * The one loop that calls processes.  Assets are correlated through their first normals by the lower Cholesky factor.
 * Jumps, regimes and variances of different underlyings are independent.  A visitor is called at the start and after each
 * step with the states of all assets; what it keeps is its own matter, so memory does not grow with the number of steps.
 */
#ifndef OC_SIM_PATHS_H
#define OC_SIM_PATHS_H

#include "sim/draws.h"
#include "sim/process.h"

struct oc_paths {
    size_t assets;
    struct oc_walk *walk;               /* [assets], opened */
    const double *corr;                 /* [assets * assets] row-major, symmetric, 1 on the diagonal; NULL: independent */
    struct oc_draws draws;
    uint64_t steps;
    const double *t;                    /* [steps + 1] years, ascending, t[0] = 0; NULL: uniform */
    double dt;                          /* years a step where t is NULL */
    bool antithetic;                    /* paths 2m and 2m + 1 use normals z and -z, uniforms u and 1 - u, of address m */
    const double *shift;                /* importance sampling: shift[a * steps + k] is added to normal 0 of asset a
                                           in step k; NULL: none */
    /* set by oc_paths_open */
    double *chol;
    double *constants;                  /* of every step, where the grid is short; NULL: computed as they are needed */
    struct oc_draws_plan *plan;
    void *own;
};

/* Columns of asset a: state[a][i][j], spot[a][j].  weight[j]: log likelihood ratio of the shift (0 without). */
struct oc_paths_at {
    uint64_t first;                     /* path of column 0 */
    size_t n;
    uint64_t step;                      /* 0: the start */
    double t;
    double *const *const *state;
    const double *const *x;             /* x[a] = state[a][0] */
    double *weight;
};

/* -1 ends the walk with err. */
typedef int oc_paths_see(void *ctx, const struct oc_paths_at *at, struct oc_err *err);

/* Cholesky (OC_USAGE naming the pair where the matrix is not positive semi-definite), step constants, Sobol plan. */
int oc_paths_open(struct oc_paths *p, struct oc_err *err);
void oc_paths_close(struct oc_paths *p);

/* Memory of one thread. */
struct oc_paths_room;
struct oc_paths_room *oc_paths_room(const struct oc_paths *p, struct oc_err *err);
void oc_paths_room_free(struct oc_paths_room *r);

/* Paths first .. first + n - 1, n <= OC_LANES, from step 0 to the last. */
int oc_paths_run(const struct oc_paths *p, struct oc_paths_room *r, uint64_t first, size_t n, oc_paths_see *see, void *ctx,
                 struct oc_err *err);

/*
 * One path by single steps (oc-step, sessions): state is nstate doubles of each asset, one behind the other, which the
 * caller may store and bring back.  Same bits as column `path` of oc_paths_run.
 */
size_t oc_paths_state_size(const struct oc_paths *p);               /* doubles */
void oc_paths_begin(const struct oc_paths *p, double *state);
/* From step k (0: the first) with the state after k steps to that after k + 1; the step lasts dt years from t. */
int oc_paths_step(const struct oc_paths *p, struct oc_paths_room *r, uint64_t path, uint64_t k, double t, double dt,
                  double *state, struct oc_err *err);

#endif
