/* byforward - see byforward.h. */
#include "pricing/byforward.h"

#include "math/exp.h"

#include <math.h>

/* How the row's market hangs on the forward. */
struct market {
    double slope[BYFORWARD_ROWS];       /* g = dF/dS */
    double carry[BYFORWARD_ROWS];       /* b: the forward moves by b F a year while spot stands still */
    double free[BYFORWARD_ROWS];        /* 1 if rate and yield move the forward, else 0 */
    double yield_years[BYFORWARD_ROWS];
};

static double cell(const double *column, size_t i) { return column ? column[i] : NAN; }

static void bind(const struct oc_quotes *q, size_t start, struct byforward_block *b, struct market *m)
{
    double growth[BYFORWARD_ROWS];

    for (size_t i = 0; i < b->n; i++) {
        const size_t row = start + i;
        b->side[i] = cell(q->side, row);
        b->forward[i] = cell(q->forward, row);
        b->strike[i] = cell(q->strike, row);
        b->years[i] = cell(q->years, row);
        b->rate[i] = cell(q->rate, row);
        b->vol[i] = cell(q->vol, row);
        b->shift[i] = cell(q->shift, row);
        m->free[i] = isnan(b->forward[i]) ? 1.0 : 0.0;
        m->carry[i] = m->free[i] > 0 ? b->rate[i] - cell(q->dividend_yield, row) : 0.0;
        m->yield_years[i] = m->free[i] > 0 ? cell(q->dividend_yield, row) * b->years[i] : 0.0;
        growth[i] = m->carry[i] * b->years[i];
    }
    oc_exp_v(b->n, growth, growth);
    for (size_t i = 0; i < b->n; i++) {
        const double spot = cell(q->spot, start + i);
        if (m->free[i] > 0) {
            m->slope[i] = growth[i];
            b->forward[i] = spot * growth[i];
        } else {
            m->slope[i] = isnan(spot) ? 1.0 : isfinite(spot) ? b->forward[i] / spot : NAN;
        }
    }
}

/* The Greeks of row i by the market's variables, from those by the forward, in place. */
static void convert(struct byforward_block *b, const struct market *m, size_t i)
{
    double *const v = &b->value[0][i];
    const size_t step = BYFORWARD_ROWS;     /* v[quantity * step] */
    const double g = m->slope[i], cost = m->carry[i], F = b->forward[i], T = b->years[i], drift = cost * F;
    const double price = v[OC_PRICE * step], delta = v[OC_DELTA * step];

    v[OC_THETA * step] -= drift * delta;
    v[OC_RHO * step] = m->free[i] > 0 ? T * (F * delta - price) : -T * price;
    v[OC_PHI * step] = m->free[i] > 0 ? -T * F * delta : 0.0;
    v[OC_DELTA_FWD * step] = delta;
    v[OC_DELTA * step] = g * delta;
    const double gamma = v[OC_GAMMA * step];
    v[OC_GAMMA_FWD * step] = gamma;
    v[OC_GAMMA * step] = g * g * gamma;
    if (!b->more)
        return;
    const double vanna = v[OC_VANNA * step], speed = v[OC_SPEED * step];
    v[OC_CHARM * step] = g * (v[OC_CHARM * step] - cost * delta - drift * gamma);
    v[OC_COLOR * step] = g * g * (v[OC_COLOR * step] - 2 * cost * gamma - drift * speed);
    v[OC_VETA * step] -= drift * vanna;
    v[OC_VANNA * step] = g * vanna;
    v[OC_ZOMMA * step] *= g * g;
    v[OC_SPEED * step] = g * g * g * speed;
}

void oc_byforward_price(const struct oc_quotes *q, const struct oc_results *out,
                        void (*forward_form)(struct byforward_block *b))
{
    struct byforward_block b;
    struct market m;

    b.more = 0;
    for (int j = OC_RHO + 1; j < OC_QUANTITIES; j++)
        b.more |= out->value[j] != NULL;
    for (size_t start = 0; start < q->n; start += BYFORWARD_ROWS) {
        b.n = q->n - start < BYFORWARD_ROWS ? q->n - start : BYFORWARD_ROWS;
        bind(q, start, &b, &m);
        forward_form(&b);
        for (size_t i = 0; i < b.n; i++) {
            if (b.status[i] == OC_ROW_OK && (!isfinite(m.slope[i]) || fabs(m.yield_years[i]) >= 700)) {
                b.status[i] = isnan(m.slope[i]) ? OC_ROW_BAD_INPUT : OC_ROW_OUT_OF_DOMAIN;
                b.value[OC_PRICE][i] = NAN;
            }
            convert(&b, &m, i);
            out->status[start + i] = b.status[i];
            for (int j = 0; j < OC_QUANTITIES; j++)
                if (out->value[j])
                    out->value[j][start + i] =
                        b.status[i] == OC_ROW_OK || (j == OC_PRICE && b.status[i] == OC_ROW_OUT_OF_DOMAIN)
                            ? b.value[j][i] + 0.0 : NAN;        /* never -0 */
        }
    }
}
