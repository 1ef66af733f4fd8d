/* num_pow - the table of num_pow.c; for base/num*.c alone. */
#ifndef OC_BASE_NUM_POW_H
#define OC_BASE_NUM_POW_H

#include <stdint.h>

enum { OC_NUM_POW_MIN = -342, OC_NUM_POW_MAX = 324 };

/* [q - OC_NUM_POW_MIN][0] high, [1] low 64 bits of the truncated significand of 10^q */
extern const uint64_t oc_num_pow[OC_NUM_POW_MAX - OC_NUM_POW_MIN + 1][2];

#endif
