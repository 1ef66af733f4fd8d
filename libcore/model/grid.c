/*
 * grid - volatilities at given log-moneyness, linear in between, constant beyond the ends: a smile as quotes show it.
 *
 * At a node the volatility is the node's, bit for bit.  Linear pieces have kinks, at which prices are only as free of
 * butterflies as the quotes are.
 */
#include "model/smile.h"

#include <math.h>

static const struct oc_param param[] = { { 0 } };

static int check(const struct oc_slice *s, bool strict, struct oc_err *err)
{
    (void)strict;
    if (s->n == 0)
        return oc_fail(err, OC_USAGE, "grid: a slice has no quotes");
    for (size_t i = 0; i < s->n; i++) {
        if (!isfinite(s->k[i]) || (i && !(s->k[i] > s->k[i - 1])))
            return oc_fail(err, OC_USAGE, "grid: log-moneyness does not ascend");
        if (!(s->v[i] > 0 && isfinite(s->v[i])))
            return oc_fail(err, OC_USAGE, "grid: a volatility is %g, not above 0", s->v[i]);
    }
    return 0;
}

static void vol(const struct oc_slice *s, double forward, size_t n, const double *k, double *out)
{
    size_t j = 1;

    (void)forward;
    for (size_t i = 0; i < n; i++) {
        /* strikes ascend, so the place is found by going on; a step back starts anew */
        if (i && k[i] < k[i - 1])
            j = 1;
        while (j < s->n && s->k[j] <= k[i])
            j++;
        if (j == s->n || k[i] <= s->k[0]) {
            out[i] = k[i] <= s->k[0] ? s->v[0] : s->v[s->n - 1];
            continue;
        }
        out[i] = s->v[j - 1] + (s->v[j] - s->v[j - 1]) * ((k[i] - s->k[j - 1]) / (s->k[j] - s->k[j - 1]));
    }
}

const struct oc_smile_model oc_smile_grid = {
    .name = "grid", .title = "volatilities of quotes, linear in log-moneyness", .param = param, .check = check, .vol = vol,
};
