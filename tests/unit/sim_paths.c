/* the path loop: bits that do not depend on how paths are cut, pairs, correlation, shifts, grids, refusals */
#include "math/isa.h"
#include "math/sobol.h"
#include "sim/paths.h"
#include "test.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ASSETS = 3, STEPS = 21, PATHS = 300 };

static const double corr[ASSETS * ASSETS] = { 1, .6, -.3, .6, 1, .2, -.3, .2, 1 };

static void open_gbm(struct oc_walk *w, unsigned asset, double volatility)
{
    struct oc_err err = { 0 };

    *w = (struct oc_walk){ .spot = 100, .drift = 0.03, .dt = 0.25, .seed = 7, .asset = asset };
    for (int i = 0; i < OC_PARAM_MAX; i++)
        w->par[i] = NAN;
    w->par[0] = volatility;
    CHECK(oc_process_find("gbm", &w->process, &err) == 0 && oc_walk_open(w, &err) == 0, "%s", err.text);
}

struct seen { double x[PATHS][STEPS + 1][ASSETS], weight[PATHS]; size_t assets; };

static int keep(void *ctx, const struct oc_paths_at *at, struct oc_err *err)
{
    struct seen *const s = ctx;

    (void)err;
    for (size_t j = 0; j < at->n; j++)
        for (size_t a = 0; a < s->assets; a++)
            s->x[at->first + j][at->step][a] = at->x[a][j];
    for (size_t j = 0; j < at->n; j++)
        s->weight[at->first + j] = at->weight[j];
    return 0;
}

static struct seen *run(struct oc_paths *p, size_t cut)
{
    struct seen *const s = calloc(1, sizeof *s);
    struct oc_err err = { 0 };

    s->assets = p->assets;
    if (oc_paths_open(p, &err)) {
        test_fail("%s", err.text);
        return s;
    }
    struct oc_paths_room *const r = oc_paths_room(p, &err);
    for (uint64_t first = 0; first < PATHS;) {
        const size_t n = PATHS - first < cut ? (size_t)(PATHS - first) : cut;
        CHECK(oc_paths_run(p, r, first, n, keep, s, &err) == 0, "%s", err.text);
        first += n;
    }
    oc_paths_room_free(r);
    oc_paths_close(p);
    return s;
}

static void same(const char *what, struct seen *a, struct seen *b)
{
    CHECK(memcmp(a, b, sizeof *a) == 0, "other bits: %s", what);
    free(b);
}

static void bits(struct oc_walk *walk)
{
    static const size_t cuts[] = { 1, 2, 3, 5, 7, 8, 31, 64, 100, 255 };
    const enum oc_isa best = oc_isa();

    for (int anti = 0; anti < 2; anti++) {
        struct oc_paths p = { .assets = ASSETS, .walk = walk, .corr = corr, .draws = { .seed = 7 }, .steps = STEPS,
                              .dt = 0.25,
                              .antithetic = anti };
        struct seen *const whole = run(&p, OC_LANES);
        for (size_t i = 0; i < sizeof cuts / sizeof cuts[0]; i++)
            same("by another cut", whole, run(&p, cuts[i]));
        for (int isa = OC_ISA_AVX512; isa <= OC_ISA_BASE; isa++)
            if (oc_isa_use((enum oc_isa)isa) == 0)
                same(oc_isa_name((enum oc_isa)isa), whole, run(&p, 100));
        oc_isa_use(best);
        /* the first steps of a longer walk */
        p.steps = 13;
        struct seen *const head = run(&p, OC_LANES);
        for (size_t j = 0; j < PATHS; j++)
            CHECK(memcmp(head->x[j], whole->x[j], 14 * sizeof head->x[j][0]) == 0, "path %zu of 13 steps is no prefix", j);
        free(head);
        /* one path, step by step, its state stored in between */
        struct oc_err err = { 0 };
        double state[ASSETS];
        p.steps = 0;
        CHECK(oc_paths_open(&p, &err) == 0 && oc_paths_state_size(&p) == ASSETS, "%s", err.text);
        struct oc_paths_room *const r = oc_paths_room(&p, &err);
        for (uint64_t j = 0; j < PATHS; j += 37) {
            oc_paths_begin(&p, state);
            for (uint64_t k = 0; k < STEPS; k++) {
                CHECK(oc_paths_step(&p, r, j, k, (double)k * 0.25, 0.25, state, &err) == 0, "%s", err.text);
                CHECK(memcmp(state, whole->x[j][k + 1], sizeof state) == 0, "path %d differs at step %d", (int)j,
                      (int)k + 1);
            }
        }
        oc_paths_room_free(r);
        oc_paths_close(&p);
        free(whole);
    }
}

