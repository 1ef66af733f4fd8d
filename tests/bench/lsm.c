/*
 * bench lsm - time per path-step of early exercise by least squares, the regression counted, for each instruction set.
 *
 * The American put of tests/peer/quantlib_lsm.cpp: as there, polynomials of degree 3, 2,048 paths for the regression and
 * 20,000 in antithetic pairs for the value; then as oc-mc price does it, 32,768 paths and degree 4, 262,144 paths.  Then the
 * upper bound, per outer path.  The least of some repetitions, since others only add to it.
 */
#include "math/isa.h"
#include "sim/lsm.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { DATES = 50 };

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return 1e9 * (double)t.tv_sec + (double)t.tv_nsec;
}

/* ns of the whole valuation; -1 where it fails. */
static double run(const struct oc_mc_how *how, struct oc_mc_value *v)
{
    struct oc_err err;
    struct oc_lsm *m;
    struct oc_walk w = { .spot = 36, .drift = 0.06, .seed = how->seed };
    double date[DATES];
    const double begin = now();

    if (oc_process_find("geometric_brownian", &w.process, &err))
        return -1;
    for (size_t i = 0; i < OC_PARAM_MAX; i++)
        w.par[i] = NAN;
    w.par[0] = 0.2;
    for (size_t d = 0; d < DATES; d++)
        date[d] = (double)(d + 1) / DATES;
    const struct oc_claim claim = { .pay = OC_PAY_VANILLA, .side = -1, .strike = 40, .years = 1, .rate = 0.06,
                                    .exercises = DATES, .exercise = date };
    const uint64_t blocks = oc_blocks_of(how->paths);
    if (oc_lsm_open(&claim, 1, &w, NULL, how, &m, &err))
        return -1;
    double *const f = malloc(blocks * oc_lsm_figures(m) * sizeof *f);
    const int rc = !f || oc_lsm_blocks(m, how->paths, 0, blocks, f, &err) || oc_lsm_value(m, how->paths, blocks, f, v, &err);
    free(f);
    oc_lsm_close(m);
    return rc ? -1 : now() - begin;
}

static double best(const struct oc_mc_how *how, int repeats, struct oc_mc_value *v)
{
    double least = INFINITY;

    for (int k = 0; k < repeats; k++) {
        const double t = run(how, v);
        least = t < least ? t : least;
    }
    return least;
}

static void report(const char *what, const struct oc_mc_how *how, int repeats, enum oc_isa last)
{
    for (int i = OC_ISA_AVX512; i <= (int)last; i++) {
        struct oc_mc_value v;
        if (oc_isa_use((enum oc_isa)i))
            continue;
        const double t = best(how, i == OC_ISA_BASE ? 1 : repeats, &v),
            steps = (double)(how->paths + how->fit_paths) * DATES;
        printf("lsm %s ns_per_path_step %.3f isa=%s value=%.5f stderr=%.5f ms=%.1f\n", what, t / steps,
               oc_isa_name((enum oc_isa)i), v.value[OC_PRICE], v.error[OC_PRICE], t / 1e6);
    }
}

int main(void)
{
    struct oc_mc_how how = { .paths = 20000, .fit_paths = 2048, .basis = 4, .seed = 42, .threads = 1,
                             .variance = OC_VR_ANTITHETIC, .want = { [OC_PRICE] = true } };
    struct oc_mc_value v;

    report("as_quantlib", &how, 40, OC_ISA_BASE);
    how.variance = OC_VR_AUTO;
    how.fit_paths = 32768;
    how.basis = 5;
    how.paths = 1 << 18;
    report("price", &how, 5, OC_ISA_AVX2);
    if (oc_isa_use(OC_ISA_AVX512))
        oc_isa_use(OC_ISA_AVX2);
    how.paths = 32768;
    const double plain = best(&how, 5, &v);
    how.dual_paths = 256;
    const double t = best(&how, 3, &v);
    printf("lsm upper_bound us_per_outer_path %.1f inner=%d lower=%.5f upper=%.5f stderr=%.5f\n", (t - plain) / 256e3,
           OC_LSM_INNER, v.value[OC_PRICE], v.upper, v.upper_error);
    return 0;
}
