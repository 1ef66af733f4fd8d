/*
 * Sobol: the table against primitive polynomials counted here, points against the definition, scrambled points as the nets
 * they must stay and as the random numbers they must be, and the same bits for any cut and instruction set.
 */
#include "math/sobol.h"

#include "base/datadir.h"
#include "math/norm.h"
#include "math_ref.h"

static struct oc_sobol *all;

/* ---- the table -------------------------------------------------------------------------------------- */

/* a b modulo the polynomial p of degree s, over two elements */
static uint32_t multiply(uint32_t a, uint32_t b, uint32_t p, int s)
{
    uint32_t r = 0;

    for (; b; b >>= 1, a = a >> (s - 1) & 1 ? a << 1 ^ p : a << 1)
        if (b & 1)
            r ^= a;
    return r;
}

static uint32_t power_of_x(uint32_t e, uint32_t p, int s)
{
    uint32_t r = 1, a = s == 1 ? 2 ^ p : 2;

    for (; e; e >>= 1, a = multiply(a, a, p, s))
        if (e & 1)
            r = multiply(r, a, p, s);
    return r;
}

/* x has order 2^s - 1 modulo p: then p is primitive. */
static int primitive(uint32_t p, int s)
{
    const uint32_t order = (1u << s) - 1;
    uint32_t left = order;

    if (power_of_x(order, p, s) != 1)
        return 0;
    for (uint32_t q = 2; left > 1; q++)
        if (left % q == 0) {
            while (left % q == 0)
                left /= q;
            if (power_of_x(order / q, p, s) == 1)
                return 0;
        }
    return 1;
}

/* Rows of sobol.tab follow the primitive polynomials in order of degree and value, and none is left out. */
static void table(void)
{
    char path[2300], line[400];
    struct oc_err err = { 0 };
    uint32_t p = 2;
    int s = 1, rows = 0;

    test_begin("math_sobol polynomials are the primitive ones in order");
    CHECK(oc_datadir_find("sobol.tab", path, sizeof path, &err) == 0, "%s", err.text);
    FILE *const f = fopen(path, "r");
    while (f && fgets(line, sizeof line, f)) {
        if (line[0] == '#' || line[0] == 'o')
            continue;
        do {
            p++;
            if (p >> (s + 1))
                s++;
        } while (!(p & 1) || !primitive(p, s));
        CHECK(strtoul(line, NULL, 10) == (p >> 1 & ((1u << (s - 1)) - 1)), "row %d: %.20s is not polynomial %x", rows, line,
              p);
        int words = 0;
        for (char *w = strtok(line, " \n"); w; w = strtok(NULL, " \n"))
            words++;
        CHECK(words == s + 1, "row %d: %d direction numbers for degree %d", rows, words - 1, s);
        rows++;
    }
    if (f)
        fclose(f);
    CHECK(rows == OC_SOBOL_DIMENSIONS - 1, "%d rows", rows);
    test_end();
}

/* The first points of the first five dimensions, by hand from the polynomials 1, x+1, x^2+x+1, x^3+x+1, x^3+x^2+1. */
static void points(void)
{
    static const double want[8][5] = {
        { 0, 0, 0, 0, 0 }, { .5, .5, .5, .5, .5 }, { .75, .25, .25, .25, .75 }, { .25, .75, .75, .75, .25 },
        { .375, .375, .625, .875, .375 }, { .875, .875, .125, .375, .875 }, { .625, .125, .875, .625, .625 },
        { .125, .625, .375, .125, .125 }
    };

    test_begin("math_sobol first points");
    for (uint32_t i = 0; i < 8; i++)
        for (size_t d = 0; d < 5; d++)
            CHECK(oc_sobol_word(all, i, d) * 0x1p-32 == want[i][d], "point %u dimension %zu: %g, not %g", i, d,
                  oc_sobol_word(all, i, d) * 0x1p-32, want[i][d]);
    test_end();
}

