/*
 * mcgreeks - which estimator each wanted derivative gets, and the columns that it takes.
 *
 *   pathwise     geometric Brownian motion, one asset, pay-offs with a gradient (payoff.h): delta vega theta rho phi; gamma
 *                is the pathwise delta differentiated on the density of the first step
 *   likelihood   geometric Brownian motion, one asset, any pay-off of fixings after the start: delta gamma vega theta
 *                rho phi
 *   adjoint      mcadjoint.h: delta rho phi, vega of geometric Brownian motion, derivatives by parameters
 *   bump         any: central differences on the same random numbers.  Spot 0.1 % for delta where the pay-off is continuous,
 *                else 1 %; 1 % for gamma; volatility 0.01, or a tenth of it where that is less; rate and yield 1e-4; time a
 *                day, or half of the first step where that is less; strike 0.1 % and 1 %; parameters 1 % of their size,
 *                at an end of their domain by three points inside of it.  The bias is of the order of the step squared.
 * auto: pathwise where there is one, else likelihood for pay-offs that jump, else bump; by parameters: adjoint, else bump.
 *   source  Glasserman (2003), chapter 7
 */
#ifndef OC_SIM_MCGREEKS_H
#define OC_SIM_MCGREEKS_H

#include "sim/mcpriv.h"

/* Columns for the price and all that is wanted.  OC_USAGE for what does not exist, by its name. */
int oc_mcgreeks_plan(struct oc_mc *m, struct oc_err *err);

#endif
