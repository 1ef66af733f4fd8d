/*
 * The bridge and the principal components: orthogonal maps whose running sums have the covariance of Brownian motion, in the
 * order they promise, with the same bits for any cut and instruction set.
 */
#include "math/bridge.h"
#include "math/pca.h"

#include "math_ref.h"

enum { MOST = 400 };

static double t[MOST + 1], one[MOST * MOST], map[MOST * MOST];

typedef void apply_fn(const void *b, size_t n, const double *z, size_t ldz, double *out, size_t ld);

static void apply_bridge(const void *b, size_t n, const double *z, size_t ldz, double *out, size_t ld)
{
    oc_bridge_apply(b, n, z, ldz, out, ld);
}

static void apply_pca(const void *b, size_t n, const double *z, size_t ldz, double *out, size_t ld)
{
    oc_pca_apply(b, n, z, ldz, out, ld);
}

/* Grids: 0 equal steps, 1 random, 2 steps growing a thousandfold, 3 negative start with a short first step */
static void grid(int kind, size_t n)
{
    t[0] = kind == 3 ? -1.0 : 0.0;
    for (size_t k = 0; k < n; k++) {
        const double h = kind == 1 ? ref_uniform(0.001, 0.1) : kind == 2 ? 1e-3 * pow(1000.0, (double)k / (double)n) : 0.25;
        t[k + 1] = t[k] + (kind == 3 && k == 0 ? 1e-6 : h);
    }
}

/* map[k * n + l]: increment k from normal l */
static void matrix(apply_fn *apply, const void *b, size_t n)
{
    for (size_t i = 0; i < n * n; i++)
        one[i] = i % (n + 1) == 0;
    apply(b, n, one, n, map, n);
}

static void orthogonal(const char *what, int kind, size_t n)
{
    double worst = 0.0;

    for (size_t i = 0; i < n; i++)
        for (size_t j = 0; j <= i; j++) {
            double s = i == j ? -1.0 : 0.0;
            for (size_t l = 0; l < n; l++)
                s += map[i * n + l] * map[j * n + l];
            worst = fabs(s) > worst ? fabs(s) : worst;
        }
    CHECK(worst <= 1e-12, "%s, grid %d of %zu steps: M M^T is off the identity by %g", what, kind, n, worst);
}

/* Conditional variance that is left after each of the normals, all along the path: sums of squares of the rest. */
static double left(size_t n, size_t used)
{
    double total = 0.0;

    for (size_t l = used; l < n; l++) {
        double w = 0.0;
        for (size_t k = 0; k < n; k++) {
            w += map[k * n + l] * sqrt(t[k + 1] - t[k]);
            total += w * w;
        }
    }
    return total;
}

static void maps(void)
{
    static const size_t sizes[] = { 1, 2, 3, 4, 7, 8, 16, 33, 52, 100, 365 };
    struct oc_err err = { 0 };

    test_begin("math_bridge maps are orthogonal, components come first");
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++)
        for (int kind = 0; kind < 4; kind++) {
            const size_t n = sizes[s];
            double rest[2][3];
            if (n > 100 && kind)
                continue;
            grid(kind, n);
            struct oc_bridge *const b = oc_bridge_open(n, t, &err);
            matrix(apply_bridge, b, n);
            orthogonal("bridge", kind, n);
            for (size_t k = 0; k < n; k++)          /* the first normal is the end */
                CHECK(fabs(map[k * n] - sqrt((t[k + 1] - t[k]) / (t[n] - t[0]))) <= 1e-12, "bridge, step %zu: %g", k,
                      map[k * n]);
            for (size_t i = 0; i < 3; i++)
                rest[0][i] = n > i + 1 ? left(n, i + 1) : 0.0;
            struct oc_pca *const p = oc_pca_open(n, t, &err);
            CHECK(p != NULL, "%s", err.text);
            matrix(apply_pca, p, n);
            orthogonal("components", kind, n);
            for (size_t i = 0; i < 3; i++)
                rest[1][i] = n > i + 1 ? left(n, i + 1) : 0.0;
            for (size_t i = 0; i < 3; i++)
                CHECK(rest[1][i] <= rest[0][i] * (1.0 + 1e-9) + 1e-12,
                      "%zu normals of grid %d, %zu steps: components leave %g, the bridge %g",
                      i + 1, kind, n, rest[1][i], rest[0][i]);
            oc_bridge_close(b);
            oc_pca_close(p);
        }
    test_end();
}