static void refusals(void)
{
    struct oc_err err = { 0 };

    test_begin("math_sobol refusals");
    CHECK(!oc_sobol_open(0, &err) && err.code == OC_USAGE, "no dimensions: %s", err.text);
    CHECK(!oc_sobol_open(OC_SOBOL_DIMENSIONS + 1, &err) && err.code == OC_USAGE && strstr(err.text, "21201"), "%s",
          err.text);
    setenv("OC_DATA", "/nonexistent", 1);
    CHECK(!oc_sobol_open(3, &err) && err.code == OC_IO, "no file: %s", err.text);
    char dir[] = "/tmp/math_sobol.XXXXXX", file[64];
    CHECK(mkdtemp(dir) != NULL, "no temporary directory");
    setenv("OC_DATA", dir, 1);
    snprintf(file, sizeof file, "%s/sobol.tab", dir);
    static const char *const bad[] = {
        "", "oc-sobol 2 3\n0 1\n", "oc-sobol 1 9", "oc-sobol 1 9\n0 1\n", "oc-sobol 1 9\n0 1\n1 1 2\n",
        "oc-sobol 1 9\n0 1\n1 1 5\n",
        "oc-sobol 1 9\n0 1\n2 1 3\n", "oc-sobol 1 9\n0 1\n1\n", "oc-sobol 1 9\n0 1\nx 1 3\n", "oc-sobol 1 9\n0 1\n0 1\n",
        "oc-sobol 1 9\n0 1\n1 1 3", "oc-sobol 1 9\n1 1 3\n0 1\n",
        "oc-sobol 1 9\n0 1\n1 1 99999999999\n",
        "oc-sobol 1 9\n0 1\n1 1 3 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1\n", "# oc-sobol 1 9"
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        FILE *const f = fopen(file, "w");
        fputs(bad[i], f);
        fclose(f);
        struct oc_sobol *const s = oc_sobol_open(3, &err);
        CHECK(!s && err.code == OC_FORMAT, "file %zu is accepted", i);
        oc_sobol_close(s);
    }
    remove(file);
    remove(dir);
    unsetenv("OC_DATA");
    oc_sobol_close(NULL);
    test_end();
}

/* ---- nets ------------------------------------------------------------------------------------------- */

/* Any 2^m aligned points fill the 2^m intervals of each dimension, scrambled or not. */
static void stratified(void)
{
    enum { M = 8, N = 1 << M };
    const size_t step = getenv("OC_FULL") ? 1 : 7;
    double u[N];

    test_begin("math_sobol one point in each interval of each dimension");
    for (size_t d = 0; d < OC_SOBOL_DIMENSIONS; d += step) {
        struct oc_sobol_key key;
        unsigned char raw[N] = { 0 }, scrambled[N] = { 0 };
        const uint64_t path = (uint64_t)N * (d * 7919 % 100000);
        oc_sobol_keys(5, d, path, d, 1, &key);
        oc_sobol_uniform(all, &key, path, N, d, 1, u, N);
        for (uint32_t i = 0; i < N; i++) {
            raw[oc_sobol_word(all, (uint32_t)path + i, d) >> (32 - M)]++;
            scrambled[(size_t)(u[i] * N)]++;
        }
        for (size_t i = 0; i < N; i++)
            CHECK(raw[i] == 1 && scrambled[i] == 1, "dimension %zu interval %zu: %d and %d points", d, i, raw[i],
                  scrambled[i]);
    }
    test_end();
}

/* The first two dimensions are a (0, m, 2)-net: one point in each box 2^-a x 2^(a-m). */
static void boxes(void)
{
    enum { M = 10, N = 1 << M };
    static double u[2 * N];

    test_begin("math_sobol scrambling keeps the net of two dimensions");
    for (uint64_t r = 0; r < 50; r++) {
        struct oc_sobol_key key[2];
        const uint64_t path = N * r;
        oc_sobol_keys(r % 7, r, path, 0, 2, key);
        oc_sobol_uniform(all, key, path, N, 0, 2, u, N);
        for (int a = 0; a <= M; a++) {
            unsigned char seen[N] = { 0 };
            for (size_t i = 0; i < N; i++)
                seen[((size_t)(u[i] * (1 << a)) << (M - a)) + (size_t)(u[N + i] * (1 << (M - a)))]++;
            for (size_t i = 0; i < N; i++)
                CHECK(seen[i] == 1, "replicate %d, boxes 2^-%d wide: %d points in box %zu", (int)r, a, seen[i], i);
        }
    }
    test_end();
}

