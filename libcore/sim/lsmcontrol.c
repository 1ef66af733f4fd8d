/*
 * lsmcontrol - see lsmjob.h: the European option as control, where its value is known.
 *
 * Whatever the rule is, the European option at the stop, discounted, has the mean of the European option now, and it goes up and
 * down with what the path gets (Rasmussen 2005).
 */
#include "sim/lsmjob.h"

#include "pricing/black.h"
#include "sim/lanes.h"

#include <string.h>

enum { N = OC_LANES };

int oc_lsm_control(struct oc_lsm *m, struct oc_err *err)
{
    const bool can = m->assets == 1 && m->claim.pay == OC_PAY_VANILLA && m->claim.strike > 0
                     && strcmp(m->walk[0].process->name, "geometric_brownian") == 0 && m->walk[0].par[0] > 0;

    if ((m->how.variance & OC_VR_CONTROL) && !can)
        return oc_fail(err, OC_USAGE, "no control variate for early exercise but for one underlying by geometric_brownian");
    m->control = can && m->how.variance & (OC_VR_CONTROL | OC_VR_AUTO);
    if (m->control)
        m->control_value = oc_lsm_european(m, m->walk[0].spot, m->claim.years);
    return 0;
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

/* Where a path stopped at expiry or never, the control is the pay-off there, which is what was got. */
void oc_lsm_controls(const struct oc_lsm *m, size_t n, const struct oc_lsmfit_paths *p, double *control)
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
