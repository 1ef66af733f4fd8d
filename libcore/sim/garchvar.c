/* garchvar - see garchvar.h */
#include "sim/garchvar.h"

#include "sim/lanes.h"

static bool has_gamma(const struct oc_walk *w) { return oc_param_find(w->process->param, "gamma", 5) >= 0; }
static double gamma_of(const struct oc_walk *w) { return has_gamma(w) ? w->par[OC_GARCH_GAMMA] : 0.0; }

/* Expected part of h that h has of the period before: a normal z is negative half the time. */
static double persistence(const struct oc_walk *w)
{
    return w->par[OC_GARCH_ALPHA] + w->par[OC_GARCH_BETA] + 0.5 * gamma_of(w);
}

static double omega(const struct oc_walk *w)
{
    const double s = w->par[OC_GARCH_VOLATILITY];

    return isnan(s) ? w->par[OC_GARCH_OMEGA] : (1.0 - persistence(w)) * s * s * w->dt;
}

int oc_garchvar_setup(struct oc_walk *w, struct oc_err *err)
{
    const char *const name = w->process->name;
    const double *const p = w->par;

    if (isnan(p[OC_GARCH_OMEGA]) == isnan(p[OC_GARCH_VOLATILITY]))
        return oc_fail(err, OC_USAGE, "%s: give either omega, the variance of a period, or volatility, a year", name);
    if (p[OC_GARCH_ALPHA] + gamma_of(w) < 0.0)
        return oc_fail(err, OC_USAGE, "%s: alpha + gamma is %g: a fall would make the variance negative", name,
                       p[OC_GARCH_ALPHA] + gamma_of(w));
    if (!(persistence(w) < 1.0))
        return oc_fail(err, OC_USAGE, "%s: alpha + beta%s is %g, not below 1: the variance would grow without end", name,
                       has_gamma(w) ? " + gamma / 2" : "", persistence(w));
    return 0;
}

void oc_garchvar_interval(const struct oc_walk *w, double t, double dt, double *c)
{
    (void)t;
    c[0] = oc_lanes_drift(w, OC_GARCH_DRIFT) * dt;
    c[1] = omega(w);
    c[2] = w->par[OC_GARCH_ALPHA];
    c[3] = w->par[OC_GARCH_BETA];
    c[4] = gamma_of(w);
}

void oc_garchvar_begin(const struct oc_walk *w, size_t n, double *const state[])
{
    const double h0 = w->par[OC_GARCH_H0];

    oc_lanes_fill(n, 0.0, state[0]);
    oc_lanes_fill(n, isnan(h0) ? omega(w) / (1.0 - persistence(w)) : h0, state[1]);
}

void oc_garchvar_step(const struct oc_walk *w, const double *c, const struct oc_place *place, size_t n,
                      const double *const z[],
                      const double *const u[], double *const state[])
{
    const struct oc_lanes_garch g = { c[1], c[2], c[3], c[4] };

    (void)w, (void)place, (void)u;
    oc_lanes_garch(n, c[0], &g, z[0], state[0], state[1]);
}

void oc_garchvar_show(const struct oc_walk *w, size_t n, double *const state[], double *vol, double *jumps, double *regime)
{
    (void)jumps, (void)regime;
    if (vol)
        oc_lanes_sqrt(n, 1.0 / sqrt(w->dt), state[1], vol);
}
