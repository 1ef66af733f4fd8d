/* draws - see draws.h */
#include "sim/draws.h"

#include "math/philox.h"

void oc_draws_normal(const struct oc_draws *d, unsigned asset, uint64_t path, size_t n, uint64_t step, size_t steps,
                     unsigned count, double *out, size_t ld)
{
    const unsigned stream = OC_STREAM(asset, OC_FOR_NORMAL);

    if (d->from == OC_DRAWS_BOX_MULLER)
        oc_philox_normal(d->seed, stream, path, n, step * count, steps * count, out, ld);
    else
        oc_philox_inverse(d->seed, stream, path, n, step * count, steps * count, out, ld);
}

void oc_draws_uniform(const struct oc_draws *d, unsigned asset, uint64_t path, size_t n, uint64_t step, size_t steps,
                      unsigned count, double *out, size_t ld)
{
    oc_philox_uniform(d->seed, OC_STREAM(asset, OC_FOR_UNIFORM), path, n, step * count, steps * count, out, ld);
}
