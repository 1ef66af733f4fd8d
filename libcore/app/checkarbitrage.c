/* checkarbitrage - see checkarbitrage.h. */
#include "app/checkarbitrage.h"

#include "base/num.h"
#include "market/symbol.h"
#include "math/exp.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PAIRS = 4 };                     /* the defaults of oc-vol forward */
static const double OUTLIERS = 0.25;
static const double DOUBT = 3;          /* standard errors of a slope */

int oc_checkarbitrage_open(struct oc_checkarbitrage *a, struct oc_io *io, const struct oc_instants *instants,
                           const char *calendar,
                           struct oc_err *err)
{
    if (oc_root_open(&a->roots, err))
        return -1;
    a->f = (struct oc_forward){ OC_FORWARD_DEFAULT };
    a->f.min_pairs = PAIRS;
    a->f.max_outliers = OUTLIERS;
    a->f.price.terms = (struct oc_terms){ .instants = instants, .roots = a->roots, .calendar = calendar };
    pthread_mutex_init(&a->f.price.terms.lock, NULL);
    snprintf(a->notes, sizeof a->notes, "roots=%s%s%s", oc_root_version(a->roots), io->notes ? " " : "", io->notes
             ? io->notes : "");
    io->notes = a->notes;
    return oc_years_find("act/365", &a->f.price.terms.day_count, err);
}

void oc_checkarbitrage_close(struct oc_checkarbitrage *a)
{
    if (!a->roots)
        return;
    oc_price_close(&a->f.price);
    oc_root_free(a->roots);
    a->roots = NULL;
}

static void *room(struct oc_checking *k, size_t n, size_t size)
{
    void *p = oc_arena_zero(&k->b->arena, n + 1, size);

    if (!p)
        k->rc = oc_fail(k->err, OC_MEMORY, "no memory for a chain");
    return p;
}

/* ---- slices -------------------------------------------------------------------------------------------------- */

struct chains {
    struct oc_forward_slices all;
    const double *forward, *rate;       /* columns; NULL: none */
};

static double money(const struct oc_checking *k, const struct oc_forward_slice *s, size_t row)
{
    return s->inverse && k->c.spot ? k->c.spot[row] : 1;
}

static struct oc_arbitrage_quote quote(const struct oc_checking *k, const struct oc_forward_slice *s, size_t row)
{
    const double unit = money(k, s, row), bid = k->c.bid[row] * unit, ask = k->c.ask[row] * unit;
    const bool crossed = bid > ask;

    return (struct oc_arbitrage_quote){ bid > 0 && !crossed ? bid : NAN, ask > 0 && isfinite(ask) && !crossed ? ask : NAN,
                                        (uint32_t)row };
}

/* The strikes of a slice; its rows stand by strike, calls first. */
static size_t strikes(const struct oc_checking *k, const struct oc_forward_slices *all, const struct oc_forward_slice *s,
                      struct oc_arbitrage_strike *out)
{
    const struct oc_arbitrage_quote none = { NAN, NAN, OC_ARBITRAGE_FORWARD };
    size_t n = 0;

    for (size_t i = s->from; i < s->from + s->n; i++) {
        const size_t row = all->order[i];
        const double strike = all->terms.strike[row];
        if (!(strike > 0))
            continue;
        if (!n || out[n - 1].strike != strike)
            out[n++] = (struct oc_arbitrage_strike){ strike, none, none };
        struct oc_arbitrage_quote *q = all->terms.side[row] > 0 ? &out[n - 1].call : &out[n - 1].put;
        if (q->row == OC_ARBITRAGE_FORWARD)
            *q = quote(k, s, row);
    }
    return n;
}

/* What all rows of the slice say alike; NAN: nothing, or not alike. */
static double agreed(const struct oc_forward_slices *all, const struct oc_forward_slice *s, const double *v)
{
    for (size_t i = s->from; v && i < s->from + s->n; i++)
        if (!(v[all->order[i]] == v[all->order[s->from]]))
            return NAN;
    return v ? v[all->order[s->from]] : NAN;
}

double oc_checkarbitrage_slack(const struct oc_arbitrage_slice *s, size_t but)
{
    double low = -INFINITY, high = INFINITY;

    for (size_t i = 0; i < s->n; i++) {
        const struct oc_arbitrage_strike *x = &s->strike[i];
        const double sold = x->strike + (x->call.bid - x->put.ask) / s->discount,
            bought = x->strike + (x->call.ask - x->put.bid) / s->discount;
        if (i == but || !(sold <= s->forward && s->forward <= bought))
            continue;
        low = sold > low ? sold : low;
        high = bought < high ? bought : high;
    }
    const double a = s->forward - low, b = high - s->forward;
    return isfinite(a) ? (a > b ? a : b) : NAN;
}

