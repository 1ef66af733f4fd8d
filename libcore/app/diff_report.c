/* diff_report - see diff_report.h. */
#include "app/diff_report.h"

#include "base/num.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int write_out(struct oc_diff_report *r, struct oc_buf *b, struct oc_err *err)
{
    if (b->failed)
        return oc_fail(err, OC_MEMORY, "no memory for the report");
    const int rc = b->n ? r->sink->write(r->sink, b->p, b->n, err) : 0;
    b->n = 0;
    return rc;
}

static void put_number(struct oc_buf *b, double v)
{
    if (oc_buf_room(b, OC_NUM_PRINT_MAX) == 0)
        b->n += oc_num_print_f64(b->p + b->n, v);
}

/* Three digits do for a summary. */
static void put_brief(struct oc_buf *b, double v)
{
    char text[OC_NUM_FORMAT_MAX];
    const struct oc_num_format sig3 = { OC_NUM_SIG, 3 };

    oc_buf_put(b, text, oc_num_print_format(text, v, sig3));
}

static void put_csv(struct oc_buf *b, const char *s, size_t n)
{
    bool quote = false;

    for (size_t i = 0; i < n; i++)
        quote = quote || s[i] == ',' || s[i] == '"' || s[i] == '\n' || s[i] == '\r';
    if (!quote) {
        oc_buf_put(b, s, n);
        return;
    }
    oc_buf_char(b, '"');
    for (size_t i = 0; i < n; i++) {
        if (s[i] == '"')
            oc_buf_char(b, '"');
        oc_buf_char(b, s[i]);
    }
    oc_buf_char(b, '"');
}

/* One line of the list; gap NULL where there are no two numbers. */
static int list_line(struct oc_diff_report *r, const char *what, const char *column, const struct oc_buf *text,
                     const size_t cut[3], const struct oc_diff_gap *gap, struct oc_err *err)
{
    struct oc_buf *o = &r->out;

    if (!r->began)
        oc_buf_puts(o, "difference,column,key,a,b,abs,rel,ulp\n");
    r->began = true;
    oc_buf_printf(o, "%s,", what);
    put_csv(o, column, strlen(column));
    for (size_t i = 0, from = 0; i < 3; from = cut[i++]) {
        oc_buf_char(o, ',');
        put_csv(o, text->n ? text->p + from : "", cut[i] - from);
    }
    oc_buf_char(o, ',');
    if (gap) {
        put_number(o, gap->abs);
        oc_buf_char(o, ',');
        put_number(o, gap->rel);
        oc_buf_printf(o, ",%llu\n", (unsigned long long)gap->ulp);
    } else {
        oc_buf_puts(o, ",,\n");
    }
    return o->n > 64 * 1024 ? write_out(r, o, err) : 0;
}

static void put_key(const struct oc_diff_report *r, const char *key, size_t n, uint64_t row, struct oc_buf *out)
{
    if (r->nkey)
        oc_diff_key_text(key, n, r->nkey, r->keys, out);
    else
        oc_buf_printf(out, "row=%llu", (unsigned long long)row + 1);
}

int oc_diff_report_schema(struct oc_diff_report *r, const char *what, const char *name, const char *a, const char *b,
                          struct oc_err *err)
{
    struct oc_buf text = { 0 };
    int rc = 0;

    r->schema++;
    if (r->list) {
        oc_buf_puts(&text, a);
        const size_t na = text.n;
        oc_buf_puts(&text, b);
        rc = list_line(r, what, name, &text, (const size_t[]){ 0, na, text.n }, NULL, err);
    } else if (*a && *b) {
        oc_buf_printf(&r->head, "kind: %s in %s, %s in %s\n", a, r->name[0], b, r->name[1]);
    } else {
        oc_buf_printf(&r->head, "column only in %s: %s\n", r->name[*a ? 0 : 1], name);
    }
    oc_buf_free(&text);
    return rc;
}

static struct oc_diff_gap measure(double a, double b)
{
    const double larger = fabs(a) > fabs(b) ? fabs(a) : fabs(b);
    const double d = fabs(a - b);

    return (struct oc_diff_gap){ d, larger > 0 ? d / larger : 0, oc_diff_tol_ulps(a, b) };
}

