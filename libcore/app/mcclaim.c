/* mcclaim - see mcclaim.h.  A table of products; each function fills what its product has of a claim. */
#include "app/mcclaim.h"

#include "app/mcfixings.h"
#include "base/num.h"
#include "math/log.h"
#include "sim/payoff.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

typedef int make_fn(struct oc_mcclaim_rows *rows, size_t r, struct oc_mcclaim *out);

/* ---- cells ------------------------------------------------------------------------------------------------- */

static double cell(const double *v, size_t r) { return v ? v[r] : NAN; }
static double cell_or(const double *v, size_t r, double other) { return v && !isnan(v[r]) ? v[r] : other; }
static int64_t count(const struct oc_intcol *c, size_t r, int64_t other)
{
    return c->v && oc_bit(c->valid, r) ? c->v[r] : other;
}

/* Text of a dictionary cell; "" where there is none. */
static const char *word(const struct oc_symcol *c, size_t r, size_t *n)
{
    *n = 0;
    if (!c->index || !oc_bit(c->valid, r))
        return "";
    const uint32_t *const off = c->dict->off + c->index[r];
    *n = off[1] - off[0];
    return c->dict->bytes + off[0];
}

static bool is_word(const char *s, size_t n, const char *w) { return strlen(w) == n && strncasecmp(s, w, n) == 0; }

/* Malformed: 0 when noted, -1 when that ends the run. */
static int bad(struct oc_mcclaim_rows *rows, size_t r, const char *column, const char *why)
{
    return oc_bad_row(rows->in.b, r, oc_col(rows->in.b, column), rows->in.err, "%s: %s", column, why);
}

/* ---- binding ----------------------------------------------------------------------------------------------- */

int oc_mcclaim_bind(struct oc_mcclaim_rows *rows)
{
    static const struct oc_bindcol cols[] = {
#define FIELD(name, type, field) { name, type, OC_OPTIONAL, offsetof(struct oc_mcclaim_rows, field) }
        FIELD("style", OC_SYM, style), FIELD("spot", OC_F64, spot), FIELD("dividend_yield", OC_F64, yield),
        FIELD("product", OC_SYM, product), FIELD("barrier_type", OC_SYM, barrier_type), FIELD("pay_at", OC_SYM, pay_at),
        FIELD("average", OC_SYM, average), FIELD("monitoring", OC_I64, monitoring), FIELD("fixings", OC_I64, fixings),
        FIELD("fixings_done", OC_I64, fixings_done), FIELD("assets", OC_I64, assets),
        FIELD("exercise_dates", OC_I64, exercise_dates), FIELD("barrier", OC_F64, barrier),
        FIELD("barrier2", OC_F64, barrier2),
        FIELD("rebate", OC_F64, rebate), FIELD("cash", OC_F64, cash), FIELD("start_years", OC_F64, start),
        FIELD("moneyness", OC_F64, moneyness), FIELD("average_so_far", OC_F64, average_so_far),
        FIELD("first_fixing_years", OC_F64, first_fixing), FIELD("extremum", OC_F64, extremum), FIELD("cap", OC_F64, cap),
        FIELD("floor", OC_F64, floor), FIELD("local_cap", OC_F64, local_cap), FIELD("local_floor", OC_F64, local_floor),
        FIELD("participation", OC_F64, participation), FIELD("spot2", OC_F64, spot2),
        FIELD("dividend_yield2", OC_F64, yield2),
        FIELD("iv2", OC_F64, iv2), FIELD("quantity1", OC_F64, quantity1), FIELD("quantity2", OC_F64, quantity2),
        FIELD("corr", OC_F64, corr), FIELD("iv", OC_F64, iv),
#undef FIELD
        { 0 }
    };
    struct oc_batch *const b = rows->in.b;
    struct oc_col *const weights = oc_col(b, "weights"), *const dates = oc_col(b, "fixing_dates");

    if (oc_bind(b, cols, rows, rows->in.err) || (weights && oc_load(b, weights, rows->in.err))
        || (dates && oc_load(b, dates, rows->in.err)))
        return -1;
    if (weights && weights->type == OC_TEXT)
        rows->weights = *weights;
    if (dates && dates->type == OC_TEXT)
        rows->fixing_dates = *dates;
    return 0;
}