/* Halves, quarters, eighths: normal l settles time at[l], so the increments it moves lie within its interval. */
static void order(void)
{
    static const struct { size_t from, to; } within[16] = {
        { 0, 16 }, { 0, 16 }, { 0, 8 }, { 8, 16 }, { 0, 4 }, { 4, 8 }, { 8, 12 }, { 12, 16 },
        { 0, 2 }, { 2, 4 }, { 4, 6 }, { 6, 8 }, { 8, 10 }, { 10, 12 }, { 12, 14 }, { 14, 16 }
    };
    static const double uneven[] = { 0.0, 0.1, 0.2, 0.9, 2.0 };
    struct oc_err err = { 0 };

    test_begin("math_bridge order of the bridge");
    grid(0, 16);
    struct oc_bridge *b = oc_bridge_open(16, t, &err);
    matrix(apply_bridge, b, 16);
    for (size_t l = 0; l < 16; l++)
        for (size_t k = 0; k < 16; k++) {
            const int inside = k >= within[l].from && k < within[l].to;
            CHECK((map[k * 16 + l] != 0.0) == inside, "normal %zu %s increment %zu: %g", l, inside ? "leaves" : "moves", k,
                  map[k * 16 + l]);
            if (l > 0 && inside)            /* up to the middle, then down again */
                CHECK((map[k * 16 + l] > 0.0) == (2 * k < within[l].from + within[l].to), "normal %zu, increment %zu: %g",
                      l, k, map[k * 16 + l]);
        }
    oc_bridge_close(b);
    b = oc_bridge_open(4, uneven, &err);            /* 0.9 halves best; then (0, 0.9) at 0.2, then 0.1 */
    memcpy(t, uneven, sizeof uneven);
    matrix(apply_bridge, b, 4);
    static const int moved[4][4] = { { 1, 1, 1, 1 }, { 1, 1, 1, 1 }, { 1, 1, 1, 0 }, { 1, 1, 0, 0 } };
    for (size_t l = 0; l < 4; l++)
        for (size_t k = 0; k < 4; k++)
            CHECK((map[k * 4 + l] != 0.0) == moved[l][k], "uneven: normal %zu increment %zu: %g", l, k, map[k * 4 + l]);
    oc_bridge_close(b);
    test_end();
}

/* Equal steps have eigenvalues h / (4 sin^2((2l - 1) pi / (4n + 2))), l = 1 ... n, and they are those of min(t, t). */
static void spectrum(void)
{
    const size_t n = 250;
    struct oc_err err = { 0 };

    test_begin("math_bridge components are the eigenvectors of the covariance");
    grid(0, n);
    struct oc_pca *p = oc_pca_open(n, t, &err);
    for (size_t l = 0; l < n; l++) {
        const double s = sin((2.0 * (double)l + 1.0) * 3.14159265358979323846 / (double)(4 * n + 2));
        const double want = 0.25 / (4.0 * s * s);
        /* absolute error of the inverse: 2^-53 of its norm, 4 / h, times a few for the sweeps */
        CHECK(fabs(1.0 / oc_pca_variance(p, l) - 1.0 / want) <= 1e-14 * 4.0 / 0.25, "equal steps, %zu: %.15g, not %.15g", l,
              oc_pca_variance(p, l), want);
    }
    oc_pca_close(p);
    grid(1, 60);
    p = oc_pca_open(60, t, &err);
    matrix(apply_pca, p, 60);
    /* The inverse is right to 2^-53 of its norm, at most 4 / 0.001: so its eigenvalues; variances by the square. */
    const double error = 0x1p-53 * 4000.0 * oc_pca_variance(p, 0) * oc_pca_variance(p, 0);
    double worst = 0.0;
    for (size_t l = 0; l < 60; l++) {
        double w[60], sum = 0.0;
        CHECK(map[l] > 0.0, "component %zu begins downwards", l);
        for (size_t k = 0; k < 60; k++)
            w[k] = sum += map[k * 60 + l] * sqrt(t[k + 1] - t[k]);
        for (size_t i = 0; i < 60; i++) {
            double cw = 0.0;
            for (size_t k = 0; k < 60; k++)
                cw += (t[i + 1] < t[k + 1] ? t[i + 1] : t[k + 1]) * w[k];
            const double off = fabs(cw - oc_pca_variance(p, l) * w[i]);
            worst = off > worst ? off : worst;
            CHECK(off <= error, "component %zu, time %zu: %.15g, not %.15g", l, i, cw, oc_pca_variance(p, l) * w[i]);
        }
    }
    printf("# C w - lambda w: at most %.2g, bound %.2g\n", worst, error);
    oc_pca_close(p);
    test_end();
}

