/*
 * price - the step of oc-price: see price.h.
 *
 * Columns become the arrays of pricing/pricer.h, one model at a time prices all rows of the batch, and what comes back is
 * appended.  Rows without an answer carry NaN and a reason; rows without an input are malformed.
 */
#include "app/price.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* One batch on its way. */
struct work {
    const struct oc_price *p;
    struct oc_batch *b;
    struct oc_err *err;
    struct oc_term_rows terms;
    struct oc_quotes q;
    const struct oc_pricer **model;         /* per row; NULL: unsupported */
    const struct oc_pricer *only;           /* the one model of all rows, else NULL */
    unsigned char *status;                  /* of the row, enum oc_row */
    unsigned char *side_status[OC_PRICE_SIDES];     /* of --iv-sides */
    const char *side_told[OC_PRICE_SIDES];  /* names of those columns */
    const struct oc_pricer *shifts;         /* the model that needs a shift */
    double *inverse_spot;                   /* spot of rows priced in coin; NULL: no such column */
    const char **told;                      /* per row: the column that the reason in status is about */
};

static int no_memory(struct oc_err *err) { return oc_fail(err, OC_MEMORY, "no memory for a block"); }

static double *array(struct work *w)
{
    double *v = oc_arena_alloc(&w->b->arena, w->b->rows * sizeof *v);

    if (!v)
        no_memory(w->err);
    return v;
}

/* A column, with its empty cells filled from an option; NULL with OC_OK when there is neither. */
static int input(struct work *w, const char *name, double option, const double **out)
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
    double *v = array(w);
    if (!v)
        return -1;
    for (size_t i = 0; i < w->b->rows; i++)
        v[i] = c && !isnan(c->f64[i]) ? c->f64[i] : option;
    *out = v;
    return 0;
}

/* ---- models ---------------------------------------------------------------------------------------------- */

/* The model of every row: --model, else the column `model`, else by style: E has one, A and B have none here. */
static int choose_models(struct work *w)
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

static bool has_product(const struct oc_dict *d, int32_t i)
{
    return d->off[i + 1] - d->off[i] == 8 && memcmp(d->bytes + d->off[i], "european", 8) == 0;
}

/* A product other than a European option is not priced as one. */
static int choose_products(struct work *w)
{
    struct oc_col *c = oc_col(w->b, "product");

    if (!c || c->type != OC_SYM)
        return 0;
    if (oc_load(w->b, c, w->err))
        return -1;
    for (size_t i = 0; i < w->b->rows; i++)
        if (oc_bit(c->valid, i) && !has_product(c->dict, c->i32[i]))
            w->model[i] = NULL;
    return 0;
}

/* ---- market ---------------------------------------------------------------------------------------------- */

/* Rate: the cell, else the curve at the row's time, else --rate. */
static int read_rate(struct work *w)
{
    const double *v;
    double *filled;

    if (input(w, "rate", w->p->curve ? NAN : w->p->rate, &v))
        return -1;
    w->q.rate = v;
    if (!w->p->curve)
        return 0;
    if (!(filled = array(w)))
        return -1;
    oc_curve_zero(w->p->curve, w->b->rows, w->terms.years, filled);
    for (size_t i = 0; v && i < w->b->rows; i++)
        if (!isnan(v[i]))
            filled[i] = v[i];
    w->q.rate = filled;
    return 0;
}

static int missing_column(struct work *w, const char *what, const char *how)
{
    return oc_fail(w->err, OC_COLUMN, "the input has no column %s: %s", what, how);
}