static double width(const struct oc_arbitrage_strike *x) { return x->call.ask - x->call.bid + x->put.ask - x->put.bid; }

/*
 * How far a discount factor by parity may be off: three standard errors, no less than what two pairs can tell of a slope
 * between their bids and asks (rounded prices may lie on a line and still lie wrong).
 */
static double doubt_of(const struct oc_arbitrage_slice *s, double error)
{
    double least = INFINITY;

    for (size_t i = 0; i < s->n; i++)
        for (size_t j = i + 1; j < s->n; j++) {
            const struct oc_arbitrage_strike *x = &s->strike[i], *y = &s->strike[j];
            const double d = 0.5 * (width(x) + width(y)) / (y->strike - x->strike);
            least = d < least ? d : least;
        }
    return DOUBT * error > least ? DOUBT * error : least;
}

static int make_slice(struct oc_checking *k, const struct chains *c, const struct oc_forward_slice *s,
                      struct oc_arbitrage_slice *out,
                      double *doubt)
{
    struct oc_arbitrage_strike *x = room(k, s->n, sizeof *x);

    if (!x)
        return -1;
    const double rate = agreed(&c->all, s, c->rate), forward = agreed(&c->all, s, c->forward);
    *out = (struct oc_arbitrage_slice){ .years = s->years, .forward = NAN, .discount = NAN, .slack = NAN,
                                        .american = s->style != 'E',
                                        .n = strikes(k, &c->all, s, x), .strike = x };
    *doubt = 0;
    if (out->american)
        return 0;
    out->discount = isnan(rate) ? s->fit.discount : oc_exp(-rate * s->years);
    if (isnan(rate))
        *doubt = doubt_of(out, s->fit.discount_stderr);
    out->forward = forward > 0 ? forward : s->fit.forward;
    out->slack = oc_checkarbitrage_slack(out, SIZE_MAX);
    return 0;
}

/* ---- groups --------------------------------------------------------------------------------------------------- */

static bool same(const char *a, size_t n, const char *b, size_t m) { return n == m && (n == 0 || memcmp(a, b, n) == 0); }

static bool together(const struct oc_forward_slice *a, const struct oc_forward_slice *b)
{
    return a->chain == b->chain && a->style == b->style && a->inverse == b->inverse
           && same(a->terms.root, a->terms.nroot, b->terms.root, b->terms.nroot)
           && same(a->terms.symbol, a->terms.nsymbol, b->terms.symbol, b->terms.nsymbol);
}

static int by_years(const void *a, const void *b)
{
    const struct oc_forward_slice *const *x = a, *const *y = b;

    if ((*x)->years != (*y)->years)
        return (*x)->years < (*y)->years ? -1 : 1;
    return ((*x)->first > (*y)->first) - ((*x)->first < (*y)->first);
}

static int make_group(struct oc_checking *k, const struct chains *c, const struct oc_forward_slice **s, size_t n,
                      struct oc_arbitragegroup *g)
{
    qsort(s, n, sizeof *s, by_years);
    g->slice = room(k, n, sizeof *g->slice);
    g->doubt = room(k, n, sizeof *g->doubt);
    if (!g->slice || !g->doubt)
        return -1;
    g->n = n;
    g->row = SIZE_MAX;
    for (size_t i = 0; i < n; i++)
        g->row = s[i]->first < g->row ? s[i]->first : g->row;
    g->kinds = s[0]->style == 'B' ? ~(1u << OC_ARBITRAGE_CALENDAR) : ~0u;
    for (size_t i = 0; i < n; i++)
        if (make_slice(k, c, s[i], &g->slice[i], &g->doubt[i]))
            return -1;
    return 0;
}

static const double *numbers(const struct oc_checking *k, const char *name)
{
    const struct oc_col *c = oc_col(k->b, name);

    return c && c->type == OC_F64 && c->flags & OC_COL_LOADED ? c->f64 : NULL;
}

