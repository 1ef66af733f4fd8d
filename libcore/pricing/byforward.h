/*
 * byforward - from derivatives by the forward to the Greeks of pricer.h, for models that know only the forward.
 *
 * A model computes everything in forward form with the forward as underlying (BYFORWARD_ROWS rows at a time); this turns
 * the values into those of the row's market.  In spot form F = S e^{(r-q)T}, so with g = dF/dS and b = r - q
 *      delta = g V_F,  gamma = g^2 V_FF,  theta = -V_T - b F V_F,  rho = -T V + T F V_F,  ...
 * and in forward form g = F/S (1 without spot) and b = 0.
 */
#ifndef OC_PRICING_BYFORWARD_H
#define OC_PRICING_BYFORWARD_H

#include "pricing/pricer.h"

enum { BYFORWARD_ROWS = 128 };

/* One block of rows in forward form. */
struct byforward_block {
    size_t n;
    double side[BYFORWARD_ROWS], forward[BYFORWARD_ROWS], strike[BYFORWARD_ROWS], years[BYFORWARD_ROWS], rate[BYFORWARD_ROWS];
    double vol[BYFORWARD_ROWS], shift[BYFORWARD_ROWS];
    double value[OC_QUANTITIES][BYFORWARD_ROWS];    /* out; rho and phi are not read */
    unsigned char status[BYFORWARD_ROWS];           /* out */
    int more;                                   /* something after OC_RHO is wanted */
};

/*
 * Run forward_form over the rows of q, block by block, and write what out asks for.  NaN inputs reach the model as NaN,
 * for its judgement.
 */
void oc_byforward_price(const struct oc_quotes *q, const struct oc_results *out,
                        void (*forward_form)(struct byforward_block *b));

#endif