/* Two numbers, or two foreign texts that are numbers. */
static bool as_numbers(const struct oc_diff_column *c, const struct oc_diff_value *a, const struct oc_diff_value *b,
                       double v[2])
{
    if (!a->there || !b->there)
        return false;
    if (c->class == OC_DIFF_NUMBER) {
        v[0] = a->f;
        v[1] = b->f;
        return true;
    }
    return c->class == OC_DIFF_TEXT && c->foreign && oc_num_f64(a->s, a->n, &v[0]) == 0
           && oc_num_f64(b->s, b->n, &v[1]) == 0;
}

static bool equal(const struct oc_diff_column *c, const struct oc_diff_value *a, const struct oc_diff_value *b)
{
    if (a->there != b->there || !a->there)
        return a->there == b->there;
    switch (c->class) {
    case OC_DIFF_NUMBER: return a->f == b->f;
    case OC_DIFF_INTEGER: return a->i == b->i;
    case OC_DIFF_TEXT: break;
    }
    return a->n == b->n && memcmp(a->s, b->s, a->n) == 0;
}

int oc_diff_report_value(struct oc_diff_report *r, size_t column, const struct oc_buf *key, uint64_t row,
                         const struct oc_diff_value *a, const struct oc_diff_value *b, struct oc_err *err)
{
    const struct oc_diff_column *c = &r->cols[column];
    struct oc_diff_stat *s = &r->stat[column];
    struct oc_diff_gap gap = { 0 };
    double v[2];

    if (equal(c, a, b))
        return 0;
    const bool numbers = as_numbers(c, a, b, v);
    if (numbers && oc_diff_tol_within(&s->tol, v[0], v[1]))
        return 0;
    if (numbers) {
        gap = measure(v[0], v[1]);
        s->max_abs = gap.abs > s->max_abs ? gap.abs : s->max_abs;
        s->max_rel = gap.rel > s->max_rel ? gap.rel : s->max_rel;
        s->max_ulp = gap.ulp > s->max_ulp ? gap.ulp : s->max_ulp;
    }
    s->differ++;
    s->only[0] += a->there && !b->there;
    s->only[1] += !a->there && b->there;
    if (!r->list && r->cells++ >= OC_DIFF_SAMPLES)
        return 0;
    r->cells += r->list;

    struct oc_buf text = { 0 };
    size_t cut[3];
    put_key(r, key->p, key->n, row, &text);
    cut[0] = text.n;
    oc_diff_value_text(a, c, &text);
    cut[1] = text.n;
    oc_diff_value_text(b, c, &text);
    cut[2] = text.n;
    int rc = text.failed ? oc_fail(err, OC_MEMORY, "no memory for the report") : 0;
    if (rc == 0 && r->list)
        rc = list_line(r, "value", c->name, &text, cut, numbers ? &gap : NULL, err);
    else if (rc == 0)
        oc_buf_printf(&r->sample, "  %s: %.*s | %.*s  (%.*s)\n", c->name, (int)(cut[1] - cut[0]), text.p + cut[0],
                      (int)(cut[2] - cut[1]), text.p + cut[1], (int)cut[0], text.p);
    oc_buf_free(&text);
    return rc;
}

int oc_diff_report_only(struct oc_diff_report *r, int side, const char *key, size_t nkey, uint64_t row,
                        struct oc_err *err)
{
    struct oc_buf text = { 0 };
    int rc = 0;

    if (r->only[side]++ >= OC_DIFF_SAMPLES && !r->list)
        return 0;
    put_key(r, key, nkey, row, &text);
    if (r->list)
        rc = list_line(r, side ? "only-b" : "only-a", "", &text, (const size_t[]){ text.n, text.n, text.n }, NULL, err);
    else
        oc_buf_printf(&r->only_sample[side], "  %.*s\n", (int)text.n, text.n ? text.p : "");
    oc_buf_free(&text);
    return rc;
}

/* ---- the end ---------------------------------------------------------------------------------------------- */

static void pad(struct oc_buf *b, size_t from, size_t width)
{
    while (!b->failed && b->n - from < width)
        oc_buf_char(b, ' ');
}

