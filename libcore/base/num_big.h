/*
 * num_big - natural numbers of up to 6144 bits on the stack, for the decimals that 128 bits do not decide.
 *
 * Limits: the largest use is 770 digits against 2^1100, under 5200 bits; an overflow is a broken promise (assert).
 */
#ifndef OC_BASE_NUM_BIG_H
#define OC_BASE_NUM_BIG_H

#include <stddef.h>
#include <stdint.h>

enum { OC_NUM_BIG_LIMBS = 96 };

struct oc_num_big { size_t n; uint64_t d[OC_NUM_BIG_LIMBS]; };  /* low limb first, d[n - 1] != 0; 0 has n = 0 */

void oc_num_big_set(struct oc_num_big *b, uint64_t v);
void oc_num_big_muladd(struct oc_num_big *b, uint64_t m, uint64_t add);     /* b = b * m + add */
void oc_num_big_pow10(struct oc_num_big *b, unsigned e);                    /* b = b * 10^e */
void oc_num_big_shl(struct oc_num_big *b, unsigned bits);
/* b = b / 2^bits, to nearest, ties to even. */
void oc_num_big_shr_round(struct oc_num_big *b, unsigned bits);
int oc_num_big_cmp(const struct oc_num_big *a, const struct oc_num_big *b);
/* b = b / m; returns the remainder. */
uint64_t oc_num_big_div(struct oc_num_big *b, uint64_t m);
/* Decimal digits without leading zeros ("0" for 0), at most 1850; returns their count and leaves b 0. */
size_t oc_num_big_print(struct oc_num_big *b, char *buf);

#endif
