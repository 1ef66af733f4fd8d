/*
 * lsmcontrol - see lsmjob.h: the European option as control where its value is known, else the price.
 *
 * Whatever the rule is, the European option at the stop, discounted, has the mean of the European option now, and it goes up
 * and down with what the path gets (Rasmussen 2005).  Where no value of it is known, the price itself, over its drift, has
 * the same right at the stop, and at expiry for paths that never stop.
 */
#include "sim/lsmjob.h"

#include "math/exp.h"
#include "pricing/black.h"
#include "sim/lanes.h"

#include <stdlib.h>
#include <string.h>

enum { N = OC_LANES };

bool oc_lsm_has_european(const struct oc_lsm *m)
{
    const struct oc_walk *w = &m->walk[0];

    return m->assets == 1 && m->claim.pay == OC_PAY_VANILLA && m->claim.strike > 0
           && strcmp(w->process->name, "geometric_brownian") == 0 && w->par[0] > 0;
}

int oc_lsm_control(struct oc_lsm *m, struct oc_err *err)
{
    const struct oc_walk *w = &m->walk[0];
    const bool one = m->assets == 1 && m->claim.pay == OC_PAY_VANILLA;

    if (!(m->how.variance & (OC_VR_CONTROL | OC_VR_AUTO)))
        return 0;
    if (!one)
        return m->how.variance & OC_VR_CONTROL
                   ? oc_fail(err, OC_USAGE, "early exercise has a control for one underlying only") : 0;
    m->control = oc_lsm_has_european(m) ? LSM_EUROPEAN : LSM_FORWARD;
    m->control_value = oc_lsm_control_at(m, w->spot);
    m->growth = calloc(m->dates, sizeof *m->growth);
    for (size_t d = 0; m->growth && d < m->dates; d++)
        m->growth[d] = oc_exp(-w->drift * m->years[d]);
    return m->growth ? 0 : oc_fail(err, OC_MEMORY, "no memory for %zu exercise dates", m->dates);
}

static void european(const struct oc_lsm *m, size_t n, const double *spot, const double *years, double *value)
{
    double side[N], strike[N], rate[N], yield[N], vol[N];
    unsigned char status[N];
    const struct oc_quotes q = { .n = n, .side = side, .spot = spot, .strike = strike, .years = years, .rate = rate,
                                 .dividend_yield = yield, .vol = vol };
    const struct oc_results r = { .value = { [OC_PRICE] = value }, .status = status };

    oc_lanes_fill(n, m->claim.side, side);
    oc_lanes_fill(n, m->claim.strike, strike);
    oc_lanes_fill(n, m->claim.rate, rate);
    oc_lanes_fill(n, m->claim.rate - m->walk[0].drift, yield);
    oc_lanes_fill(n, m->walk[0].par[0], vol);
    oc_black_price(&q, &r);
}

double oc_lsm_european(const struct oc_lsm *m, double spot, double years)
{
    double value;

    european(m, 1, &spot, &years, &value);
    return value;
}

double oc_lsm_control_at(const struct oc_lsm *m, double spot)
{
    return m->control == LSM_EUROPEAN ? oc_lsm_european(m, spot, m->claim.years) : spot;
}

/* Where a path stopped at expiry or never, the control is the pay-off there, which is what was got. */
static void europeans(const struct oc_lsm *m, size_t n, const struct oc_lsmfit_paths *p, double *control)
{
    double spot[N] = { 0 }, left[N] = { 0 };
    bool early[N];

    for (size_t j = 0; j < n; j++) {        /* any valid row where there is nothing to value */
        const size_t d = (size_t)p->when[j];
        early[j] = !(p->alive[j] > 0) && d + 1 < m->dates;
        spot[j] = early[j] ? p->x[j] : m->walk[0].spot;
        left[j] = early[j] ? m->claim.years - m->years[d] : m->claim.years;
    }
    european(m, n, spot, left, control);
    for (size_t j = 0; j < n; j++)
        control[j] = early[j] ? control[j] * m->discount[(size_t)p->when[j]] : p->cash[j];
}

void oc_lsm_controls(const struct oc_lsm *m, size_t n, const struct oc_lsmfit_paths *p, double *control)
{
    if (m->control == LSM_EUROPEAN) {
        europeans(m, n, p, control);
        return;
    }
    for (size_t j = 0; j < n; j++)
        control[j] = p->x[j] * m->growth[(size_t)p->when[j]];
}
