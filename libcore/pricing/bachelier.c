/*
 * bachelier - Bachelier (1900): the forward is normal, dF = v dW, v in price/sqrt(year) of the forward, and prices may be
 * negative.  In spot form too the volatility is the forward's.  Any forward and strike below 1e100 in size.
 */
#include "pricing/bachelier_block.h"
#include "pricing/byforward.h"
#include "pricing/iv.h"

#include "math/exp.h"
#include "math/isa.h"

#include <math.h>

OC_K_DECLARE(void, oc_bachelier_block, (struct bachelier_block *b));

/* As pricer.h states; *limit where the forward is as good as sure. */
static enum oc_row judge(const struct byforward_block *b, size_t i, int *limit)
{
    const double F = b->forward[i], K = b->strike[i], T = b->years[i], r = b->rate[i], vol = b->vol[i];

    *limit = 0;
    if (fabs(b->side[i]) != 1.0 || !isfinite(F) || !isfinite(K) || !isfinite(T) || !isfinite(r) || !isfinite(vol))
        return OC_ROW_BAD_INPUT;
    if (T <= 0)
        return OC_ROW_EXPIRED;
    const double s = vol * sqrt(T);
    if (vol < 0 || fabs(F) >= 1e100 || fabs(K) >= 1e100 || fabs(r * T) >= 700 || s >= 1e100)
        return OC_ROW_OUT_OF_DOMAIN;
    *limit = !(s > 0) || !(fabs((F - K) / s) < 1e70);
    return OC_ROW_OK;
}

/* Values of row i without volatility. */
static enum oc_row sure(struct byforward_block *b, size_t i)
{
    const double w = b->side[i], distance = b->forward[i] - b->strike[i];

    for (int j = 0; j < OC_QUANTITIES; j++)
        b->value[j][i] = distance == 0 && j != OC_PRICE ? NAN : 0.0;
    if (distance == 0)
        return OC_ROW_OUT_OF_DOMAIN;
    b->value[OC_ELASTICITY][i] = NAN;
    if (w * distance > 0) {
        const double r = b->rate[i], D = oc_exp(-r * b->years[i]);
        b->value[OC_PRICE][i] = D * w * distance;
        b->value[OC_DELTA][i] = w * D;
        b->value[OC_THETA][i] = r * (D * w * distance);
        b->value[OC_CHARM][i] = r * (w * D);
        b->value[OC_ELASTICITY][i] = b->forward[i] / distance;
        b->value[OC_DUAL_DELTA][i] = -w * D;
        b->value[OC_PROB_ITM][i] = 1;
    }
    return OC_ROW_OK;
}

static void forward_form(struct byforward_block *b)
{
    struct bachelier_block k = { b->side, b->forward, b->strike, b->years, b->rate, b->vol, b->value, 0 };

    for (size_t i = b->n; i < BYFORWARD_ROWS; i++) {        /* harmless rows up to the end */
        b->side[i] = b->forward[i] = b->strike[i] = b->years[i] = b->vol[i] = 1.0;
        b->rate[i] = 0;
    }
    OC_K_PICK(oc_bachelier_block)(&k);
    for (size_t i = 0; i < b->n; i++) {
        int limit = 0;
        b->status[i] = (unsigned char)(k.bad ? judge(b, i, &limit) : OC_ROW_OK);
        if (limit)
            b->status[i] = (unsigned char)sure(b, i);
        else if (b->status[i] != OC_ROW_OK)
            b->value[OC_PRICE][i] = NAN;
    }
}

static void price(const struct oc_quotes *q, const struct oc_results *out) { oc_byforward_price(q, out, forward_form); }

static void implied(const struct oc_quotes *q, const double *prices, enum oc_accuracy accuracy, double *vol,
                    unsigned char *status)
{
    (void)accuracy;     /* one kernel serves both */
    oc_iv_bachelier_quotes(q, prices, vol, status);
}

const struct oc_pricer oc_pricer_bachelier = {
    .name = "bachelier", .title = "Bachelier (1900): normal forward", .exercise = "E", .params = "vol",
    .price = price, .implied = implied,
};