static int read_market(struct work *w)
{
    const struct oc_price *p = w->p;
    struct oc_quotes *q = &w->q;

    if (input(w, "spot", p->spot, &q->spot) || input(w, "forward", p->forward, &q->forward) || read_rate(w)
        || input(w, "dividend_yield", p->dividend_yield, &q->dividend_yield)
        || input(w, "par_shift", p->shift, &q->shift))
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

/* Coin-settled rows: their prices times spot are money. */
static int read_inverse(struct work *w)
{
    struct oc_col *c = oc_col(w->b, "inverse");
    bool any = false;

    if (!c)
        return 0;
    if (c->type != OC_BOOL)
        return oc_fail(w->err, OC_COLUMN, "column 'inverse' has a meaning in quote records only: --kind quote");
    if (oc_load(w->b, c, w->err))
        return -1;
    if (!(w->inverse_spot = array(w)))
        return -1;
    for (size_t i = 0; i < w->b->rows; i++) {
        const bool on = oc_bit(c->valid, i) && oc_bit(c->bits, i);
        w->inverse_spot[i] = on ? w->q.spot ? w->q.spot[i] : NAN : 1;
        any |= on;
        if (isnan(w->inverse_spot[i]) && w->model[i] && w->terms.years[i] > 0
            && oc_bad_row(w->b, i, oc_col(w->b, "spot"), w->err, "spot: missing (--spot supplies what turns coin into money)"))
            return -1;
    }
    if (!any)
        w->inverse_spot = NULL;
    return 0;
}

/* A row that has an answer to give, but not the inputs: malformed, naming what lacks. */
static int check_row(struct work *w, size_t i, const double *vol)
{
    const struct oc_quotes *q = &w->q;
    const char *what = NULL, *how = NULL;

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
        how = "--model NAME:volatility=V, --vol-from or --iv supplies one";
    } else if (w->model[i] == w->shifts && !(q->shift && !isnan(q->shift[i]))) {
        what = "par_shift";
        how = "--model displaced:shift=S supplies it";
    }
    return what ? oc_bad_row(w->b, i, oc_col(w->b, what), w->err, "%s: missing (%s)", what, how) : 0;
}

/* ---- calling a model ------------------------------------------------------------------------------------- */

/* Rows of one model, gathered; or all rows as they lie. */
struct part { const struct oc_pricer *model; struct oc_quotes q; uint32_t *row; };

static int gather_one(struct work *w, const struct part *part, const double *from, const double **to)
{
    double *v = NULL;

    *to = NULL;
    if (!from)
        return 0;
    if (!(v = array(w)))
        return -1;
    for (size_t i = 0; i < part->q.n; i++)
        v[i] = from[part->row[i]];
    *to = v;
    return 0;
}

static int gather(struct work *w, const double *vol, struct part *part)
{
    const struct oc_quotes *q = &w->q;

    part->row = oc_arena_alloc(&w->b->arena, w->b->rows * sizeof *part->row);
    if (!part->row)
        return no_memory(w->err);
    part->q.n = 0;
    for (size_t i = 0; i < w->b->rows; i++)
        if (w->model[i] == part->model)
            part->row[part->q.n++] = (uint32_t)i;
    return gather_one(w, part, q->side, &part->q.side) || gather_one(w, part, q->spot, &part->q.spot)
           || gather_one(w, part, q->forward, &part->q.forward) || gather_one(w, part, q->strike, &part->q.strike)
           || gather_one(w, part, q->years, &part->q.years) || gather_one(w, part, q->rate, &part->q.rate)
           || gather_one(w, part, q->dividend_yield, &part->q.dividend_yield)
           || gather_one(w, part, vol, &part->q.vol) || gather_one(w, part, q->shift, &part->q.shift) ? -1 : 0;
}

/* Do `call` for every model among the rows; arrays in `out` are scattered back. */
typedef void part_call(const struct work *w, const struct part *part, const double *extra, double *const *out,
                       size_t nout, unsigned char *status);

static int scattered(struct work *w, const struct oc_pricer *model, const double *vol, const double *extra,
                     part_call *call, double *const *out, size_t nout, unsigned char *status)
{
    struct part part = { .model = model };
    double *tmp[OC_QUANTITIES] = { 0 };
    const double *own = NULL;
    unsigned char *st = oc_arena_alloc(&w->b->arena, w->b->rows + 1);

    if (!st)
        return no_memory(w->err);
    if (gather(w, vol, &part) || gather_one(w, &part, extra, &own))
        return -1;
    for (size_t k = 0; k < nout; k++)
        if (out[k] && !(tmp[k] = array(w)))
            return -1;
    call(w, &part, own, tmp, nout, st);
    for (size_t i = 0; i < part.q.n; i++) {
        status[part.row[i]] = st[i];
        for (size_t k = 0; k < nout; k++)
            if (out[k])
                out[k][part.row[i]] = tmp[k][i];
    }
    return 0;
}

