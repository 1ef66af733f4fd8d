/*
 * black - lognormal prices and Greeks on columns, for bsm, black76 and (through byforward.h) displaced.
 *
 * With A the underlying that the row gives, y its carry yield (A = F, y = r in forward form; A = S, y = q else),
 * s = v sqrt(T), x = log(A/K) + (r - y) T, d1 = x/s + s/2, d2 = x/s - s/2, E = A e^{-yT} phi(d1) = K e^{-rT} phi(d2):
 *   out of the money    E |M(|d1|) - M(|d2|)|, or the discounted leg less E (M(|d1|) + M(|d2|)) where d1 > 0 > d2
 *   in the money        that plus the forward's worth (parity)
 * so no difference of two cumulative probabilities is taken and a price of 1e-300 has its digits.
 * Accuracy: as measured against 60-digit values in tests/unit/pricing_kat.c.  The relative error of price and Greeks
 * is a few ulp times the condition number, max(1, d^2) and 1/s at the money: 5e-13 in the farthest tail.
 */
#ifndef OC_PRICING_BLACK_H
#define OC_PRICING_BLACK_H

#include "pricing/pricer.h"

/* All of struct oc_pricer's price, for the lognormal model. */
void oc_black_price(const struct oc_quotes *q, const struct oc_results *out);

#endif
