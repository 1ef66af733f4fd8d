/* bookmarket - see bookmarket.h */
#include "app/bookmarket.h"

#include "market/symbol.h"
#include "math/log.h"
#include "pricing/black.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define SAME 1e-9           /* of drifts a year: what rounding makes of one forward's rate and yield */

/* ---- reading ------------------------------------------------------------------------------------------------------ */

struct columns {
    struct oc_symcol symbol, root, contract;
    struct oc_daycol expiry;
    struct oc_intcol expires_at, ts;
    const double *spot, *forward, *rate, *yield, *iv, *multiplier;
};

#define COLUMN(name, type, field) { name, type, OC_OPTIONAL, offsetof(struct columns, field) }

static const struct oc_bindcol wanted[] = {
    COLUMN("symbol", OC_SYM, symbol), COLUMN("root", OC_SYM, root), COLUMN("contract_symbol", OC_SYM, contract),
    COLUMN("expiry", OC_DATE, expiry), COLUMN("expires_at", OC_TIME, expires_at), COLUMN("ts", OC_TIME, ts),
    COLUMN("spot", OC_F64, spot), COLUMN("forward", OC_F64, forward), COLUMN("rate", OC_F64, rate),
    COLUMN("dividend_yield", OC_F64, yield), COLUMN("iv", OC_F64, iv), COLUMN("multiplier", OC_F64, multiplier), { 0 }
};

static double cell(const double *column, size_t r) { return column ? column[r] : NAN; }

/* The text of a cell into a field; -1 where it does not fit. */
static int text(const struct oc_symcol *c, size_t r, char *to, size_t size)
{
    *to = '\0';
    if (!c->index || !oc_bit(c->valid, r))
        return 0;
    const uint32_t *const off = c->dict->off + c->index[r];
    const size_t n = off[1] - off[0];
    if (n >= size)
        return -1;
    memcpy(to, c->dict->bytes + off[0], n);
    to[n] = '\0';
    return 0;
}

/* What the contract's name says where the columns do not. */
static void by_name(struct oc_bookrow *w, const struct oc_symcol *c, size_t r)
{
    char name[OC_SYMBOL_MAX];
    struct oc_symbol y;

    if (text(c, r, name, sizeof name) || !*name || oc_symbol_parse(name, strlen(name), &y))
        return;
    if (!*w->root && y.root_len < sizeof w->root)
        memcpy(w->root, y.root, y.root_len + 1);
    if (!w->has_date && y.has_expiry) {
        w->date = y.expiry;
        w->has_date = true;
    }
}

static int same_instant(struct oc_bookmarket *m, int64_t ts, struct oc_err *err)
{
    if (m->has_ts && m->ts != ts)
        return oc_fail(err, OC_DATA,
                       "the market has rows of several instants: a book is valued at one (--where, or a snapshot)");
    m->ts = ts;
    m->has_ts = true;
    return 0;
}

static int read_row(struct oc_bookmarket *m, struct oc_batch *b, const struct columns *c, const struct oc_term_rows *t,
                    const struct oc_col *inverse, size_t r, struct oc_err *err)
{
    struct oc_bookrow *w = &m->row[m->n];

    *w = (struct oc_bookrow){ .side = t->side[r], .strike = t->strike[r], .years = t->years[r], .style = t->style[r],
                              .spot = cell(c->spot, r), .forward = cell(c->forward, r), .rate = cell(c->rate, r),
                              .yield = cell(c->yield, r), .iv = cell(c->iv, r), .multiplier = cell(c->multiplier, r) };
    if (text(&c->symbol, r, w->symbol, sizeof w->symbol) || text(&c->root, r, w->root, sizeof w->root))
        return oc_bad_row(b, r, NULL, err, "symbol, root: longer than a symbol can be");
    if (c->expiry.v && oc_bit(c->expiry.valid, r)) {
        w->date = c->expiry.v[r];
        w->has_date = true;
    }
    if (c->expires_at.v && oc_bit(c->expires_at.valid, r)) {
        w->expires_at = c->expires_at.v[r];
        w->has_instant = true;
    }
    w->inverse = inverse && oc_bit(inverse->valid, r) && oc_bit(inverse->bits, r);
    by_name(w, &c->contract, r);
    m->n++;
    return c->ts.v && oc_bit(c->ts.valid, r) ? same_instant(m, c->ts.v[r], err) : 0;
}

