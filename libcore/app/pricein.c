/* pricein - see pricein.h. */
#include "app/pricein.h"

#include <math.h>
#include <string.h>

static int no_memory(struct oc_err *err) { return oc_fail(err, OC_MEMORY, "no memory for a block"); }

double *oc_pricein_array(struct oc_pricein *w)
{
    double *v = oc_arena_alloc(&w->b->arena, w->b->rows * sizeof *v);

    if (!v)
        no_memory(w->err);
    return v;
}

/* A column, with its empty cells filled from an option; NULL with OC_OK when there is neither. */
int oc_pricein_column(struct oc_pricein *w, const char *name, double option, const double **out)
{
    struct oc_col *c = oc_col(w->b, name);

    *out = NULL;
    if (c && c->type != OC_F64)
        return oc_fail(w->err, OC_COLUMN, "column '%s' is no column of numbers", name);
    if (c && oc_load(w->b, c, w->err))
        return -1;
    if (!c && isnan(option))
        return 0;
    if (c && isnan(option)) {
        *out = c->f64;
        return 0;
    }
    double *v = oc_pricein_array(w);
    if (!v)
        return -1;
    for (size_t i = 0; i < w->b->rows; i++)
        v[i] = c && !isnan(c->f64[i]) ? c->f64[i] : option;
    *out = v;
    return 0;
}

/* ---- models ---------------------------------------------------------------------------------------------- */

/* The model of every row: --model, else the column `model`, else by style: E has one, A and B have none here. */
static int choose_models(struct oc_pricein *w)
{
    struct oc_col *c = w->p->model ? NULL : oc_col(w->b, "model");
    const struct oc_pricer *bsm = NULL, **of = NULL;    /* of: by entry of the column's dictionary */

    w->model = oc_arena_alloc(&w->b->arena, (w->b->rows + 1) * sizeof *w->model);
    if (!w->model)
        return no_memory(w->err);
    if (oc_pricer_find("bsm", &bsm, w->err) || oc_pricer_find("displaced", &w->shifts, w->err))
        return -1;
    if (c && c->type == OC_SYM) {
        if (oc_load(w->b, c, w->err))
            return -1;
        of = oc_arena_zero(&w->b->arena, c->dict->n + 1, sizeof *of);
        if (!of)
            return no_memory(w->err);
        for (uint32_t i = 0; i < c->dict->n; i++) {
            char name[64] = "";
            struct oc_err unknown;
            const uint32_t n = c->dict->off[i + 1] - c->dict->off[i];
            if (n < sizeof name)
                memcpy(name, c->dict->bytes + c->dict->off[i], n);
            if (oc_pricer_find(name, &of[i], &unknown))
                of[i] = NULL;
        }
    }
    w->only = w->p->model ? w->p->model : bsm;
    for (size_t i = 0; i < w->b->rows; i++) {
        const bool own = of && oc_bit(c->valid, i);
        w->model[i] = w->p->model ? w->p->model : own ? of[c->i32[i]] : bsm;
        if (!w->p->model && !own && w->terms.style[i] != 'E')
            w->model[i] = NULL;
        if (w->model[i] && w->model[i] != w->only)
            w->only = NULL;
    }
    return 0;
}

static bool is_european(const char *s, size_t n) { return n == 8 && memcmp(s, "european", 8) == 0; }

/* A product other than a European option is not priced as one; in quotes the column has no type of its own. */
static int choose_products(struct oc_pricein *w)
{
    struct oc_col *c = oc_col(w->b, "product");

    if (!c || (c->type != OC_SYM && c->type != OC_TEXT))
        return 0;
    if (oc_load(w->b, c, w->err))
        return -1;
    for (size_t i = 0; i < w->b->rows; i++) {
        if (!oc_bit(c->valid, i))
            continue;
        const char *s = c->type == OC_SYM ? c->dict->bytes + c->dict->off[c->i32[i]] : c->chars + c->i32[i];
        const size_t n = c->type == OC_SYM ? c->dict->off[c->i32[i] + 1] - c->dict->off[c->i32[i]]
                                           : (size_t)(c->i32[i + 1] - c->i32[i]);
        if (n && !is_european(s, n))
            w->model[i] = NULL;
    }
    return 0;
}

/* ---- market ---------------------------------------------------------------------------------------------- */

/* Rate: the cell, else the curve at the row's time, else --rate. */
static int read_rate(struct oc_pricein *w)
{
    const double *v;
    double *filled;

    if (oc_pricein_column(w, "rate", w->p->curve ? NAN : w->p->rate, &v))
        return -1;
    w->q.rate = v;
    if (!w->p->curve)
        return 0;
    if (!(filled = oc_pricein_array(w)))
        return -1;
    oc_curve_zero(w->p->curve, w->b->rows, w->terms.years, filled);
    for (size_t i = 0; v && i < w->b->rows; i++)
        if (!isnan(v[i]))
            filled[i] = v[i];
    w->q.rate = filled;
    return 0;
}

static int missing_column(struct oc_pricein *w, const char *what, const char *how)
{
    return oc_fail(w->err, OC_COLUMN, "the input has no column %s: %s", what, how);
}