/*
 * Scrambled Sobol points in each order: the same bits by any cut and by single steps; no prefix, since the steps are known.
 */
static void quasi(struct oc_walk *walk, struct oc_sobol *sobol)
{
    static const enum oc_draws_order orders[] = { OC_ORDER_PLAIN, OC_ORDER_BRIDGE, OC_ORDER_PCA };

    for (int i = 0; i < 6; i++) {
        struct oc_paths p = { .assets = ASSETS, .walk = walk, .corr = corr, .steps = STEPS, .dt = 0.25, .antithetic = i >= 3,
                              .draws = { OC_DRAWS_SOBOL, orders[i % 3], 7, 0, sobol } };
        struct seen *const whole = run(&p, OC_LANES);
        same("of Sobol paths by another cut", whole, run(&p, 1));
        same("of Sobol paths by another cut", whole, run(&p, 7));
        struct oc_err err = { 0 };
        double state[ASSETS];
        CHECK(oc_paths_open(&p, &err) == 0, "%s", err.text);
        struct oc_paths_room *const r = oc_paths_room(&p, &err);
        for (uint64_t j = 0; j < PATHS; j += 37) {
            oc_paths_begin(&p, state);
            for (uint64_t k = 0; k < STEPS; k++) {
                CHECK(oc_paths_step(&p, r, j, k, (double)k * 0.25, 0.25, state, &err) == 0, "%s", err.text);
                CHECK(memcmp(state, whole->x[j][k + 1], sizeof state) == 0, "path %d differs at step %d", (int)j,
                      (int)k + 1);
            }
        }
        CHECK(oc_paths_step(&p, r, 0, STEPS, 0, 0.25, state, &err) == -1, "a step behind the last is made");
        oc_paths_room_free(r);
        oc_paths_close(&p);
        /* 256 points are a net in each dimension, of which the first in order is the whole path's: the mean is near. */
        double mean = 0.0;
        for (size_t j = 0; j < 256; j++)
            mean += whole->x[j][STEPS][0] / 256;
        const double v = walk[0].par[0], deviation = v * sqrt(0.25 * STEPS);
        if (orders[i % 3] != OC_ORDER_PLAIN)
            CHECK(fabs(mean - (0.03 - 0.5 * v * v) * 0.25 * STEPS) < 0.1 * deviation / 16, "order %d: mean %.6f", i, mean);
        free(whole);
    }
}

static void pairs(struct oc_walk *walk)
{
    struct oc_paths p = { .assets = ASSETS, .walk = walk, .corr = corr, .draws = { .seed = 7 }, .steps = STEPS, .dt = 0.25 };
    struct seen *const plain = run(&p, OC_LANES);

    p.antithetic = true;
    struct seen *const anti = run(&p, OC_LANES);
    for (size_t m = 0; m < PATHS / 2; m++) {
        CHECK(memcmp(plain->x[m], anti->x[2 * m], sizeof plain->x[m]) == 0, "path %zu is not address %zu", 2 * m, m);
        for (int k = 1; k <= STEPS; k++)
            for (int a = 0; a < ASSETS; a++) {      /* z and -z: the mean is the path without noise */
                const double v = walk[a].par[0], mean = (0.03 - 0.5 * v * v) * 0.25 * k;
                CHECK(fabs(0.5 * (anti->x[2 * m][k][a] + anti->x[2 * m + 1][k][a]) - mean) < 1e-13, "pair %zu step %d", m,
                      k);
            }
    }
    free(plain);
    free(anti);
}

