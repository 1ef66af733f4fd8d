/* black_block - what black.c and its kernel black.k.c share: one block of rows and the steps between. */
#ifndef OC_PRICING_BLACK_BLOCK_H
#define OC_PRICING_BLACK_BLOCK_H

#include "pricing/pricer.h"

enum { BLACK_ROWS = 128 };      /* multiple of every GROUP; the scratch below stays in the first-level cache */

struct black_block {
    /* Inputs of n rows, n a multiple of GROUP; the underlying and its yield as black.h defines A and y. */
    size_t n;
    const double *side, *under, *strike, *years, *rate, *yield, *vol;
    /* Forward form rows: scale = F / S (1 without spot), spot_form = 0.  NULL: all rows have spot form. */
    const double *scale, *spot_form;
    double *value[OC_QUANTITIES];       /* none is NULL up to OC_RHO; the others only if more is set */
    int more;                           /* compute what comes after OC_RHO too */
    int bad;                            /* out: 1 if some row is not in the domain of the kernel */
    /* Scratch: log moneyness, 1/s, sqrt(T), d1, d2; discount factors, E / A; M(|d1|), M(|d2|). */
    double x[BLACK_ROWS], inv_s[BLACK_ROWS], root[BLACK_ROWS], d1[BLACK_ROWS], d2[BLACK_ROWS];
    double disc[BLACK_ROWS], growth[BLACK_ROWS], density[BLACK_ROWS], m1[BLACK_ROWS], m2[BLACK_ROWS];
};

#endif
