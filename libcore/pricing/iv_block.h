/* iv_block - what iv.c and its kernel iv.k.c share: one block of prices to invert. */
#ifndef OC_PRICING_IV_BLOCK_H
#define OC_PRICING_IV_BLOCK_H

#include <stddef.h>

enum { IV_ROWS = 128 };     /* of every block; a multiple of every GROUP */

struct iv_block {
    const double *side, *forward, *strike, *years, *price;     /* price undiscounted */
    double *vol;            /* out */
    int bad;                /* out: 1 if some row is not in the domain of the kernel or did not converge */
    double close;           /* out: a row whose last step is above this did not */
    double left[IV_ROWS];   /* out: the last step in log volatility */
    /* Scratch, see iv.k.c: |log F/K|, quantity to match times sqrt(2 pi), min(F, K), +1 low -1 high, total volatility */
    double x[IV_ROWS], target[IV_ROWS], low[IV_ROWS], sign[IV_ROWS], total[IV_ROWS];
};

#endif
