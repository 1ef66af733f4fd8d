/*
 * displaced - the displaced (shifted) lognormal model: F + shift is lognormal, so that F may fall to -shift.
 * Black's formula on F + shift and K + shift (Rubinstein 1983, as usual for rates); Greeks by byforward.h.
 */
#include "pricing/black.h"
#include "pricing/byforward.h"
#include "pricing/iv.h"

static void forward_form(struct byforward_block *b)
{
    double forward[BYFORWARD_ROWS], strike[BYFORWARD_ROWS];
    struct oc_quotes q = { .n = b->n, .side = b->side, .forward = forward, .strike = strike, .years = b->years,
                           .rate = b->rate, .vol = b->vol };
    struct oc_results r = { .status = b->status };

    for (size_t i = 0; i < b->n; i++) {
        forward[i] = b->forward[i] + b->shift[i];
        strike[i] = b->strike[i] + b->shift[i];
    }
    for (int j = 0; j < (b->more ? OC_QUANTITIES : OC_RHO + 1); j++)
        r.value[j] = b->value[j];
    oc_black_price(&q, &r);
    for (size_t i = 0; b->more && i < b->n; i++)        /* by F, not by F + shift */
        b->value[OC_ELASTICITY][i] *= b->forward[i] / forward[i];
}

static void price(const struct oc_quotes *q, const struct oc_results *out) { oc_byforward_price(q, out, forward_form); }

static void implied(const struct oc_quotes *q, const double *prices, enum oc_accuracy accuracy, double *vol,
                    unsigned char *status)
{
    oc_iv_black_quotes(q, prices, accuracy, 1, vol, status);
}

const struct oc_pricer oc_pricer_displaced = {
    .name = "displaced", .title = "displaced lognormal: Black on forward + shift", .exercise = "E",
    .params = "vol shift", .price = price, .implied = implied,
};