static int read_market(struct oc_pricein *w)
{
    const struct oc_price *p = w->p;
    struct oc_quotes *q = &w->q;

    if (oc_pricein_column(w, "spot", p->spot, &q->spot) || oc_pricein_column(w, "forward", p->forward, &q->forward)
        || read_rate(w)
        || oc_pricein_column(w, "dividend_yield", p->dividend_yield, &q->dividend_yield)
        || oc_pricein_column(w, "par_shift", p->shift, &q->shift))
        return -1;
    if (!q->spot && !q->forward)
        return missing_column(w, "'spot' or 'forward'", "--spot or --forward supplies one");
    if (!q->rate)
        return missing_column(w, "'rate'", "--rate or --curve supplies it");
    if (p->model == w->shifts && !q->shift)
        return missing_column(w, "'par_shift'", "--model displaced:shift=S supplies it");
    if (!q->forward && !q->dividend_yield)
        return missing_column(w, "'dividend_yield'", "--dividend-yield supplies it (0 where there is none), or a "
                              "column 'forward'");
    return 0;
}

/* ---- what programs before have said -------------------------------------------------------------------------- */

static int read_status(struct oc_pricein *w)
{
    struct oc_col *c = oc_col(w->b, "status");

    if (!c || c->type != OC_SYM)
        return 0;
    w->before = c;
    return oc_load(w->b, c, w->err);
}

/* Does the row's status have an item of that column? */
static bool is_told(const struct oc_pricein *w, size_t i, const char *column)
{
    const struct oc_col *c = w->before;
    const size_t n = strlen(column);

    if (!c || !oc_bit(c->valid, i))
        return false;
    const char *p = c->dict->bytes + c->dict->off[c->i32[i]], *end = c->dict->bytes + c->dict->off[c->i32[i] + 1];
    while (p < end) {
        const char *space = memchr(p, ' ', (size_t)(end - p));
        const size_t item = (size_t)((space ? space : end) - p);
        if (item > n && p[n] == ':' && memcmp(p, column, n) == 0)
            return true;
        p += item + 1;
    }
    return false;
}

/* ---- coin ---------------------------------------------------------------------------------------------------- */

/* Coin-settled rows: their prices times spot are money. */
static int read_inverse(struct oc_pricein *w)
{
    struct oc_col *c = oc_col(w->b, "inverse");
    bool any = false;

    if (!c)
        return 0;
    if (c->type != OC_BOOL)
        return oc_fail(w->err, OC_COLUMN, "column 'inverse' has a meaning in quote records only: --kind quote");
    if (oc_load(w->b, c, w->err))
        return -1;
    if (!(w->inverse_spot = oc_pricein_array(w)))
        return -1;
    for (size_t i = 0; i < w->b->rows; i++) {
        const bool on = oc_bit(c->valid, i) && oc_bit(c->bits, i);
        w->inverse_spot[i] = on ? w->q.spot ? w->q.spot[i] : NAN : 1;
        any |= on;
        if (isnan(w->inverse_spot[i]) && w->model[i] && w->terms.years[i] > 0 && !is_told(w, i, "rate")
            && !is_told(w, i, "forward") && oc_bad_row(w->b, i, oc_col(w->b, "spot"), w->err,
                                                       "spot: missing (--spot supplies what turns coin into money)"))
            return -1;
    }
    if (!any)
        w->inverse_spot = NULL;
    return 0;
}

/* A row that has an answer to give, but not the inputs: malformed, naming what lacks. */
int oc_pricein_check(struct oc_pricein *w, size_t i, const double *vol)
{
    const struct oc_quotes *q = &w->q;
    const char *what = NULL, *how = NULL;
    bool market = true;         /* what oc-vol forward finds, or leaves to spot and yield */

    if (!w->model[i] || !(w->terms.years[i] > 0))
        return 0;
    const bool forward = q->forward && !isnan(q->forward[i]);
    if (isnan(q->rate[i])) {
        what = "rate";
        how = "--rate or --curve supplies it";
    } else if (!forward && !(q->spot && !isnan(q->spot[i]))) {
        what = q->spot ? "spot" : "forward";
        how = q->spot ? "--spot or a forward supplies it" : "--forward or a spot supplies it";
    } else if (!forward && !(q->dividend_yield && !isnan(q->dividend_yield[i]))) {
        what = "dividend_yield";
        how = "--dividend-yield supplies it";
    } else if (vol && isnan(vol[i])) {
        what = w->p->vol_from;
        market = false;
        how = "--model NAME:volatility=V, --vol-from or --iv supplies one";
    } else if (w->model[i] == w->shifts && !(q->shift && !isnan(q->shift[i]))) {
        what = "par_shift";
        market = false;
        how = "--model displaced:shift=S supplies it";
    }
    if (!what || is_told(w, i, what) || (market && !forward && is_told(w, i, "forward")))
        return 0;
    return oc_bad_row(w->b, i, oc_col(w->b, what), w->err, "%s: missing (%s)", what, how);
}

int oc_pricein_read(struct oc_pricein *w)
{
    return choose_models(w) || choose_products(w) || read_market(w) || read_status(w) || read_inverse(w) ? -1 : 0;
}
