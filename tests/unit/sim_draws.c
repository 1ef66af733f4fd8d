/* Where the numbers of a simulation come from: addresses step by step, dimensions of whole paths, any cut of the paths. */
#include "sim/draws.h"

#include "math/bridge.h"
#include "math/pca.h"
#include "math/philox.h"
#include "math/sobol.h"
#include "math_ref.h"

enum { ASSETS = 2, STEPS = 5, NORMALS = 2, UNIFORMS = 1, N = 100, SERIES = ASSETS * NORMALS };

static const double t[STEPS + 1] = { 0.0, 0.1, 0.3, 0.35, 0.8, 1.0 };
static const struct oc_draws_shape shape = { ASSETS, STEPS, NORMALS, UNIFORMS, t };
static struct oc_sobol *sobol;

static void steps(void)
{
    double z[6 * N], u[6 * N];

    test_begin("sim_draws a step's numbers have their address");
    for (int from = OC_DRAWS_BOX_MULLER; from <= OC_DRAWS_INVERSION; from++) {
        const struct oc_draws d = { .from = (enum oc_draws_from)from, .seed = 77 };
        oc_draws_normal(&d, 3, 1000, N, 50, 3, 2, z, N);
        oc_draws_uniform(&d, 3, 1000, N, 50, 2, 3, u, N);
        for (size_t k = 0; k < 6; k++)
            for (size_t j = 0; j < N; j++) {
                const unsigned stream = OC_STREAM(3, OC_FOR_NORMAL);
                double want;
                (from == OC_DRAWS_BOX_MULLER ? oc_philox_normal : oc_philox_inverse)(77, stream, 1000 + j, 1, 100 + k, 1,
                                                                                     &want, 1);
                CHECK(z[k * N + j] == want, "normal %zu of path %zu", k, j);
                want = oc_philox_uniform_at(77, OC_STREAM(3, OC_FOR_UNIFORM), 1000 + j, 150 + k);
                CHECK(u[k * N + j] == want, "uniform %zu of path %zu", k, j);
            }
    }
    test_end();
}

/* What the columns of a whole path must be: from the points, by the order's map. */
static void expect(enum oc_draws_order order, const struct oc_draws *d, uint64_t path, double *z, double *u)
{
    struct oc_err err = { 0 };
    static double level[STEPS * N];

    for (size_t s = 0; s < SERIES; s++) {
        double *const out = z + s * STEPS * N;
        for (size_t k = 0; k < STEPS; k++)
            for (size_t j = 0; j < N; j++) {
                struct oc_sobol_key key;
                oc_sobol_keys(d->seed, d->replicate, path + j, k * SERIES + s, 1, &key);
                oc_sobol_normal(sobol, &key, path + j, 1, k * SERIES + s, 1, level + k * N + j, N);
            }
        if (order == OC_ORDER_PLAIN) {
            memcpy(out, level, sizeof level);
        } else if (order == OC_ORDER_BRIDGE) {
            struct oc_bridge *const b = oc_bridge_open(STEPS, t, &err);
            oc_bridge_apply(b, N, level, N, out, N);
            oc_bridge_close(b);
        } else {
            struct oc_pca *const p = oc_pca_open(STEPS, t, &err);
            oc_pca_apply(p, N, level, N, out, N);
            oc_pca_close(p);
        }
    }
    for (size_t a = 0; a < ASSETS; a++)
        for (size_t k = 0; k < STEPS; k++)
            for (size_t j = 0; j < N; j++) {
                struct oc_sobol_key key;
                const size_t dimension = SERIES * STEPS + k * ASSETS + a;
                oc_sobol_keys(d->seed, d->replicate, path + j, dimension, 1, &key);
                oc_sobol_uniform(sobol, &key, path + j, 1, dimension, 1, u + (a * STEPS + k) * N + j, N);
            }
}

static void check_path(const struct oc_draws *d, const struct oc_draws_plan *p, uint64_t path)
{
    static double z[SERIES * STEPS * N], u[ASSETS * STEPS * N], wz[SERIES * STEPS * N], wu[ASSETS * STEPS * N];
    static double work[STEPS * OC_LANES];

    CHECK(oc_draws_work(p) <= STEPS * OC_LANES, "%zu doubles of work", oc_draws_work(p));
    oc_draws_path(d, p, path, N, z, u, work);
    expect(d->order, d, path, wz, wu);
    CHECK(memcmp(z, wz, sizeof z) == 0, "normals, order %d, path %llu", (int)d->order, (unsigned long long)path);
    CHECK(memcmp(u, wu, sizeof u) == 0, "uniforms, order %d, path %llu", (int)d->order, (unsigned long long)path);
    /* part of the columns, without uniforms */
    double few[SERIES * STEPS * 7];
    oc_draws_path(d, p, path + 60, 7, few, NULL, work);
    for (size_t k = 0; k < SERIES * STEPS; k++)
        CHECK(memcmp(few + k * 7, wz + k * N + 60, 7 * sizeof *few) == 0, "part of the columns, row %zu", k);
}