/* ---- parts of claims --------------------------------------------------------------------------------------- */

/* `monitoring`: at so many times, or continuously; or on dates, of which those that are over count for nothing. */
static int monitored(struct oc_mcclaim_rows *rows, size_t r, struct oc_claim *c)
{
    const int64_t n = count(&rows->monitoring, r, 0);
    int64_t done;

    if (oc_mcfixings_dated(rows, r))
        return oc_mcfixings_dates(rows, r, c, "monitoring", n > 0 ? n : -1, &done) < 0 ? -1 : 0;
    c->continuous = n == 0;
    if (n < 0)
        return bad(rows, r, "monitoring", "a count is not below 0");
    return n ? oc_mcfixings_over(rows, r, "monitoring", c, n) : 0;
}

static int make_plain(struct oc_mcclaim_rows *rows, size_t r, struct oc_mcclaim *out)
{
    (void)rows, (void)r, (void)out;
    return 0;
}

static int make_digital(struct oc_mcclaim_rows *rows, size_t r, struct oc_mcclaim *out)
{
    out->claim.cash = cell(rows->cash, r);
    return 0;
}

static int make_barrier(struct oc_mcclaim_rows *rows, size_t r, struct oc_mcclaim *to)
{
    static const struct { const char *word; enum oc_knock knock; } knocks[] = {
        { "do", OC_DOWN_OUT }, { "di", OC_DOWN_IN }, { "uo", OC_UP_OUT }, { "ui", OC_UP_IN }, { "ko", OC_KNOCK_OUT },
        { "ki", OC_KNOCK_IN },
    };
    struct oc_claim *const c = &to->claim;
    size_t n;
    const char *const type = word(&rows->barrier_type, r, &n);

    for (size_t i = 0; i < sizeof knocks / sizeof *knocks; i++)
        if (is_word(type, n, knocks[i].word))
            c->knock = knocks[i].knock;
    if (c->knock == OC_KNOCK_NONE)
        return bad(rows, r, "barrier_type", "none of do, di, uo, ui, ko, ki");
    c->barrier = cell(rows->barrier, r);
    c->barrier2 = cell(rows->barrier2, r);
    c->rebate = cell_or(rows->rebate, r, 0);
    c->cash = cell(rows->cash, r);
    const char *const when = word(&rows->pay_at, r, &n);
    c->rebate_at_expiry = is_word(when, n, "expiry");
    const bool out = c->knock == OC_DOWN_OUT || c->knock == OC_UP_OUT || c->knock == OC_KNOCK_OUT;
    if (n ? !c->rebate_at_expiry && !is_word(when, n, "hit") : out && c->rebate != 0)
        return bad(rows, r, "pay_at", n ? "neither hit nor expiry" : "missing: is the rebate paid at the hit or at expiry?");
    return monitored(rows, r, c);
}

static int make_asian(struct oc_mcclaim_rows *rows, size_t r, struct oc_mcclaim *out)
{
    struct oc_claim *const c = &out->claim;
    const bool dated = oc_mcfixings_dated(rows, r);
    int64_t n = count(&rows->fixings, r, 0), done = count(&rows->fixings_done, r, 0), over;
    const double first = cell(rows->first_fixing, r);
    size_t len;
    const char *const how = word(&rows->average, r, &len);

    if (!is_word(how, len, "A") && !is_word(how, len, "G"))
        return bad(rows, r, "average", "neither A (arithmetic) nor G (geometric)");
    c->geometric = is_word(how, len, "G");
    if (dated) {
        const int rc = oc_mcfixings_dates(rows, r, c, "fixings", n ? n : -1, &over);
        if (rc <= 0)
            return rc;
        if (count(&rows->fixings_done, r, over) != over)
            return bad(rows, r, "fixings_done", "not as many as fixing_dates are over");
        n = over + (int64_t)c->fixings;
        done = over;
    }
    if (done < 0 || done >= n)
        return bad(rows, r, "fixings", "a simulation needs fixings to come, more than fixings_done");
    c->fixings_done = (double)done;
    c->average_so_far = cell(rows->average_so_far, r);
    if (dated)
        return isnan(first) ? 0 : bad(rows, r, "first_fixing_years", "fixing_dates say it");
    if (!isnan(first) && (first < 0 || first > c->years))
        return bad(rows, r, "first_fixing_years", "not between now and the expiry");
    return isnan(first) ? oc_mcfixings_over(rows, r, "fixings", c, n - done)
                        : oc_mcfixings_between(rows, r, "fixings", c, n - done, first, c->years);
}