/* A shifted walk is the walk plus volatility times shift, and its weight is the log of the ratio of the two densities. */
static void shifted(struct oc_walk *walk)
{
    double shift[ASSETS * STEPS];
    struct oc_paths p = { .assets = ASSETS, .walk = walk, .draws = { .seed = 7 }, .steps = STEPS, .dt = 0.25 };
    struct seen *const plain = run(&p, OC_LANES);

    for (int i = 0; i < ASSETS * STEPS; i++)
        shift[i] = 0.1 * (i % 5) - 0.15;
    p.shift = shift;
    struct seen *const moved = run(&p, OC_LANES);
    for (size_t j = 0; j < PATHS; j++) {
        double weight = 0.0;
        for (int a = 0; a < ASSETS; a++) {
            double sum = 0.0;
            for (int k = 0; k < STEPS; k++) {
                const double v = walk[a].par[0], s = shift[a * STEPS + k];
                const double z = (moved->x[j][k + 1][a] - moved->x[j][k][a] - (0.03 - 0.5 * v * v) * 0.25) / (v * 0.5);
                weight += 0.5 * (z - s) * (z - s) - 0.5 * z * z;      /* log of phi(z) / phi(z - s) */
                sum += s * v * 0.5;
            }
            CHECK(fabs(moved->x[j][STEPS][a] - plain->x[j][STEPS][a] - sum) < 1e-12, "path %zu asset %d", j, a);
        }
        CHECK(fabs(weight - moved->weight[j]) < 1e-10, "path %zu weighs %.15g, not %.15g", j, moved->weight[j], weight);
        CHECK(plain->weight[j] == 0.0, "a walk without shift has weight %g", plain->weight[j]);
    }
    free(plain);
    free(moved);
}

/* Steps of other lengths: the same as uniform ones where they are equal, and exact lognormal in each. */
static void grids(struct oc_walk *walk)
{
    double t[STEPS + 1];
    struct oc_paths p = { .assets = ASSETS, .walk = walk, .corr = corr, .draws = { .seed = 7 }, .steps = STEPS, .dt = 0.25 };
    struct seen *const uniform = run(&p, OC_LANES);

    for (int k = 0; k <= STEPS; k++)
        t[k] = 0.25 * k;
    p.t = t;
    same("a grid of equal steps", uniform, run(&p, OC_LANES));
    for (int k = 0; k <= STEPS; k++)
        t[k] = 0.01 * k * (k + 1);
    struct seen *const s = run(&p, OC_LANES);
    for (size_t j = 0; j < PATHS; j++)
        for (int k = 0; k < STEPS; k++) {
            const double v = walk[0].par[0], dt = t[k + 1] - t[k], m = 0.03 - 0.5 * v * v;
            const double z0 = (uniform->x[j][k + 1][0] - uniform->x[j][k][0] - m * 0.25) / (v * 0.5);
            const double z = (s->x[j][k + 1][0] - s->x[j][k][0] - m * dt) / (v * sqrt(dt));
            CHECK(fabs(z - z0) < 1e-12, "path %zu step %d: %.15g for %.15g", j, k, z, z0);
        }
    free(uniform);
    free(s);
}

/* Opening fails with these words. */
static void refused(const char *words, struct oc_paths p)
{
    struct oc_err err = { 0 };

    CHECK(oc_paths_open(&p, &err) == -1, "opened, but should say: %s", words);
    CHECK(strstr(err.text, words) != NULL, "says: %s; not: %s", err.text, words);
    oc_paths_close(&p);
}

