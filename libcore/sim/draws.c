/* draws - see draws.h */
#include "sim/draws.h"

#include "math/bridge.h"
#include "math/pca.h"
#include "math/philox.h"
#include "math/sobol.h"

#include <assert.h>
#include <stdlib.h>

/* ---- step by step --------------------------------------------------------------------------------- */

void oc_draws_normal(const struct oc_draws *d, unsigned asset, uint64_t path, size_t n, uint64_t step, size_t steps,
                     unsigned count, double *out, size_t ld)
{
    const unsigned stream = OC_STREAM(asset, OC_FOR_NORMAL);

    assert(d->from != OC_DRAWS_SOBOL);
    if (d->from == OC_DRAWS_BOX_MULLER)
        oc_philox_normal(d->seed, stream, path, n, step * count, steps * count, out, ld);
    else
        oc_philox_inverse(d->seed, stream, path, n, step * count, steps * count, out, ld);
}

void oc_draws_uniform(const struct oc_draws *d, unsigned asset, uint64_t path, size_t n, uint64_t step, size_t steps,
                      unsigned count, double *out, size_t ld)
{
    assert(d->from != OC_DRAWS_SOBOL);
    oc_philox_uniform(d->seed, OC_STREAM(asset, OC_FOR_UNIFORM), path, n, step * count, steps * count, out, ld);
}

/* ---- whole paths ---------------------------------------------------------------------------------- */

struct oc_draws_plan {
    size_t assets, steps, normals, uniforms;
    struct oc_bridge *bridge;           /* one of them, or none */
    struct oc_pca *pca;
    uint64_t seed, replicate;           /* of the keys: the scrambling asked for first, below path 2^32 */
    struct oc_sobol_key *key;           /* [dimensions] */
};

size_t oc_draws_dimensions(const struct oc_draws_shape *s)
{
    size_t each = 0, all = 0;

    if (__builtin_add_overflow(s->normals, s->uniforms, &each) || __builtin_mul_overflow(each, s->assets, &each)
        || __builtin_mul_overflow(each, s->steps, &all))
        return SIZE_MAX;
    return all;
}

static int plan_order(struct oc_draws_plan *p, enum oc_draws_order order, const double *t, struct oc_err *err)
{
    if (order == OC_ORDER_BRIDGE && !(p->bridge = oc_bridge_open(p->steps, t, err)))
        return -1;
    if (order == OC_ORDER_PCA && !(p->pca = oc_pca_open(p->steps, t, err)))
        return -1;
    return 0;
}

struct oc_draws_plan *oc_draws_plan(const struct oc_draws *d, const struct oc_draws_shape *s, struct oc_err *err)
{
    const size_t dimensions = oc_draws_dimensions(s);

    assert(d->from == OC_DRAWS_SOBOL && d->sobol);
    if (dimensions == 0 || dimensions > oc_sobol_dimensions(d->sobol)) {
        oc_fail(err, OC_USAGE,
                "%zu steps of %zu random numbers and %zu underlyings are a Sobol sequence of %zu dimensions, of %zu "
                "that there are; take fewer steps, or pseudo-random numbers", s->steps, s->normals + s->uniforms, s->assets,
                dimensions, oc_sobol_dimensions(d->sobol));
        return NULL;
    }
    struct oc_draws_plan *const p = calloc(1, sizeof *p);
    if (!p || !(p->key = calloc(dimensions, sizeof *p->key))) {
        oc_fail(err, OC_MEMORY, "out of memory for %zu dimensions", dimensions);
        oc_draws_plan_free(p);
        return NULL;
    }
    p->assets = s->assets;
    p->steps = s->steps;
    p->normals = s->normals;
    p->uniforms = s->uniforms;
    p->seed = d->seed;
    p->replicate = d->replicate;
    oc_sobol_keys(d->seed, d->replicate, 0, 0, dimensions, p->key);
    if (s->normals > 0 && plan_order(p, d->order, s->t, err)) {
        oc_draws_plan_free(p);
        return NULL;
    }
    return p;
}

void oc_draws_plan_free(struct oc_draws_plan *p)
{
    if (!p)
        return;
    oc_bridge_close(p->bridge);
    oc_pca_close(p->pca);
    free(p->key);
    free(p);
}

size_t oc_draws_work(const struct oc_draws_plan *p)
{
    return p->bridge || p->pca ? p->steps * OC_LANES : 0;
}

static struct oc_sobol_key key_of(const struct oc_draws *d, const struct oc_draws_plan *p, uint64_t path, size_t dimension)
{
    struct oc_sobol_key key;

    if (d->seed == p->seed && d->replicate == p->replicate && path >> 32 == 0)
        return p->key[dimension];
    oc_sobol_keys(d->seed, d->replicate, path, dimension, 1, &key);
    return key;
}

/* Normal i of asset a over all steps, or levels of importance: rows of z, ld apart. */
static void series(const struct oc_draws *d, const struct oc_draws_plan *p, uint64_t path, size_t n, size_t number,
                   double *z, size_t ld)
{
    for (size_t k = 0; k < p->steps; k++) {
        const size_t dimension = k * p->assets * p->normals + number;
        const struct oc_sobol_key key = key_of(d, p, path, dimension);
        oc_sobol_normal(d->sobol, &key, path, n, dimension, 1, z + k * ld, ld);
    }
}

static void normals(const struct oc_draws *d, const struct oc_draws_plan *p, uint64_t path, size_t n, double *z, size_t ld,
                    double *work)
{
    for (size_t number = 0; number < p->assets * p->normals; number++) {
        double *const out = z + number * p->steps * ld;
        if (!p->bridge && !p->pca) {
            series(d, p, path, n, number, out, ld);
            continue;
        }
        series(d, p, path, n, number, work, n);
        if (p->bridge)
            oc_bridge_apply(p->bridge, n, work, n, out, ld);
        else
            oc_pca_apply(p->pca, n, work, n, out, ld);
    }
}

/* Dimensions behind those of the normals, step after step. */
static void uniforms(const struct oc_draws *d, const struct oc_draws_plan *p, uint64_t path, size_t n, double *u, size_t ld)
{
    const size_t each = p->assets * p->uniforms, first = p->assets * p->normals * p->steps;

    for (size_t number = 0; number < each; number++)
        for (size_t k = 0; k < p->steps; k++) {
            const size_t dimension = first + k * each + number;
            const struct oc_sobol_key key = key_of(d, p, path, dimension);
            oc_sobol_uniform(d->sobol, &key, path, n, dimension, 1, u + (number * p->steps + k) * ld, ld);
        }
}

void oc_draws_path(const struct oc_draws *d, const struct oc_draws_plan *p, uint64_t path, size_t n, double *z, double *u,
                   double *work)
{
    /* Columns up to a multiple of 2^32 lie in one scrambling, those behind it in the next. */
    const uint64_t same = (UINT64_C(1) << 32) - (path & 0xffffffff);
    const size_t m = n < same ? n : (size_t)same;

    normals(d, p, path, m, z, n, work);
    if (u)
        uniforms(d, p, path, m, u, n);
    if (m < n) {
        normals(d, p, path + m, n - m, z + m, n, work);
        if (u)
            uniforms(d, p, path + m, n - m, u + m, n);
    }
}
