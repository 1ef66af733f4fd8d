/*
 * Philox: words against the published vectors and Random123, uniforms exactly, normals against MPFR, and the same bits from
 * each instruction set and however a range is cut.
 */
#include "math/philox.h"

#include "math/norm.h"
#include "math_ref.h"

#define R123_USE_PHILOX_64BIT 0
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wconversion"
#include <Random123/philox.h>
#pragma GCC diagnostic pop

typedef void fill(uint64_t seed, unsigned stream, uint64_t path, size_t n, uint64_t first, size_t count, double *out,
                  size_t ld);

/* The three vectors of Random123's kat_vectors for philox4x32 of 10 rounds. */
static void known(void)
{
    static const struct { uint64_t seed; uint32_t counter[4], out[4]; } kat[] = {
        { 0, { 0, 0, 0, 0 }, { 0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8 } },
        { 0xffffffffffffffff, { 0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff },
          { 0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd } },
        { 0x299f31d0a4093822, { 0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344 },
          { 0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1 } },
    };
    uint32_t out[4];

    test_begin("math_philox published words");
    for (size_t i = 0; i < sizeof kat / sizeof *kat; i++) {
        oc_philox(kat[i].seed, kat[i].counter, out);
        for (int k = 0; k < 4; k++)
            CHECK(out[k] == kat[i].out[k], "vector %zu word %d: %08x, not %08x", i, k, out[k], kat[i].out[k]);
    }
    test_end();
}

static void peer(void)
{
    test_begin("math_philox words of Random123");
    for (size_t i = 0; i < ref_size(100000); i++) {
        const uint64_t seed = ref_random(), a = ref_random(), b = ref_random();
        const uint32_t counter[4] = { (uint32_t)a, (uint32_t)(a >> 32), (uint32_t)b, (uint32_t)(b >> 32) };
        const philox4x32_ctr_t c = { { counter[0], counter[1], counter[2], counter[3] } };
        const philox4x32_key_t k = { { (uint32_t)seed, (uint32_t)(seed >> 32) } };
        const philox4x32_ctr_t want = philox4x32(c, k);
        uint32_t out[4];
        oc_philox(seed, counter, out);
        CHECK(memcmp(out, want.v, sizeof out) == 0, "seed %016llx differs", (unsigned long long)seed);
    }
    test_end();
}

/* Number `number` of a stream from the words, by the definition in philox.h; its partner of the same call in *other. */
static double plain(uint64_t seed, unsigned stream, uint64_t path, uint64_t number, double *other)
{
    const uint64_t call = number / 2;
    const uint32_t counter[4] = {
        (uint32_t)path, (uint32_t)(path >> 32), (uint32_t)call, stream << 16 | (uint32_t)(call >> 32)
    };
    uint32_t w[4];
    double u[2];

    oc_philox(seed, counter, w);
    for (int h = 0; h < 2; h++)
        u[h] = ((double)((w[2 * h] | (uint64_t)w[2 * h + 1] << 32) >> 12) + 0.5) * 0x1p-52;
    *other = u[!(number & 1)];
    return u[number & 1];
}

/* r cos(2 pi u1) or r sin(2 pi u1) against MPFR, in units of r's last place. */
static double polar_error(double u0, double u1, int sine, double got)
{
    mpfr_t r, x;

    mpfr_inits2(REF_BITS, r, x, (mpfr_ptr)0);
    mpfr_set_d(r, u0, MPFR_RNDN);
    mpfr_log(r, r, MPFR_RNDN);
    mpfr_mul_si(r, r, -2, MPFR_RNDN);
    mpfr_sqrt(r, r, MPFR_RNDN);
    mpfr_const_pi(x, MPFR_RNDN);
    mpfr_mul_2ui(x, x, 1, MPFR_RNDN);
    mpfr_mul_d(x, x, u1, MPFR_RNDN);
    (sine ? mpfr_sin : mpfr_cos)(x, x, MPFR_RNDN);
    mpfr_mul(x, x, r, MPFR_RNDN);
    mpfr_sub_d(x, x, got, MPFR_RNDN);
    mpfr_mul_2si(x, x, 53 - mpfr_get_exp(r), MPFR_RNDN);
    const double e = fabs(mpfr_get_d(x, MPFR_RNDN));
    mpfr_clears(r, x, (mpfr_ptr)0);
    return e;
}

