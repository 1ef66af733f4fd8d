/* priceseries - see priceseries.h. */
#include "app/priceseries.h"

#include "app/slurp.h"
#include "app/walkdata.h"
#include "base/num.h"
#include "base/time.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct series {
    const char *column;
    double *price;
    size_t n, cap;
    bool has_last;
    int64_t last;                   /* ts of the row before; local times and dates count as if they were UTC */
    char symbol[64];
};

static struct oc_col *find(const struct series *s, struct oc_batch *b, struct oc_err *err)
{
    static const char *const usual[] = { "close", "spot", "price" };
    struct oc_col *c = s->column ? oc_col(b, s->column) : NULL;

    for (size_t i = 0; !s->column && !c && i < sizeof usual / sizeof *usual; i++)
        c = oc_col(b, usual[i]);
    if (!c && s->column)
        oc_fail(err, OC_COLUMN, "there is no column '%.60s'", s->column);
    else if (!c)
        oc_fail(err, OC_COLUMN, "there is no column close, spot or price; column=NAME names another");
    return c;
}

/* The row's price from a column of numbers, or of text where the column has no meaning of its own; NaN: none. */
static double price_at(const struct oc_col *c, size_t r)
{
    double v = NAN;

    if (c->type == OC_F64)
        return c->f64[r];
    if (c->type == OC_I64)
        return oc_bit(c->valid, r) ? (double)c->i64[r] : NAN;
    if (c->type == OC_TEXT && oc_bit(c->valid, r)
        && oc_num_f64(c->chars + c->i32[r], (size_t)(c->i32[r + 1] - c->i32[r]), &v))
        return NAN;
    return v;
}

/* A time as the file has it, to be compared with its neighbours only.  1, 0 unreadable. */
static int time_at(struct oc_batch *b, const struct oc_col *c, size_t r, struct oc_buf *scratch, int64_t *ns)
{
    struct oc_stamp t;
    size_t len = 0, n = 0;
    bool null = false;

    if (c->flags & OC_COL_LOADED) {
        *ns = c->type == OC_TIME ? c->i64[r] : c->i32[r];
        return oc_bit(c->valid, r);
    }
    const char *raw = oc_cell(c, r, &len);
    const char *s = oc_cell_text(b->dialect, raw, len, scratch, &n, &null);
    if (null || oc_time_parse(s, n, &t) != n || !n)
        return oc_num_i64(s, n, ns) == 0;
    *ns = t.ns;
    return 1;
}

static int ascending(struct series *s, struct oc_batch *b, const struct oc_col *ts, size_t r, struct oc_buf *scratch,
                     struct oc_err *err)
{
    int64_t ns = 0;

    if (!ts)
        return 0;
    if (!time_at(b, ts, r, scratch, &ns))
        return oc_bad_row(b, r, ts, err, "ts: not a time such as 2026-01-05 or 2026-01-05T14:30:00Z");
    if (s->has_last && ns <= s->last)
        return oc_bad_row(b, r, ts, err, "ts: not after the row before; prices are read oldest first");
    s->has_last = true;
    s->last = ns;
    return 0;
}

static int one_symbol(struct series *s, struct oc_batch *b, const struct oc_col *c, size_t r, struct oc_err *err)
{
    if (!c || !oc_bit(c->valid, r))
        return 0;
    const uint32_t *off = c->dict->off + c->i32[r];
    const size_t n = off[1] - off[0] < sizeof s->symbol ? off[1] - off[0] : sizeof s->symbol - 1;
    const char *p = c->dict->bytes + off[0];
    if (!*s->symbol)
        memcpy(s->symbol, p, n);
    if (strlen(s->symbol) != n || memcmp(s->symbol, p, n) != 0)
        return oc_bad_row(b, r, c, err, "symbol: two in one series (oc-cat --where 'symbol == ...' takes one)");
    return 0;
}

static int push(struct series *s, double v, struct oc_err *err)
{
    if (s->n == OC_WALKDATA_PRICES)
        return oc_fail(err, OC_LIMIT, "more than %d prices", OC_WALKDATA_PRICES);
    if (s->n == s->cap) {
        const size_t cap = s->cap ? 2 * s->cap : 1024;
        double *more = realloc(s->price, cap * sizeof *more);
        if (!more)
            return oc_fail(err, OC_MEMORY, "no memory for prices");
        s->price = more;
        s->cap = cap;
    }
    s->price[s->n++] = v;
    return 0;
}

static int batch(void *ctx, struct oc_batch *b, struct oc_err *err)
{
    struct series *s = ctx;
    struct oc_col *c = find(s, b, err), *ts = oc_col(b, "ts"), *symbol = oc_col(b, "symbol");
    struct oc_buf scratch = { 0 };
    int rc = c ? oc_load(b, c, err) : -1;

    if (rc == 0 && symbol && symbol->type == OC_SYM)
        rc = oc_load(b, symbol, err);
    if (ts && ts->type != OC_TIME && ts->type != OC_DATE)
        ts = NULL;
    for (size_t r = 0; rc == 0 && r < b->rows; r++) {
        const double v = price_at(c, r);
        rc = ascending(s, b, ts, r, &scratch, err);
        if (rc == 0 && symbol && symbol->type == OC_SYM)
            rc = one_symbol(s, b, symbol, r, err);
        if (rc == 0)
            rc = v > 0 && isfinite(v) ? push(s, v, err) : oc_bad_row(b, r, c, err, "%.60s: not a price above 0", c->name);
    }
    oc_buf_free(&scratch);
    return rc;
}

int oc_priceseries_read(const char *path, const char *column, struct oc_io *io, double **price, size_t *n,
                        struct oc_err *err)
{
    struct series s = { .column = column };

    const int rc = oc_each_beside(io, path, "bar factor tick", true, batch, &s, err);
    if (rc)
        free(s.price);
    *price = rc ? NULL : s.price;
    *n = rc ? 0 : s.n;
    return rc;
}
