/* paramrows - see paramrows.h. */
#include "app/paramrows.h"

#include "app/slurp.h"
#include "market/expiry.h"
#include "market/years.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- reading ---------------------------------------------------------------------------------------------- */

struct cols {
    struct oc_symcol model, name, role, symbol, symbol2, settle, root, run;
    const double *value, *years, *strike;
    struct oc_daycol expiry;
    struct oc_intcol ts;
    struct oc_col *text;
};

#define F(field) offsetof(struct cols, field)
static const struct oc_bindcol bind[] = {
    { "model", OC_SYM, OC_REQUIRED, F(model) },     { "name", OC_SYM, OC_REQUIRED, F(name) },
    { "role", OC_SYM, OC_OPTIONAL, F(role) },       { "symbol", OC_SYM, OC_OPTIONAL, F(symbol) },
    { "symbol2", OC_SYM, OC_OPTIONAL, F(symbol2) }, { "settle", OC_SYM, OC_OPTIONAL, F(settle) },
    { "root", OC_SYM, OC_OPTIONAL, F(root) },       { "run", OC_SYM, OC_OPTIONAL, F(run) },
    { "value", OC_F64, OC_OPTIONAL, F(value) },     { "years", OC_F64, OC_OPTIONAL, F(years) },
    { "strike", OC_F64, OC_OPTIONAL, F(strike) },   { "expiry", OC_DATE, OC_OPTIONAL, F(expiry) },
    { "ts", OC_TIME, OC_OPTIONAL, F(ts) },          { 0 }
};

/* The word of a row, kept; "" where there is none. */
static const char *word(struct oc_paramrows *p, const struct oc_symcol *c, size_t r)
{
    if (!c->index || !oc_bit(c->valid, r) || !c->dict)
        return "";
    const uint32_t *off = c->dict->off + c->index[r];
    const char *s = oc_arena_copy(&p->arena, c->dict->bytes + off[0], off[1] - off[0]);
    return s ? s : "";
}

static int one_time(struct oc_paramrows *p, struct oc_batch *b, const struct cols *c, size_t r, struct oc_err *err)
{
    const char *run = word(p, &c->run, r);
    const bool has = c->ts.v && oc_bit(c->ts.valid, r);

    if (p->n == 0) {
        p->run = run;
        p->has_ts = has;
        p->ts = has ? c->ts.v[r] : 0;
        return 0;
    }
    if (has != p->has_ts || (has && c->ts.v[r] != p->ts))
        return oc_bad_row(b, r, oc_col(b, "ts"), err, "ts: parameters of two times (oc-cat --where 'ts == ...' takes one)");
    if (strcmp(run, p->run) != 0)
        return oc_bad_row(b, r, oc_col(b, "run"), err,
                          "run: parameters of two runs (oc-cat --where 'run == ...' takes one)");
    return 0;
}

/* The row's text, or NULL. */
static int read_text(struct oc_paramrows *p, const struct oc_col *c, size_t r, const char **out, struct oc_err *err)
{
    *out = NULL;
    if (!c || !oc_bit(c->valid, r) || c->i32[r + 1] == c->i32[r])
        return 0;
    *out = oc_arena_copy(&p->arena, c->chars + c->i32[r], (size_t)(c->i32[r + 1] - c->i32[r]));
    return *out ? 0 : oc_fail(err, OC_MEMORY, "no memory for parameters");
}

static int add(struct oc_paramrows *p, struct oc_batch *b, const struct cols *c, size_t r, struct oc_err *err)
{
    const char *role = word(p, &c->role, r);
    struct oc_paramrow row = { .value = c->value ? c->value[r] : NAN, .years = c->years ? c->years[r] : NAN,
                               .strike = c->strike ? c->strike[r] : NAN, .record = p->seen };

    if (strcmp(role, "fit") == 0)
        return 0;
    row.market = strcmp(role, "market") == 0;
    if (*role && !row.market && strcmp(role, "param") != 0)
        return oc_bad_row(b, r, oc_col(b, "role"), err, "role: '%.40s' is none of param, fit, market", role);
    if (one_time(p, b, c, r, err) || read_text(p, c->text, r, &row.text, err))
        return -1;
    row.model = word(p, &c->model, r);
    row.name = word(p, &c->name, r);
    row.symbol = word(p, &c->symbol, r);
    row.symbol2 = word(p, &c->symbol2, r);
    row.settle = word(p, &c->settle, r);
    row.root = word(p, &c->root, r);
    row.has_expiry = c->expiry.v && oc_bit(c->expiry.valid, r);
    row.expiry = row.has_expiry ? c->expiry.v[r] : 0;
    if (!*row.model || !*row.name)      /* oc_bind has noted the empty cell */
        return 0;
    if (isnan(row.value) == !row.text)
        return oc_bad_row(b, r, oc_col(b, "value"), err, row.text ? "value: given beside a text" : "value: missing");
    if (row.has_expiry && !isnan(row.years))
        return oc_bad_row(b, r, oc_col(b, "years"), err, "years: given beside an expiry");
    if (p->n == OC_PARAMROWS_MAX)
        return oc_fail(err, OC_LIMIT, "more than %d parameters", OC_PARAMROWS_MAX);
    if (p->n == p->cap) {
        const size_t cap = p->cap ? 2 * p->cap : 64;
        struct oc_paramrow *more = realloc(p->row, cap * sizeof *more);
        if (!more)
            return oc_fail(err, OC_MEMORY, "no memory for parameters");
        p->row = more;
        p->cap = cap;
    }
    p->row[p->n++] = row;
    return 0;
}

