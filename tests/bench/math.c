/*
 * bench math - time per value of the array functions of libcore/math, for each instruction set of this machine.
 *
 * 4,096 values, in and out of the level-1 and 2 caches; the least of many repetitions, since others only add to it.
 */
#include "math/atan.h"
#include "math/exp.h"
#include "math/isa.h"
#include "math/log.h"
#include "math/norm.h"
#include "math/sincos.h"

#include <stdio.h>
#include <time.h>

enum { N = 4096, REPEATS = 2000 };

static double x[N], y[N], z[N];

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return 1e9 * (double)t.tv_sec + (double)t.tv_nsec;
}

static void run_exp(void) { oc_exp_v(N, x, y); }
static void run_expm1(void) { oc_expm1_v(N, x, y); }
static void run_log(void) { oc_log_v(N, x, y); }
static void run_log1p(void) { oc_log1p_v(N, x, y); }
static void run_both(void) { oc_norm_both_v(N, x, y, z); }
static void run_fast(void) { oc_norm_fast_v(N, x, y, z); }
static void run_icdf(void) { oc_norm_icdf_v(N, x, y); }
static void run_sincos(void) { oc_sincos_v(N, x, y, z); }
static void run_atan(void) { oc_atan_v(N, x, y); }

/* Arguments spread evenly over [lo, hi] in an order that repeats nothing from one vector to the next. */
static const struct figure {
    const char *name;
    void (*run)(void);
    double lo, hi;
} figures[] = {
    { "exp", run_exp, -20.0, 20.0 }, { "expm1", run_expm1, -2.0, 2.0 }, { "log", run_log, 0.01, 100.0 },
    { "log1p", run_log1p, -0.5, 2.0 }, { "cdf+pdf", run_both, -6.0, 6.0 }, { "cdf+pdf fast", run_fast, -6.0, 6.0 },
    { "icdf", run_icdf, 0.0, 1.0 }, { "sincos", run_sincos, -10.0, 10.0 }, { "atan", run_atan, -5.0, 5.0 }
};

static double best(const struct figure *f, int repeats)
{
    double least = 1e300;

    for (unsigned i = 0; i < N; i++)
        x[i] = f->lo + (f->hi - f->lo) * ((double)(i * 2531u % N) + 0.5) / N;
    for (int r = 0; r < repeats; r++) {
        const double t = now();
        f->run();
        const double d = now() - t;
        least = d < least ? d : least;
    }
    return least / N;
}

int main(void)
{
    for (int s = OC_ISA_AVX512; s <= OC_ISA_BASE; s++) {
        if (oc_isa_use((enum oc_isa)s))
            continue;
        for (size_t i = 0; i < sizeof figures / sizeof figures[0]; i++)
            printf("math %s ns_per_value %.3f isa=%s n=%d\n", figures[i].name, best(&figures[i], s == OC_ISA_BASE ? 20 : REPEATS),
                oc_isa_name((enum oc_isa)s), N);
    }
    return 0;
}