static int see(void *ctx, struct oc_batch *b, struct oc_err *err)
{
    struct oc_bookmarket *m = ctx;
    struct columns c = { 0 };
    struct oc_term_rows t;
    struct oc_col *inverse = oc_col(b, "inverse");

    if (!b->rows)
        return 0;
    if (oc_bind(b, wanted, &c, err) || oc_terms_read(&m->terms, b, &t, err))
        return -1;
    if (inverse && (inverse->type != OC_BOOL || oc_load(b, inverse, err)))
        return inverse->type != OC_BOOL ? oc_fail(err, OC_COLUMN, "column 'inverse' has a meaning in quote records only")
            : -1;
    if (m->n + b->rows > m->cap) {
        const size_t cap = 2 * m->cap + b->rows;
        struct oc_bookrow *v = realloc(m->row, cap * sizeof *v);
        if (!v)
            return oc_fail(err, OC_MEMORY, "no memory for a market of %zu rows", cap);
        m->row = v;
        m->cap = cap;
    }
    for (size_t r = 0; r < b->rows; r++)
        if (read_row(m, b, &c, &t, inverse, r, err))
            return -1;
    return 0;
}

int oc_bookmarket_read(struct oc_bookmarket *m, struct oc_mc_words *words, struct oc_err *err)
{
    struct oc_io *io = words->io;

    m->words = words;
    m->terms = (struct oc_terms){ .instants = words->instants, .calendar = words->calendar,
                                  .lock = PTHREAD_MUTEX_INITIALIZER };
    if (oc_root_open(&m->roots, err) || oc_years_find(words->day_count ? words->day_count : "act/365", &m->terms.day_count,
                                                      err))
        return -1;
    m->terms.roots = m->roots;
    for (size_t i = 0; i < (io->ninput ? io->ninput : 1); i++)
        if (oc_each_partial(io, io->ninput ? io->input[i] : NULL, "quote contract", see, m, err))
            return -1;
    if (!m->has_ts && words->instants->has_ts) {
        m->has_ts = true;
        m->ts = words->instants->ts;
    }
    return m->n ? 0 : oc_fail(err, OC_DATA, "the market has no rows");
}

void oc_bookmarket_free(struct oc_bookmarket *m, size_t n, struct oc_bookleg *legs)
{
    for (size_t i = 0; legs && i < n; i++) {
        free(legs[i].k);
        free(legs[i].vol);
    }
    oc_terms_close(&m->terms);
    oc_root_free(m->roots);
    free(m->row);
}

/* ---- matching ----------------------------------------------------------------------------------------------------- */

/* Roots agree where both are known; a row without one has its underlying's name to go by. */
static bool same_root(const struct oc_bookmarket *m, const struct oc_leg *g, const struct oc_bookrow *w)
{
    if (!*g->root || (!*w->root && !*w->symbol))
        return true;
    if (*w->root)
        return strcmp(g->root, w->root) == 0;
    const struct oc_root *known = oc_root_find(m->roots, g->root, strlen(g->root));
    return strcmp(known ? known->underlying : g->root, w->symbol) == 0 || strcmp(g->root, w->symbol) == 0;
}

static bool same_contract(const struct oc_bookmarket *m, const struct oc_leg *g, const struct oc_bookrow *w)
{
    if (g->side != w->side || g->strike != w->strike || (*g->symbol && strcmp(g->symbol, w->symbol) != 0)
        || !same_root(m, g, w))
        return false;
    if ((g->has_date && w->has_date && g->date != w->date)
        || (g->has_instant && w->has_instant && g->expires_at != w->expires_at))
        return false;
    return (g->has_date && w->has_date) || (g->has_instant && w->has_instant) || g->years == w->years;
}

static const struct oc_bookrow *find(const struct oc_bookmarket *m, const struct oc_leg *g, struct oc_err *err)
{
    const struct oc_bookrow *found = NULL;

    for (size_t i = 0; i < m->n; i++) {
        if (!same_contract(m, g, &m->row[i]))
            continue;
        if (found) {
            oc_fail(err, OC_DATA,
                    "leg %s: the market has more than one row of it (root, settle or symbol may tell them apart)", g->id);
            return NULL;
        }
        found = &m->row[i];
    }
    if (!found)
        oc_fail(err, OC_DATA, "leg %s: the market has no row of this contract", g->id);
    return found;
}

