/* flat - one volatility for all strikes of an expiry. */
#include "model/smile.h"

#include <math.h>

static const struct oc_param param[] = {
    { "atm volatility", 0, 1000, "(]", NAN, false, "1/sqrt(year)", "volatility" },
    { 0 }
};

static void vol(const struct oc_slice *s, double forward, size_t n, const double *k, double *out)
{
    (void)forward;
    (void)k;
    for (size_t i = 0; i < n; i++)
        out[i] = s->p[0];
}

const struct oc_smile_model oc_smile_flat = {
    .name = "flat", .title = "one volatility for all strikes", .param = param, .any_time = true, .vol = vol,
};