static void refusals(struct oc_walk *walk)
{
    static const double not[] = { 1, .9, .9, .9, 1, -.9, .9, -.9, 1 };
    static const double half[] = { 1, .5, 0, .4, 1, 0, 0, 0, 1 }, two[] = { 1, 1.5, 0, 1.5, 1, 0, 0, 0, 1 };
    static const double one[] = { 1, 1, .5, 1, 1, .6, .5, .6, 1 };
    static const double backwards[] = { 0, 1, 1, 2 }, late[] = { 1, 2 };
    const struct oc_paths p = { .assets = ASSETS, .walk = walk, .steps = 3, .dt = 0.25 };
    struct oc_paths q;

    q = p, q.corr = not, refused("not positive semi-definite): that of underlyings 2 and 3", q);
    q = p, q.corr = half, refused("underlyings 1 and 2 is both 0.4 and 0.5", q);
    q = p, q.corr = two, refused("is 1.5, outside of [-1, 1]", q);
    q = p, q.corr = one, refused("not positive semi-definite", q);
    q = p, q.t = backwards, refused("do not ascend", q);
    q = p, q.t = late, refused("begin at 1, not at 0", q);
    q = p, q.dt = 0, refused("not above 0", q);
    walk[1].asset = 0;
    refused("share their random numbers", p);
    walk[1].asset = 1;
}

/* A matrix of ones is singular and allowed: all walk as one. */
static void singular(struct oc_walk *walk)
{
    static const double ones[] = { 1, 1, -1, 1, 1, -1, -1, -1, 1 };
    struct oc_paths p = { .assets = ASSETS, .walk = walk, .corr = ones, .draws = { .seed = 7 }, .steps = STEPS, .dt = 0.25 };
    struct seen *const s = run(&p, OC_LANES);

    for (size_t j = 0; j < PATHS; j++) {
        double z[ASSETS];
        for (int a = 0; a < ASSETS; a++)
            z[a] = (s->x[j][1][a] - (0.03 - 0.5 * walk[a].par[0] * walk[a].par[0]) * 0.25) / (walk[a].par[0] * 0.5);
        CHECK(fabs(z[0] - z[1]) < 1e-13 && fabs(z[0] + z[2]) < 1e-13, "path %zu: %g %g %g", j, z[0], z[1], z[2]);
    }
    free(s);
}

/* Which correlation does not go with the others: too much of an asset, or one that hangs on others by something else. */
static void contradictions(struct oc_walk *walk)
{
    static const struct { double corr[9]; const char *pair; } bad[] = {
        { { 1, -.9, -.9, -.9, 1, -.9, -.9, -.9, 1 }, "underlyings 2 and 3" },
        { { 1, 1, .5, 1, 1, .5000001, .5, .5000001, 1 }, "underlyings 2 and 3" },
        { { 1, .5, -1, .5, 1, .5, -1, .5, 1 }, "underlyings 2 and 3" },
    };

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        refused(bad[i].pair, (struct oc_paths){ .assets = ASSETS, .walk = walk, .corr = bad[i].corr, .steps = STEPS,
                                                .dt = 0.25 });
}

int main(void)
{
    struct oc_walk walk[ASSETS];

    test_begin("sim_paths same bits by any cut, instruction set and step by step");
    for (unsigned a = 0; a < ASSETS; a++)
        open_gbm(&walk[a], a, 0.2 + 0.1 * a);
    bits(walk);
    test_end();
    test_begin("sim_paths quasi-random");
    struct oc_err err = { 0 };
    struct oc_sobol *const sobol = oc_sobol_open(ASSETS * STEPS, &err);
    CHECK(sobol != NULL, "%s", err.text);
    if (sobol)
        quasi(walk, sobol);
    oc_sobol_close(sobol);
    test_end();
    test_begin("sim_paths antithetic pairs");
    pairs(walk);
    test_end();
    test_begin("sim_paths shift and weight");
    shifted(walk);
    test_end();
    test_begin("sim_paths grids");
    grids(walk);
    test_end();
    test_begin("sim_paths singular correlation");
    singular(walk);
    test_end();
    test_begin("sim_paths refusals");
    refusals(walk);
    contradictions(walk);
    test_end();
    return test_done();
}
