/*
 * lsmjob - what the files of lsm share: an open job, and its pieces.
 *
 * Exercise dates at time 0 are no dates here: the right to exercise at once is compared at the end (lsm.c).
 */
#ifndef OC_SIM_LSMJOB_H
#define OC_SIM_LSMJOB_H

#include "sim/lsm.h"
#include "sim/lsmfit.h"
#include "sim/mcgrid.h"

enum {
    LSM_VALUE,                          /* units (paths or pairs), values, their squares, controls, squares, products */
    LSM_DELTA = LSM_VALUE + 6,          /* the same of differences by the first price */
    LSM_DUALS = LSM_DELTA + 6, LSM_U, LSM_UU,                           /* largest differences of pay-off and martingale */
    LSM_FIGURES
};

enum lsm_control { LSM_NO_CONTROL, LSM_EUROPEAN, LSM_FORWARD };

#define LSM_FIT_FIRST (UINT64_C(1) << 62)
#define LSM_DUAL_FIRST (UINT64_C(1) << 63)
#define LSM_INNER_FIRST (UINT64_C(3) << 62)

struct oc_lsm {
    struct oc_claim claim;              /* its arrays are copies */
    struct oc_mc_how how;
    size_t assets;
    struct oc_walk *walk;               /* [assets], opened */
    size_t opened;
    double *weight, *corr;
    struct oc_mcgrid grid;
    size_t dates;
    double *years, *discount;           /* [dates] */
    uint64_t *step_of;                  /* [dates] step after which the date lies */
    bool now;                           /* time 0 is an exercise date */
    double now_pay;                     /* pay-off there */
    struct oc_paths paths, plain;       /* of the values; of the fit and the dual paths, without pairs */
    size_t constants_of_step;
    double *constants;                  /* [grid.steps * constants_of_step] */
    struct oc_lsmfit_basis basis;
    struct oc_lsmfit_rule *rule;        /* [dates] */
    double fit_value;                   /* what going on at time 0 is worth by the fit */
    enum lsm_control control;
    double control_value;               /* its mean */
    double *growth;                     /* [dates] e^(-drift years): the price over it has no drift */
};

/* Date d of the rule. */
static inline struct oc_lsmfit_date oc_lsm_date(const struct oc_lsm *m, size_t d)
{
    return (struct oc_lsmfit_date){ &m->basis, d + 1 == m->dates ? NULL : &m->rule[d], m->claim.side, m->claim.strike,
                                    m->discount[d] };
}

/* ---- lsmstate.c: from walks to features -------------------------------------------------------------------- */
/* How many features the job's regression sees; OC_USAGE where a claim has too many assets to order. */
size_t oc_lsmstate_features(const struct oc_lsm *m);
/*
 * feature[features][OC_LSMFIT_CHUNK] of n paths from the states of all assets; scratch: [assets][OC_LSMFIT_CHUNK].
 */
void oc_lsmstate_read(const struct oc_lsm *m, size_t n, const double *const x[], double *const *const state[],
                      double *scratch, double *const feature[]);

/* ---- lsmcontrol.c: the European option ------------------------------------------------------------------------ */
/* Which control there is, and its mean; OC_USAGE where one is asked for and none is known. */
int oc_lsm_control(struct oc_lsm *m, struct oc_err *err);
/* Is the value of the European option known? */
bool oc_lsm_has_european(const struct oc_lsm *m);
/* The European option at a price, `years` before expiry. */
double oc_lsm_european(const struct oc_lsm *m, double spot, double years);
/* The mean of the control for another first price. */
double oc_lsm_control_at(const struct oc_lsm *m, double spot);
/* The control of n <= OC_LANES paths that have come to their end: all of them with x and when set. */
void oc_lsm_controls(const struct oc_lsm *m, size_t n, const struct oc_lsmfit_paths *p, double *control);

/* ---- lsminner.c: walks that start at a state in the middle --------------------------------------------------- */
struct oc_lsminner;
struct oc_lsminner *oc_lsminner_open(const struct oc_lsm *m, struct oc_err *err);
void oc_lsminner_close(struct oc_lsminner *w);
/*
 * Mean of what dual_inner walks get by the rule (discounted to time 0) that start at exercise date `date` with the states of
 * column j and go on there.  number: of the start, so that no two share random numbers.
 */
double oc_lsminner_value(struct oc_lsminner *w, size_t date, double *const *const state[], size_t j, uint64_t number);

/* ---- lsmdual.c: the upper bound -------------------------------------------------------------------------------- */
/* Figures LSM_DUALS .. of dual paths first .. first + n - 1. */
int oc_lsmdual_paths(const struct oc_lsm *m, uint64_t first, size_t n, double *figures, struct oc_err *err);

#endif