int oc_checkarbitrage_groups(struct oc_checking *k, struct oc_checkarbitrage *a, struct oc_arbitragegroup **groups,
                             size_t *n)
{
    struct chains c = { .forward = numbers(k, "forward"), .rate = numbers(k, "rate") };
    const size_t nbad = k->b->nbad;

    *n = 0;
    if (oc_forwardslice_fit(&a->f, OC_CHECKARBITRAGE_WHOLE, k->b, &c.all, k->err))
        return k->rc = -1;
    k->b->nbad = nbad;              /* rows without terms take no part; whether they are good, other checks say */
    const struct oc_forward_slice **s = room(k, c.all.n, sizeof *s);
    bool *taken = room(k, c.all.n, sizeof *taken);
    *groups = room(k, c.all.n, sizeof **groups);
    if (!s || !taken || !*groups)
        return -1;
    for (size_t i = 0; i < c.all.n; i++) {
        size_t m = 0;
        for (size_t j = i; !taken[i] && j < c.all.n && c.all.slice[j].chain == c.all.slice[i].chain; j++)
            if (!taken[j] && together(&c.all.slice[i], &c.all.slice[j]))
                s[m++] = &c.all.slice[j];
        for (size_t j = 0; j < m; j++)
            taken[s[j] - c.all.slice] = true;
        if (m && make_group(k, &c, s, m, &(*groups)[(*n)++]))
            return -1;
    }
    return 0;
}

/* ---- what is found -------------------------------------------------------------------------------------------- */

void oc_checkarbitrage_contract(const struct oc_checking *k, size_t row, char *out, size_t size)
{
    const struct oc_col *name = oc_col(k->b, "contract_symbol"), *root = oc_col(k->b, "root");
    char text[OC_SYMBOL_MAX];
    struct oc_symbol s = { 0 };
    const struct oc_symcol *type = &k->c.type;
    const struct oc_symcol sym[] = {
        name && name->type == OC_SYM ? (struct oc_symcol){ name->i32, name->valid, name->dict } : (struct oc_symcol){ 0 },
        root && root->type == OC_SYM ? (struct oc_symcol){ root->i32, root->valid, root->dict } : (struct oc_symcol){ 0 },
            k->c.symbol };
    char word[3][64] = { "" };

    for (int i = 0; i < 3; i++)
        if (sym[i].index && oc_bit(sym[i].valid, row)) {
            const uint32_t *off = sym[i].dict->off + sym[i].index[row];
            snprintf(word[i], sizeof word[i], "%.*s", (int)(off[1] - off[0]), sym[i].dict->bytes + off[0]);
        }
    const char *of = *word[1] ? word[1] : word[2];
    size_t n = 0;
    if (!*word[0] && k->c.expiry.v && oc_bit(k->c.expiry.valid, row) && k->c.strike && type->index
        && oc_bit(type->valid, row)) {
        s.root_len = (size_t)snprintf(s.root, sizeof s.root, "%s", of);
        s.has_expiry = true;
        s.expiry = k->c.expiry.v[row];
        s.type = type->dict->bytes[type->dict->off[type->index[row]]];
        s.strike = k->c.strike[row];
        n = s.root_len < sizeof s.root ? oc_symbol_print(text, &s, OC_SYMBOL_OSI) : 0;
    }
    if (*word[0])
        snprintf(out, size, "%s", word[0]);
    else if (n)
        snprintf(out, size, "%.*s", (int)n, text);
    else
        snprintf(out, size, "%s", oc_checking_finding(k, row).key);
    for (char *p = out; *p; p++)            /* a padded name, or a key */
        if (*p == ' ')
            *p = *word[0] ? '_' : '/';
}

double oc_checkarbitrage_doubt(const struct oc_arbitragegroup *g, const struct oc_arbitrage_find *f)
{
    const struct oc_arbitrage_slice *s = &g->slice[f->slice], *l = &g->slice[f->later];
    double strike[OC_ARBITRAGE_LEGS] = { 0 };
    bool call = false;

    for (size_t i = 0; i < f->n; i++)
        for (size_t j = 0; j < (f->kind == OC_ARBITRAGE_CALENDAR && i ? l : s)->n; j++) {
            const struct oc_arbitrage_strike *x = &(f->kind == OC_ARBITRAGE_CALENDAR && i ? l : s)->strike[j];
            if (f->leg[i].row != OC_ARBITRAGE_FORWARD && (x->call.row == f->leg[i].row || x->put.row == f->leg[i].row)) {
                strike[i] = x->strike;
                call |= i == 0 && x->call.row == f->leg[i].row;
            }
        }
    if (s->american)
        return 0;
    switch (f->kind) {
    case OC_ARBITRAGE_VERTICAL:             /* the half that pays the distance of the strikes at most */
        return call == (strike[0] < strike[1]) ? fabs(strike[0] - strike[1]) * g->doubt[f->slice] : 0;
    case OC_ARBITRAGE_BOX:
        return fabs(strike[0] - strike[2]) * g->doubt[f->slice];
    case OC_ARBITRAGE_PARITY:
        return fabs(s->forward - strike[0]) * g->doubt[f->slice];
    case OC_ARBITRAGE_CALENDAR:
        break;
    default:
        return 0;
    }
    /* ratio * mix(K F2 / F1): both forwards scale the strike, and the ratio */
    const double off = s->slack / s->forward + l->slack / l->forward,
        ratio = s->discount * s->forward / (l->discount * l->forward);
    const double mix = f->n > 2 ? -f->leg[1].quantity * f->leg[1].price - f->leg[2].quantity * f->leg[2].price
                                : -f->leg[1].quantity * f->leg[1].price;
    const double slope = f->n > 2 && strike[1] != strike[2]
                             ? fabs((f->leg[1].price - f->leg[2].price) / (strike[1] - strike[2])) : l->discount;
    const double rel = (g->doubt[f->slice] / s->discount + g->doubt[f->later] / l->discount) + off;
    return ratio * slope * strike[0] * (l->forward / s->forward) * off + fabs(mix) * rel;
}