static void summary_columns(const struct oc_diff_report *r, struct oc_buf *o)
{
    size_t width = strlen("column") + 2;

    for (size_t i = 0; i < r->n; i++)
        if (r->stat[i].differ && strlen(r->cols[i].name) + 2 > width)
            width = strlen(r->cols[i].name) + 2;
    size_t at = o->n;
    oc_buf_puts(o, "column");
    pad(o, at, width);
    oc_buf_puts(o, "cells     only a    only b    max abs     max rel     max ulp\n");
    for (size_t i = 0; i < r->n; i++) {
        const struct oc_diff_stat *s = &r->stat[i];
        if (!s->differ)
            continue;
        at = o->n;
        oc_buf_puts(o, r->cols[i].name);
        pad(o, at, width);
        oc_buf_printf(o, "%-9llu %-9llu %-9llu ", (unsigned long long)s->differ, (unsigned long long)s->only[0],
                      (unsigned long long)s->only[1]);
        if (s->max_ulp) {
            at = o->n;
            put_brief(o, s->max_abs);
            pad(o, at, 12);
            put_brief(o, s->max_rel);
            pad(o, at, 24);
            oc_buf_printf(o, "%llu", (unsigned long long)s->max_ulp);
        } else {
            oc_buf_puts(o, "-           -           -");
        }
        oc_buf_char(o, '\n');
    }
}

static void summary(struct oc_diff_report *r)
{
    struct oc_buf *o = &r->out;

    oc_buf_printf(o, "a: %s, %llu rows\nb: %s, %llu rows\nrows matched by", r->name[0],
                  (unsigned long long)r->rows[0], r->name[1], (unsigned long long)r->rows[1]);
    for (size_t i = 0; i < r->nkey; i++)
        oc_buf_printf(o, " %s", r->keys[i].name);
    oc_buf_puts(o, r->nkey ? "\n" : " position\n");
    oc_buf_put(o, r->head.p, r->head.n);
    for (int side = 0; side < 2; side++) {
        if (!r->only[side])
            continue;
        oc_buf_printf(o, "rows only in %s: %llu\n", r->name[side], (unsigned long long)r->only[side]);
        oc_buf_put(o, r->only_sample[side].p, r->only_sample[side].n);
        if (r->only[side] > OC_DIFF_SAMPLES)
            oc_buf_puts(o, "  ...\n");
    }
    if (!r->cells)
        return;
    summary_columns(r, o);
    oc_buf_puts(o, "cells that differ, a | b:\n");
    oc_buf_put(o, r->sample.p, r->sample.n);
    if (r->cells > OC_DIFF_SAMPLES)
        oc_buf_puts(o, "  ...\n");
}

/* "3 cells, 1 row only in the second": what there is of it. */
static int differ_error(const struct oc_diff_report *r, struct oc_err *err)
{
    struct oc_buf text = { 0 };
    const char *between = "";

    if (r->schema) {
        oc_buf_puts(&text, "columns");
        between = ", ";
    }
    if (r->cells) {
        oc_buf_printf(&text, "%s%llu cell%s", between, (unsigned long long)r->cells, r->cells == 1 ? "" : "s");
        between = ", ";
    }
    for (int side = 0; side < 2; side++)
        if (r->only[side]) {
            oc_buf_printf(&text, "%s%llu row%s only in the %s", between, (unsigned long long)r->only[side],
                          r->only[side] == 1 ? "" : "s", side ? "second" : "first");
            between = ", ";
        }
    oc_fail(err, OC_RULE, "%s and %s differ: %s", r->name[0], r->name[1], oc_buf_str(&text));
    oc_buf_free(&text);
    return -1;
}

int oc_diff_report_end(struct oc_diff_report *r, struct oc_err *err)
{
    const bool differ = r->cells || r->only[0] || r->only[1] || r->schema;

    if (differ && !r->list)
        summary(r);
    if (r->head.failed || r->sample.failed || r->only_sample[0].failed || r->only_sample[1].failed)
        return oc_fail(err, OC_MEMORY, "no memory for the report");
    if (write_out(r, &r->out, err))
        return -1;
    return differ ? differ_error(r, err) : 0;
}

void oc_diff_report_free(struct oc_diff_report *r)
{
    oc_buf_free(&r->head);
    oc_buf_free(&r->sample);
    oc_buf_free(&r->only_sample[0]);
    oc_buf_free(&r->only_sample[1]);
    oc_buf_free(&r->out);
    free(r->stat);
}