static void whole(void)
{
    struct oc_err err = { 0 };

    test_begin("sim_draws whole paths");
    CHECK(oc_draws_dimensions(&shape) == 30, "%zu dimensions", oc_draws_dimensions(&shape));
    for (int order = OC_ORDER_PLAIN; order <= OC_ORDER_PCA; order++) {
        struct oc_draws d = { OC_DRAWS_SOBOL, (enum oc_draws_order)order, 9, 1, sobol };
        struct oc_draws_plan *const p = oc_draws_plan(&d, &shape, &err);
        check_path(&d, p, 0);
        check_path(&d, p, 12345);
        check_path(&d, p, 0xffffffffu - 30);        /* into the next scrambling */
        d.replicate = 2;                            /* another one than the plan was made for */
        check_path(&d, p, 256);
        oc_draws_plan_free(p);
    }
    test_end();
}

/* Normals over many points: mean 0, variance 1, no correlation, far better than by chance. */
static void moments(void)
{
    enum { POINTS = 4096 };
    struct oc_err err = { 0 };
    static double z[SERIES * STEPS * OC_LANES], work[STEPS * OC_LANES];

    test_begin("sim_draws moments of whole paths");
    for (int order = OC_ORDER_PLAIN; order <= OC_ORDER_PCA; order++) {
        const struct oc_draws d = { OC_DRAWS_SOBOL, (enum oc_draws_order)order, 4, 0, sobol };
        struct oc_draws_plan *const p = oc_draws_plan(&d, &shape, &err);
        double sum[SERIES * STEPS] = { 0 }, square[SERIES * STEPS] = { 0 }, next[SERIES * STEPS] = { 0 };
        for (uint64_t path = 0; path < POINTS; path += OC_LANES) {
            oc_draws_path(&d, p, path, OC_LANES, z, NULL, work);
            for (size_t k = 0; k < SERIES * STEPS; k++)
                for (size_t j = 0; j < OC_LANES; j++) {
                    const double x = z[k * OC_LANES + j], y = z[(k + 1) % (SERIES * STEPS) * OC_LANES + j];
                    sum[k] += x;
                    square[k] += x * x;
                    next[k] += x * y;
                }
        }
        for (size_t k = 0; k < SERIES * STEPS; k++) {
            /* chance alone: 1/64 for the mean, 1/45 for the variance, 1/64 for the covariance; a mean of 1/1000 is not it */
            CHECK(fabs(sum[k] / POINTS) <= 1e-3, "order %d, row %zu: mean %g", order, k, sum[k] / POINTS);
            CHECK(fabs(square[k] / POINTS - 1.0) <= 1.5e-2, "order %d, row %zu: variance %g", order, k, square[k] / POINTS);
            CHECK(fabs(next[k] / POINTS) <= 1.5e-2, "order %d, rows %zu and next: covariance %g", order, k,
                  next[k] / POINTS);
        }
        oc_draws_plan_free(p);
    }
    test_end();
}

static void refusals(void)
{
    struct oc_err err = { 0 };
    struct oc_draws d = { OC_DRAWS_SOBOL, OC_ORDER_BRIDGE, 0, 0, sobol };
    static const double down[STEPS + 1] = { 0, 1, 2, 3, 2, 5 };
    static const struct { size_t assets, steps, normals, uniforms; } many[] = {
        { 2, 21, 2, 1 }, { 1, SIZE_MAX / 2, 3, 0 }, { SIZE_MAX / 4, 2, 2, 2 }, { 1, 0, 1, 0 }
    };

    test_begin("sim_draws refusals");
    for (size_t i = 0; i < sizeof many / sizeof *many; i++) {
        const struct oc_draws_shape s = { many[i].assets, many[i].steps, many[i].normals, many[i].uniforms, t };
        err = (struct oc_err){ 0 };
        CHECK(!oc_draws_plan(&d, &s, &err) && err.code == OC_USAGE, "shape %zu: %s", i, err.text);
    }
    const struct oc_draws_shape s = { ASSETS, STEPS, NORMALS, UNIFORMS, down };
    CHECK(!oc_draws_plan(&d, &s, &err) && err.code == OC_USAGE && strstr(err.text, "ascend"), "%s", err.text);
    d.order = OC_ORDER_PCA;
    CHECK(!oc_draws_plan(&d, &s, &err) && err.code == OC_USAGE && strstr(err.text, "ascend"), "%s", err.text);
    oc_draws_plan_free(NULL);
    test_end();
}

int main(void)
{
    struct oc_err err = { 0 };

    sobol = oc_sobol_open(100, &err);
    if (!sobol) {
        printf("not ok sim_draws: %s\n", err.text);
        return 1;
    }
    steps();
    whole();
    moments();
    refusals();
    oc_sobol_close(sobol);
    return test_done();
}