/* ---- randomness ------------------------------------------------------------------------------------- */

static double identity(double u) { return u - 0.5; }
static double square(double u) { return (u - 0.25) * (u - 0.25) - 7.0 / 48.0; }
static double step(double u) { return (u < 0.3) - 0.3; }
static double normal(double u) { return oc_norm_icdf(u); }

/*
 * The mean of f over n = 2^m points has expectation 0 and, since nested uniform scrambling puts one independent uniform
 * point into each stratum, the variance of stratified sampling.  R replicates; that variance by quadrature.
 */
static double stratified_variance(double (*f)(double), int n)
{
    enum { FINE = 4096 };
    double total = 0.0;

    for (int i = 0; i < n; i++) {
        double s = 0.0, q = 0.0;
        for (int k = 0; k < FINE / 4; k++) {
            const double y = f((i + (k + 0.5) / (FINE / 4)) / n);
            s += y;
            q += y * y;
        }
        total += q / (FINE / 4) - s / (FINE / 4) * (s / (FINE / 4));
    }
    return total / n / n;
}

static void variance(const char *name, double (*f)(double), size_t d)
{
    const size_t R = getenv("OC_FULL") ? 150000 : 3000;
    double u[64];

    for (int n = 1; n <= 64; n *= 2) {
        double mean = 0.0, square_sum = 0.0, fourth = 0.0;
        for (size_t r = 0; r < R; r++) {
            struct oc_sobol_key key;
            double y = 0.0;
            oc_sobol_keys(99, r, 0, d, 1, &key);
            oc_sobol_uniform(all, &key, 0, (size_t)n, d, 1, u, 64);
            for (int i = 0; i < n; i++)
                y += f(u[i]) / n;
            mean += y;
            square_sum += y * y;
            fourth += y * y * y * y;
        }
        const double count = (double)R, v = square_sum / count, want = stratified_variance(f, n);
        const double error = sqrt((fourth / count - v * v) / count);
        CHECK(fabs(mean / count) <= 4.5 * sqrt(want / count), "%s, %d points of dimension %zu: mean %g", name, n, d,
              mean / count);
        CHECK(fabs(v - want) <= 4.5 * error + 2e-3 * want, "%s, %d points of dimension %zu: variance %g +- %g, not %g",
              name, n, d,
              v, error, want);
    }
}

static void randomness(void)
{
    static const size_t dimension[] = { 0, 1, 2, 17, 500, 21200 };

    test_begin("math_sobol scrambled means have the variance of independent strata");
    for (size_t i = 0; i < sizeof dimension / sizeof *dimension; i++) {
        variance("u", identity, dimension[i]);
        variance("square", square, dimension[i]);
        variance("step", step, dimension[i]);
    }
    variance("normal", normal, 3);
    test_end();
}

