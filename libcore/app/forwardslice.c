/*
 * forwardslice - see forwardslice.h.
 *
 * A row is compared with the slice of the row before, which is nearly always its own, then with the chain's others.  Rows
 * of a slice are put in the order of strike and side; a file that comes so (most do) costs one pass.
 */
#include "app/forwardslice.h"

#include "base/num.h"
#include "math/exp.h"
#include "math/log.h"
#include "record/whole.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double AMERICAN_NEAR = 0.10;       /* of the forward: beyond it early exercise is worth more than a spread */
static const double RATE_MOST = 1;              /* a year: a slope that says more says nothing */

struct work {
    struct oc_forward *f;
    struct oc_batch *b;
    struct oc_err *err;
    struct oc_forward_slices *out;
    const double *bid, *ask, *spot;             /* spot: NULL, no such column */
    const struct oc_col *inverse;               /* NULL: none */
    uint64_t *passed;                           /* rows that take no part */
    size_t cap;
    struct oc_parity_pair *pair;                /* of one slice */
    uint32_t *call, *put;                       /* its rows */
    double *space;
    bool *outlier;
};

static int no_memory(struct oc_err *err) { return oc_fail(err, OC_MEMORY, "no memory for a chain"); }

/* ---- columns ----------------------------------------------------------------------------------------------- */

static int load(struct work *w, const char *name, bool required, const double **out)
{
    struct oc_col *c = oc_col(w->b, name);

    *out = NULL;
    if (!c && required)
        return oc_fail(w->err, OC_COLUMN, "the input has no column '%s', which parity needs", name);
    if (c && c->type != OC_F64)
        return oc_fail(w->err, OC_COLUMN, "column '%s' is no column of numbers", name);
    if (c && oc_load(w->b, c, w->err))
        return -1;
    *out = c ? c->f64 : NULL;
    return 0;
}

static int load_all(struct work *w)
{
    struct oc_col *inverse = oc_col(w->b, "inverse");

    if (load(w, "bid", true, &w->bid) || load(w, "ask", true, &w->ask) || load(w, "spot", false, &w->spot))
        return -1;
    if (inverse && inverse->type != OC_BOOL)
        return oc_fail(w->err, OC_COLUMN, "column 'inverse' is not one of true and false");
    if (inverse && oc_load(w->b, inverse, w->err))
        return -1;
    w->inverse = inverse;
    return oc_terms_read(&w->f->price.terms, w->b, &w->out->terms, w->err);
}

static int pass_over(struct work *w)
{
    const struct oc_batch *b = w->b;

    w->passed = oc_arena_zero(&w->b->arena, oc_bit_words(b->rows) + 1, sizeof *w->passed);
    if (!w->passed)
        return no_memory(w->err);
    for (size_t i = 0; i < b->nbad; i++)
        oc_bit_set(w->passed, b->bad[i].row);
    for (size_t i = 0; i < b->rows; i++)
        if (!oc_bit(b->active, i) || isnan(w->out->terms.years[i]) || isnan(w->out->terms.strike[i]))
            oc_bit_set(w->passed, i);
    return 0;
}

static bool is_inverse(const struct work *w, size_t r)
{
    return w->inverse && oc_bit(w->inverse->valid, r) && oc_bit(w->inverse->bits, r);
}

/* ---- slices -------------------------------------------------------------------------------------------------- */

static bool same_text(const char *a, size_t n, const char *b, size_t m)
{
    return n == m && (a == b || n == 0 || memcmp(a, b, n) == 0);
}

static bool same_slice(const struct oc_forward_slice *a, const struct oc_forward_slice *b)
{
    return a->years == b->years && a->style == b->style && a->inverse == b->inverse && a->terms.dated == b->terms.dated
           && a->terms.expiry == b->terms.expiry && a->terms.settle == b->terms.settle
           && same_text(a->terms.root, a->terms.nroot, b->terms.root, b->terms.nroot)
           && same_text(a->terms.symbol, a->terms.nsymbol, b->terms.symbol, b->terms.nsymbol);
}

static int add_slice(struct work *w, const struct oc_forward_slice *s)
{
    struct oc_forward_slices *o = w->out;

    if (o->n == w->cap) {
        w->cap = w->cap ? 2 * w->cap : 64;
        struct oc_forward_slice *p = oc_arena_alloc(&w->b->arena, w->cap * sizeof *p);
        if (!p)
            return no_memory(w->err);
        if (o->n)
            memcpy(p, o->slice, o->n * sizeof *p);
        o->slice = p;
    }
    o->slice[o->n++] = *s;
    return 0;
}

