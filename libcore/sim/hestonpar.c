/* hestonpar - see hestonpar.h */
#include "sim/hestonpar.h"

#include "sim/lanes.h"

#include <string.h>

int oc_hestonpar_check(const struct oc_walk *w, struct oc_err *err)
{
    if (isnan(w->par[OC_HESTON_V0]) != isnan(w->par[OC_HESTON_VOLATILITY]))
        return 0;
    return oc_fail(err, OC_USAGE, "%s: give either v0, the variance at the start, or volatility, its root",
                   w->process->name);
}

double oc_hestonpar_v0(const struct oc_walk *w)
{
    const double s = w->par[OC_HESTON_VOLATILITY];

    return isnan(s) ? w->par[OC_HESTON_V0] : s * s;
}

static struct oc_qe model(const struct oc_walk *w)
{
    const double *const p = w->par;

    return (struct oc_qe){ p[OC_HESTON_KAPPA], p[OC_HESTON_THETA], p[OC_HESTON_XI], p[OC_HESTON_RHO] };
}

int oc_hestonpar_fits(const struct oc_walk *w, double dt, struct oc_err *err)
{
    const struct oc_qe q = model(w);

    if (oc_qe_exists(&q, dt))
        return 0;
    return oc_fail(err, OC_USAGE, "%s: a step of %g years is too long for rho = %g and xi = %g (the price would have no "
                   "expectation): take shorter steps", w->process->name, dt, q.rho, q.xi);
}

void oc_hestonpar_interval(const struct oc_walk *w, double less, double dt, double *c)
{
    const struct oc_qe q = model(w);
    struct oc_qe_step s;

    oc_qe_interval(&q, oc_lanes_drift(w, OC_HESTON_DRIFT) - less, dt, &s);
    memcpy(c, &s, sizeof s);
}

void oc_hestonpar_step(const double *c, size_t n, const double *const z[], double *const state[])
{
    struct oc_qe_step q;

    memcpy(&q, c, sizeof q);
    oc_qe_walk(&q, n, z[0], z[1], state[0], state[1]);
}

void oc_hestonpar_vol(size_t n, double *const state[], double *vol)
{
    if (vol)
        oc_lanes_sqrt(n, 1.0, state[1], vol);
}
