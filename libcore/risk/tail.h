/*
 * tail - quantiles, value at risk and expected shortfall of a simulated profit and loss, and what each part adds to it.
 *
 *   quantile   at level p: the smallest value that at least n p of the n values do not exceed
 *   VaR        at level c: the loss -x of the quantile at 1 - c, a loss counted positive (1 - 0.95 is 0.05, not the double
 *              above)
 *   ES         at level c: the mean loss of the worst n (1 - c) paths, the path on the edge with the part that is missing
 *              (Acerbi and Tasche 2002), so that it is coherent with few paths too
 *   share      of a part in ES: its own mean loss on these same paths (Euler's allocation), so shares add to ES
 *   errors     of means and ES from the paths' values, of pairs where paths come in antithetic pairs; quantiles have an
 *              interval of order statistics, widened or narrowed by what pairs do to the count below the level.  The error
 *              of ES is the one for many paths, sd((VaR - x)+) / ((1 - c) sqrt n)
 * Equal values stand in the order of their paths, so every figure is a function of the values alone.
 */
#ifndef OC_RISK_TAIL_H
#define OC_RISK_TAIL_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>

struct oc_tail {
    size_t n;
    const double *x;            /* [n] by path; borrowed */
    bool pairs;                 /* paths 2m and 2m + 1 belong together */
    double *sorted;             /* [n] ascending, owned */
    size_t *order;              /* [n] path of sorted[i], owned */
};

int oc_tail_open(struct oc_tail *t, size_t n, const double *x, bool pairs, struct oc_err *err);
void oc_tail_close(struct oc_tail *t);

/* Mean of n values and its standard error. */
double oc_tail_mean(size_t n, const double *x, bool pairs, double *error);
/* z: normal deviations of the interval.  An end that no path reaches is NaN. */
double oc_tail_quantile(const struct oc_tail *t, double p, double z, double *low, double *high);
/* 0 < c < 1; as the quantile, of losses. */
double oc_tail_var(const struct oc_tail *t, double c, double z, double *low, double *high);
double oc_tail_shortfall(const struct oc_tail *t, double c, double *error);
/* The share of a part whose value on path j is part[j * stride]. */
double oc_tail_share(const struct oc_tail *t, double c, const double *part, size_t stride);

#endif
