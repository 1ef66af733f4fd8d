/*
 * bench paths - time per path-step of walks with their random numbers, for each instruction set and for two threads.
 *
 * What QuantLib's Monte Carlo engines do in tests/peer/quantlib.cpp: an arithmetic Asian option of 52 weekly fixings on
 * geometric Brownian motion (an exponential a step), and a European option on Heston's model in 100 steps of 1/100 year with
 * the parameters of Andersen's case I, where the variance is near 0 most of the time.  Other processes besides.  The least
 * of many repetitions, since others only add to it.
 */
#include "math/isa.h"
#include "math/philox.h"
#include "sim/blocks.h"
#include "sim/lanes.h"
#include "sim/paths.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct job { struct oc_paths p; bool average; };
struct room { struct oc_paths_room *r; const struct job *job; double sum[OC_LANES], spot[OC_LANES]; };

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return 1e9 * (double)t.tv_sec + (double)t.tv_nsec;
}

static void *open_room(void *ctx, struct oc_err *err)
{
    struct room *const r = calloc(1, sizeof *r);

    r->job = ctx;
    r->r = oc_paths_room(&r->job->p, err);
    return r;
}
static void close_room(void *room)
{
    oc_paths_room_free(((struct room *)room)->r);
    free(room);
}

/* The average: every spot.  Else that of the end. */
static int see(void *ctx, const struct oc_paths_at *at, struct oc_err *err)
{
    struct room *const r = ctx;

    (void)err;
    if (at->step == 0) {
        memset(r->sum, 0, sizeof r->sum);
        return 0;
    }
    if (!r->job->average && at->step < r->job->p.steps)
        return 0;
    oc_walk_spot(&r->job->p.walk[0], at->n, at->x[0], r->spot);
    oc_lanes_add(at->n, 0.0, 1.0, r->spot, r->sum);
    return 0;
}

static int block(void *ctx, void *room, uint64_t number, uint64_t first, size_t n, double *figures, struct oc_err *err)
{
    const struct job *const job = ctx;
    struct room *const r = room;
    const double fixings = job->average ? (double)job->p.steps : 1.0;

    (void)number;
    figures[0] = 0.0;
    for (size_t i = 0; i < n; i += OC_LANES) {
        const size_t m = n - i < OC_LANES ? n - i : OC_LANES;
        if (oc_paths_run(&job->p, r->r, first + i, m, see, r, err))
            return -1;
        for (size_t j = 0; j < m; j++)
            figures[0] += r->sum[j] > 100.0 * fixings ? r->sum[j] / fixings - 100.0 : 0.0;
    }
    return 0;
}

static double least(const struct job *job, uint64_t paths, unsigned threads, int repeats, double *mean)
{
    const struct oc_blocks work = { open_room, close_room, block, (void *)job, 1, threads };
    const uint64_t blocks = oc_blocks_of(paths);
    double *const out = calloc(blocks, sizeof *out), best = 1e300;
    struct oc_err err = { 0 };

    for (int k = 0; k < repeats; k++) {
        const double t = now();
        if (oc_blocks(&work, paths, 0, blocks, out, &err)) {
            fprintf(stderr, "bench paths: %s\n", err.text);
            exit(1);
        }
        const double d = now() - t;
        best = d < best ? d : best;
    }
    oc_blocks_total(blocks, 1, out, mean);
    *mean /= (double)paths;
    free(out);
    return best / ((double)paths * (double)job->p.steps);
}

static void report(const char *name, const char *process, const double *par, size_t npar, uint64_t steps, double dt,
                   bool average,
                   bool antithetic)
{
    struct oc_walk w = { .spot = 100, .drift = 0.05, .dt = dt, .steps = steps, .seed = 42 };
    struct oc_err err = { 0 };
    double mean;

    for (size_t i = 0; i < OC_PARAM_MAX; i++)
        w.par[i] = i < npar ? par[i] : NAN;
    struct job job = { { .assets = 1, .walk = &w, .draws = { .seed = 42 }, .steps = steps, .dt = dt,
                         .antithetic = antithetic }, average };
    if (oc_process_find(process, &w.process, &err) || oc_walk_open(&w, &err) || oc_paths_open(&job.p, &err)) {
        fprintf(stderr, "bench paths: %s\n", err.text);
        exit(1);
    }
    for (int isa = OC_ISA_AVX512; isa <= OC_ISA_BASE; isa++) {
        if (oc_isa_use((enum oc_isa)isa))
            continue;
        const double ns = least(&job, isa == OC_ISA_BASE ? 4096 : 1 << 15, 1, isa == OC_ISA_BASE ? 2 : 40, &mean);
        printf("paths %s ns_per_path_step %.3f isa=%s mean=%.5f\n", name, ns, oc_isa_name((enum oc_isa)isa), mean);
    }
    while (oc_isa_use(OC_ISA_AVX512) && oc_isa_use(OC_ISA_AVX2))
        break;
    const double one = least(&job, 1 << 19, 1, 5, &mean), two = least(&job, 1 << 19, 2, 5, &mean);
    printf("paths %s two_threads %.3f times one\n", name, one / two);
    fflush(stdout);
    oc_paths_close(&job.p);
    oc_walk_close(&w);
}

/* Normals alone, in the columns that walks use. */
static void normals(void)
{
    static double z[8 * OC_LANES];

    for (int isa = OC_ISA_AVX512; isa < OC_ISA_BASE; isa++) {
        double box = 1e300, inverse = 1e300;
        if (oc_isa_use((enum oc_isa)isa))
            continue;
        for (int k = 0; k < 400; k++) {
            double t = now();
            for (uint64_t i = 0; i < 16; i++)
                oc_philox_normal(1, 0, i * OC_LANES, OC_LANES, 0, 8, z, OC_LANES);
            box = fmin(box, now() - t);
            t = now();
            for (uint64_t i = 0; i < 16; i++)
                oc_philox_inverse(1, 0, i * OC_LANES, OC_LANES, 0, 8, z, OC_LANES);
            inverse = fmin(inverse, now() - t);
        }
        printf("paths normal_box_muller ns_per_number %.3f isa=%s\n", box / (16 * 8 * OC_LANES),
               oc_isa_name((enum oc_isa)isa));
        printf("paths normal_inversion ns_per_number %.3f isa=%s\n", inverse / (16 * 8 * OC_LANES),
               oc_isa_name((enum oc_isa)isa));
    }
}

int main(void)
{
    static const double volatility[] = { 0.2 }, heston[] = { 0.04, 0.5, 0.04, 1.0, -0.9 }, calm[] = { 0.04, 2.0, 0.04, 0.3,
                                                                                                      -0.7 };
    static const double merton[] = { 0.2, 1.0, -0.1, 0.15 }, garch[] = { 2e-6, 0.08, 0.9 };

    normals();
    report("gbm_asian", "geometric_brownian", volatility, 1, 52, 1.0 / 52, true, false);
    report("gbm_asian_antithetic", "geometric_brownian", volatility, 1, 52, 1.0 / 52, true, true);
    report("gbm_no_exp", "geometric_brownian", volatility, 1, 100, 0.01, false, false);
    report("heston_case_I", "heston", heston, 5, 100, 0.01, false, false);
    report("heston_feller", "heston", calm, 5, 100, 0.01, false, false);
    report("merton", "merton", merton, 4, 100, 0.01, false, false);
    report("garch", "garch", garch, 3, 100, 1.0 / 252, false, false);
    return 0;
}
