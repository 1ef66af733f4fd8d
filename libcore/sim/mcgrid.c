/* mcgrid - see mcgrid.h */
#include "sim/mcgrid.h"

#include "sim/payoff.h"

#include <math.h>
#include <stdlib.h>

/* Times that must be there, with their marks: fixings after the start, and the payment. */
struct stop { double t; unsigned char mark; };

static size_t stops_of(const struct oc_claim *c, struct stop *s, unsigned char *at_start)
{
    size_t n = 0;

    *at_start = 0;
    for (size_t i = 0; i < c->fixings; i++) {
        if (c->fixing[i] <= 0)
            *at_start = OC_MARK_FIXING;
        else
            s[n++] = (struct stop){ c->fixing[i], OC_MARK_FIXING };
    }
    if (n && s[n - 1].t == c->years)
        s[n - 1].mark |= OC_MARK_PAY;
    else
        s[n++] = (struct stop){ c->years, OC_MARK_PAY };
    return n;
}

/* Steps from a to b: by the longest step; of discrete processes by their period, from which *whole tells a deviation. */
static double steps_between(double a, double b, double longest, double period, bool *whole)
{
    if (period > 0) {
        const double k = nearbyint(b / period) - nearbyint(a / period);
        *whole = fabs(nearbyint(b / period) * period - b) <= 1e-9 * period + 1e-12 * b && k >= 1;
        return k;
    }
    *whole = true;
    return longest > 0 ? ceil((b - a) / longest - 1e-9) : 1;
}

/* Longest step and period for all walks together; 0: none. */
static int limits_of(size_t assets, const struct oc_walk *w, double max_dt, double years, double *longest, double *period,
                     struct oc_err *err)
{
    *longest = *period = 0;
    for (size_t a = 0; a < assets; a++) {
        if (w[a].process->discrete) {
            if (!(w[a].dt > 0))
                return oc_fail(err, OC_USAGE, "%s walks by periods, whose length is not given (--dt)", w[a].process->name);
            if (*period > 0 && *period != w[a].dt)
                return oc_fail(err, OC_USAGE, "two walks by periods of %g and of %g years have no common grid", *period,
                               w[a].dt);
            *period = w[a].dt;
        } else if (!w[a].process->exact) {
            *longest = max_dt > 0 ? max_dt : fmin(OC_MCGRID_DT, years / 4);
        }
    }
    return 0;
}

static int allocate(struct oc_mcgrid *g, double steps, struct oc_err *err)
{
    if (!(steps <= OC_MCGRID_MAX))
        return oc_fail(err, OC_LIMIT, "%.0f steps are more than the %d that a path may have", steps, OC_MCGRID_MAX);
    g->steps = (uint64_t)steps;
    g->t = calloc(g->steps + 1, sizeof *g->t);
    g->mark = calloc(g->steps + 1, 1);
    return g->t && g->mark ? 0 : oc_fail(err, OC_MEMORY, "no memory for a grid of %.0f steps", steps);
}

int oc_mcgrid_make(struct oc_mcgrid *g, const struct oc_claim *c, size_t assets, const struct oc_walk *walks, double max_dt,
                   struct oc_err *err)
{
    struct stop *const s = calloc(c->fixings + 1, sizeof *s);
    unsigned char at_start;
    double longest = 0, period = 0, steps = 0;
    int rc = s ? limits_of(assets, walks, max_dt, c->years, &longest, &period, err)
               : oc_fail(err, OC_MEMORY, "no memory for %zu fixings", c->fixings);

    *g = (struct oc_mcgrid){ 0 };
    const size_t n = rc == 0 ? stops_of(c, s, &at_start) : 0;
    for (size_t i = 0; i < n && rc == 0; i++) {
        bool whole;
        steps += steps_between(i ? s[i - 1].t : 0, s[i].t, longest, period, &whole);
        if (!whole)
            rc = oc_fail(err, OC_USAGE, "%g years is not a whole number of periods of %g years, by which the process walks",
                         s[i].t, period);
    }
    if (rc == 0)
        rc = allocate(g, steps, err);
    uint64_t k = 0;
    for (size_t i = 0; i < n && rc == 0; i++) {
        bool whole;
        const double from = i ? s[i - 1].t : 0, parts = steps_between(from, s[i].t, longest, period, &whole);
        for (double j = 1; j <= parts; j++)
            g->t[++k] = j == parts ? s[i].t : period > 0 ? from + j * period : from + (s[i].t - from) * (j / parts);
        g->mark[k] = s[i].mark;
    }
    if (rc == 0)
        g->mark[0] = at_start;
    else
        oc_mcgrid_free(g);
    free(s);
    return rc;
}

void oc_mcgrid_free(struct oc_mcgrid *g)
{
    free(g->t);
    free(g->mark);
    *g = (struct oc_mcgrid){ 0 };
}
