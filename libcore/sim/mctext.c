/* mctext - the canonical text of a job: shortest decimals, so equal texts mean equal figures. */
#include "sim/mcpriv.h"

#include "base/num.h"

#include <math.h>
#include <stdio.h>

static void number(struct oc_buf *b, const char *name, double v)
{
    char text[OC_NUM_PRINT_MAX];

    if (isnan(v))
        return;
    oc_buf_printf(b, " %s=", name);
    if (isinf(v))
        oc_buf_puts(b, v > 0 ? "inf" : "-inf");
    else
        oc_buf_put(b, text, oc_num_print_f64(text, v));
}

static void numbers(struct oc_buf *b, const char *name, size_t n, const double *v)
{
    char text[OC_NUM_PRINT_MAX];

    if (!n || !v)
        return;
    oc_buf_printf(b, " %s=", name);
    for (size_t i = 0; i < n; i++) {
        if (i)
            oc_buf_char(b, '|');
        oc_buf_put(b, text, oc_num_print_f64(text, v[i]));
    }
}

static void walk(struct oc_buf *b, const struct oc_walk *w)
{
    const struct oc_simdata *d = &w->data;
    char name[24];

    oc_buf_printf(b, "\n%s", w->process->name);
    for (size_t i = 0; i < oc_param_count(w->process->param); i++) {
        snprintf(name, sizeof name, "p%zu", i);
        number(b, name, w->par[i]);
    }
    number(b, "spot", w->spot);
    number(b, "drift", w->drift);
    number(b, "dt", w->process->discrete ? w->dt : NAN);
    numbers(b, "price", d->nprice, d->price);
    numbers(b, "grid_t", d->nt, d->t);
    numbers(b, "grid_k", d->nk, d->k);
    numbers(b, "grid", d->nt * d->nk, d->vol);
    numbers(b, "xi_t", d->nxi, d->xi_t);
    numbers(b, "xi", d->nxi, d->xi);
    numbers(b, "regime_vol", d->nregime, d->regime_vol);
    numbers(b, "regime_drift", d->regime_drift ? d->nregime : 0, d->regime_drift);
    numbers(b, "regime_q", d->nregime * d->nregime, d->regime_q);
}

static void claim(struct oc_buf *b, const struct oc_claim *c, size_t assets)
{
    oc_buf_printf(b, "claim=%s", oc_payoff_name(c->pay));
    number(b, "side", c->side);
    number(b, "strike", c->strike);
    number(b, "cash", c->cash);
    number(b, "years", c->years);
    number(b, "rate", c->rate);
    if (c->knock)
        oc_buf_printf(b, " knock=%d", (int)c->knock);
    number(b, "barrier", c->knock ? c->barrier : NAN);
    number(b, "barrier2", c->knock ? c->barrier2 : NAN);
    number(b, "rebate", c->knock ? c->rebate : NAN);
    oc_buf_printf(b, "%s%s%s", c->rebate_at_expiry ? " at_expiry" : "", c->continuous ? " continuous" : "",
                  c->geometric ? " geometric" : "");
    numbers(b, "fixing", c->fixings, c->fixing);
    number(b, "average_so_far", c->fixings_done > 0 ? c->average_so_far : NAN);
    number(b, "fixings_done", c->fixings_done);
    number(b, "extremum", c->extremum);
    number(b, "moneyness", c->moneyness);
    number(b, "share", c->share != 0 ? c->share : NAN);
    number(b, "cap", c->cap);
    number(b, "floor", c->floor);
    number(b, "local_cap", c->local_cap);
    number(b, "local_floor", c->local_floor);
    numbers(b, "weight", c->weight ? assets : 0, c->weight);
    numbers(b, "exercise", c->exercises, c->exercise);
}

static void how(struct oc_buf *b, const struct oc_mc *m)
{
    const struct oc_mc_how *h = &m->how;

    oc_buf_printf(b, "\nseed=%llu variance=%u from=%d order=%d replicates=%u multilevel=%d greeks=%d:",
                  (unsigned long long)h->seed, h->variance, (int)h->from, (int)h->order,
                  h->from == OC_DRAWS_SOBOL ? h->replicates : 0, (int)h->multilevel, (int)h->greek_by);
    for (int q = 0; q < OC_QUANTITIES; q++)
        if (h->want[q])
            oc_buf_printf(b, "%s ", oc_quantity_name(q));
    if (h->want_par)
        oc_buf_puts(b, "params ");
    number(b, "max_dt", h->max_dt);
    number(b, "shift", m->shift ? m->shifted : NAN);
}

int oc_mctext_write(struct oc_mc *m, struct oc_err *err)
{
    struct oc_buf *const b = &m->text;

    claim(b, &m->claim, m->assets);
    for (size_t a = 0; a < m->assets; a++)
        walk(b, &m->walks[a]);
    numbers(b, "\ncorr", m->corr ? m->assets * m->assets : 0, m->corr);
    how(b, m);
    oc_buf_str(b);
    return b->failed ? oc_fail(err, OC_MEMORY, "no memory for the text of a job") : 0;
}