static int each_model(struct work *w, const double *vol, const double *extra, part_call *call, double *const *out,
                      size_t nout, unsigned char *status)
{
    bool unsupported = false;

    for (size_t i = 0; i < w->b->rows; i++)
        unsupported |= !w->model[i];
    if (w->only && !unsupported) {
        struct part part = { .model = w->only, .q = w->q };
        part.q.vol = vol;
        call(w, &part, extra, out, nout, status);
        return 0;
    }
    for (size_t i = 0; unsupported && i < w->b->rows; i++)
        if (!w->model[i]) {
            status[i] = OC_ROW_UNSUPPORTED;
            for (size_t k = 0; k < nout; k++)
                if (out[k])
                    out[k][i] = NAN;
        }
    for (size_t m = 0; oc_pricer_at(m); m++)
        if (scattered(w, oc_pricer_at(m), vol, extra, call, out, nout, status))
            return -1;
    return 0;
}

static void call_price(const struct work *w, const struct part *part, const double *extra, double *const *out,
                       size_t nout, unsigned char *status)
{
    struct oc_results r = { .status = status };

    (void)w;
    (void)extra;
    memcpy(r.value, out, nout * sizeof *out);
    part->model->price(&part->q, &r);
}

static void call_iv(const struct work *w, const struct part *part, const double *price, double *const *out,
                    size_t nout, unsigned char *status)
{
    (void)nout;
    part->model->implied(&part->q, price, w->p->accuracy, out[0], status);
}

/* ---- implied volatility ---------------------------------------------------------------------------------- */

/* The prices that --price-from names.  NaN where the market shows none; `what` says so in status. */
static int read_price(struct work *w, const char *from, double **out, enum oc_row *what)
{
    const bool mid = strcmp(from, "mid") == 0;
    const double *a = NULL, *z = NULL;
    double *v = array(w);

    *what = mid || strcmp(from, "bid") == 0 ? OC_ROW_NO_BID : OC_ROW_BAD_INPUT;
    if (!v)
        return -1;
    if (mid && oc_col(w->b, "bid") && oc_col(w->b, "ask")) {
        if (input(w, "bid", NAN, &a) || input(w, "ask", NAN, &z))
            return -1;
    } else if (input(w, from, NAN, &a)) {
        return -1;
    }
    if (!a)
        return oc_fail(w->err, OC_COLUMN, "the input has no column '%s'%s: --price-from names another", from,
                       mid ? ", nor bid and ask" : "");
    const bool bid = strcmp(from, "bid") == 0;
    for (size_t i = 0; i < w->b->rows; i++) {
        v[i] = z ? (a[i] + z[i]) / 2 : a[i];
        if (bid && v[i] == 0)
            v[i] = NAN;             /* a bid of 0 is no bid */
        if (w->inverse_spot)
            v[i] *= w->inverse_spot[i];
    }
    *out = v;
    return 0;
}

static const char *name_of(const struct work *w, const double *v)
{
    for (size_t i = 0; i < w->b->ncol; i++)
        if (w->b->col[i].flags & OC_COL_LOADED && w->b->col[i].type == OC_F64 && w->b->col[i].f64 == v)
            return w->b->col[i].name;
    return "price";
}

/*
 * Reasons into status, about `column` or, where that is NULL, about what w->told says.  A row that is malformed is judged as
 * such, and not told a second time as bad-input.
 */
static int report(struct work *w, const char *column, unsigned char *status)
{
    for (size_t i = 0; i < w->b->nbad; i++)
        if (status[w->b->bad[i].row] == OC_ROW_BAD_INPUT)
            status[w->b->bad[i].row] = OC_ROW_OK;
    for (size_t i = 0; i < w->b->rows; i++) {
        /* nothing else matters of an option that is over */
        if (w->terms.years[i] <= 0 && (status[i] == OC_ROW_BAD_INPUT || status[i] == OC_ROW_NO_BID))
            status[i] = OC_ROW_EXPIRED;
        if (status[i] && oc_status_add(w->b, i, column ? column : w->told[i], oc_row_name(status[i]), w->err))
            return -1;
    }
    return 0;
}