static void values(void)
{
    enum { N = 40, COUNT = 5 };
    double u[COUNT * N], z[COUNT * N], other, worst = 0.0;

    test_begin("math_philox uniforms and normals by definition");
    for (size_t round = 0; round < ref_size(200); round++) {
        const uint64_t seed = ref_random(), path = round % 3 ? ref_random() : (uint64_t)-17, first = ref_random() >> 16;
        const unsigned stream = (unsigned)(ref_random() & 0xffff);
        oc_philox_uniform(seed, stream, path, N, first, COUNT, u, N);
        oc_philox_normal(seed, stream, path, N, first, COUNT, z, N);
        for (size_t k = 0; k < COUNT; k++)
            for (size_t j = 0; j < N; j++) {
                const double want = plain(seed, stream, path + j, first + k, &other);
                const int sine = (first + k) & 1;
                CHECK(u[k * N + j] == want, "uniform %zu of path %zu: %a, not %a", k, j, u[k * N + j], want);
                const double e = polar_error(sine ? other : want, sine ? want : other, sine, z[k * N + j]);
                CHECK(e <= 4.0, "normal of %a, %a: %a is off by %g ulp of r", want, other, z[k * N + j], e);
                worst = e > worst ? e : worst;
            }
    }
    printf("# Box-Muller: worst error %.3f ulp of r, bound 4\n", worst);
    test_end();
}

/* Words and normals of testdata/philox.kat, from each instruction set. */
static void vectors(void)
{
    FILE *const f = fopen("testdata/philox.kat", "r");
    char line[600];
    int cases = 0;

    test_begin("math_philox known answers");
    CHECK(f != NULL, "testdata/philox.kat cannot be opened");
    while (f && fgets(line, sizeof line, f)) {
        unsigned long long seed, path, call;
        unsigned stream, w[4];
        double want[4], got[4];
        uint32_t out[4];
        if (line[0] == '#')
            continue;
        CHECK(sscanf(line, "%llx %u %llu %llu %x %x %x %x %lf %lf %lf %lf", &seed, &stream, &path, &call, &w[0], &w[1],
                     &w[2], &w[3],
                     &want[0], &want[1], &want[2], &want[3]) == 12, "%s", line);
        const uint32_t counter[4] = {
            (uint32_t)path, (uint32_t)(path >> 32), (uint32_t)call, stream << 16 | (uint32_t)(call >> 32)
        };
        oc_philox(seed, counter, out);
        for (int k = 0; k < 4; k++)
            CHECK(out[k] == w[k], "word %d is %08x: %s", k, out[k], line);
        const double r = sqrt(want[0] * want[0] + want[1] * want[1]);
        for (int isa = OC_ISA_AVX512; isa <= OC_ISA_BASE; isa++) {
            if (oc_isa_use((enum oc_isa)isa))
                continue;
            oc_philox_normal(seed, stream, path, 1, 2 * call, 2, got, 1);
            oc_philox_inverse(seed, stream, path, 1, 2 * call, 2, got + 2, 1);
            for (int k = 0; k < 4; k++)         /* 4 ulp of the radius, 4 ulp of the number itself */
                CHECK(fabs(got[k] - want[k]) <= 0x1p-50 * (k < 2 ? r : fabs(want[k])), "normal %d is %.17g: %s", k, got[k],
                      line);
        }
        cases++;
    }
    if (f)
        fclose(f);
    ref_best_isa();
    CHECK(cases == 72, "%d cases", cases);
    test_end();
}

/* f in one piece with the baseline, then in pieces of all sizes with each instruction set. */
static void cuts(const char *name, fill *f)
{
    enum { N = 700, COUNT = 9, LD = 720 };
    static double want[COUNT * LD], got[COUNT * LD];
    static const size_t sizes[] = { 1, 2, 3, 5, 8, 31, 32, 33, 64, 100, 255, 256, 257 };
    static const uint64_t starts[] = { 0, 1, 12345, 0xffffff80, 0xfffffffffffffff0 };
    char title[80];

    snprintf(title, sizeof title, "math_philox %s: same bits for any cut and instruction set", name);
    test_begin(title);
    for (size_t s = 0; s < sizeof starts / sizeof *starts; s++)
        for (uint64_t first = 6; first < 8; first++) {
            oc_isa_use(OC_ISA_BASE);
            f(42, 7, starts[s], N, first, COUNT, want, LD);
            for (int isa = OC_ISA_AVX512; isa <= OC_ISA_BASE; isa++) {
                if (oc_isa_use((enum oc_isa)isa))
                    continue;
                memset(got, 0, sizeof got);
                for (size_t k = 0, some = 1; k < COUNT; k += some, some = 1 + (some + 1) % 4) {
                    some = some < COUNT - k ? some : COUNT - k;
                    for (size_t j = 0, i = k, m; j < N; j += m, i++) {
                        m = sizes[i % 13] < N - j ? sizes[i % 13] : N - j;
                        f(42, 7, starts[s] + j, m, first + k, some, got + k * LD + j, LD);
                    }
                    for (size_t q = 0; q < some; q++)
                        for (size_t j = 0; j < LD; j++)
                            CHECK(got[(k + q) * LD + j] == (j < N ? want[(k + q) * LD + j] : 0.0),
                                  "%s path %zu number %zu: %a, %a", oc_isa_name((enum oc_isa)isa), j, k + q,
                                  got[(k + q) * LD + j], want[(k + q) * LD + j]);
                }
            }
            ref_best_isa();
        }
    test_end();
}

