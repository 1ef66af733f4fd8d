/*
 * vphilox - Philox 4x32-10 in lanes: the words of the calls of W consecutive paths (see philox.h for the addresses).
 *
 * A word of 32 bits lives in a lane of 64, so that one multiplication gives both halves of a product; what stands in the
 * upper half of a lane does not matter and is not cleared.  What depends on the call alone is worked out once for all
 * paths: where the paths share their upper 32 bits, half of the first two of ten rounds.
 *
 *   vphilox_call(&s, seed, stream, call, high)     the constants of a call; high: the upper 32 bits of the paths
 *   vphilox_words(&s, path, x)                     the four words of each lane's path (its lower 32 bits), upper halves junk
 *   vphilox_uniform(low, high)                     the uniform of 52 bits of two words, in (0, 1)
 */
#ifndef OC_MATH_VPHILOX_H
#define OC_MATH_VPHILOX_H

#include "math/vec.h"

#define VPHILOX_M0 UINT32_C(0xd2511f53)
#define VPHILOX_M1 UINT32_C(0xcd9e8d57)
#define VPHILOX_W0 UINT32_C(0x9e3779b9)     /* added to the key after each round */
#define VPHILOX_W1 UINT32_C(0xbb67ae85)

struct vphilox {
    int64_t first, second, third, fourth;   /* what the first two rounds leave to be combined with a path */
    int64_t k0[8], k1[8];                   /* keys of rounds 3 to 10 */
};

V_FN void vphilox_call(struct vphilox *s, uint64_t seed, unsigned stream, uint64_t call, uint32_t high)
{
    uint32_t k0 = (uint32_t)seed, k1 = (uint32_t)(seed >> 32);
    const uint64_t b = (uint64_t)VPHILOX_M1 * (uint32_t)call;
    const uint32_t c3 = (uint32_t)stream << 16 | (uint32_t)(call >> 32 & 0xffff);
    const uint32_t c0 = (uint32_t)(b >> 32) ^ high ^ k0;
    const uint64_t a = (uint64_t)VPHILOX_M0 * c0;

    s->first = c3 ^ k1;
    k0 += VPHILOX_W0;
    k1 += VPHILOX_W1;
    s->second = (uint32_t)b ^ k0;
    s->third = (uint32_t)(a >> 32) ^ k1;
    s->fourth = (uint32_t)a;
    for (int i = 0; i < 8; i++) {
        s->k0[i] = k0 += VPHILOX_W0;
        s->k1[i] = k1 += VPHILOX_W1;
    }
}

/* Rounds 1 and 2: x from the lanes' paths. */
V_FN void vphilox_begin(const struct vphilox *s, vi path, vi *x)
{
    const vi a = i_mulu32(path, i_set(VPHILOX_M0));
    const vi b = i_mulu32(i_shr(a, 32) ^ i_set(s->first), i_set(VPHILOX_M1));

    x[0] = i_shr(b, 32) ^ i_set(s->second);
    x[1] = b;
    x[2] = a ^ i_set(s->third);
    x[3] = i_set(s->fourth);
}

/* Round 3 + i. */
V_FN void vphilox_round(const struct vphilox *s, int i, vi *x)
{
    const vi a = i_mulu32(x[0], i_set(VPHILOX_M0)), b = i_mulu32(x[2], i_set(VPHILOX_M1));

    x[0] = i_xor3(i_shr(b, 32), x[1], i_set(s->k0[i]));
    x[1] = b;
    x[2] = i_xor3(i_shr(a, 32), x[3], i_set(s->k1[i]));
    x[3] = a;
}

V_FN void vphilox_words(const struct vphilox *s, vi path, vi *x)
{
    vphilox_begin(s, path, x);
#pragma GCC unroll 8
    for (int i = 0; i < 8; i++)
        vphilox_round(s, i, x);
}

/* 1 <= mantissa < 2 from the 52 upper bits; less 1 - 2^-53, which is exact. */
V_FN vd vphilox_uniform(vi low, vi high)
{
    const vi w = (low & i_set(0xffffffff)) | i_shl(high, 32);

    return v_unbits(i_shr(w, 12) | i_set(INT64_C(0x3ff0000000000000))) - v_set(0x1.fffffffffffffp-1);
}

#endif