/* One column of implied volatilities from one column of prices. */
static int imply(struct work *w, const char *from, const char *name, double **iv, unsigned char *status)
{
    double *price = NULL;
    enum oc_row none = OC_ROW_BAD_INPUT;

    if (read_price(w, from, &price, &none) || oc_add_f64(w->b, name, iv, w->err))
        return -1;
    if (each_model(w, NULL, price, call_iv, iv, 1, status))
        return -1;
    for (size_t i = 0; i < w->b->rows; i++) {
        if (isnan(price[i]) && status[i] == OC_ROW_BAD_INPUT && w->model[i])
            status[i] = (unsigned char)none;
        if (status[i])
            (*iv)[i] = NAN;
    }
    return 0;
}

static const char *const side_name[OC_PRICE_SIDES] = { "bid", "mid", "ask", "last" };
static const char *const side_column[OC_PRICE_SIDES] = { "iv_bid", "iv_mid", "iv_ask", "iv_last" };

static int imply_sides(struct work *w)
{
    for (int k = 0; k < OC_PRICE_SIDES; k++) {
        double *iv = NULL;
        if (!w->p->side[k])
            continue;
        w->side_status[k] = oc_arena_alloc(&w->b->arena, w->b->rows + 1);
        if (!w->side_status[k])
            return no_memory(w->err);
        if (imply(w, side_name[k], side_column[k], &iv, w->side_status[k]))
            return -1;
        w->side_told[k] = name_of(w, iv);
    }
    return 0;
}

/* The column status comes last, so all reasons wait for it. */
static int report_all(struct work *w)
{
    if (oc_add_status(w->b, w->err) || report(w, NULL, w->status))
        return -1;
    for (int k = 0; k < OC_PRICE_SIDES; k++)
        if (w->p->side[k] && report(w, w->side_told[k], w->side_status[k]))
            return -1;
    return 0;
}

/* ---- values and Greeks ----------------------------------------------------------------------------------- */

/* Names and factors of --greek-units market. */
static const struct { enum oc_quantity q; const char *name; double factor; } market_units[] = {
    { OC_THETA, "theta_day", 365 }, { OC_CHARM, "charm_day", 365 }, { OC_COLOR, "color_day", 365 },
    { OC_VEGA, "vega_pct", 100 }, { OC_RHO, "rho_pct", 100 }, { OC_PHI, "phi_pct", 100 },
    { OC_VETA, "veta_day_pct", 36500 },
};

static double unit_of(const struct oc_price *p, int quantity, const char **name)
{
    *name = oc_quantity_name(quantity);
    for (size_t i = 0; p->market_units && i < sizeof market_units / sizeof *market_units; i++)
        if ((int)market_units[i].q == quantity) {
            *name = market_units[i].name;
            return market_units[i].factor;
        }
    return 1;
}

/* A reason is about the first cell that it left empty; at a limit there may be a price, and no Greeks. */
static void explain(struct work *w, double *const *out, const char *const *shown)
{
    for (size_t i = 0; i < w->b->rows; i++) {
        int k = 0;
        if (out[OC_ELASTICITY] && isnan(out[OC_ELASTICITY][i]) && !w->status[i])
            w->status[i] = OC_ROW_OUT_OF_DOMAIN;        /* of a price of 0 */
        if (!w->status[i])
            continue;
        while (k < OC_QUANTITIES && !(out[k] && isnan(out[k][i])))
            k++;
        if (k == OC_QUANTITIES)
            w->status[i] = OC_ROW_OK;
        else
            w->told[i] = shown[k];
    }
}