/* ---- the law ---------------------------------------------------------------------------------------- */

enum { CELLS = 64 };

/* Sums over numbers 0 and 1 of many paths: powers, products of a pair and of neighbours, counts in cells of equal share. */
struct law {
    double power[5], pair, neighbour;
    double cell[CELLS];
    size_t n;
};

static void gather(struct law *s, const double *x, size_t ld, size_t n, int uniform)
{
    static double p[2 * 4096];

    for (size_t k = 0; k < 2; k++) {
        if (uniform)
            memcpy(p + k * ld, x + k * ld, n * sizeof *p);
        else
            oc_norm_cdf_v(n, x + k * ld, p + k * ld);
        for (size_t j = 0; j < n; j++) {
            const double y = uniform ? (x[k * ld + j] - 0.5) * 3.4641016151377544 : x[k * ld + j];
            double q = 1.0;
            for (int i = 1; i < 5; i++)
                s->power[i] += q *= y;
            s->cell[(size_t)(p[k * ld + j] * CELLS)]++;
            if (k == 0)
                s->pair += y * (uniform ? (x[ld + j] - 0.5) * 3.4641016151377544 : x[ld + j]);
            if (j > 0)
                s->neighbour += y * (uniform ? (x[k * ld + j - 1] - 0.5) * 3.4641016151377544 : x[k * ld + j - 1]);
        }
    }
    s->n += 2 * n;
}

/* Moments, correlations and cells within 4 standard errors. */
static void law(const char *name, fill *f, int uniform)
{
    enum { N = 4096 };
    static double x[2 * N];
    struct law s = { .n = 0 };
    char title[80];
    const size_t total = getenv("OC_FULL") ? 100000000 : 1000000;
    /* means and variances of y^k for variance 1 */
    const double mean[] = { 1, 0, 1, 0, uniform ? 1.8 : 3 };
    const double second[] = { 1, 1, uniform ? 1.8 : 3, uniform ? 27.0 / 7 : 15, uniform ? 9 : 105 };

    snprintf(title, sizeof title, "math_philox law of %s", name);
    test_begin(title);
    for (uint64_t path = 0; s.n < total; path += N) {
        f(2024, 5, path, N, 8, 2, x, N);
        gather(&s, x, N, N, uniform);
    }
    const double n = (double)s.n;
    for (int i = 1; i < 5; i++)
        CHECK(fabs(s.power[i] / n - mean[i]) <= 4.0 * sqrt((second[i] - mean[i] * mean[i]) / n), "moment %d is %.9g", i,
              s.power[i] / n);
    CHECK(fabs(s.pair / (n / 2)) <= 4.0 / sqrt(n / 2), "correlation of a pair: %g", s.pair / (n / 2));
    CHECK(fabs(s.neighbour / n) <= 4.0 / sqrt(n), "correlation of neighbours: %g", s.neighbour / n);
    double chi = 0.0;
    for (size_t i = 0; i < CELLS; i++)
        chi += (s.cell[i] - n / CELLS) * (s.cell[i] - n / CELLS) / (n / CELLS);
    CHECK(fabs(chi - (CELLS - 1)) <= 4.0 * sqrt(2.0 * (CELLS - 1)), "chi squared of %d cells: %g", CELLS, chi);
    test_end();
}

static void single(void)
{
    double u, z, y;

    test_begin("math_philox one number is that of the array");
    for (uint64_t i = 0; i < 200; i++) {
        oc_philox_uniform(i, 3, i << 25, 1, i, 1, &u, 1);
        oc_philox_normal(i, 3, i << 25, 1, i, 1, &z, 1);
        oc_philox_uniform(i, 3, i << 25, 1, i, 0, &y, 1);       /* nothing */
        CHECK(u == oc_philox_uniform_at(i, 3, i << 25, i), "uniform %d", (int)i);
        CHECK(z == oc_philox_normal_at(i, 3, i << 25, i), "normal %d", (int)i);
    }
    test_end();
}

int main(void)
{
    known();
    peer();
    values();
    vectors();
    cuts("uniforms", oc_philox_uniform);
    cuts("normals by Box-Muller", oc_philox_normal);
    cuts("normals by inversion", oc_philox_inverse);
    single();
    law("uniforms", oc_philox_uniform, 1);
    law("normals by Box-Muller", oc_philox_normal, 0);
    law("normals by inversion", oc_philox_inverse, 0);
    mpfr_free_cache();
    return test_done();
}
