/* exact decimals and 256-bit sums, against GMP's rationals rounded once by MPFR */
#include "base/wide.h"

#include "base/decimal.h"
#include "base/num.h"
#include "math_ref.h"

#include <gmp.h>

static void set128(mpz_t z, __int128 v)
{
    const unsigned __int128 u = v < 0 ? -(unsigned __int128)v : (unsigned __int128)v;

    mpz_set_ui(z, (unsigned long)(u >> 64));
    mpz_mul_2exp(z, z, 64);
    mpz_add_ui(z, z, (unsigned long)u);
    if (v < 0)
        mpz_neg(z, z);
}

static void set_wide(mpz_t z, struct oc_wide v)
{
    const bool negative = oc_wide_negative(v);
    const struct oc_wide u = negative ? oc_wide_neg(v) : v;

    mpz_set_ui(z, 0);
    for (int i = 3; i >= 0; i--) {
        mpz_mul_2exp(z, z, 64);
        mpz_add_ui(z, z, u.w[i]);
    }
    if (negative)
        mpz_neg(z, z);
}

/* A whole number of up to `bits` bits, either sign. */
static __int128 random128(int bits)
{
    const unsigned __int128 u = ((unsigned __int128)ref_random() << 64 | ref_random()) >> (128 - bits);

    return ref_random() & 1 ? -(__int128)u : (__int128)u;
}

static void arithmetic(void)
{
    mpz_t a, b, c, d;

    test_begin("base_wide sums, products, scales");
    mpz_inits(a, b, c, d, NULL);
    for (int i = 0; i < 200000; i++) {
        const __int128 x = random128(1 + (int)(ref_random() % 126)), y = random128(1 + (int)(ref_random() % 126));
        struct oc_wide p = oc_wide_product(x, y), s;
        set128(a, x);
        set128(b, y);
        mpz_mul(c, a, b);
        set_wide(d, p);
        CHECK(mpz_cmp(c, d) == 0, "product %d", i);
        s = oc_wide_sub(oc_wide_add(p, oc_wide_from(x)), oc_wide_from(y));
        mpz_add(c, c, a);
        mpz_sub(c, c, b);
        set_wide(d, s);
        CHECK(mpz_cmp(c, d) == 0, "sum %d", i);
        const int k = (int)(ref_random() % 30);
        const int rc = oc_wide_scale(&s, k);
        mpz_ui_pow_ui(a, 10, (unsigned long)k);
        mpz_mul(c, c, a);
        set_wide(d, s);
        CHECK(rc == 0 ? mpz_cmp(c, d) == 0 : mpz_sizeinbase(c, 2) > 252, "scale %d by %d", i, k);
    }
    mpz_clears(a, b, c, d, NULL);
    test_end();
}

static void quotients(void)
{
    mpz_t n, d, ten;
    mpq_t q;
    mpfr_t r;

    test_begin("base_wide quotients are rounded once");
    mpz_inits(n, d, ten, NULL);
    mpq_init(q);
    mpfr_init2(r, 53);
    for (int i = 0; i < 300000; i++) {
        const int sort = i % 4;         /* small, those of money and volume, wide, halfway cases */
        __int128 x = random128(sort == 0 ? 40 : sort == 1 ? 90 : 126), y = random128(sort == 0 ? 12 : sort == 1 ? 45 : 100);
        struct oc_wide w = sort == 2 ? oc_wide_product(x, random128(100)) : oc_wide_from(x);
        int k = (int)(ref_random() % (sort == 0 ? 6 : sort == 1 ? 19 : 61));
        y = y < 0 ? -y : y;
        y = y ? y : 1;
        if (sort == 3) {                /* 54 bits and an odd end, over a power of two: a tie */
            w = oc_wide_from((__int128)(ref_random() >> 10 | 1) | (__int128)1 << 53);
            y = (__int128)1 << (ref_random() % 60);
            k = 0;
        }
        set_wide(n, w);
        set128(d, y);
        mpz_ui_pow_ui(ten, 10, (unsigned long)k);
        mpz_mul(d, d, ten);
        mpq_set_num(q, n);
        mpq_set_den(q, d);
        mpq_canonicalize(q);
        mpfr_set_q(r, q, MPFR_RNDN);
        const double want = mpfr_get_d(r, MPFR_RNDN), got = oc_wide_ratio(w, y, k);
        CHECK(got == want, "sort %d: %.17g for %.17g", sort, got, want);
        if (sort == 1)
            CHECK(oc_wide_decimal(x, k) == oc_wide_ratio(w, 1, k), "decimal %d", i);
    }
    mpfr_clear(r);
    mpq_clear(q);
    mpz_clears(n, d, ten, NULL);
    test_end();
}

static void decimals(void)
{
    struct oc_decimal d;
    int64_t m = 0;
    double v;
    char text[64];

    test_begin("base_decimal is the shortest text");
    CHECK(oc_decimal_of(0.1, &d) == 0 && d.m == 1 && d.k == 1, "0.1");
    CHECK(oc_decimal_of(-37.63, &d) == 0 && d.m == -3763 && d.k == 2, "-37.63");
    CHECK(oc_decimal_of(1e17, &d) == 0 && d.m == 100000000000000000 && d.k == 0, "1e17");
    CHECK(oc_decimal_of(0, &d) == 0 && d.m == 0 && d.k == 0, "0");
    CHECK(oc_decimal_of(1e18, &d) == -1 && oc_decimal_of(1.5e-20, &d) == -1 && oc_decimal_of(NAN, &d) == -1, "limits");
    CHECK(oc_decimal_of(1e-20, &d) == 0 && d.m == 1 && d.k == 20, "1e-20");
    for (int i = 0; i < 200000; i++) {
        const int k = (int)(ref_random() % 9);
        const int64_t whole = (int64_t)(ref_random() % 1000000000000000u) - 500000000000000;
        snprintf(text, sizeof text, "%llde-%d", (long long)whole, k);
        CHECK(oc_num_f64(text, strlen(text), &v) == 0, "%s", text);
        CHECK(oc_decimal_quick(v, k, &m) && m == whole, "%s: %lld", text, (long long)m);
        CHECK(oc_decimal_of(v, &d) == 0, "%s", text);
        for (; d.k < k; d.k++)
            d.m *= 10;
        CHECK(d.m == whole && d.k == k, "%s: %lld e-%d", text, (long long)d.m, d.k);
        /* what the quick way says of any double, the slow one says too */
        v = ref_uniform(-1e6, 1e6);
        if (oc_decimal_quick(v, 8, &m)) {
            CHECK(oc_decimal_of(v, &d) == 0 && d.k <= 8, "%.17g", v);
        } else {
            CHECK(oc_decimal_of(v, &d) != 0 || d.k > 8, "%.17g has %d decimals", v, d.k);
        }
    }
    test_end();
}

int main(void)
{
    arithmetic();
    quotients();
    decimals();
    return test_done();
}
