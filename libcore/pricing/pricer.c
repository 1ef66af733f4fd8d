/* pricer - the table of models, and the names of quantities and reasons. */
#include "pricing/pricer.h"

#include <string.h>

#define PRICER(name) extern const struct oc_pricer oc_pricer_##name;
#include "pricing/pricers.def"
#undef PRICER

#define PRICER(name) &oc_pricer_##name,
static const struct oc_pricer *const pricers[] = {
#include "pricing/pricers.def"
};
#undef PRICER

enum { PRICERS = sizeof pricers / sizeof pricers[0], NAME_MAX_ = 32 };

static const char *const quantities[OC_QUANTITIES] = {
    "price", "delta", "gamma", "vega", "theta", "rho", "phi", "vanna", "vomma", "charm", "speed", "zomma", "color",
    "veta", "ultima", "elasticity", "dual_delta", "dual_gamma", "prob_itm", "delta_fwd", "gamma_fwd"
};

static const char *const reasons[] = {
    "ok", "expired", "bad-input", "out-of-domain", "below-intrinsic", "above-maximum", "no-bid", "no-convergence",
    "unsupported"
};

/* Edit distance (insert, delete, replace one letter) of two short words. */
static unsigned distance(const char *a, const char *b)
{
    unsigned row[NAME_MAX_ + 1];
    const size_t nb = strlen(b);

    for (unsigned j = 0; j <= nb; j++)
        row[j] = j;
    for (unsigned i = 1; *a; a++, i++) {
        unsigned diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= nb; j++) {
            const unsigned replaced = diagonal + (*a != b[j - 1]);
            const unsigned moved = (row[j] < row[j - 1] ? row[j] : row[j - 1]) + 1;
            diagonal = row[j];
            row[j] = replaced < moved ? replaced : moved;
        }
    }
    return row[nb];
}

int oc_pricer_find(const char *name, const struct oc_pricer **p, struct oc_err *err)
{
    const char *nearest = pricers[0]->name;
    unsigned best = ~0u;

    for (size_t i = 0; i < PRICERS; i++) {
        if (strcmp(pricers[i]->name, name) == 0) {
            *p = pricers[i];
            return 0;
        }
        const unsigned d = strlen(name) <= NAME_MAX_ ? distance(name, pricers[i]->name) : NAME_MAX_;
        if (d < best) {
            best = d;
            nearest = pricers[i]->name;
        }
    }
    return oc_fail(err, OC_USAGE, "no model \"%s\" (did you mean \"%s\"?)", name, nearest);
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
