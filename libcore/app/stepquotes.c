/* stepquotes - see stepquotes.h. */
#include "app/stepquotes.h"

#include "base/time.h"
#include "market/expiry.h"
#include "market/symbol.h"
#include "market/ticks.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS_MAX = 4000000, CONTRACT_MAX = 64, SETTLE_MAX = 16 };

struct columns {
    struct oc_intcol ts, path, step;
    struct oc_symcol run, symbol, root, contract, settle, calendar;
    struct oc_daycol expiry;
    const double *spot, *rate, *yield, *forward, *iv;
};

static const struct oc_bindcol cols[] = {
    { "ts", OC_TIME, OC_REQUIRED, offsetof(struct columns, ts) },
    { "path", OC_I64, OC_OPTIONAL, offsetof(struct columns, path) },
    { "step", OC_I64, OC_OPTIONAL, offsetof(struct columns, step) },
    { "run", OC_SYM, OC_OPTIONAL, offsetof(struct columns, run) },
    { "symbol", OC_SYM, OC_REQUIRED, offsetof(struct columns, symbol) },
    { "root", OC_SYM, OC_OPTIONAL, offsetof(struct columns, root) },
    { "contract_symbol", OC_SYM, OC_OPTIONAL, offsetof(struct columns, contract) },
    { "settle", OC_SYM, OC_OPTIONAL, offsetof(struct columns, settle) },
    { "calendar", OC_SYM, OC_OPTIONAL, offsetof(struct columns, calendar) },
    { "expiry", OC_DATE, OC_OPTIONAL, offsetof(struct columns, expiry) },
    { "spot", OC_F64, OC_OPTIONAL, offsetof(struct columns, spot) },
    { "rate", OC_F64, OC_OPTIONAL, offsetof(struct columns, rate) },
    { "dividend_yield", OC_F64, OC_OPTIONAL, offsetof(struct columns, yield) },
    { "forward", OC_F64, OC_OPTIONAL, offsetof(struct columns, forward) },
    { "iv", OC_F64, OC_OPTIONAL, offsetof(struct columns, iv) },
    { 0 }
};

struct reading {
    struct oc_stepquotes *q;
    struct oc_terms *t;
    bool any;
    int64_t path, step;
    char run[64];
    bool roots;                     /* several */
};

static int no_memory(struct oc_err *err) { return oc_fail(err, OC_MEMORY, "no memory for a chain"); }

/* The text of a row into out, which has room for it (check_lengths), "" where it has none. */
static void text_of(const struct oc_symcol *c, size_t r, char *out, size_t size)
{
    size_t n = 0;

    if (c->index && oc_bit(c->valid, r)) {
        const uint32_t *off = c->dict->off + c->index[r];
        n = off[1] - off[0] < size ? off[1] - off[0] : size - 1;
        memcpy(out, c->dict->bytes + off[0], n);
    }
    out[n] = '\0';
}

/* Every text of a row has room where it goes to: one that were cut would be another. */
static int check_lengths(struct oc_batch *b, const struct columns *c, size_t r, struct oc_err *err)
{
    static const struct { const char *name; size_t at, most; } text[] = {
        { "run", offsetof(struct columns, run), sizeof ((struct reading *)0)->run - 1 },
        { "symbol", offsetof(struct columns, symbol), sizeof ((struct oc_stepquotes *)0)->symbol - 1 },
        { "root", offsetof(struct columns, root), sizeof ((struct oc_stepquotes *)0)->root - 1 },
        { "contract_symbol", offsetof(struct columns, contract), CONTRACT_MAX - 1 },
        { "settle", offsetof(struct columns, settle), SETTLE_MAX - 1 },
        { "calendar", offsetof(struct columns, calendar), sizeof ((struct oc_stepquotes *)0)->calendar - 1 },
    };

    for (size_t i = 0; i < sizeof text / sizeof *text; i++) {
        const struct oc_symcol *s = (const struct oc_symcol *)(const void *)((const char *)c + text[i].at);
        if (!s->index || !oc_bit(s->valid, r))
            continue;
        const uint32_t *off = s->dict->off + s->index[r];
        if (off[1] - off[0] > text[i].most)
            return oc_bad_row(b, r, oc_col(b, text[i].name), err, "%s: '%.*s...' is longer than %zu characters",
                              text[i].name, (int)text[i].most, s->dict->bytes + off[0], text[i].most);
    }
    return 0;
}

