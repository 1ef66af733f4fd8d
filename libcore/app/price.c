/*
 * price - the step of oc-price: see price.h.
 *
 * Columns become the arrays of pricing/pricer.h (pricein.c), one model at a time prices all rows of the batch
 * (pricecall.c), and what comes back is appended.  Rows without an answer carry NaN and a reason; rows without an input
 * are malformed.
 */
#include "app/price.h"

#include "app/pricecall.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int no_memory(struct oc_err *err) { return oc_fail(err, OC_MEMORY, "no memory for a block"); }

/* ---- implied volatility ---------------------------------------------------------------------------------- */

/* The prices that --price-from names.  NaN where the market shows none; `what` says so in status. */
static int read_price(struct oc_pricein *w, const char *from, double **out, enum oc_row *what)
{
    const bool mid = strcmp(from, "mid") == 0;
    const double *a = NULL, *z = NULL;
    double *v = oc_pricein_array(w);

    *what = mid || strcmp(from, "bid") == 0 ? OC_ROW_NO_BID : OC_ROW_BAD_INPUT;
    if (!v)
        return -1;
    if (mid && oc_col(w->b, "bid") && oc_col(w->b, "ask")) {
        if (oc_pricein_column(w, "bid", NAN, &a) || oc_pricein_column(w, "ask", NAN, &z))
            return -1;
    } else if (oc_pricein_column(w, from, NAN, &a)) {
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

static const char *name_of(const struct oc_pricein *w, const double *v)
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
static int report(struct oc_pricein *w, const char *column, unsigned char *status)
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
static int imply(struct oc_pricein *w, const char *from, const char *name, double **iv, unsigned char *status)
{
    double *price = NULL;
    enum oc_row none = OC_ROW_BAD_INPUT;

    if (read_price(w, from, &price, &none) || oc_add_f64(w->b, name, iv, w->err))
        return -1;
    if (oc_pricecall_implied(w, price, *iv, status))
        return -1;
    for (size_t i = 0; i < w->b->rows; i++) {
        const bool coin = w->inverse_spot && isnan(w->inverse_spot[i]);     /* without a spot, whatever the bid */
        if (isnan(price[i]) && !coin && status[i] == OC_ROW_BAD_INPUT && w->model[i])
            status[i] = (unsigned char)none;
        if (status[i])
            (*iv)[i] = NAN;
    }
    return 0;
}

static const char *const side_name[OC_PRICE_SIDES] = { "bid", "mid", "ask", "last" };
static const char *const side_column[OC_PRICE_SIDES] = { "iv_bid", "iv_mid", "iv_ask", "iv_last" };

static int imply_sides(struct oc_pricein *w)
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
static int report_all(struct oc_pricein *w)
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
static const struct { enum oc_quantity q; const char *name; double factor; } units[] = {
    { OC_THETA, "theta_day", 365 }, { OC_CHARM, "charm_day", 365 }, { OC_COLOR, "color_day", 365 },
    { OC_VEGA, "vega_pct", 100 }, { OC_RHO, "rho_pct", 100 }, { OC_PHI, "phi_pct", 100 },
    { OC_VETA, "veta_day_pct", 36500 },
};

double oc_price_unit(bool market, int quantity, const char **name)
{
    *name = oc_quantity_name(quantity);
    for (size_t i = 0; market && i < sizeof units / sizeof *units; i++)
        if ((int)units[i].q == quantity) {
            *name = units[i].name;
            return units[i].factor;
        }
    return 1;
}

/* A reason is about the first cell that it left empty; at a limit there may be a price, and no Greeks. */
static void explain(struct oc_pricein *w, double *const *out, const char *const *shown)
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

static int values(struct oc_pricein *w, const double *vol)
{
    double *out[OC_QUANTITIES] = { 0 };
    const char *name, *shown[OC_QUANTITIES] = { 0 };

    for (int k = 0; k < OC_QUANTITIES; k++) {
        if (!w->p->want[k])
            continue;
        oc_price_unit(w->p->market_units, k, &name);
        if (oc_add_f64(w->b, name, &out[k], w->err))
            return -1;
        shown[k] = name_of(w, out[k]);
    }
    if (oc_pricecall_value(w, vol, out, w->status))
        return -1;
    for (int k = 0; k < OC_QUANTITIES; k++) {
        const double unit = out[k] ? oc_price_unit(w->p->market_units, k, &name) : 1;
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
static int read_vol(struct oc_pricein *w, const double **vol)
{
    if (!isnan(w->p->volatility)) {
        double *v = oc_pricein_array(w);
        if (!v)
            return -1;
        for (size_t i = 0; i < w->b->rows; i++)
            v[i] = w->p->volatility;
        *vol = v;
        return 0;
    }
    if (oc_pricein_column(w, w->p->vol_from, NAN, vol))
        return -1;
    return *vol ? 0 : oc_fail(w->err, OC_COLUMN, "the input has no column '%s': --iv implies the volatility, --vol-from "
                              "names a column, --model NAME:volatility=V gives it", w->p->vol_from);
}

static int compute(struct oc_pricein *w)
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
        if (oc_pricein_check(w, i, vol))
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
    struct oc_pricein w = { .p = p, .b = b, .err = err };

    if (oc_terms_read(&p->terms, b, &w.terms, err))
        return -1;
    w.status = oc_arena_alloc(&b->arena, b->rows + 1);
    if (!w.status)
        return no_memory(err);
    w.q = (struct oc_quotes){ .n = b->rows, .side = w.terms.side, .strike = w.terms.strike, .years = w.terms.years };
    return oc_pricein_read(&w) || compute(&w) ? -1 : 0;
}

void oc_price_close(struct oc_price *p)
{
    oc_terms_close(&p->terms);
    oc_curve_free(p->curve);
    p->curve = NULL;
}
