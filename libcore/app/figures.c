/* figures - see figures.h */
#include "app/figures.h"

#include "app/figurestore.h"

#include <stdlib.h>
#include <string.h>

/* All items are of one run, so of one number of paths. */
static int same_paths(struct oc_figures *f, uint64_t paths, struct oc_err *err)
{
    if (f->paths && f->paths != paths)
        return oc_fail(err, OC_INTERNAL, "%llu paths after %llu", (unsigned long long)paths, (unsigned long long)f->paths);
    f->paths = paths;
    return 0;
}

static int keep_part(struct oc_figures *f, uint64_t item, uint64_t paths, size_t k, oc_figures_fn *fn, void *ctx,
                     struct oc_err *err)
{
    if (f->after % OC_BLOCK || f->after >= paths)
        return oc_fail(err, OC_USAGE, "--after: %llu is no multiple of %d below the %llu paths", (unsigned long long)f->after,
                       OC_BLOCK, (unsigned long long)paths);
    const uint64_t first = f->after / OC_BLOCK, span = oc_blocks_of(paths) - first;
    const uint64_t from = first + span * (f->index - 1) / f->count, to = first + span * f->index / f->count;
    double *out = oc_figurestore_add(&f->own, item, from, to - from, k, err);

    if (!out)
        return -1;
    return to > from ? fn(ctx, paths, from, to, out, err) : 0;
}

static int read_back(const struct oc_figures *f, uint64_t item, uint64_t blocks, size_t k, double *out, struct oc_err *err)
{
    for (uint64_t b = 0; b < blocks; b++) {
        size_t n = 0;
        const double *p = oc_figurestore_get(f->own, item, b, &n);
        if (!p || n != k)
            return oc_fail(err, OC_DATA, "the shards have %zu figures of item %llu, block %llu; the run has %zu", n,
                           (unsigned long long)item, (unsigned long long)b, k);
        memcpy(out + b * k, p, k * sizeof *out);
    }
    return 1;
}

int oc_figures_get(struct oc_figures *f, uint64_t item, uint64_t paths, size_t k, oc_figures_fn *fn, void *ctx, double *out,
                   struct oc_err *err)
{
    if (same_paths(f, paths, err))
        return -1;
    switch (f->mode) {
    case OC_FIGURES_SHARD: return keep_part(f, item, paths, k, fn, ctx, err);
    case OC_FIGURES_MERGE: return read_back(f, item, oc_blocks_of(paths), k, out, err);
    case OC_FIGURES_WHOLE: break;
    }
    return fn(ctx, paths, 0, oc_blocks_of(paths), out, err) ? -1 : 1;
}

int oc_figures_fixed(const struct oc_figures *f, const char *option, struct oc_err *err)
{
    return f->mode == OC_FIGURES_WHOLE
               ? 0 : oc_fail(err, OC_USAGE, "--%s: a run in shards has a fixed number of paths", option);
}

void oc_figures_free(struct oc_figures *f)
{
    oc_figurestore_free(f->own);
    f->own = NULL;
}
