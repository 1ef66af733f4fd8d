/*
 * bench mc - values by simulation on one core: time, error, and the time that an error of 1e-4 of the value takes.
 *
 * An arithmetic Asian option of 52 fixings (the figure asked for: 1e-4 in 5 ms), a barrier of 50 dates, a basket of four, Heston
 * with its adjoint derivatives, and in 250 steps by plain paths and by levels (of which the last figure says which is the
 * cheaper; their steps are counted as 4 a path).  The least of many repetitions, since others only add to it.
 */
#include "sim/mc.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { REPEAT = 20 };

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return 1e3 * (double)t.tv_sec + 1e-6 * (double)t.tv_nsec;
}

static struct oc_walk walk(const char *process, size_t n, const double *par)
{
    struct oc_walk w = { .spot = 100, .drift = 0.03 };
    struct oc_err err;

    if (oc_process_find(process, &w.process, &err))
        printf("# %s\n", err.text);
    for (size_t i = 0; i < OC_PARAM_MAX; i++)
        w.par[i] = i < n ? par[i] : NAN;
    return w;
}

static int bench(const char *name, const struct oc_claim *c, size_t assets, const struct oc_walk *w, const double *corr,
                 struct oc_mc_how how, double steps)
{
    struct oc_mc_value v = { .value = { NAN } };
    struct oc_err err = { 0 };
    double best = INFINITY;

    how.seed = 42;
    how.threads = 1;
    how.replicates = 16;
    how.want[OC_PRICE] = true;
    for (int i = 0; i < REPEAT; i++) {
        struct oc_mc *m = NULL;
        const double began = now();
        if (oc_mc_open(c, assets, w, corr, &how, &m, &err) || oc_mc_run(m, &v, &err)) {
            printf("%-52s failed %s\n", name, err.text);
            oc_mc_close(m);
            return 1;
        }
        oc_mc_close(m);
        best = fmin(best, now() - began);
    }
    const double ratio = v.error[OC_PRICE] / v.value[OC_PRICE] / 1e-4;
    printf("mc %-40s %8.3f ms %8.2f ns/path-step  %.6g +- %.1e  1e-4 in %.2f ms\n", name, best,
           1e6 * best / ((double)how.paths * steps), v.value[OC_PRICE], v.error[OC_PRICE], best * ratio * ratio);
    return 0;
}

int main(void)
{
    double fixing[52], date[50], corr[16];
    const double vol[] = { 0.25 }, heston[] = { 0.04, 2, 0.04, 0.3, -0.7 }, weight[4] = { 0.25, 0.25, 0.25, 0.25 };
    const struct oc_walk gbm = walk("geometric_brownian", 1, vol), sv = walk("heston", 5, heston), four[4] = { gbm, gbm, gbm, gbm };
    const struct oc_claim none = { .side = 1, .strike = 100, .years = 1, .rate = 0.03, .cash = NAN, .barrier = NAN, .barrier2 = NAN,
                                   .rebate = NAN, .extremum = NAN, .moneyness = NAN, .cap = NAN, .floor = NAN, .local_cap = NAN,
                                   .local_floor = NAN };
    struct oc_claim asian = none, barrier = none, basket = none;
    struct oc_mc_how how = { .paths = 16384, .variance = OC_VR_AUTO };
    int failed = 0;

    for (int i = 0; i < 52; i++)
        fixing[i] = (i + 1) / 52.0;
    for (int i = 0; i < 50; i++)
        date[i] = (i + 1) / 50.0;
    for (int i = 0; i < 16; i++)
        corr[i] = i % 5 ? 0.5 : 1;
    asian.pay = OC_PAY_ASIAN;
    asian.fixings = 52;
    asian.fixing = fixing;
    barrier.pay = OC_PAY_BARRIER;
    barrier.knock = OC_DOWN_OUT;
    barrier.barrier = 85;
    barrier.fixings = 50;
    barrier.fixing = date;
    basket.pay = OC_PAY_BASKET;
    basket.weight = weight;
    failed |= bench("asian 52 fixings, controls", &asian, 1, &gbm, NULL, how, 52);
    failed |= bench("barrier 50 dates, controls", &barrier, 1, &gbm, NULL, how, 50);
    failed |= bench("basket of 4, controls", &basket, 4, four, corr, how, 4);
    failed |= bench("heston european, 50 steps", &none, 1, &sv, NULL, how, 50);
    how.want_par = true;
    failed |= bench("heston european, adjoint by 5 parameters", &none, 1, &sv, NULL, how, 50);
    how.want_par = false;
    how.max_dt = 1.0 / 250;
    failed |= bench("heston european, 250 steps", &none, 1, &sv, NULL, how, 250);
    how.multilevel = true;
    how.paths = 1 << 18;
    failed |= bench("heston european, levels to 256 steps", &none, 1, &sv, NULL, how, 4);
    how.multilevel = false;
    how.paths = 16384;
    how.max_dt = 0;
    how.variance = 0;
    failed |= bench("asian 52 fixings, plain paths", &asian, 1, &gbm, NULL, how, 52);
    how.from = OC_DRAWS_SOBOL;
    how.order = OC_ORDER_BRIDGE;
    how.variance = OC_VR_AUTO;
    failed |= bench("asian 52 fixings, controls, sobol", &asian, 1, &gbm, NULL, how, 52);
    return failed;
}