/* The price of an underlying: all of its rows must have one and the same. */
static int spot_of(const struct oc_bookmarket *m, const char *symbol, double *spot, struct oc_err *err)
{
    *spot = NAN;
    for (size_t i = 0; i < m->n; i++) {
        const double s = m->row[i].spot;
        if (strcmp(m->row[i].symbol, symbol) != 0 || isnan(s))
            continue;
        if (!isnan(*spot) && *spot != s)
            return oc_fail(err, OC_DATA, "the market has %s at %.10g and at %.10g", *symbol ? symbol : "the underlying",
                           *spot, s);
        *spot = s;
    }
    if (isnan(*spot))
        *spot = m->words->spot;
    return *spot > 0 ? 0 : oc_fail(err, OC_DATA, "%s has no spot above 0: a column or --spot says it",
                                   *symbol ? symbol : "the underlying");
}

static double rate_of(const struct oc_bookmarket *m, const struct oc_bookrow *w)
{
    return isnan(w->rate) ? m->words->rate : w->rate;
}

static double yield_of(const struct oc_bookmarket *m, const struct oc_bookrow *w, double spot)
{
    if (!isnan(w->forward))
        return rate_of(m, w) - oc_log(w->forward / spot) / w->years;
    return isnan(w->yield) ? m->words->dividend_yield : w->yield;
}

/* The walk's drift where the model has none: rate less yield at the nearest expiry that has both; rows of it may differ. */
static void drift_of(const struct oc_bookmarket *m, struct oc_bookasset *a)
{
    double years = INFINITY;

    a->drift = m->words->rate - m->words->dividend_yield;
    a->also = NAN;
    for (size_t i = 0; i < m->n; i++) {
        const struct oc_bookrow *w = &m->row[i];
        if (strcmp(w->symbol, a->symbol) != 0 || !(w->years > 0 && w->years <= years))
            continue;
        const double drift = rate_of(m, w) - yield_of(m, w, a->spot);
        if (isnan(drift))
            continue;
        if (w->years < years) {
            a->drift = drift;
            a->also = NAN;
        } else if (fabs(drift - a->drift) > SAME) {
            a->also = drift;
        }
        years = w->years;
    }
}

static int asset_of(struct oc_bookmarket *m, const char *symbol, size_t *asset, struct oc_err *err)
{
    for (size_t i = 0; i < m->nasset; i++)
        if (strcmp(m->asset[i].symbol, symbol) == 0) {
            *asset = i;
            return 0;
        }
    if (m->nasset == OC_ASSETS_MAX)
        return oc_fail(err, OC_LIMIT, "the book has more than %d underlyings", OC_ASSETS_MAX);
    struct oc_bookasset *a = &m->asset[m->nasset];
    memcpy(a->symbol, symbol, sizeof a->symbol);
    if (spot_of(m, symbol, &a->spot, err))
        return -1;
    drift_of(m, a);
    *asset = m->nasset++;
    return 0;
}

static int multiplier_of(const struct oc_bookmarket *m, const struct oc_leg *g, const struct oc_bookrow *w, double option,
                         double *out, struct oc_err *err)
{
    const char *root = *g->root ? g->root : *w->root ? w->root : w->symbol;
    const struct oc_root *known = oc_root_find(m->roots, root, strlen(root));

    *out = !isnan(g->multiplier) ? g->multiplier : !isnan(w->multiplier) ? w->multiplier
           : known && known->has_multiplier ? known->multiplier : option;
    return *out > 0 ? 0 : oc_fail(err, OC_USAGE, "leg %s: how many units a contract? a column multiplier or --multiplier "
                                  "says it", g->id);
}

/* ---- smiles ------------------------------------------------------------------------------------------------------- */

struct quote { double strike, vol, side; };

static int by_strike(const void *a, const void *b)
{
    const struct quote *x = a, *y = b;

    return x->strike < y->strike ? -1 : x->strike > y->strike ? 1 : (x->side > y->side) - (x->side < y->side);
}

/* The volatilities of the row's expiry by strike: of the option out of the money where both are there; no order of ties. */
static int smile_of(const struct oc_bookmarket *m, const struct oc_bookrow *of, double spot, struct oc_bookleg *out,
                    struct oc_err *err)
{
    struct quote *q = malloc(m->n * sizeof *q);
    size_t n = 0;

