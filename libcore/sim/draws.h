/*
 * draws - where the random numbers of a simulation come from, by address.
 *
 * Normals and uniforms of a step are columns z[i][j]: number i of path j.  Pseudo-random: number step * count + i of the
 * asset's stream, by Box-Muller or by inversion (math/philox.h).  Quasi-random: point number `path` of a scrambled Sobol
 * sequence; its dimensions are given to the numbers of a path by `order`, over all assets and steps, so the whole path
 * is drawn at once and the number of steps must be known.  After 2^32 points another scrambling begins by itself.
 *
 * Pseudo-random numbers come two to a call of Philox: ask for several steps at once where a step needs an odd count.
 */
#ifndef OC_SIM_DRAWS_H
#define OC_SIM_DRAWS_H

#include "base/err.h"
#include "sim/process.h"

#include <stddef.h>
#include <stdint.h>

enum oc_draws_from { OC_DRAWS_BOX_MULLER, OC_DRAWS_INVERSION, OC_DRAWS_SOBOL };
enum oc_draws_order {
    OC_ORDER_PLAIN,         /* step after step */
    OC_ORDER_BRIDGE,        /* Brownian bridge: the end first, then middles */
    OC_ORDER_PCA            /* principal components of the Brownian path */
};

struct oc_sobol;            /* math/sobol.h */

struct oc_draws {
    enum oc_draws_from from;
    enum oc_draws_order order;          /* Sobol only */
    uint64_t seed;                      /* Philox key; for Sobol that of the scrambling */
    uint64_t replicate;                 /* which scrambling, 0, 1, ... */
    const struct oc_sobol *sobol;       /* borrowed */
};

/*
 * Whole paths: z[((asset * normals_max + i) * steps + k) * n + j] is normal i of step k, Brownian increments scaled to
 * variance 1.  t[0 .. steps]: years, ascending, t[0] = 0.  counts[asset]: normals and uniforms a step of each.  Sobol
 * only; every process here must have uniforms == 0 or they come after all normals, in plain order.
 */
struct oc_draws_shape {
    size_t assets, steps, normals, uniforms;    /* the last two are maxima over the assets */
    const double *t;
};
size_t oc_draws_dimensions(const struct oc_draws_shape *s);
/*
 * Plan of the bridge or the components for a shape.  NULL with OC_USAGE: no dimensions or more than d->sobol has (at most
 * 21,201), times that do not ascend, too many steps for components (math/pca.h).  Made for d's seed and replicate, and as
 * right but slower with others.
 *   dimension (k * assets + a) * normals + i              normal i of asset a at importance, or step, k
 *   dimension after those (k * assets + a) * uniforms + i uniform i of asset a at step k
 */
struct oc_draws_plan;
struct oc_draws_plan *oc_draws_plan(const struct oc_draws *d, const struct oc_draws_shape *s, struct oc_err *err);
void oc_draws_plan_free(struct oc_draws_plan *p);
/* z: assets * normals * steps * n doubles; u: assets * uniforms * steps * n (NULL: none). work: oc_draws_work(). */
void oc_draws_path(const struct oc_draws *d, const struct oc_draws_plan *p, uint64_t path, size_t n, double *z, double *u,
                   double *work);
size_t oc_draws_work(const struct oc_draws_plan *p);    /* doubles of work for n = OC_LANES */

/*
 * Step by step, pseudo-random: count normals (or uniforms) of `steps` steps from `step` on, of n paths:
 * out[(k * count + i) * ld + j].
 */
void oc_draws_normal(const struct oc_draws *d, unsigned asset, uint64_t path, size_t n, uint64_t step, size_t steps,
                     unsigned count, double *out, size_t ld);
void oc_draws_uniform(const struct oc_draws *d, unsigned asset, uint64_t path, size_t n, uint64_t step, size_t steps,
                      unsigned count, double *out, size_t ld);

#endif
