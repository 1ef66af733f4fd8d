/* pricer - the table of models, and the names of quantities and reasons. */
#include "pricing/pricer.h"

#include "base/nearest.h"

#include <string.h>

#define PRICER(name) extern const struct oc_pricer oc_pricer_##name;
#include "pricing/pricers.def"
#undef PRICER

#define PRICER(name) &oc_pricer_##name,
static const struct oc_pricer *const pricers[] = {
#include "pricing/pricers.def"
};
#undef PRICER

enum { PRICERS = sizeof pricers / sizeof pricers[0] };

static const char *const quantities[OC_QUANTITIES] = {
    "price", "delta", "gamma", "vega", "theta", "rho", "phi", "vanna", "vomma", "charm", "speed", "zomma", "color",
    "veta", "ultima", "elasticity", "dual_delta", "dual_gamma", "prob_itm", "delta_fwd", "gamma_fwd"
};

static const char *const reasons[] = {
    "ok", "expired", "bad-input", "out-of-domain", "below-intrinsic", "above-maximum", "no-bid", "no-convergence",
    "unsupported"
};

int oc_pricer_find(const char *name, const struct oc_pricer **p, struct oc_err *err)
{
    const char *names[PRICERS];

    for (size_t i = 0; i < PRICERS; i++) {
        if (strcmp(pricers[i]->name, name) == 0) {
            *p = pricers[i];
            return 0;
        }
        names[i] = pricers[i]->name;
    }
    const char *near = oc_nearest(name, PRICERS, names);
    return oc_fail(err, OC_USAGE, "there is no model '%s'%s%s%s", name, near ? "; did you mean '" : "", near ? near : "",
                   near ? "'?" : "; --list-models tells which there are");
}

const struct oc_pricer *oc_pricer_at(size_t i) { return i < PRICERS ? pricers[i] : NULL; }

const char *oc_quantity_name(int quantity)
{
    return quantity >= 0 && quantity < OC_QUANTITIES ? quantities[quantity] : NULL;
}

int oc_quantity_find(const char *name)
{
    for (int i = 0; i < OC_QUANTITIES; i++)
        if (strcmp(quantities[i], name) == 0)
            return i;
    return -1;
}

const char *oc_row_name(int status)
{
    return status >= 0 && (size_t)status < sizeof reasons / sizeof reasons[0] ? reasons[status] : "unknown";
}
