/*
 * switch - log prices whose variance and drift change with a state that switches at exponential times.
 *
 * The holding times themselves are drawn, so the variance and drift integrated over a step are exact for steps of any
 * length.
 */
#ifndef OC_SIM_SWITCH_H
#define OC_SIM_SWITCH_H

#include "sim/process.h"

enum { OC_SWITCH_MAX = 16 };

struct oc_switch {
    size_t n;                           /* states, <= OC_SWITCH_MAX */
    double variance[OC_SWITCH_MAX];     /* a year */
    double drift[OC_SWITCH_MAX];        /* a year, of the expected price */
    double leave[OC_SWITCH_MAX];        /* rate of leaving, a year; 0: never */
    double rate[OC_SWITCH_MAX][OC_SWITCH_MAX];
};

/* OC_USAGE where a step of dt years has more switches than the numbers behind them have addresses. */
int oc_switch_fits(const struct oc_walk *w, const struct oc_switch *s, double dt, struct oc_err *err);
/* c[0 .. n - 1] = probability to stay through dt. */
void oc_switch_interval(const struct oc_switch *s, double dt, double *c);
/* One step of length place->dt; state[1] holds the numbers of states, from 0. */
void oc_switch_step(const struct oc_walk *w, const struct oc_switch *s, const double *c, const struct oc_place *place,
                    size_t n, const double *z, const double *u, double *const state[]);
/* Volatility, and the state + base. */
void oc_switch_show(const struct oc_switch *s, double base, size_t n, double *const state[], double *vol, double *regime);

#endif