static int make_lookback(struct oc_mcclaim_rows *rows, size_t r, struct oc_mcclaim *out)
{
    out->claim.extremum = cell(rows->extremum, r);
    if (out->claim.pay == OC_PAY_LOOKBACK_FLOAT)
        out->claim.strike = NAN;
    return monitored(rows, r, &out->claim);
}

static int make_forward_start(struct oc_mcclaim_rows *rows, size_t r, struct oc_mcclaim *out)
{
    struct oc_claim *const c = &out->claim;
    const double start = cell(rows->start, r);

    c->moneyness = cell(rows->moneyness, r);
    c->strike = NAN;
    if (!(start >= 0 && start < c->years))
        return bad(rows, r, "start_years", "not between now and the expiry");
    return oc_mcfixings_between(rows, r, "start_years", c, 1, start, start);
}

static int make_cliquet(struct oc_mcclaim_rows *rows, size_t r, struct oc_mcclaim *out)
{
    struct oc_claim *const c = &out->claim;
    const int64_t n = count(&rows->fixings, r, count(&rows->monitoring, r, 0));
    int64_t over;

    c->moneyness = cell(rows->moneyness, r);
    c->strike = NAN;
    c->cash = cell(rows->cash, r);
    c->share = cell_or(rows->participation, r, 1);
    if (!(c->share > 0))
        return bad(rows, r, "participation", "not above 0");
    c->cap = cell(rows->cap, r);
    c->floor = cell(rows->floor, r);
    c->local_cap = cell(rows->local_cap, r);
    c->local_floor = cell(rows->local_floor, r);
    if (oc_mcfixings_dated(rows, r)) {
        const int rc = oc_mcfixings_dates(rows, r, c, "fixings", n ? n : -1, &over);
        return rc > 0 && over ? bad(rows, r, "fixing_dates", "a period that has begun has no price here") : rc < 0 ? -1 : 0;
    }
    return n < 1 ? bad(rows, r, "fixings", "a cliquet has periods, one a fixing")
                 : oc_mcfixings_over(rows, r, "fixings", c, n);
}

/* ---- several assets ---------------------------------------------------------------------------------------- */

static int matrix(struct oc_mcclaim_rows *rows, size_t r, struct oc_mcclaim *out)
{
    const double rho = cell(rows->corr, r);

    if (isnan(rho) && rows->basket)
        return 0;                       /* --corr */
    if (isnan(rho))
        return bad(rows, r, "corr", "missing: the correlation of the assets");
    out->corr = oc_arena_alloc(&rows->in.b->arena, out->assets * out->assets * sizeof *out->corr);
    if (!out->corr)
        return oc_fail(rows->in.err, OC_MEMORY, "no memory for correlations");
    for (size_t i = 0; i < out->assets; i++)
        for (size_t j = 0; j < out->assets; j++)
            out->corr[i * out->assets + j] = i == j ? 1 : rho;
    return 0;
}