static int batch(void *ctx, struct oc_batch *b, struct oc_err *err)
{
    struct oc_paramrows *p = ctx;
    struct cols c = { .text = oc_col(b, "text") };

    if (oc_bind(b, bind, &c, err) || (c.text && oc_load(b, c.text, err)))
        return -1;
    if (!c.value && !c.text)
        return oc_fail(err, OC_COLUMN, "parameters need a column 'value' or 'text'");
    for (size_t r = 0; r < b->rows; r++) {
        p->seen++;
        if (add(p, b, &c, r, err))
            return -1;
    }
    return 0;
}

/* ---- order and doubles ------------------------------------------------------------------------------------ */

static int by_number(double a, double b) { return isnan(a) || isnan(b) ? !isnan(a) - !isnan(b) : (a > b) - (a < b); }

static int compare(const void *x, const void *y)
{
    const struct oc_paramrow *a = x, *b = y;
    int k = a->market - b->market;

    k = k ? k : strcmp(a->model, b->model);
    k = k ? k : strcmp(a->symbol, b->symbol);
    k = k ? k : strcmp(a->symbol2, b->symbol2);
    k = k ? k : strcmp(a->root, b->root);
    k = k ? k : by_number(a->years, b->years);
    k = k ? k : a->has_expiry - b->has_expiry;
    k = k ? k : (a->expiry > b->expiry) - (a->expiry < b->expiry);
    k = k ? k : strcmp(a->settle, b->settle);
    k = k ? k : by_number(a->strike, b->strike);
    return k ? k : strcmp(a->name, b->name);
}

static int doubles(const struct oc_paramrows *p, const char *path, struct oc_err *err)
{
    for (size_t i = 1; i < p->n; i++)
        if (compare(&p->row[i - 1], &p->row[i]) == 0) {
            const struct oc_paramrow *r = &p->row[i];
            oc_fail(err, OC_DATA, "parameter '%.60s' of %.60s%s%.30s is given twice, by records %llu and %llu", r->name,
                    r->model, *r->symbol ? "@" : "", r->symbol, (unsigned long long)p->row[i - 1].record,
                    (unsigned long long)r->record);
            return oc_at(err, path, 0, 0);
        }
    return 0;
}

int oc_paramrows_read(struct oc_paramrows *p, const char *path, struct oc_io *io, struct oc_err *err)
{
    *p = (struct oc_paramrows){ .run = "" };
    int rc = oc_each_beside(io, path, "param", false, batch, p, err);
    if (rc == 0) {
        if (p->n)
            qsort(p->row, p->n, sizeof *p->row, compare);
        rc = doubles(p, path, err);
    }
    if (rc)
        oc_paramrows_free(p);
    return rc;
}

void oc_paramrows_free(struct oc_paramrows *p)
{
    free(p->row);
    oc_arena_free(&p->arena);
    *p = (struct oc_paramrows){ 0 };
}

/* ---- slices ----------------------------------------------------------------------------------------------- */

int oc_paramrows_years(const struct oc_paramrow *row, const struct oc_calendar *cal, bool has_ts, int64_t ts, double *years,
                       struct oc_err *err)
{
    int32_t settle = OC_EXPIRY_PM;
    int64_t end = 0;

    *years = row->years;
    if (!isnan(row->years) && !(row->years > 0))
        return oc_fail(err, OC_DATA, "%.60s: '%.60s' at %g years, which is not above 0", row->model, row->name, row->years);
    if (!row->has_expiry)
        return 0;
    if (!has_ts)
        return oc_fail(err, OC_USAGE, "%.60s comes by expiry: --ts INSTANT says how far away that is", row->model);
    if (!cal)
        return oc_fail(err, OC_USAGE, "%.60s comes by expiry: --calendar says at what time of the day that is", row->model);
    if (*row->settle && oc_expiry_settle(row->settle, strlen(row->settle), &settle))
        return oc_fail(err, OC_DATA, "%.60s: settle '%.20s' is none of PM, AM, HH:MM", row->model, row->settle);
    if (oc_expiry_instant(cal, row->expiry, settle, &end, err)
        || oc_years_column(OC_YEARS_ACT365, cal, 1, &ts, &end, years, err) != 1)
        return oc_while(err, "%.60s", row->model);
    return *years > 0 ? 0 : oc_fail(err, OC_DATA, "%.60s: record %llu belongs to an expiry that is over", row->model,
                                    (unsigned long long)row->record);
}