/* Put every row of a chain into a slice. */
static int slice_chain(struct work *w, size_t chain, size_t from, size_t to)
{
    struct oc_forward_slices *o = w->out;
    const size_t begin = o->n;
    size_t k = begin;

    for (size_t r = from; r < to; r++) {
        struct oc_forward_slice s = { .chain = chain, .first = r, .years = o->terms.years[r], .style = o->terms.style[r],
                                      .inverse = is_inverse(w, r) };
        o->of[r] = -1;
        if (oc_bit(w->passed, r))
            continue;
        oc_terms_slice(&o->terms, r, &s.terms);
        if (k >= o->n || !same_slice(&o->slice[k], &s))
            for (k = begin; k < o->n && !same_slice(&o->slice[k], &s); k++)
                ;
        if (k == o->n && add_slice(w, &s))
            return -1;
        o->slice[k].n++;
        o->of[r] = (int32_t)k;
    }
    return 0;
}

/* Rows by slice, in the order of the file. */
static int order_rows(struct work *w)
{
    struct oc_forward_slices *o = w->out;
    size_t at = 0;

    o->order = oc_arena_alloc(&w->b->arena, (w->b->rows + 1) * sizeof *o->order);
    if (!o->order)
        return no_memory(w->err);
    for (size_t k = 0; k < o->n; k++) {
        o->slice[k].from = at;
        at += o->slice[k].n;
        o->slice[k].n = 0;
    }
    for (size_t r = 0; r < w->b->rows; r++)
        if (o->of[r] >= 0) {
            struct oc_forward_slice *s = &o->slice[o->of[r]];
            o->order[s->from + s->n++] = (uint32_t)r;
        }
    return 0;
}

/* ---- pairs ------------------------------------------------------------------------------------------------------ */

struct by { double strike; double side; uint32_t row; };

static int by_strike(const void *a, const void *b)
{
    const struct by *x = a, *y = b;

    if (x->strike != y->strike)
        return x->strike < y->strike ? -1 : 1;
    if (x->side != y->side)
        return x->side > y->side ? -1 : 1;
    return (x->row > y->row) - (x->row < y->row);
}

/* The rows of a slice by strike, calls first. */
static int sort_slice(struct work *w, const struct oc_forward_slice *s)
{
    const struct oc_term_rows *t = &w->out->terms;
    uint32_t *row = w->out->order + s->from;
    bool sorted = true;

    struct by *x = oc_arena_alloc(&w->b->arena, (s->n + 1) * sizeof *x);
    if (!x)
        return no_memory(w->err);
    for (size_t i = 0; i < s->n; i++) {
        x[i] = (struct by){ t->strike[row[i]], t->side[row[i]], row[i] };
        sorted = sorted && (i == 0 || by_strike(&x[i - 1], &x[i]) < 0);
    }
    if (sorted)
        return 0;
    qsort(x, s->n, sizeof *x, by_strike);
    for (size_t i = 0; i < s->n; i++)
        row[i] = x[i].row;
    return 0;
}

/* A price in money: coin times spot, where there is one. */
static double money(const struct work *w, const struct oc_forward_slice *s, size_t r)
{
    return s->inverse && w->spot ? w->spot[r] : 1;
}

static bool is_quoted(const struct work *w, const struct oc_forward_slice *s, size_t r)
{
    return w->bid[r] > 0 && w->ask[r] >= w->bid[r] && isfinite(w->ask[r]) && money(w, s, r) > 0;
}

/* The strikes with one call and one put that are quoted on both sides. */
static size_t make_pairs(struct work *w, const struct oc_forward_slice *s)
{
    const struct oc_term_rows *t = &w->out->terms;
    const uint32_t *row = w->out->order + s->from;
    size_t n = 0;

    for (size_t i = 0, end; i < s->n; i = end) {
        for (end = i + 1; end < s->n && t->strike[row[end]] == t->strike[row[i]]; end++)
            ;
        if (end - i != 2 || !(t->strike[row[i]] > 0) || t->side[row[i]] < 0 || t->side[row[i + 1]] > 0)
            continue;                           /* alone, or quoted twice: nobody says which is meant */
        const size_t c = row[i], p = row[i + 1];
        if (!is_quoted(w, s, c) || !is_quoted(w, s, p))
            continue;
        const double a = money(w, s, c), b = money(w, s, p);
        w->call[n] = (uint32_t)c;
        w->put[n] = (uint32_t)p;
        w->pair[n++] = (struct oc_parity_pair){ t->strike[c], a * w->bid[c], a * w->ask[c], b * w->bid[p], b * w->ask[p] };
    }
    return n;
}

/* ---- fits --------------------------------------------------------------------------------------------------------- */

static const char *reason_of(enum oc_parity_status status)
{
    static const char *const reason[] = { [OC_PARITY_OK] = NULL, [OC_PARITY_FEW] = "few-pairs",
                                          [OC_PARITY_DOMAIN] = "out-of-domain", [OC_PARITY_INCONSISTENT] = "inconsistent" };

    return reason[status];
}

