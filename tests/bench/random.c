/*
 * bench random - time per number of the random numbers of a simulation, for each instruction set of this machine.
 *
 * 8 numbers of 256 paths at a time, 16 KiB, as a simulation draws them; the least of many repetitions, since others only
 * add to it.  Sobol: 8 dimensions; bridge and components: the map of 52 steps alone.
 */
#include "math/bridge.h"
#include "math/isa.h"
#include "math/pca.h"
#include "math/philox.h"
#include "math/sobol.h"

#include <stdio.h>
#include <time.h>

enum { N = 256, COUNT = 8, STEPS = 52, REPEATS = 20000 };

static double out[COUNT * N], level[STEPS * N], path[STEPS * N];
static struct oc_sobol *sobol;
static struct oc_sobol_key key[COUNT];
static struct oc_bridge *bridge;
static struct oc_pca *pca;
static uint64_t turn;

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return 1e9 * (double)t.tv_sec + (double)t.tv_nsec;
}

static void run_uniform(void) { oc_philox_uniform(1, 0, turn, N, 0, COUNT, out, N); }
static void run_normal(void) { oc_philox_normal(1, 0, turn, N, 0, COUNT, out, N); }
static void run_inverse(void) { oc_philox_inverse(1, 0, turn, N, 0, COUNT, out, N); }
static void run_sobol(void) { oc_sobol_uniform(sobol, key, turn, N, 0, COUNT, out, N); }
static void run_sobol_normal(void) { oc_sobol_normal(sobol, key, turn, N, 0, COUNT, out, N); }
static void run_bridge(void) { oc_bridge_apply(bridge, N, level, N, path, N); }
static void run_pca(void) { oc_pca_apply(pca, N, level, N, path, N); }

static const struct figure {
    const char *name;
    void (*run)(void);
    int numbers, repeats;
} figures[] = {
    { "uniforms", run_uniform, N * COUNT, REPEATS }, { "normals_box_muller", run_normal, N * COUNT, REPEATS },
    { "normals_inversion", run_inverse, N * COUNT, REPEATS }, { "sobol_uniforms", run_sobol, N * COUNT, REPEATS },
    { "sobol_normals", run_sobol_normal, N * COUNT, REPEATS }, { "bridge_52_steps", run_bridge, N * STEPS, REPEATS / 10 },
    { "components_52_steps", run_pca, N * STEPS, REPEATS / 10 }
};

static double best(const struct figure *f, int repeats)
{
    double least = 1e300;

    turn = 0;
    for (int r = 0; r < repeats; r++, turn += N) {
        const double t = now();
        f->run();
        const double d = now() - t;
        least = d < least ? d : least;
    }
    return least / f->numbers;
}

int main(void)
{
    struct oc_err err = { 0 };
    double t[STEPS + 1];

    for (int k = 0; k <= STEPS; k++)
        t[k] = k / 52.0;
    sobol = oc_sobol_open(COUNT, &err);
    bridge = oc_bridge_open(STEPS, t, &err);
    pca = oc_pca_open(STEPS, t, &err);
    if (!sobol || !bridge || !pca) {
        fprintf(stderr, "random: %s\n", err.text);
        return 1;
    }
    oc_sobol_keys(1, 0, 0, 0, COUNT, key);
    for (int i = 0; i < STEPS * N; i++)
        level[i] = (double)(i * 7919 % 4096) / 2048.0 - 1.0;
    for (int s = OC_ISA_AVX512; s <= OC_ISA_BASE; s++) {
        if (oc_isa_use((enum oc_isa)s))
            continue;
        for (size_t i = 0; i < sizeof figures / sizeof figures[0]; i++)
            printf("random %s ns_per_number %.3f isa=%s n=%d\n", figures[i].name,
                   best(&figures[i], s == OC_ISA_BASE ? 20 : figures[i].repeats), oc_isa_name((enum oc_isa)s), N);
    }
    oc_sobol_close(sobol);
    oc_bridge_close(bridge);
    oc_pca_close(pca);
    return 0;
}