static int64_t whole(const struct oc_intcol *c, size_t r) { return c->v && oc_bit(c->valid, r) ? c->v[r] : -1; }

/* Is it a row of the snapshot that began?  What differs, or NULL. */
static const char *another(const struct reading *d, const struct columns *c, size_t r, const char *symbol)
{
    char run[sizeof d->run];

    text_of(&c->run, r, run, sizeof run);
    return strcmp(run, d->run) ? "run" : whole(&c->path, r) != d->path ? "path" : whole(&c->step, r) != d->step ? "step"
           : c->ts.v[r] != d->q->ts ? "ts" : strcmp(symbol, d->q->symbol) ? "symbol" : NULL;
}

static void begin(struct reading *d, const struct columns *c, size_t r, const char *symbol)
{
    d->any = true;
    d->path = whole(&c->path, r);
    d->step = whole(&c->step, r);
    text_of(&c->run, r, d->run, sizeof d->run);
    d->q->ts = c->ts.v[r];
    strcpy(d->q->symbol, symbol);
    text_of(&c->calendar, r, d->q->calendar, sizeof d->q->calendar);
    text_of(&c->root, r, d->q->root, sizeof d->q->root);
}

/* Date and settlement: of the row, else of its contract symbol and root. */
static int expiry_of(const struct reading *d, struct oc_batch *b, const struct columns *c, size_t r,
                     struct oc_stepquote *row, struct oc_err *err)
{
    char contract[CONTRACT_MAX], root[32], settle[SETTLE_MAX];
    struct oc_symbol s = { .has_expiry = false };

    text_of(&c->contract, r, contract, sizeof contract);
    if (contract[0] && oc_symbol_parse(contract, strlen(contract), &s))
        s.has_expiry = false;
    if (c->expiry.v && oc_bit(c->expiry.valid, r))
        row->expiry = c->expiry.v[r];
    else if (s.has_expiry)
        row->expiry = s.expiry;
    else
        return oc_bad_row(b, r, oc_col(b, "expiry"), err, "expiry: missing; a chain that walks needs its dates");
    text_of(&c->root, r, root, sizeof root);
    if (!root[0] && s.has_expiry)
        memcpy(root, s.root, sizeof s.root);
    if (!root[0])
        text_of(&c->symbol, r, root, sizeof root);
    const struct oc_root *known = oc_root_find(d->t->roots, root, strlen(root));
    row->settle = known ? known->settle : OC_EXPIRY_PM;
    text_of(&c->settle, r, settle, sizeof settle);
    if (settle[0] && oc_expiry_settle(settle, strlen(settle), &row->settle))
        return oc_bad_row(b, r, oc_col(b, "settle"), err, "settle: '%s' is none of PM, AM, HH:MM", settle);
    return 0;
}

/* One calendar for all rows; a row that names none goes by that of the others. */
static int same_calendar(struct reading *d, struct oc_batch *b, const struct columns *c, size_t r, struct oc_err *err)
{
    char calendar[sizeof d->q->calendar];

    text_of(&c->calendar, r, calendar, sizeof calendar);
    if (!calendar[0] || strcmp(calendar, d->q->calendar) == 0)
        return 0;
    if (d->q->calendar[0])
        return oc_bad_row(b, r, oc_col(b, "calendar"), err, "calendar: '%s' in a chain that has '%s'", calendar,
                          d->q->calendar);
    strcpy(d->q->calendar, calendar);
    return 0;
}

static int take(struct reading *d, struct oc_batch *b, const struct columns *c, const struct oc_term_rows *terms, size_t r,
                struct oc_err *err)
{
    struct oc_stepquotes *q = d->q;
    char symbol[sizeof q->symbol], root[sizeof q->root];