/* Rows of outliers are marked, and their strikes told. */
static int note_outliers(struct work *w, struct oc_forward_slice *s, size_t n)
{
    char number[40];
    struct oc_buf text = { 0 };

    for (size_t i = 0; i < n; i++) {
        if (!w->outlier[i])
            continue;
        oc_bit_set(w->out->outlier, w->call[i]);
        oc_bit_set(w->out->outlier, w->put[i]);
        if (text.n)
            oc_buf_char(&text, '|');
        oc_buf_put(&text, number, oc_num_print_f64(number, w->pair[i].strike));
    }
    if (text.n)
        s->strikes = oc_arena_copy(&w->b->arena, text.p, text.n);
    const bool failed = text.failed || (text.n && !s->strikes);
    oc_buf_free(&text);
    return failed ? no_memory(w->err) : 0;
}

/* The rate that was given to the expiry, or NaN. */
static double given_rate(const struct oc_forward *f, double years)
{
    double rate = f->rate;

    if (f->price.curve)
        oc_curve_zero(f->price.curve, 1, &years, &rate);
    return rate;
}

static void rate_of(const struct work *w, struct oc_forward_slice *s, double given)
{
    s->rate = isnan(given) ? -oc_log(s->fit.discount) / s->years : given;
    s->rate_stderr = isnan(given) ? s->fit.discount_stderr / s->fit.discount / s->years : NAN;
    if (isnan(given) && s->inverse && !w->spot) {
        s->rate = s->rate_stderr = s->fit.discount = NAN;
        s->rate_reason = "no-spot";
    } else if (isnan(given) && !(fabs(s->rate) <= RATE_MOST)) {
        s->rate = s->rate_stderr = NAN;
        s->rate_reason = "out-of-domain";
    }
}

static int fit_slice(struct work *w, struct oc_forward_slice *s)
{
    const struct oc_forward *f = w->f;
    const bool american = s->style != 'E', vix = strcmp(f->method, "vix") == 0;
    const double given = s->years > 0 ? given_rate(f, s->years) : NAN;
    const struct oc_parity_how how = {
        .method = vix ? OC_PARITY_VIX : strcmp(f->from, "executable") == 0 ? OC_PARITY_EXECUTABLE : OC_PARITY_MID,
        .discount = isnan(given) ? NAN : oc_exp(-given * s->years), .near = american ? AMERICAN_NEAR : INFINITY,
        .min_pairs = f->min_pairs, .max_outliers = f->max_outliers };

    s->rate = s->rate_stderr = NAN;
    s->strikes = "";
    if (sort_slice(w, s))
        return -1;
    const size_t n = make_pairs(w, s);
    s->fit = (struct oc_parity_fit){ .forward = NAN, .discount = NAN, .low = NAN, .high = NAN, .residual = NAN, .pairs = n,
                                      .forward_stderr = NAN, .discount_stderr = NAN };
    if (!(s->years > 0))
        s->reason = "expired";
    else if (american && strcmp(f->american, "refuse") == 0)
        s->reason = "american";
    else
        s->reason = reason_of(oc_parityforward_fit(&how, n, w->pair, w->space, w->outlier, &s->fit));
    if (s->fit.outliers && note_outliers(w, s, n))
        return -1;
    if (s->reason)
        return 0;
    rate_of(w, s, given);
    if (american)
        s->reason = "american";
    return 0;
}

int oc_forwardslice_fit(struct oc_forward *f, const char *columns, struct oc_batch *b, struct oc_forward_slices *out,
                        struct oc_err *err)
{
    struct work w = { .f = f, .b = b, .err = err, .out = out };
    size_t *first, most = 0;

    *out = (struct oc_forward_slices){ 0 };
    const ptrdiff_t n = oc_whole_chains(b, columns, &first, err);
    out->of = oc_arena_alloc(&b->arena, (b->rows + 1) * sizeof *out->of);
    out->outlier = oc_arena_zero(&b->arena, oc_bit_words(b->rows) + 1, sizeof *out->outlier);
    if (n < 0 || !out->of || !out->outlier)
        return n < 0 ? -1 : no_memory(err);
    if (load_all(&w) || pass_over(&w))
        return -1;
    for (size_t k = 0; k < (size_t)n; k++)
        if (slice_chain(&w, k, first[k], first[k + 1]))
            return -1;
    if (order_rows(&w))
        return -1;
    for (size_t k = 0; k < out->n; k++)
        most = out->slice[k].n > most ? out->slice[k].n : most;
    w.pair = oc_arena_alloc(&b->arena, (most + 1) * sizeof *w.pair);
    w.call = oc_arena_alloc(&b->arena, (most + 1) * sizeof *w.call);
    w.put = oc_arena_alloc(&b->arena, (most + 1) * sizeof *w.put);
    w.outlier = oc_arena_alloc(&b->arena, most + 1);
    w.space = oc_arena_alloc(&b->arena, oc_parityforward_work(most + 1) * sizeof *w.space);
    if (!w.pair || !w.call || !w.put || !w.outlier || !w.space)
        return no_memory(err);
    for (size_t k = 0; k < out->n; k++)
        if (fit_slice(&w, &out->slice[k]))
            return -1;
    return 0;
}
