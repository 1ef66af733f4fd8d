/*
 * sim_cases - every process of the registry with numbers to walk by, for the tests that loop over it.
 *
 * A new process adds a row here and its moments to sim_moments.c.  Spot 100 and drift 0.05 unless the parameters say other.
 */
#ifndef OC_TEST_SIM_CASES_H
#define OC_TEST_SIM_CASES_H

#include "sim/process.h"
#include "test.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SIM_SEED = 20240621 };
#define SIM_SPOT 100.0
#define SIM_DRIFT 0.05

struct sim_case {
    const char *process, *par;          /* NAME=VALUE, blank-separated */
    uint64_t steps;                     /* even */
    double dt;
    const struct oc_simdata *data;
};

static const double sim_regime_vol[] = { 0.1, 0.25, 0.6 }, sim_regime_drift[] = { 0.1, NAN, -0.4 };
static const double sim_regime_q[] = { 0, 1.5, 0.5, 2, 0, 1, 0, 4, 0 };
static const struct oc_simdata sim_regimes = { .nregime = 3, .regime_vol = sim_regime_vol, .regime_drift = sim_regime_drift,
                                               .regime_q = sim_regime_q };

static const double sim_prices[] = { 100, 103, 101, 96, 99, 104, 110, 107, 108, 102, 97, 99.5, 101 };
static const struct oc_simdata sim_history = { .nprice = sizeof sim_prices / sizeof sim_prices[0], .price = sim_prices,
                                               .price_dt = 1.0 / 252 };
static const double sim_grid_t[] = { 0.5, 2 }, sim_grid_k[] = { 60, 100, 150 };
static const double sim_grid_vol[] = { 0.35, 0.25, 0.2, 0.3, 0.24, 0.22 }, sim_flat_vol[] = { .3, .3, .3, .3, .3, .3 };
static const struct oc_simdata sim_grid = { .nt = 2, .nk = 3, .t = sim_grid_t, .k = sim_grid_k, .vol = sim_grid_vol };
static const struct oc_simdata sim_flat = { .nt = 2, .nk = 3, .t = sim_grid_t, .k = sim_grid_k, .vol = sim_flat_vol };
static const double sim_xi_t[] = { 0.5, 1 }, sim_xi[] = { 0.04, 0.09 };
static const struct oc_simdata sim_forward = { .nxi = 2, .xi_t = sim_xi_t, .xi = sim_xi };

static const struct sim_case sim_cases[] = {
    { "brownian", "volatility=0.15", 8, 0.125, NULL },
    { "brownian", "volatility=0.1 drift=-0.2", 8, 0.125, NULL },
    { "geometric_brownian", "volatility=0.3", 8, 0.25, NULL },
    { "geometric_brownian", "volatility=1.1 drift=-0.3", 8, 0.25, NULL },
    { "log_returns", "volatility=0.25 expected_return=0.1 autocorrelation=0.4", 16, 0.0625, NULL },
    { "log_returns", "volatility=0.25 expected_return=-0.1 autocorrelation=-0.7", 8, 0.125, NULL },
    { "mean_reverting", "speed=1.5 mean=130 volatility=0.2", 8, 0.25, NULL },
    { "mean_reverting", "speed=3 mean=80 volatility=0.3", 8, 0.25, NULL },
    { "custom", "volatility=0.2 vov=0.3 vol_speed=2 vol_mean=0.3", 16, 0.125, NULL },
    { "merton", "volatility=0.15 intensity=0.8 jump_mean=-0.15 jump_volatility=0.2", 8, 0.25, NULL },
    { "jump_diffusion", "volatility=0.1 lambda=20 mean_log_jump=0.02 jump_sd=0.05", 4, 0.5, NULL },
    { "kou", "volatility=0.15 intensity=3 p_up=0.4 eta_up=12 eta_down=8", 8, 0.25, NULL },
    { "heston", "v0=0.04 kappa=1.5 theta=0.06 xi=0.5 rho=-0.7", 8, 0.25, NULL },
    { "heston", "volatility=0.3 kappa=0.5 theta=0.04 xi=1 rho=-0.9", 8, 0.25, NULL },
    { "heston", "v0=0.01 kappa=1 theta=0.09 xi=1 rho=0.6", 8, 0.125, NULL },
    { "bates", "v0=0.04 kappa=1.5 theta=0.06 xi=0.5 rho=-0.7 intensity=0.8 jump_mean=-0.1 jump_volatility=0.15", 8, 0.25,
      NULL },
    { "garch", "volatility=0.3 alpha=0.15 beta=0.7", 32, 1.0 / 52, NULL },
    { "garch", "omega=2e-6 alpha=0.08 beta=0.9 h0=3e-4", 32, 1.0 / 252, NULL },
    { "gjr", "volatility=0.3 alpha=0.05 beta=0.75 gamma=0.2", 32, 1.0 / 52, NULL },
    { "telegraph", "volatility=0.2 lambda_up=3 lambda_down=5 vol_multiplier_up=2.5 vol_multiplier_down=0.5", 8, 0.25, NULL },
    { "telegraph", "volatility=0.4 lambda_up=0 lambda_down=2 vol_multiplier_up=1.5 start=1", 8, 0.25, NULL },
    { "regime", "start=2", 8, 0.25, &sim_regimes },
    { "sabr", "alpha=0.2 beta=1 nu=0.5 rho=-0.4", 8, 0.125, NULL },
    { "sabr", "alpha=2 beta=0.5 nu=0.4 rho=0.3 drift=0.1", 8, 0.125, NULL },
    { "local_vol", "", 8, 0.25, &sim_grid },
    { "local_vol", "", 8, 0.25, &sim_flat },
    { "rough_bergomi", "hurst=0.1 eta=1.5 rho=-0.7", 8, 0.125, &sim_forward },
    { "historical", "", 12, 1.0 / 252, &sim_history },
    { "bootstrap", "block=3", 16, 1.0 / 252, &sim_history },
    { "bootstrap", "block=3 circular=1", 16, 1.0 / 252, &sim_history },
};
enum { SIM_CASES = sizeof sim_cases / sizeof sim_cases[0] };

/* Set the parameters of text; 0, or -1 where a name is unknown. */
static inline int sim_par(struct oc_walk *w, const char *text)
{
    for (int i = 0; i < OC_PARAM_MAX; i++)
        w->par[i] = NAN;
    while (*text) {
        const size_t name = strcspn(text, "="), item = strcspn(text, " ");
        const int i = oc_param_find(w->process->param, text, name);
        if (i < 0)
            return -1;
        w->par[i] = strtod(text + name + 1, NULL);
        text += item;
        text += strspn(text, " ");
    }
    return 0;
}

/* A case as a walk, not opened yet. */
static inline struct oc_walk sim_walk(const struct sim_case *c, unsigned asset)
{
    struct oc_walk w = { .spot = SIM_SPOT, .drift = SIM_DRIFT, .dt = c->dt, .steps = c->steps, .seed = SIM_SEED,
                         .asset = asset };
    struct oc_err err = { 0 };

    if (oc_process_find(c->process, &w.process, &err) || sim_par(&w, c->par)) {
        test_fail("%s %s: %s", c->process, c->par, err.text[0] ? err.text : "a name is unknown");
        exit(1);
    }
    if (c->data)
        w.data = *c->data;
    return w;
}

static inline struct oc_walk sim_open(const struct sim_case *c, unsigned asset)
{
    struct oc_walk w = sim_walk(c, asset);
    struct oc_err err = { 0 };

    if (oc_walk_open(&w, &err)) {
        test_fail("%s", err.text);
        exit(1);
    }
    return w;
}

#endif
