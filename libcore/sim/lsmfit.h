/*
 * lsmfit - the regression behind early exercise: from given states on exercise dates to a rule for each date.
 *
 *   features   columns of numbers that describe a path at a date; the first is the underlying value x that the pay-off
 *              max(side (x - strike), 0) is made of
 *   u          a feature brought into [-1, 1] by its least and greatest value over the paths in the money at the date; what
 *              lies outside later is taken at the end
 *   functions  products T_a(u_i) T_b(u_j) of Chebyshev polynomials: with one feature 1, T_1, ..., T_(functions-1), which
 *              span the same as 1, x, x^2, ...; further features and products are in oc_lsmfit_basis()
 *   least squares   normal equations over the paths in the money, summed in eight virtual lanes and chunks of 256 in order,
 *              solved by Cholesky; a function that others explain to 1e-11 of its square sum gets no coefficient
 * All sums have a fixed shape: the bits do not depend on threads or on the instruction set.
 */
#ifndef OC_SIM_LSMFIT_H
#define OC_SIM_LSMFIT_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>

enum { OC_LSMFIT_FEATURES = 6, OC_LSMFIT_TERMS = 32, OC_LSMFIT_POWERS = 12, OC_LSMFIT_CHUNK = 256 };

struct oc_lsmfit_term { unsigned char feature[2], power[2]; };      /* power 0: the factor is 1 */

struct oc_lsmfit_basis {
    size_t features, terms;
    unsigned powers;                /* highest power + 1 */
    struct oc_lsmfit_term term[OC_LSMFIT_TERMS];
};

/* The rule of a date: go on where its value is above the discounted pay-off. */
struct oc_lsmfit_rule {
    bool never;                     /* no path of the fit was in the money */
    double middle[OC_LSMFIT_FEATURES], scale[OC_LSMFIT_FEATURES];
    double coef[OC_LSMFIT_TERMS];   /* value of going on, discounted to time 0 */
};

/*
 * functions - 1: highest power of the first feature; the others enter to the second power and in products with all.
 * OC_USAGE where functions is not 1 .. OC_LSMFIT_POWERS or there would be more than OC_LSMFIT_TERMS terms.
 */
int oc_lsmfit_basis(struct oc_lsmfit_basis *b, size_t features, unsigned functions, struct oc_err *err);

/* States of `paths` paths on `dates` dates: feature f of path j on date d is state[(d * features + f) * paths + j]. */
struct oc_lsmfit_given {
    size_t paths, dates;
    const double *state;
    double side, strike;
    const double *discount;         /* [dates] from each date to time 0 */
    const struct oc_lsmfit_basis *basis;
};

/*
 * Backwards from the last date, where whatever is in the money is exercised.  rule[dates - 1 .. 0], the last one without a
 * regression; cash[paths]: what each path gets by the rules, discounted to time 0 (in sample, so high).
 */
void oc_lsmfit_induct(const struct oc_lsmfit_given *g, struct oc_lsmfit_rule *rule, double *cash);

/* A date as the rule is applied to fresh paths; rule NULL: the last date. */
struct oc_lsmfit_date {
    const struct oc_lsmfit_basis *basis;
    const struct oc_lsmfit_rule *rule;
    double side, strike, discount;
};

/*
 * n <= OC_LSMFIT_CHUNK paths: take[j] = 1 where the rule exercises, else 0; got[j] the discounted pay-off.
 * alive[j] 0: never taken.
 */
void oc_lsmfit_decide(const struct oc_lsmfit_date *d, size_t n, const double *const feature[], const double *alive,
                      double *take, double *got);

/*
 * Paths on their way: alive 1 until the stop, then 0; and of the stop what was got, the first feature, and the date's
 * number.
 */
struct oc_lsmfit_paths { double *alive, *cash, *x, *when; };

/* The same, noted in the paths that stop; how many go on. */
double oc_lsmfit_stop(const struct oc_lsmfit_date *d, size_t number, size_t n, const double *const feature[],
                      const struct oc_lsmfit_paths *paths);

#endif
