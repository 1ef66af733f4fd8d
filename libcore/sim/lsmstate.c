/* lsmstate - see lsmjob.h: the numbers that the regression sees of a state */
#include "sim/lsmjob.h"

#include "math/exp.h"
#include "sim/lsmk.h"

#include <string.h>

enum { N = OC_LSMFIT_CHUNK };

/* Columns beside the price: a process of one column has no volatility that moves. */
static bool moves(const struct oc_walk *w) { return w->nstate > 1 && w->process->show; }

size_t oc_lsmstate_features(const struct oc_lsm *m)
{
    size_t n = m->assets < OC_LSMFIT_FEATURES ? m->assets : OC_LSMFIT_FEATURES;

    for (size_t a = 0; a < m->assets && n < OC_LSMFIT_FEATURES; a++)
        n += moves(&m->walk[a]);
    return n;
}

static void spot_of(const struct oc_walk *w, size_t n, const double *x, double *spot)
{
    if (w->process->arithmetic) {
        oc_walk_spot(w, n, x, spot);
        return;
    }
    oc_exp_v(n, x, spot);
    OC_K_PICK(oc_lsm_scale_k)(n, w->spot, spot);
}

/* The underlying value first, then what else there is to know of the prices. */
static void prices(const struct oc_lsm *m, size_t n, const double *const x[], double *scratch, double *const feature[])
{
    double *price[OC_LSM_ASSETS];
    const size_t keep = m->assets < OC_LSMFIT_FEATURES ? m->assets : OC_LSMFIT_FEATURES;

    if (m->assets == 1) {
        spot_of(&m->walk[0], n, x[0], feature[0]);
        return;
    }
    for (size_t a = 0; a < m->assets; a++) {
        price[a] = scratch + a * N;
        spot_of(&m->walk[a], n, x[a], price[a]);
    }
    if (m->claim.pay == OC_PAY_BASKET)
        OC_K_PICK(oc_lsm_sum_k)(n, m->assets, m->weight, price, feature[0]);
    else
        OC_K_PICK(oc_lsm_order_k)(n, m->assets, m->claim.pay == OC_PAY_BEST ? 1 : -1, price);
    const bool basket = m->claim.pay == OC_PAY_BASKET;
    for (size_t f = basket; f < keep; f++)      /* of a basket the last price follows from the sum and the others */
        memcpy(feature[f], price[f - basket], n * sizeof *feature[f]);
}

void oc_lsmstate_read(const struct oc_lsm *m, size_t n, const double *const x[], double *const *const state[],
                      double *scratch, double *const feature[])
{
    size_t f = m->assets < OC_LSMFIT_FEATURES ? m->assets : OC_LSMFIT_FEATURES;

    prices(m, n, x, scratch, feature);
    for (size_t a = 0; a < m->assets && f < m->basis.features; a++)
        if (moves(&m->walk[a]))
            m->walk[a].process->show(&m->walk[a], n, state[a], feature[f++], NULL, NULL);
}
