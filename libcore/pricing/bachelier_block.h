/* bachelier_block - what bachelier.c and its kernel share: one block of rows in forward form. */
#ifndef OC_PRICING_BACHELIER_BLOCK_H
#define OC_PRICING_BACHELIER_BLOCK_H

#include "pricing/pricer.h"

enum { BACHELIER_ROWS = 128 };

struct bachelier_block {
    const double *side, *forward, *strike, *years, *rate, *vol;     /* BACHELIER_ROWS each */
    double (*value)[BACHELIER_ROWS];    /* out, by enum oc_quantity; all but rho, phi, delta_fwd, gamma_fwd */
    int bad;                            /* out: 1 if some row is not in the domain of the kernel */
};

#endif