/* Weights joined by |, as many as assets; none: 1 / assets each. */
static int read_weights(struct oc_mcclaim_rows *rows, size_t r, struct oc_mcclaim *out)
{
    const struct oc_col *const c = &rows->weights;
    const bool given = c->name && oc_bit(c->valid, r) && c->i32[r + 1] > c->i32[r];
    const char *p = given ? c->chars + c->i32[r] : "", *const end = given ? c->chars + c->i32[r + 1] : p;

    for (size_t i = 0; i < out->assets; i++) {
        out->weight[i] = 1 / (double)out->assets;
        if (!given)
            continue;
        const char *stop = memchr(p, '|', (size_t)(end - p));
        stop = stop ? stop : end;
        if (oc_num_f64(p, (size_t)(stop - p), &out->weight[i]) != OC_NUM_OK)
            return bad(rows, r, "weights", "not as many numbers as assets, joined by |");
        p = stop < end ? stop + 1 : end;
        if ((i + 1 == out->assets) != (stop == end))
            return bad(rows, r, "weights", "not as many numbers as assets, joined by |");
    }
    return 0;
}

/* The second asset of the row. */
static int two_assets(struct oc_mcclaim_rows *rows, size_t r, struct oc_mcclaim *out)
{
    out->assets = 2;
    out->spot[1] = cell(rows->spot2, r);
    out->iv[1] = cell(rows->iv2, r);
    out->drift[1] = out->claim.rate - cell(rows->yield2, r);
    if (!(out->spot[1] > 0))
        return bad(rows, r, "spot2", "missing: the price of the second asset");
    if (isnan(out->drift[1]))
        return bad(rows, r, "dividend_yield2", "missing: 0 where the second asset pays none");
    return matrix(rows, r, out);
}

static int listed_assets(struct oc_mcclaim_rows *rows, size_t r, struct oc_mcclaim *out)
{
    const struct oc_mcbasket *const k = rows->basket;

    out->assets = k->n;
    for (size_t i = 0; i < k->n; i++) {
        out->spot[i] = k->spot[i];
        out->iv[i] = k->iv[i];
        out->drift[i] = out->claim.rate - k->yield[i];
        out->weight[i] = k->weight[i];
        out->symbol[i] = k->symbol[i];
    }
    return matrix(rows, r, out);
}

static int make_basket(struct oc_mcclaim_rows *rows, size_t r, struct oc_mcclaim *out)
{
    const int64_t n = count(&rows->assets, r, rows->basket ? (int64_t)rows->basket->n : 2);
    const bool weighted = out->claim.pay == OC_PAY_BASKET;
    int rc;

    out->claim.weight = weighted ? out->weight : NULL;
    if (rows->basket)
        return n == (int64_t)rows->basket->n ? listed_assets(rows, r, out)
                                             : bad(rows, r, "assets", "not as many as in --basket");
    if (n < 2 || n > OC_MCCLAIM_ASSETS)
        return bad(rows, r, "assets", "from 2 to 64");
    if (!isnan(cell(rows->spot2, r))) {
        out->weight[0] = cell_or(rows->quantity1, r, 1);
        out->weight[1] = cell_or(rows->quantity2, r, 1);
        return n == 2 ? two_assets(rows, r, out) : bad(rows, r, "assets", "two, with a spot2");
    }
    out->assets = (size_t)n;
    for (size_t i = 1; i < out->assets; i++) {
        out->spot[i] = out->spot[0];
        out->iv[i] = out->iv[0];
        out->drift[i] = out->drift[0];
    }
    rc = weighted ? read_weights(rows, r, out) : 0;
    return rc ? rc : matrix(rows, r, out);
}

/* max(Q1 S1 - Q2 S2 - K, 0): a basket with a weight below 0. */
static int make_spread(struct oc_mcclaim_rows *rows, size_t r, struct oc_mcclaim *out)
{
    size_t n;
    const char *const product = word(&rows->product, r, &n);

    out->claim.weight = out->weight;
    out->weight[0] = cell_or(rows->quantity1, r, 1);
    out->weight[1] = -cell_or(rows->quantity2, r, 1);
    if (is_word(product, n, "exchange")) {
        out->claim.strike = 0;
        out->claim.side = 1;
    }
    return two_assets(rows, r, out);
}

/* ---- early exercise ---------------------------------------------------------------------------------------- */

