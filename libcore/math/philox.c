/* philox - see philox.h */
#include "math/philox.h"

#include "math/isa.h"
#include "math/norm.h"
#include "math/vphilox.h"

enum { TILE = 256 };        /* paths at a time */

typedef void pair_fn(uint64_t seed, unsigned stream, uint64_t call, uint64_t path, size_t n, double *a, double *b);

OC_K_DECLARE(void, oc_philox_uniform_k,
             (uint64_t seed, unsigned stream, uint64_t call, uint64_t path, size_t n, double *a, double *b));
OC_K_DECLARE(void, oc_philox_normal_k,
             (uint64_t seed, unsigned stream, uint64_t call, uint64_t path, size_t n, double *a, double *b));

void oc_philox(uint64_t seed, const uint32_t counter[4], uint32_t out[4])
{
    uint32_t c0 = counter[0], c1 = counter[1], c2 = counter[2], c3 = counter[3];
    uint32_t k0 = (uint32_t)seed, k1 = (uint32_t)(seed >> 32);

    for (int i = 0; i < 10; i++, k0 += VPHILOX_W0, k1 += VPHILOX_W1) {
        const uint64_t a = (uint64_t)VPHILOX_M0 * c0, b = (uint64_t)VPHILOX_M1 * c2;

        c0 = (uint32_t)(b >> 32) ^ c1 ^ k0;
        c1 = (uint32_t)b;
        c2 = (uint32_t)(a >> 32) ^ c3 ^ k1;
        c3 = (uint32_t)a;
    }
    out[0] = c0;
    out[1] = c1;
    out[2] = c2;
    out[3] = c3;
}

/* Calls of a tile of paths: both numbers of each, or one where the range begins or ends within a call. */
static void tile(pair_fn *pair, uint64_t seed, unsigned stream, uint64_t path, size_t n, uint64_t first, size_t count,
                 double *out, size_t ld)
{
    double spare[TILE];
    size_t k = 0;

    if (count && (first & 1)) {
        pair(seed, stream, first / 2, path, n, spare, out);
        k = 1;
    }
    for (; k + 1 < count; k += 2)
        pair(seed, stream, (first + k) / 2, path, n, out + k * ld, out + (k + 1) * ld);
    if (k < count)
        pair(seed, stream, (first + k) / 2, path, n, out + k * ld, spare);
}

/* Paths in tiles that share their upper 32 bits. */
static size_t tile_of(uint64_t path, size_t n)
{
    const uint64_t same = (UINT64_C(1) << 32) - (path & 0xffffffff);
    const size_t most = n < TILE ? n : TILE;

    return most < same ? most : (size_t)same;
}

static void tiles(pair_fn *pair, uint64_t seed, unsigned stream, uint64_t path, size_t n, uint64_t first, size_t count,
                  double *out, size_t ld)
{
    for (size_t m; n > 0; n -= m, path += m, out += m) {
        m = tile_of(path, n);
        tile(pair, seed, stream, path, m, first, count, out, ld);
    }
}

void oc_philox_uniform(uint64_t seed, unsigned stream, uint64_t path, size_t n, uint64_t first, size_t count, double *out,
                       size_t ld)
{
    tiles(OC_K_PICK(oc_philox_uniform_k), seed, stream, path, n, first, count, out, ld);
}

void oc_philox_normal(uint64_t seed, unsigned stream, uint64_t path, size_t n, uint64_t first, size_t count, double *out,
                      size_t ld)
{
    tiles(OC_K_PICK(oc_philox_normal_k), seed, stream, path, n, first, count, out, ld);
}

void oc_philox_inverse(uint64_t seed, unsigned stream, uint64_t path, size_t n, uint64_t first, size_t count, double *out,
                       size_t ld)
{
    /* Two numbers at a time, so that the inversion finds its tile in the first cache. */
    for (size_t m; n > 0; n -= m, path += m, out += m) {
        m = tile_of(path, n);
        for (size_t k = 0, some; k < count; k += some) {
            some = (first + k) & 1 || count - k < 2 ? 1 : 2;
            tile(OC_K_PICK(oc_philox_uniform_k), seed, stream, path, m, first + k, some, out + k * ld, ld);
            for (size_t i = 0; i < some; i++)
                oc_norm_icdf_v(m, out + (k + i) * ld, out + (k + i) * ld);
        }
    }
}

double oc_philox_uniform_at(uint64_t seed, unsigned stream, uint64_t path, uint64_t number)
{
    double u;

    oc_philox_uniform(seed, stream, path, 1, number, 1, &u, 1);
    return u;
}

double oc_philox_normal_at(uint64_t seed, unsigned stream, uint64_t path, uint64_t number)
{
    double z;

    oc_philox_normal(seed, stream, path, 1, number, 1, &z, 1);
    return z;
}
