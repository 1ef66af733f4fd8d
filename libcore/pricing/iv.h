/*
 * iv - implied volatility of European prices, column-wise: Black (lognormal) and Bachelier (normal).
 *
 *   in     n rows: side +1 call, -1 put; forward, strike, price [currency], the price undiscounted; years [years]
 *   out    vol[n] [1/sqrt(year), 0.20 = 20 %; price/sqrt(year) for Bachelier], NaN where there is none; status[n]
 *   rows   bad-input        side not +1 or -1, something missing or infinite
 *          expired          years <= 0
 *          out-of-domain    lognormal: forward or strike below 1e-100; normal: below -1e100; either: a distance
 *                           |forward - strike| above 1e100, a time value above 0 but below 1e-300 or (normal) above
 *                           1e100, years above 1e100
 *          below-intrinsic  price < 0 or price < intrinsic value of the forward, by however little
 *          above-maximum    lognormal: call price >= forward, put price >= strike
 *          ok               the rest; a price at the intrinsic value exactly gives 0
 *          no-convergence   not seen; kept as the honest answer should twelve steps not do
 *   error  relative to the exact solution for the given doubles, from tiny prices to the bound, in and out of the
 *          money: OC_IV_FULL 2e-15, OC_IV_FAST 1e-13, Bachelier 2e-15, as measured by tests/unit/pricing_iv.c
 *   cost   one step for all but extreme rows, no allocation
 *   source own formulas (iv.k.c) in the normalisation of Jaeckel, "Let's Be Rational" (2015)
 *
 * Each row by itself: the bits do not depend on n, on the neighbours or on the instruction set.
 */
#ifndef OC_PRICING_IV_H
#define OC_PRICING_IV_H

#include "pricing/pricer.h"

void oc_iv_black(size_t n, const double *side, const double *forward, const double *strike, const double *years,
                 const double *price, enum oc_accuracy accuracy, double *vol, unsigned char *status);

void oc_iv_bachelier(size_t n, const double *side, const double *forward, const double *strike, const double *years,
                     const double *price, double *vol, unsigned char *status);

/*
 * The same from discounted prices and the market of q (its forward, or spot, rate and dividend_yield; vol is not read),
 * for the models' rows: what oc_pricer's implied calls.  The forward that is computed here has a rounding error, so a
 * price below intrinsic by no more than 4 ulp of the larger of forward and strike counts as at intrinsic.
 * Lognormal in F + shift and K + shift where q has a shift column and use_shift is set.
 */
void oc_iv_black_quotes(const struct oc_quotes *q, const double *price, enum oc_accuracy accuracy, int use_shift,
                        double *vol, unsigned char *status);
void oc_iv_bachelier_quotes(const struct oc_quotes *q, const double *price, double *vol, unsigned char *status);

#endif