    for (size_t i = 0; q && i < m->n; i++) {
        const struct oc_bookrow *w = &m->row[i];
        if (w->years == of->years && strcmp(w->symbol, of->symbol) == 0 && strcmp(w->root, of->root) == 0 && w->iv > 0
            && w->strike > 0)
            q[n++] = (struct quote){ w->strike, w->iv, w->side };
    }
    out->k = malloc((n + 1) * sizeof *out->k);
    out->vol = malloc((n + 1) * sizeof *out->vol);
    if (!q || !out->k || !out->vol) {
        free(q);
        return oc_fail(err, OC_MEMORY, "no memory for the smile of leg %s", out->leg->id);
    }
    qsort(q, n, sizeof *q, by_strike);
    out->twice = NAN;
    for (size_t i = 1; i < n; i++)
        if (by_strike(&q[i - 1], &q[i]) == 0 && q[i - 1].vol != q[i].vol)
            out->twice = q[i].strike;
    for (size_t i = 0; i < n; i++) {
        const bool again = out->nsmile && q[i].strike == q[i - 1].strike;
        if (again && q[i].strike < spot)        /* the put came first, and is the one out of the money */
            continue;
        out->nsmile -= again;
        out->k[out->nsmile] = oc_log(q[i].strike / spot);
        out->vol[out->nsmile++] = q[i].vol;
    }
    free(q);
    return 0;
}

/* ---- legs --------------------------------------------------------------------------------------------------------- */

static int match_underlying(struct oc_bookmarket *m, const struct oc_leg *g, struct oc_bookleg *out, struct oc_err *err)
{
    bool known = false;

    for (size_t i = 0; i < m->n && !known; i++)
        known = *g->symbol && strcmp(m->row[i].symbol, g->symbol) == 0;
    if (!known)
        return oc_fail(err, OC_DATA, "leg %s: the market has no rows with the symbol '%s'", g->id, g->symbol);
    if (asset_of(m, g->symbol, &out->asset, err))
        return -1;
    out->units = g->quantity * (isnan(g->multiplier) ? 1 : g->multiplier);
    out->now = m->asset[out->asset].spot;
    return 0;
}

static void value_now(struct oc_bookleg *b, double spot)
{
    unsigned char status;

    oc_black_price(&(struct oc_quotes){ .n = 1, .side = &b->side, .spot = &spot, .strike = &b->strike, .years = &b->years,
                                        .rate = &b->rate, .dividend_yield = &b->yield, .vol = &b->iv },
                   &(struct oc_results){ .value = { [OC_PRICE] = &b->now }, .status = &status });
}

static int match_option(struct oc_bookmarket *m, const struct oc_leg *g, double multiplier, bool european,
                        struct oc_bookleg *out, struct oc_err *err)
{
    const struct oc_bookrow *w = find(m, g, err);
    double units;

    if (!w || asset_of(m, w->symbol, &out->asset, err) || multiplier_of(m, g, w, multiplier, &units, err))
        return -1;
    const double spot = m->asset[out->asset].spot;
    const char style = g->style ? g->style : w->style;
    if (style != 'E' && !european)
        return oc_fail(err, OC_DATA, "leg %s: style %c is not revalued; --as-european takes it as European", g->id, style);
    if (w->inverse)
        return oc_fail(err, OC_DATA, "leg %s: a contract priced in coin is not revalued", g->id);
    out->units = g->quantity * units;
    out->side = w->side;
    out->strike = w->strike;
    out->years = w->years;
    out->rate = rate_of(m, w);
    out->yield = yield_of(m, w, spot);
    out->iv = w->iv;
    const char *lacks = isnan(out->rate) ? "rate (or --rate)" : isnan(out->yield)
        ? "dividend_yield (or --dividend-yield, or a forward)" : !(out->iv > 0) ? "iv above 0 (oc-price --iv appends it)"
        : !(out->years > 0) ? "time to expiry above 0" : NULL;
    if (lacks)
        return oc_fail(err, OC_DATA, "leg %s: its row of the market has no %s", g->id, lacks);
    value_now(out, spot);
    if (isnan(out->now))
        return oc_fail(err, OC_DATA, "leg %s: its row of the market has no value", g->id);
    return smile_of(m, w, spot, out, err);
}

int oc_bookmarket_match(struct oc_bookmarket *m, const struct oc_legs *legs, double multiplier, bool european,
                        struct oc_bookleg *out, struct oc_err *err)
{
    for (size_t i = 0; i < legs->n; i++) {
        const struct oc_leg *g = &legs->v[i];
        out[i] = (struct oc_bookleg){ .leg = g, .twice = NAN };
        if (g->underlying ? match_underlying(m, g, &out[i], err) : match_option(m, g, multiplier, european, &out[i], err))
            return -1;
        out[i].entry = isnan(g->entry) ? out[i].now : g->entry;
    }
    return 0;
}
