/* num_big - see num_big.h.  Schoolbook arithmetic; these are the rare cases, so plain beats fast. */
#include "base/num_big.h"

#include <assert.h>
#include <string.h>

typedef unsigned __int128 u128;

static void push(struct oc_num_big *b, uint64_t limb)
{
    if (limb) {
        assert(b->n < OC_NUM_BIG_LIMBS);
        b->d[b->n++] = limb;
    }
}

static void trim(struct oc_num_big *b)
{
    while (b->n && b->d[b->n - 1] == 0)
        b->n--;
}

void oc_num_big_set(struct oc_num_big *b, uint64_t v)
{
    b->n = 0;
    push(b, v);
}

void oc_num_big_muladd(struct oc_num_big *b, uint64_t m, uint64_t add)
{
    uint64_t carry = add;

    for (size_t i = 0; i < b->n; i++) {
        const u128 p = (u128)b->d[i] * m + carry;
        b->d[i] = (uint64_t)p;
        carry = (uint64_t)(p >> 64);
    }
    push(b, carry);
    trim(b);
}

void oc_num_big_pow10(struct oc_num_big *b, unsigned e)
{
    static const uint64_t five[28] = {      /* 5^0 .. 5^27 */
        1, 5, 25, 125, 625, 3125, 15625, 78125, 390625, 1953125, 9765625, 48828125, 244140625, 1220703125, 6103515625,
        30517578125, 152587890625, 762939453125, 3814697265625, 19073486328125, 95367431640625, 476837158203125,
        2384185791015625, 11920928955078125, 59604644775390625, 298023223876953125, 1490116119384765625,
        7450580596923828125
    };

    for (unsigned k = e; k; k -= k < 27 ? k : 27)
        oc_num_big_muladd(b, five[k < 27 ? k : 27], 0);
    oc_num_big_shl(b, e);
}

void oc_num_big_shl(struct oc_num_big *b, unsigned bits)
{
    const size_t limbs = bits / 64;

    if (!b->n || !bits)
        return;
    assert(b->n + limbs <= OC_NUM_BIG_LIMBS);
    memmove(b->d + limbs, b->d, b->n * sizeof *b->d);
    memset(b->d, 0, limbs * sizeof *b->d);
    b->n += limbs;
    if (bits % 64)
        oc_num_big_muladd(b, UINT64_C(1) << bits % 64, 0);
}

void oc_num_big_shr_round(struct oc_num_big *b, unsigned bits)
{
    const size_t limbs = bits / 64;
    const unsigned low = bits % 64;
    uint64_t sticky = 0;
    int half = 0;

    if (!bits)
        return;
    /* the bit below the cut, and whether anything is set below it */
    const size_t hl = (bits - 1) / 64;
    const unsigned hb = (bits - 1) % 64;
    if (hl < b->n) {
        half = (int)(b->d[hl] >> hb & 1);
        sticky = b->d[hl] & ((UINT64_C(1) << hb) - 1);
    }
    for (size_t i = 0; i < hl && i < b->n; i++)
        sticky |= b->d[i];
    if (limbs >= b->n) {
        b->n = 0;
    } else {
        b->n -= limbs;
        for (size_t i = 0; i < b->n; i++) {
            const uint64_t high = low && i + 1 < b->n ? b->d[i + limbs + 1] << (64 - low) : 0;
            b->d[i] = b->d[i + limbs] >> low | high;
        }
        trim(b);
    }
    if (half && (sticky || (b->n && (b->d[0] & 1)))) {
        size_t i = 0;
        while (i < b->n && ++b->d[i] == 0)
            i++;
        if (i == b->n)
            push(b, 1);
    }
}

int oc_num_big_cmp(const struct oc_num_big *a, const struct oc_num_big *b)
{
    if (a->n != b->n)
        return a->n < b->n ? -1 : 1;
    for (size_t i = a->n; i-- > 0;)
        if (a->d[i] != b->d[i])
            return a->d[i] < b->d[i] ? -1 : 1;
    return 0;
}

uint64_t oc_num_big_div(struct oc_num_big *b, uint64_t m)
{
    uint64_t rest = 0;

    for (size_t i = b->n; i-- > 0;) {
        const u128 v = (u128)rest << 64 | b->d[i];
        b->d[i] = (uint64_t)(v / m);
        rest = (uint64_t)(v % m);
    }
    trim(b);
    return rest;
}

size_t oc_num_big_print(struct oc_num_big *b, char *buf)
{
    enum { CHUNK = 19 };
    uint64_t chunk[OC_NUM_BIG_LIMBS + 8];
    size_t n = 0, len = 0;

    do
        chunk[n++] = oc_num_big_div(b, UINT64_C(10000000000000000000));
    while (b->n);
    while (n-- > 0) {
        char t[CHUNK];
        uint64_t v = chunk[n];
        for (int i = CHUNK; i-- > 0; v /= 10)
            t[i] = (char)('0' + v % 10);
        size_t skip = 0;
        while (!len && skip < CHUNK - 1 && t[skip] == '0')
            skip++;
        memcpy(buf + len, t + skip, CHUNK - skip);
        len += CHUNK - skip;
    }
    return len;
}