static void bits(const char *name, apply_fn *apply, const void *b, size_t n)
{
    enum { COLUMNS = 300, LD = 311 };
    static double z[MOST * LD], want[MOST * LD], got[MOST * LD];
    static const size_t sizes[] = { 1, 2, 3, 5, 8, 31, 32, 33, 64, 257 };

    for (size_t i = 0; i < n * LD; i++)
        z[i] = ref_uniform(-3.0, 3.0);
    oc_isa_use(OC_ISA_BASE);
    apply(b, COLUMNS, z, LD, want, LD);
    for (int isa = OC_ISA_AVX512; isa <= OC_ISA_BASE; isa++) {
        if (oc_isa_use((enum oc_isa)isa))
            continue;
        memset(got, 0, sizeof got);
        for (size_t j = 0, m, i = 0; j < COLUMNS; j += m, i++) {
            m = sizes[i % 10] < COLUMNS - j ? sizes[i % 10] : COLUMNS - j;
            apply(b, m, z + j, LD, got + j, LD);
        }
        for (size_t k = 0; k < n; k++)
            for (size_t j = 0; j < LD; j++)
                CHECK(got[k * LD + j] == (j < COLUMNS ? want[k * LD + j] : 0.0), "%s of %zu steps, %s: %zu %zu", name, n,
                      oc_isa_name((enum oc_isa)isa), k, j);
    }
    ref_best_isa();
}

static void cuts(void)
{
    struct oc_err err = { 0 };

    test_begin("math_bridge same bits for any cut and instruction set");
    for (size_t n = 1; n <= 30; n += n < 8 ? 1 : 11) {
        grid(1, n);
        double first = 0.0;
        struct oc_bridge *const b = oc_bridge_open(n, t, &err);
        bits("bridge", apply_bridge, b, n);
        oc_bridge_close(b);
        for (int isa = OC_ISA_BASE; isa >= OC_ISA_AVX512; isa--) {
            if (oc_isa_use((enum oc_isa)isa))
                continue;
            struct oc_pca *const p = oc_pca_open(n, t, &err);
            if (isa == OC_ISA_BASE)
                bits("components", apply_pca, p, n);
            oc_isa_use((enum oc_isa)isa);
            matrix(apply_pca, p, n);
            double sum = 0.0;
            for (size_t i = 0; i < n * n; i++)
                sum += map[i] * (double)(i + 1);
            first = isa == OC_ISA_BASE ? sum : first;
            CHECK(sum == first, "components of %zu steps: %s differs", n, oc_isa_name((enum oc_isa)isa));
            oc_pca_close(p);
        }
    }
    test_end();
}

static void refusals(void)
{
    static const double bad[][3] = { { 0, 1, 1 }, { 0, -1, 1 }, { 0, NAN, 1 }, { NAN, 0, 1 }, { 0, 1, INFINITY },
                                     { -INFINITY, 0, 1 } };
    static const double close[] = { 0.0, 1e-12, 1.0 };
    static double many[OC_PCA_STEPS + 2];
    struct oc_err err = { 0 };

    test_begin("math_bridge refusals");
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        CHECK(!oc_bridge_open(2, bad[i], &err) && err.code == OC_USAGE, "bridge: grid %zu is accepted", i);
        CHECK(!oc_pca_open(2, bad[i], &err) && err.code == OC_USAGE, "components: grid %zu is accepted", i);
    }
    for (size_t i = 0; i <= OC_PCA_STEPS + 1; i++)
        many[i] = (double)i;
    CHECK(!oc_pca_open(OC_PCA_STEPS + 1, many, &err) && err.code == OC_USAGE && strstr(err.text, "2048"), "%s", err.text);
    CHECK(!oc_pca_open(0, many, &err) && !oc_bridge_open(0, many, &err), "no steps");
    CHECK(!oc_pca_open(2, close, &err) && err.code == OC_USAGE, "a step of 1e-12 of the whole");
    struct oc_bridge *const b = oc_bridge_open(2, close, &err);
    CHECK(b != NULL, "bridge: %s", err.text);
    oc_bridge_close(b);
    oc_bridge_close(NULL);
    oc_pca_close(NULL);
    test_end();
}

int main(void)
{
    maps();
    order();
    spectrum();
    cuts();
    refusals();
    return test_done();
}