struct telling { struct oc_checking *k; const struct oc_arbitragegroup *g; };

static const enum oc_check_id ids[OC_ARBITRAGE_KINDS] = {
    [OC_ARBITRAGE_VERTICAL] = OC_CHECK_vertical, [OC_ARBITRAGE_BUTTERFLY] = OC_CHECK_butterfly,
        [OC_ARBITRAGE_BOX] = OC_CHECK_box,
    [OC_ARBITRAGE_PARITY] = OC_CHECK_parity, [OC_ARBITRAGE_CALENDAR] = OC_CHECK_calendar,
};

/* QTY:CONTRACT@PRICE by blanks; a forward has the name that curve records of oc-vol have. */
static void put_legs(const struct oc_checking *k, const struct oc_arbitrage_find *f, char *out, size_t size)
{
    size_t n = 0;

    *out = '\0';
    for (size_t i = 0; i < f->n && n < size; i++) {
        char q[OC_NUM_PRINT_MAX], p[OC_NUM_PRINT_MAX], name[128];
        const struct oc_arbitrage_leg *l = &f->leg[i];
        const int nq = (int)oc_num_print_f64(q, l->quantity), np = (int)oc_num_print_f64(p, l->price);
        if (l->row == OC_ARBITRAGE_FORWARD)
            snprintf(name, sizeof name, "%.100s.forward", oc_checking_finding(k, f->leg[0].row).symbol);
        else
            oc_checkarbitrage_contract(k, l->row, name, sizeof name);
        n += (size_t)snprintf(out + n, size - n, "%s%.*s:%s@%.*s", i ? " " : "", nq, q, name, np, p);
    }
}

static int tell(void *ctx, const struct oc_arbitrage_find *f, struct oc_err *err)
{
    struct telling *t = ctx;
    struct oc_checking *k = t->k;
    const enum oc_check_id id = ids[f->kind];
    const double limit = oc_checking_limit(k, id), doubt = oc_checkarbitrage_doubt(t->g, f);
    char legs[sizeof((struct oc_finding){ 0 }).legs];

    (void)err;
    if (!oc_checking_on(k, id) || !(f->edge > limit + doubt))
        return 0;
    put_legs(k, f, legs, sizeof legs);
    k->legs = legs;
    k->edge = f->edge;
    oc_check_hit(k, id, f->leg[0].row, "bid", f->edge, limit, "%zu legs bring %.6g a unit for certain", f->n, f->edge);
    k->legs = NULL;
    return k->rc;
}

void oc_checkarbitrage_rows(struct oc_checking *k, struct oc_checkarbitrage *a)
{
    struct oc_arbitragegroup *g;
    size_t n;

    if (!a->on || k->rc)
        return;
    for (size_t i = 0; i < OC_ARBITRAGE_KINDS; i++)
        oc_checking_seen(k, ids[i], k->n);
    if (oc_checkarbitrage_groups(k, a, &g, &n))
        return;
    for (size_t i = 0; i < n && k->rc == 0; i++) {
        unsigned kinds = 0;
        for (int j = 0; j < OC_ARBITRAGE_KINDS; j++)
            kinds |= oc_checking_on(k, ids[j]) ? 1u << j : 0;
        if (oc_arbitrage_scan(g[i].n, g[i].slice, kinds & g[i].kinds, 0, tell, &(struct telling){ k, &g[i] }, k->err))
            k->rc = -1;
    }
}
