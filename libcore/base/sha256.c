/*
 * sha256 - see sha256.h.  The constants are the first 32 bits of the fractional parts of the cube roots (k) and
 * square roots (h) of the first primes.
 */
#include "base/sha256.h"

#include <string.h>

static const uint32_t k256[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

static uint32_t ror(uint32_t x, int n) { return x >> n | x << (32 - n); }

/* One round.  The eight words stay in registers; it is their names that move on, once around in eight rounds. */
#define ROUND(a, b, c, d, e, f, g, h, i) do { \
        const uint32_t t = h + (ror(e, 6) ^ ror(e, 11) ^ ror(e, 25)) + (g ^ (e & (f ^ g))) + k256[i] + w[i]; \
        d += t; \
        h = t + (ror(a, 2) ^ ror(a, 13) ^ ror(a, 22)) + ((a & b) | (c & (a | b))); \
    } while (0)

static void compress(uint32_t s[8], const unsigned char *p)
{
    uint32_t w[64];

    for (int i = 0; i < 16; i++)
        w[i] = (uint32_t)p[4 * i] << 24 | (uint32_t)p[4 * i + 1] << 16 | (uint32_t)p[4 * i + 2] << 8 | p[4 * i + 3];
    for (int i = 16; i < 64; i++) {
        const uint32_t x = w[i - 15], y = w[i - 2];
        w[i] = w[i - 16] + (ror(x, 7) ^ ror(x, 18) ^ x >> 3) + w[i - 7] + (ror(y, 17) ^ ror(y, 19) ^ y >> 10);
    }
    uint32_t a = s[0], b = s[1], c = s[2], d = s[3], e = s[4], f = s[5], g = s[6], h = s[7];
    for (int i = 0; i < 64; i += 8) {
        ROUND(a, b, c, d, e, f, g, h, i);
        ROUND(h, a, b, c, d, e, f, g, i + 1);
        ROUND(g, h, a, b, c, d, e, f, i + 2);
        ROUND(f, g, h, a, b, c, d, e, i + 3);
        ROUND(e, f, g, h, a, b, c, d, i + 4);
        ROUND(d, e, f, g, h, a, b, c, i + 5);
        ROUND(c, d, e, f, g, h, a, b, i + 6);
        ROUND(b, c, d, e, f, g, h, a, i + 7);
    }
    const uint32_t v[8] = { a, b, c, d, e, f, g, h };
    for (int i = 0; i < 8; i++)
        s[i] += v[i];
}

void oc_sha256_init(struct oc_sha256 *s)
{
    static const uint32_t h0[8] = { 0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                    0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19 };

    *s = (struct oc_sha256){ .bytes = 0 };
    memcpy(s->h, h0, sizeof h0);
}

void oc_sha256_add(struct oc_sha256 *s, const void *p, size_t n)
{
    const unsigned char *c = p;

    while (n) {
        const size_t at = s->bytes % 64, room = 64 - at, k = n < room ? n : room;
        if (at == 0 && n >= 64) {
            compress(s->h, c);
            s->bytes += 64;
            c += 64;
            n -= 64;
            continue;
        }
        memcpy(s->block + at, c, k);
        s->bytes += k;
        c += k;
        n -= k;
        if (s->bytes % 64 == 0)
            compress(s->h, s->block);
    }
}

void oc_sha256_digest(const struct oc_sha256 *s, unsigned char out[OC_SHA256_BYTES])
{
    struct oc_sha256 t = *s;
    static const unsigned char pad[64] = { 0x80 };
    unsigned char len[8];

    for (int i = 0; i < 8; i++)
        len[i] = (unsigned char)(8 * s->bytes >> (56 - 8 * i));
    oc_sha256_add(&t, pad, 1 + (119 - s->bytes % 64) % 64);
    oc_sha256_add(&t, len, 8);
    for (int i = 0; i < 32; i++)
        out[i] = (unsigned char)(t.h[i / 4] >> (24 - 8 * (i % 4)));
}

void oc_sha256_hex(const struct oc_sha256 *s, char out[OC_SHA256_HEX])
{
    unsigned char d[OC_SHA256_BYTES];

    oc_sha256_digest(s, d);
    for (int i = 0; i < OC_SHA256_BYTES; i++) {
        out[2 * i] = "0123456789abcdef"[d[i] >> 4];
        out[2 * i + 1] = "0123456789abcdef"[d[i] & 15];
    }
    out[OC_SHA256_HEX - 1] = '\0';
}

void oc_sha256_of(const void *p, size_t n, char out[OC_SHA256_HEX])
{
    struct oc_sha256 s;

    oc_sha256_init(&s);
    oc_sha256_add(&s, n ? p : "", n);
    oc_sha256_hex(&s, out);
}