    if (check_lengths(b, c, r, err))
        return -1;
    if (b->nbad)
        return 0;
    text_of(&c->symbol, r, symbol, sizeof symbol);
    if (!oc_bit(c->ts.valid, r))
        return oc_bad_row(b, r, oc_col(b, "ts"), err, "ts: missing");
    if (!symbol[0])
        return oc_bad_row(b, r, oc_col(b, "symbol"), err, "symbol: missing");
    if (!d->any)
        begin(d, c, r, symbol);
    const char *what = another(d, c, r, symbol);
    if (what)
        return oc_bad_row(b, r, oc_col(b, what), err,
                          "%s: a second snapshot begins here, and one is wanted (oc-cat --where picks)", what);
    if (q->n == ROWS_MAX)
        return oc_fail(err, OC_LIMIT, "the snapshot has more than %d rows", ROWS_MAX);
    if (q->n == q->cap) {
        const size_t cap = q->cap ? 2 * q->cap : 1024;
        struct oc_stepquote *more = realloc(q->row, cap * sizeof *more);
        if (!more)
            return no_memory(err);
        q->row = more;
        q->cap = cap;
    }
    struct oc_stepquote *row = &q->row[q->n++];
    *row = (struct oc_stepquote){ .side = terms->side[r], .strike = terms->strike[r], .years = terms->years[r],
                                  .rate = c->rate ? c->rate[r] : NAN, .yield = c->yield ? c->yield[r] : NAN,
                                  .forward = c->forward ? c->forward[r] : NAN, .iv = c->iv ? c->iv[r] : NAN };
    q->has_iv |= c->iv != NULL;
    if (row->iv < 0 || isinf(row->iv))
        return oc_bad_row(b, r, oc_col(b, "iv"), err, "iv: %.10g is no volatility", row->iv);
    if (row->forward <= 0 || isinf(row->forward))
        return oc_bad_row(b, r, oc_col(b, "forward"), err, "forward: %.10g is not above 0", row->forward);
    if (!(row->strike > 0 && isfinite(row->strike)))
        return oc_bad_row(b, r, oc_col(b, "strike"), err, "strike: %.10g is not above 0", row->strike);
    if (same_calendar(d, b, c, r, err))
        return -1;
    text_of(&c->root, r, root, sizeof root);
    d->roots |= strcmp(root, q->root) != 0;
    const double spot = c->spot ? c->spot[r] : NAN;
    if (q->n == 1)
        q->spot = spot;
    if (q->spot != spot && !(isnan(q->spot) && isnan(spot)))
        return oc_bad_row(b, r, oc_col(b, "spot"), err, "spot: %.10g in a chain whose first row has %.10g", spot, q->spot);
    return expiry_of(d, b, c, r, row, err);
}

static int batch(void *ctx, struct oc_batch *b, struct oc_err *err)
{
    struct reading *d = ctx;
    struct oc_term_rows terms;
    struct columns c;

    if (oc_bind(b, cols, &c, err) || oc_terms_read(d->t, b, &terms, err))
        return -1;
    for (size_t r = 0; r < b->rows && b->nbad == 0; r++)
        if (take(d, b, &c, &terms, r, err))
            return -1;
    return 0;
}

/* ---- expiries -------------------------------------------------------------------------------------------- */

static int compare(const void *a, const void *b)
{
    const struct oc_stepquote *x = a, *y = b;

    if (x->expiry != y->expiry)
        return x->expiry < y->expiry ? -1 : 1;
    if (x->settle != y->settle)
        return x->settle < y->settle ? -1 : 1;
    if (x->strike != y->strike)
        return x->strike < y->strike ? -1 : 1;
    return x->side > y->side ? -1 : x->side < y->side;
}

/* One figure of all rows of an expiry; empty cells do not count. */
static int agree(double *all, double v, const char *name, const struct oc_stepquote *row, struct oc_err *err)
{
    char date[OC_TIME_PRINT_MAX];

    if (isnan(v) || *all == v)
        return 0;
    if (isnan(*all)) {
        *all = v;
        return 0;
    }
    const size_t n = oc_time_print_date(date, row->expiry);
    return oc_fail(err, OC_DATA, "%s: %.10g and %.10g in the expiry of %.*s", name, *all, v, (int)n, date);
}