static int values(struct work *w, const double *vol)
{
    double *out[OC_QUANTITIES] = { 0 };
    const char *name, *shown[OC_QUANTITIES] = { 0 };

    for (int k = 0; k < OC_QUANTITIES; k++) {
        if (!w->p->want[k])
            continue;
        unit_of(w->p, k, &name);
        if (oc_add_f64(w->b, name, &out[k], w->err))
            return -1;
        shown[k] = name_of(w, out[k]);
    }
    if (each_model(w, vol, NULL, call_price, out, OC_QUANTITIES, w->status))
        return -1;
    for (int k = 0; k < OC_QUANTITIES; k++) {
        const double unit = out[k] ? unit_of(w->p, k, &name) : 1;
        for (size_t i = 0; unit != 1 && i < w->b->rows; i++)
            out[k][i] /= unit;
    }
    for (size_t i = 0; w->inverse_spot && i < w->b->rows; i++) {
        if (w->inverse_spot[i] == 1)
            continue;
        if (out[OC_PRICE])
            out[OC_PRICE][i] /= w->inverse_spot[i];
        for (int k = OC_PRICE + 1; k < OC_QUANTITIES; k++)      /* in which money is not settled: refused */
            if (out[k]) {
                out[k][i] = NAN;
                w->status[i] = w->status[i] ? w->status[i] : OC_ROW_UNSUPPORTED;
            }
    }
    explain(w, out, shown);
    return 0;
}

static bool wants_values(const struct oc_price *p)
{
    for (int k = 0; k < OC_QUANTITIES; k++)
        if (p->want[k])
            return true;
    return false;
}

/* Volatility of the row: the model's spec, else the column. */
static int read_vol(struct work *w, const double **vol)
{
    if (!isnan(w->p->volatility)) {
        double *v = array(w);
        if (!v)
            return -1;
        for (size_t i = 0; i < w->b->rows; i++)
            v[i] = w->p->volatility;
        *vol = v;
        return 0;
    }
    if (input(w, w->p->vol_from, NAN, vol))
        return -1;
    return *vol ? 0 : oc_fail(w->err, OC_COLUMN, "the input has no column '%s': --iv implies the volatility, --vol-from "
                              "names a column, --model NAME:volatility=V gives it", w->p->vol_from);
}

static int compute(struct work *w)
{
    const struct oc_price *p = w->p;
    const double *vol = NULL;
    double *iv = NULL;
    unsigned char *ivs = oc_arena_alloc(&w->b->arena, w->b->rows + 1);

    w->told = oc_arena_zero(&w->b->arena, w->b->rows + 1, sizeof *w->told);
    if (!ivs || !w->told)
        return no_memory(w->err);
    if (!p->iv && wants_values(p) && read_vol(w, &vol))
        return -1;
    for (size_t i = 0; i < w->b->rows; i++)
        if (check_row(w, i, vol))
            return -1;
    if (p->iv && imply(w, p->price_from, "iv", &iv, ivs))
        return -1;
    if (p->iv)
        vol = iv;
    if (imply_sides(w))
        return -1;
    memset(w->status, 0, w->b->rows);
    if (wants_values(p) && values(w, vol))
        return -1;
    const char *const implied = p->iv ? name_of(w, iv) : NULL;
    for (size_t i = 0; p->iv && i < w->b->rows; i++)
        if (ivs[i]) {
            w->status[i] = ivs[i];
            w->told[i] = implied;
        }
    return report_all(w);
}

int oc_price_step(void *ctx, struct oc_batch *b, struct oc_err *err)
{
    struct oc_price *p = ctx;
    struct work w = { .p = p, .b = b, .err = err };

    if (oc_terms_read(&p->terms, b, &w.terms, err))
        return -1;
    w.status = oc_arena_alloc(&b->arena, b->rows + 1);
    if (!w.status)
        return no_memory(err);
    w.q = (struct oc_quotes){ .n = b->rows, .side = w.terms.side, .strike = w.terms.strike, .years = w.terms.years };
    return choose_models(&w) || choose_products(&w) || read_market(&w) || read_inverse(&w) || compute(&w) ? -1 : 0;
}

void oc_price_close(struct oc_price *p)
{
    oc_terms_close(&p->terms);
    oc_curve_free(p->curve);
    p->curve = NULL;
}