/* `dates` evenly over the life, the last at its end; and now. */
static int exercises(struct oc_mcclaim_rows *rows, struct oc_claim *c, size_t dates, bool now)
{
    double *const t = oc_arena_alloc(&rows->in.b->arena, (dates + now) * sizeof *t);

    if (!t)
        return oc_fail(rows->in.err, OC_MEMORY, "no memory for %zu exercise dates", dates);
    t[0] = 0;
    for (size_t i = 0; i < dates; i++)
        t[i + now] = i + 1 == dates ? c->years : c->years * ((double)(i + 1) / (double)dates);
    c->exercise = t;
    c->exercises = dates + now;
    return 0;
}

/* ---- the table --------------------------------------------------------------------------------------------- */

static const struct product { const char *name; enum oc_payoff pay; char style; make_fn *make; } products[] = {
    { "european", OC_PAY_VANILLA, 'E', make_plain },
    { "american", OC_PAY_VANILLA, 'A', make_plain },
    { "bermudan", OC_PAY_VANILLA, 'B', make_plain },
    { "digital_cash", OC_PAY_DIGITAL_CASH, 0, make_digital },
    { "digital_asset", OC_PAY_DIGITAL_ASSET, 0, make_plain },
    { "barrier", OC_PAY_BARRIER, 0, make_barrier },
    { "double_barrier", OC_PAY_DOUBLE_BARRIER, 0, make_barrier },
    { "asian", OC_PAY_ASIAN, 0, make_asian },
    { "lookback_fixed", OC_PAY_LOOKBACK_FIXED, 0, make_lookback },
    { "lookback_float", OC_PAY_LOOKBACK_FLOAT, 0, make_lookback },
    { "forward_start", OC_PAY_FORWARD_START, 0, make_forward_start },
    { "cliquet", OC_PAY_CLIQUET, 0, make_cliquet },
    { "basket", OC_PAY_BASKET, 0, make_basket },
    { "rainbow_max", OC_PAY_BEST, 0, make_basket },
    { "rainbow_min", OC_PAY_WORST, 0, make_basket },
    { "spread", OC_PAY_BASKET, 0, make_spread },
    { "exchange", OC_PAY_BASKET, 0, make_spread },
};

static const struct product *product_of(const struct oc_mcclaim_rows *rows, size_t r)
{
    size_t n;
    const char *const s = word(&rows->product, r, &n);

    for (size_t i = 0; i < sizeof products / sizeof *products; i++)
        if (n ? is_word(s, n, products[i].name) : i == 0)
            return &products[i];
    return NULL;
}

/* The style: of the product where its name says it, else of the row. */
static int make_style(struct oc_mcclaim_rows *rows, size_t r, const struct product *p, struct oc_claim *c,
                      enum oc_row *status)
{
    size_t n;
    word(&rows->product, r, &n);
    const bool early = c->pay == OC_PAY_VANILLA || c->pay == OC_PAY_BASKET || c->pay == OC_PAY_BEST
                       || c->pay == OC_PAY_WORST;
    const char style = p->style && n ? p->style : rows->in.terms.style[r];
    const char *const said = word(&rows->style, r, &n);

    if (n && (*said & ~0x20) != style)
        return bad(rows, r, "style", "contradicts the product, whose name says it");
    if (style == 'E')
        return 1;
    if (!early) {
        *status = OC_ROW_UNSUPPORTED;
        return 0;
    }
    c->american = style == 'A';
    if (style == 'A')
        return exercises(rows, c, (size_t)fmax(ceil(rows->exercises_a_year * c->years - 1e-9), OC_MCCLAIM_AMERICAN), true)
                   ? -1 : 1;
    const int64_t dates = count(&rows->exercise_dates, r, 0);
    if (dates < 1 || dates > 100000)
        return bad(rows, r, "exercise_dates", "a Bermudan option has a number of them");
    return exercises(rows, c, (size_t)dates, false) ? -1 : 1;
}

