/* depth_block - what depth.c and its kernel share: the constants of one expiry and step. */
#ifndef OC_MODEL_DEPTH_BLOCK_H
#define OC_MODEL_DEPTH_BLOCK_H

#include <stdint.h>

struct depth_block {
    uint32_t k0[10], k1[10];        /* round keys of the expiry */
    uint32_t step, high, own;       /* counter words 2 and 3; word 3 of the draw that is the contract's own */
    double root, decay;             /* sqrt(years), 1 + years */
};

#endif