/* Digits of one point over replicates, and of two points that part at digit k: fair coins, each pair of them independent. */
static void digits(void)
{
    enum { R = 8192, BITS = 52 };
    const double limit = 5.0 * sqrt(R) / 2.0;       /* about 10^4 comparisons, each a binomial's distance from R/2 */
    static uint64_t w[2][R];
    static const uint32_t other[] = { 1, 2, 5, 77, 1000, 123456, 0x80000001 };

    test_begin("math_sobol digits are fair and independent");
    for (size_t p = 0; p < sizeof other / sizeof *other; p++) {
        for (size_t r = 0; r < R; r++)
            for (int h = 0; h < 2; h++) {
                struct oc_sobol_key key;
                double u;
                oc_sobol_keys(3, r, 0, 4, 1, &key);
                oc_sobol_uniform(all, &key, h ? other[p] : 0, 1, 4, 1, &u, 1);
                w[h][r] = (uint64_t)(u * 0x1p52);
            }
        const uint32_t differ = oc_sobol_word(all, other[p], 4);
        const int same = differ ? __builtin_clz(differ) : 32;        /* digits before the first that differs */
        for (int a = 0; a < BITS; a++)
            for (int b = a; b < BITS; b++) {
                int within = 0, between = 0;
                for (size_t r = 0; r < R; r++) {
                    const uint64_t x = w[0][r] >> (51 - a) & 1, y = w[0][r] >> (51 - b) & 1, z = w[1][r] >> (51 - b) & 1;
                    within += (int)(a == b ? x : x ^ y);
                    between += (int)(x ^ z);
                }
                CHECK(abs(within - R / 2) <= limit, "point 0, digits %d and %d: %d of %d", a + 1, b + 1, within, R);
                if (a == b && a <= same)
                    CHECK(between == (a < same ? 0 : R), "points 0 and %u, digit %d: %d of %d differ", other[p], a + 1,
                          between, R);
                else
                    CHECK(abs(between - R / 2) <= limit, "points 0 and %u, digits %d and %d: %d of %d", other[p], a + 1,
                          b + 1,
                          between, R);
            }
    }
    test_end();
}

/* ---- bits ------------------------------------------------------------------------------------------- */

static void cuts(void)
{
    enum { N = 600, D = 3, LD = 610 };
    static double want[D * LD], got[D * LD], z[D * LD];
    static const size_t sizes[] = { 1, 2, 3, 31, 32, 33, 64, 100, 7, 256, 257 };
    static const uint64_t starts[] = { 0, 5, 31, 32, 1000003, 0xfffffda8 /* the last 600 */, 0x700000000000u };

    test_begin("math_sobol same bits for any cut and instruction set");
    for (size_t s = 0; s < sizeof starts / sizeof *starts; s++) {
        struct oc_sobol_key key[D];
        oc_sobol_keys(1, 2, starts[s], 40, D, key);
        oc_isa_use(OC_ISA_BASE);
        oc_sobol_uniform(all, key, starts[s], N, 40, D, want, LD);
        oc_sobol_normal(all, key, starts[s], N, 40, D, z, LD);
        for (size_t i = 0; i < D * N; i++)
            CHECK(z[i / N * LD + i % N] == oc_norm_icdf(want[i / N * LD + i % N]), "normal %zu is not the inverse", i);
        for (int isa = OC_ISA_AVX512; isa <= OC_ISA_BASE; isa++) {
            if (oc_isa_use((enum oc_isa)isa))
                continue;
            memset(got, 0, sizeof got);
            for (size_t j = 0, m, i = s; j < N; j += m, i++) {
                m = sizes[i % 11] < N - j ? sizes[i % 11] : N - j;
                oc_sobol_uniform(all, key, starts[s] + j, m, 40, D, got + j, LD);
            }
            for (size_t k = 0; k < D; k++)
                for (size_t j = 0; j < LD; j++)
                    CHECK(got[k * LD + j] == (j < N ? want[k * LD + j] : 0.0), "%s: dimension %zu point %zu: %a, %a",
                          oc_isa_name((enum oc_isa)isa), k, j, got[k * LD + j], want[k * LD + j]);
        }
        ref_best_isa();
    }
    test_end();
}

int main(void)
{
    struct oc_err err = { 0 };

    all = oc_sobol_open(OC_SOBOL_DIMENSIONS, &err);
    if (!all) {
        printf("not ok math_sobol: %s\n", err.text);
        return 1;
    }
    table();
    points();
    refusals();
    stratified();
    boxes();
    randomness();
    digits();
    cuts();
    oc_sobol_close(all);
    return test_done();
}