/* Market of the row into the first asset.  Without a spot the underlying is the forward itself. */
static void make_market(const struct oc_mcclaim_rows *rows, size_t r, struct oc_mcclaim *out)
{
    const struct oc_quotes *const q = &rows->in.q;
    const double forward = q->forward ? q->forward[r] : NAN, spot = q->spot ? q->spot[r] : NAN;

    out->spot[0] = isnan(spot) ? forward : spot;
    out->drift[0] = isnan(forward) ? out->claim.rate - q->dividend_yield[r]
                    : isnan(spot) ? 0 : oc_log(forward / spot) / out->claim.years;
    out->iv[0] = cell(rows->iv, r);
}

/* Prices that a walk can begin at, years that it can last. */
static int check_market(struct oc_mcclaim_rows *rows, size_t r, const struct oc_mcclaim *c)
{
    if (!isfinite(c->claim.years))
        return bad(rows, r, "years", "not a finite time");
    for (size_t i = 0; i < c->assets; i++)
        if (!(c->spot[i] > 0 && isfinite(c->spot[i])))
            return bad(rows, r, i && !c->symbol[i] && rows->spot2 ? "spot2" : "spot", "not a price above 0");
    return 0;
}

/* A cell that the market needs and nothing supplies.  The assets of --basket have a market of their own. */
static const char *lacking(const struct oc_mcclaim_rows *rows, size_t r, const struct product *p)
{
    const struct oc_quotes *const q = &rows->in.q;
    const bool forward = q->forward && !isnan(q->forward[r]);

    if (isnan(q->rate[r]))
        return "rate";
    if (forward || (rows->basket && p->make == make_basket))
        return NULL;
    if (!rows->spot_given && isnan(cell(rows->spot, r)))
        return "spot";
    return !rows->yield_given && isnan(cell(rows->yield, r)) ? "dividend_yield" : NULL;
}

int oc_mcclaim_make(struct oc_mcclaim_rows *rows, size_t r, struct oc_mcclaim *out, enum oc_row *status)
{
    const struct product *const p = product_of(rows, r);
    const struct oc_term_rows *const t = &rows->in.terms;
    const size_t known = rows->in.b->nbad;
    struct oc_err why = { 0 };

    *status = OC_ROW_OK;
    for (size_t i = 0; i < known; i++)
        if (rows->in.b->bad[i].row == r)
            return 0;
    const bool dates = p && oc_mcfixings_dated(rows, r) && p->make != make_barrier && p->make != make_asian
                       && p->make != make_lookback && p->make != make_cliquet;
    if (!p || dates || !(t->years[r] > 0)) {
        *status = !p || dates ? OC_ROW_UNSUPPORTED : OC_ROW_EXPIRED;
        return 0;
    }
    const char *const lacks = lacking(rows, r, p);
    if (lacks)
        return bad(rows, r, lacks, "missing (an option of that name supplies it)");
    *out = (struct oc_mcclaim){ .assets = 1, .claim = {
        .pay = p->pay, .side = isnan(t->side[r]) ? 0 : t->side[r], .strike = t->strike[r], .years = t->years[r],
        .rate = rows->in.q.rate[r], .cash = NAN, .barrier = NAN, .barrier2 = NAN, .rebate = NAN, .extremum = NAN,
        .moneyness = NAN,
        .cap = NAN, .floor = NAN, .local_cap = NAN, .local_floor = NAN } };
    make_market(rows, r, out);
    if (p->make(rows, r, out) || (rows->in.b->nbad == known && check_market(rows, r, out)))
        return -1;
    if (rows->in.b->nbad != known)
        return 0;
    if (!(out->claim.years <= OC_STEP_YEARS)) {         /* no walk is that long; dates a year would have no number */
        *status = OC_ROW_OUT_OF_DOMAIN;
        return 0;
    }
    const int rc = make_style(rows, r, p, &out->claim, status);
    if (rc <= 0 || rows->in.b->nbad != known)
        return rc < 0 ? -1 : 0;
    if (out->claim.side == 0 && out->claim.pay == OC_PAY_DOUBLE_BARRIER && !isnan(out->claim.cash))
        out->claim.side = 1;
    if (oc_payoff_check(&out->claim, out->assets, &why))
        return oc_bad_row(rows->in.b, r, NULL, rows->in.err, "%.110s", why.text);
    return 1;
}
