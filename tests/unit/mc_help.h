/* mc_help - claims and walks for the tests of the Monte Carlo engine, and one call that values them. */
#ifndef OC_MC_HELP_H
#define OC_MC_HELP_H

#include "sim/mc.h"
#include "test.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Where a claim says nothing. */
#define NO_CLAIM .cash = NAN, .barrier = NAN, .barrier2 = NAN, .rebate = NAN, .extremum = NAN, .moneyness = NAN, \
    .cap = NAN, .floor = NAN, .local_cap = NAN, .local_floor = NAN

static inline struct oc_walk a_walk(const char *process, double spot, double drift)
{
    struct oc_walk w = { .spot = spot, .drift = drift, .dt = 1.0 / 252 };
    struct oc_err err = { 0 };

    CHECK(oc_process_find(process, &w.process, &err) == 0, "%s", err.text);
    for (size_t i = 0; i < OC_PARAM_MAX; i++)
        w.par[i] = NAN;
    return w;
}

static inline void set_par(struct oc_walk *w, const char *name, double v)
{
    const int i = oc_param_find(w->process->param, name, strlen(name));

    CHECK(i >= 0, "%s has no parameter %s", w->process->name, name);
    if (i >= 0)
        w->par[i] = v;
}

static inline struct oc_walk a_gbm(double spot, double drift, double vol)
{
    struct oc_walk w = a_walk("geometric_brownian", spot, drift);

    set_par(&w, "volatility", vol);
    return w;
}

static inline struct oc_mc_how a_how(uint64_t paths)
{
    return (struct oc_mc_how){ .paths = paths, .seed = 42, .threads = 2, .replicates = 16, .variance = OC_VR_AUTO,
                               .want = { [OC_PRICE] = true } };
}

/* The value; price NaN where it fails, with the message in err. */
static inline struct oc_mc_value value_of(const struct oc_claim *c, size_t assets, const struct oc_walk *w,
                                          const double *corr, const struct oc_mc_how *how, struct oc_err *err)
{
    struct oc_mc_value v = { .value = { NAN } };
    struct oc_mc *m = NULL;

    memset(err, 0, sizeof *err);
    if (oc_mc_open(c, assets, w, corr, how, &m, err) || oc_mc_run(m, &v, err))
        v.value[OC_PRICE] = NAN;
    oc_mc_close(m);
    return v;
}

/* |got - want| <= 4 standard errors + slack; an error above a tenth of the value would let anything pass */
#define NEAR(v, q, want, slack, name) \
    CHECK((v).error[q] <= 0.1 * fabs(want) && fabs((v).value[q] - (want)) <= 4 * (v).error[q] + (slack), \
          "%s %s: %.8g +- %.2g, not %.8g (%.1f s.e.)", name, \
          oc_quantity_name(q), (v).value[q], (v).error[q], (double)(want), ((v).value[q] - (want)) / (v).error[q])

#endif
