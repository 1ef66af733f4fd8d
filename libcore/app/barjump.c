/* barjump - see barjump.h */
#include "app/barjump.h"

#include "record/symtab.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct oc_barjump_found { char *symbol; int64_t ts; double ratio; char message[120]; };

static const int simple[][2] = { { 2, 1 },  { 3, 1 },  { 4, 1 },   { 5, 1 },  { 6, 1 },  { 7, 1 },  { 8, 1 },
                                 { 9, 1 },  { 10, 1 }, { 12, 1 },  { 15, 1 }, { 20, 1 }, { 25, 1 }, { 30, 1 },
                                 { 40, 1 }, { 50, 1 }, { 100, 1 }, { 3, 2 },  { 5, 2 },  { 4, 3 },  { 5, 4 } };

/* The simple fraction that a ratio is within the tolerance of; false: none. */
static bool near_simple(double ratio, double tolerance, int *a, int *b)
{
    for (size_t i = 0; i < sizeof simple / sizeof *simple; i++) {
        const double f = (double)simple[i][0] / simple[i][1];
        const bool up = fabs(ratio / f - 1) <= tolerance, down = fabs(ratio * f - 1) <= tolerance;
        if (!up && !down)
            continue;
        *a = up ? simple[i][0] : simple[i][1];
        *b = up ? simple[i][1] : simple[i][0];
        return true;
    }
    return false;
}

static int add(struct oc_barjumps *all, const char *symbol, const struct oc_barjump *j, double price, int a, int b,
               struct oc_err *err)
{
    if (all->n == all->cap) {
        const size_t cap = all->cap ? 2 * all->cap : 16;
        struct oc_barjump_found *p = realloc(all->v, cap * sizeof *p);
        if (!p)
            return oc_fail(err, OC_MEMORY, "no memory for what --detect-jumps finds");
        all->v = p;
        all->cap = cap;
    }
    struct oc_barjump_found *f = &all->v[all->n];
    *f = (struct oc_barjump_found){ .symbol = strdup(symbol), .ts = j->start, .ratio = j->close / price };
    if (!f->symbol)
        return oc_fail(err, OC_MEMORY, "no memory for what --detect-jumps finds");
    snprintf(f->message, sizeof f->message, "%.10g, then %s %.10g: like a split of %d for %d", j->close,
             price == j->first ? "first" : "last", price, a, b);
    all->n++;
    return 0;
}

/* The open day is over. */
static int judge(struct oc_barjumps *all, const struct oc_barjump *j, const char *symbol, struct oc_err *err)
{
    const double price[] = { j->first, j->last };
    int a, b;

    for (int i = 0; j->before && i < 2; i++)
        if (j->close > 0 && price[i] > 0 && near_simple(j->close / price[i], all->tolerance, &a, &b))
            return add(all, symbol, j, price[i], a, b, err);
    return 0;
}

int oc_barjump_run(struct oc_barjumps *all, struct oc_barjump *j, const struct oc_barclock *clock, const char *symbol,
                   const struct oc_barrun *run, struct oc_err *err)
{
    for (size_t i = 0; i < run->n; i++) {
        if (!j->any || run->ts[i] >= j->end) {
            if (j->any && judge(all, j, symbol, err))
                return -1;
            j->before = j->any;
            j->close = j->last;
            j->any = true;
            j->start = run->ts[i];
            j->end = oc_barclock_span(clock, 0, run->ts[i]).end;
            j->first = run->open[i];
        }
        j->last = run->close[i];
    }
    return 0;
}

int oc_barjump_end(struct oc_barjumps *all, struct oc_barjump *j, const char *symbol, struct oc_err *err)
{
    return j->any ? judge(all, j, symbol, err) : 0;
}

/* ---- check records ------------------------------------------------------------------------------------------- */

static int add_constant(struct oc_batch *b, const char *name, const char *word, struct oc_err *err)
{
    struct oc_symtab t = { 0 };
    int32_t *index;

    struct oc_dict *d = oc_symtab_id(&t, word, strlen(word)) < 0 ? NULL : oc_symtab_dict(&t, err);
    const int rc = d ? oc_add_sym(b, name, d, &index, NULL, err) : oc_fail(err, OC_MEMORY, "no memory for checks");
    oc_dict_drop(d);
    oc_symtab_free(&t);
    return rc;
}

static int add_symbols(const struct oc_barjumps *all, struct oc_batch *b, struct oc_err *err)
{
    struct oc_symtab t = { 0 };
    int32_t *index;
    bool ok = true;

    for (size_t i = 0; i < all->n; i++)
        ok &= oc_symtab_id(&t, all->v[i].symbol, strlen(all->v[i].symbol)) >= 0;
    struct oc_dict *d = ok ? oc_symtab_dict(&t, err) : NULL;
    int rc = d ? oc_add_sym(b, "symbol", d, &index, NULL, err) : oc_fail(err, OC_MEMORY, "no memory for checks");
    for (size_t i = 0; rc == 0 && i < all->n; i++)
        index[i] = oc_symtab_id(&t, all->v[i].symbol, strlen(all->v[i].symbol));
    oc_dict_drop(d);
    oc_symtab_free(&t);
    return rc;
}

static int add_messages(const struct oc_barjumps *all, struct oc_batch *b, struct oc_err *err)
{
    size_t n = 0;
    int32_t *off;
    char *bytes;

    for (size_t i = 0; i < all->n; i++)
        n += strlen(all->v[i].message);
    if (oc_add_text(b, "message", n, &off, &bytes, err))
        return -1;
    for (size_t i = 0, at = 0; i < all->n; i++) {
        const size_t len = strlen(all->v[i].message);
        memcpy(bytes + at, all->v[i].message, len);
        at += len;
        off[i + 1] = (int32_t)at;
    }
    return 0;
}

int oc_barjump_write(struct oc_barjumps *all, struct oc_side *to, struct oc_err *err)
{
    struct oc_batch *b = oc_side_batch(to, all->n, err);
    double *value, *limit;
    int64_t *ts;

    if (!b || add_constant(b, "check", "unadjusted-jump", err) || add_constant(b, "severity", "warning", err)
        || add_symbols(all, b, err) || oc_add_i64(b, "ts", OC_TIME, &ts, NULL, err) || oc_add_f64(b, "value", &value, err)
        || oc_add_f64(b, "limit", &limit, err) || add_messages(all, b, err))
        return -1;
    for (size_t i = 0; i < all->n; i++) {
        ts[i] = all->v[i].ts;
        value[i] = all->v[i].ratio;
        limit[i] = all->tolerance;
    }
    return oc_side_write(to, err);
}

void oc_barjump_keep(struct oc_barkeep *k, struct oc_barjump *j)
{
    oc_barkeep_bool(k, "day", &j->any);
    oc_barkeep_bool(k, "before", &j->before);
    oc_barkeep_i64(k, "start", &j->start);
    oc_barkeep_i64(k, "end", &j->end);
    oc_barkeep_f64(k, "close", &j->close);
    oc_barkeep_f64(k, "first", &j->first);
    oc_barkeep_f64(k, "last", &j->last);
}

void oc_barjump_free(struct oc_barjumps *all)
{
    for (size_t i = 0; i < all->n; i++)
        free(all->v[i].symbol);
    free(all->v);
}