static int group(struct oc_stepquotes *q, struct oc_err *err)
{
    qsort(q->row, q->n, sizeof *q->row, compare);
    for (size_t i = 0; i < q->n; i++)
        q->nexpiry += i == 0 || q->row[i].expiry != q->row[i - 1].expiry || q->row[i].settle != q->row[i - 1].settle;
    q->expiry = calloc(q->nexpiry + 1, sizeof *q->expiry);
    if (!q->expiry)
        return no_memory(err);
    struct oc_stepexpiry *e = q->expiry - 1;
    for (size_t i = 0; i < q->n; i++) {
        const struct oc_stepquote *row = &q->row[i];
        if (i == 0 || row->expiry != row[-1].expiry || row->settle != row[-1].settle)
            *++e = (struct oc_stepexpiry){ row->expiry, row->settle, i, 0, NAN, NAN, NAN, 0 };
        else if (row->strike == row[-1].strike && row->side == row[-1].side)
            return oc_fail(err, OC_DATA,
                           "two rows of strike %.10g of one expiry and type: a chain has each contract once (with "
                           "several roots, --where picks one, in a program before)",
                           row->strike);
        e->n++;
        if (agree(&e->rate, row->rate, "rate", row, err) || agree(&e->yield, row->yield, "dividend_yield", row, err)
            || agree(&e->forward, row->forward, "forward", row, err))
            return -1;
    }
    return 0;
}

int oc_stepquotes_read(struct oc_stepquotes *q, struct oc_io *io, struct oc_terms *t, struct oc_err *err)
{
    struct reading d = { .q = q, .t = t };

    *q = (struct oc_stepquotes){ .spot = NAN };
    if (io->ninput > 1)
        return oc_fail(err, OC_USAGE, "one snapshot is read, and %zu inputs are given", io->ninput);
    if (oc_each_partial(io, io->ninput ? io->input[0] : NULL, "quote", batch, &d, err))
        return -1;
    if (q->n == 0)
        return oc_fail(err, OC_DATA, "the input has no rows: there is no chain to walk");
    if (d.roots)
        q->root[0] = '\0';
    return group(q, err);
}

void oc_stepquotes_free(struct oc_stepquotes *q)
{
    free(q->row);
    free(q->expiry);
    *q = (struct oc_stepquotes){ 0 };
}

/* ---- ladder ---------------------------------------------------------------------------------------------- */

static bool listed(const struct oc_stepquotes *q, const struct oc_stepexpiry *e, double strike)
{
    size_t low = e->first, high = e->first + e->n;

    while (low < high) {
        const size_t mid = low + (high - low) / 2;
        if (q->row[mid].strike < strike)
            low = mid + 1;
        else
            high = mid;
    }
    return low < e->first + e->n && q->row[low].strike == strike;
}

void oc_stepquotes_ladder(const struct oc_stepquotes *q, double spot, double *step, unsigned *size)
{
    const struct oc_stepexpiry *e = q->expiry;
    double nearest = HUGE_VAL;

    *step = spot;                   /* a single strike */
    for (size_t i = e->first + 1; i < e->first + e->n; i++) {
        const double gap = q->row[i].strike - q->row[i - 1].strike;
        const double far = fabs(q->row[i].strike + q->row[i - 1].strike - 2 * spot);
        if (gap > 0 && far < nearest) {
            nearest = far;
            *step = gap;
        }
    }
    const struct oc_step_size s = oc_ticks_decimal(*step);
    const double anchor = oc_ticks_index(s, spot + *step / 2);
    for (*size = 0; *size < 100000; ++*size)
        for (size_t k = 0; k < q->nexpiry; k++)
            if (!listed(q, &q->expiry[k], oc_ticks_multiple(s, anchor + *size + 1.0))
                || !listed(q, &q->expiry[k], oc_ticks_multiple(s, anchor - *size - 1.0)))
                return;
}
