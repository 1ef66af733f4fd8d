/* score - see score.h.  Both files are in memory, the labels in order by line and by instant. */
#include "app/score.h"

#include "cli/say.h"

#include <inttypes.h>
#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

struct item {
    enum oc_check_id check;
    int64_t line, ts, end;              /* INT64_MIN: absent; line 0: absent */
    char symbol[48];
    char *legs, *file;                  /* file: of what has neither line nor instant */
    bool found, safe;                   /* safe: a label that explains, but that need not be found */
};

struct items { size_t n, cap; struct item *v; };

struct tally { uint64_t labels, found, right, wrong, explained; };

/* ---- reading ---------------------------------------------------------------------------------------------------- */

struct cols { struct oc_symcol check, symbol, band; struct oc_intcol ts, end_ts, line, count; };

#define COL(n, t, how) { #n, t, how, offsetof(struct cols, n) }

static const struct oc_bindcol columns[] = {
    COL(check, OC_SYM, OC_REQUIRED), COL(symbol, OC_SYM, OC_OPTIONAL), COL(band, OC_SYM, OC_OPTIONAL),
    COL(ts, OC_TIME, OC_OPTIONAL), COL(end_ts, OC_TIME, OC_OPTIONAL), COL(line, OC_I64, OC_OPTIONAL),
    COL(count, OC_I64, OC_OPTIONAL), { 0 }
};

static int64_t number(const struct oc_intcol *c, size_t i, int64_t none)
{
    return c->v && oc_bit(c->valid, i) ? c->v[i] : none;
}

static int add(struct items *t, const struct item *x, struct oc_err *err)
{
    if (t->n == t->cap) {
        const size_t cap = t->cap ? 2 * t->cap : 1024;
        struct item *p = realloc(t->v, cap * sizeof *p);
        if (!p)
            return oc_fail(err, OC_MEMORY, "no memory for findings");
        t->v = p;
        t->cap = cap;
    }
    t->v[t->n++] = *x;
    return 0;
}

/* A copy of a text cell; it stays NULL where there is none. */
static int text_of(const struct oc_col *c, size_t i, char **out, struct oc_err *err)
{
    if (!c || c->type != OC_TEXT || !oc_bit(c->valid, i) || c->i32[i + 1] <= c->i32[i])
        return 0;
    *out = strndup(c->chars + c->i32[i], (size_t)(c->i32[i + 1] - c->i32[i]));
    return *out ? 0 : oc_fail(err, OC_MEMORY, "no memory for findings");
}

static int read_batch(void *ctx, struct oc_batch *b, struct oc_err *err)
{
    struct items *t = ctx;
    struct cols c;
    struct oc_col *legs = oc_col(b, "legs"), *file = oc_col(b, "file");

    if (oc_bind(b, columns, &c, err) || (legs && b->rows && oc_load(b, legs, err))
        || (file && b->rows && oc_load(b, file, err)))
        return -1;
    for (size_t i = 0; i < b->rows; i++) {
        struct item x = { .line = number(&c.line, i, 0), .ts = number(&c.ts, i, INT64_MIN),
                          .end = number(&c.end_ts, i, INT64_MIN) };
        const uint32_t *off = c.check.dict->off + c.check.index[i];
        if (number(&c.count, i, -1) >= 0)       /* a summary */
            continue;
        x.check = oc_check_find(c.check.dict->bytes + off[0], off[1] - off[0]);
        if (x.check == OC_CHECKS)
            return oc_fail(err, OC_DATA, "'%.*s' is no check; see --list-checks", (int)(off[1] - off[0]),
                           c.check.dict->bytes + off[0]);
        if (c.band.index && oc_bit(c.band.valid, i)) {
            off = c.band.dict->off + c.band.index[i];
            x.safe = off[1] - off[0] == 4 && memcmp(c.band.dict->bytes + off[0], "safe", 4) == 0;
        }
        if (c.symbol.index && oc_bit(c.symbol.valid, i)) {
            off = c.symbol.dict->off + c.symbol.index[i];
            snprintf(x.symbol, sizeof x.symbol, "%.*s", (int)(off[1] - off[0]), c.symbol.dict->bytes + off[0]);
        }
        if (text_of(legs, i, &x.legs, err) || (!x.line && x.ts == INT64_MIN && text_of(file, i, &x.file, err)))
            return -1;
        if (add(t, &x, err))
            return -1;
    }
    return 0;
}

static void items_free(struct items *t)
{
    for (size_t i = 0; i < t->n; i++) {
        free(t->v[i].legs);
        free(t->v[i].file);
    }
    free(t->v);
}

/* ---- matching --------------------------------------------------------------------------------------------------- */

/* Labels by line; those that last, and those of contracts, by instant. */
struct list { size_t n, *at; };
struct index { const struct items *labels; struct list line, lasting, contract, file; int64_t longest; };

static const struct items *sorting;             /* qsort has no context; one thread reads scores */

static int by_line(const void *a, const void *b)
{
    const struct item *x = &sorting->v[*(const size_t *)a], *y = &sorting->v[*(const size_t *)b];

    return x->line != y->line ? (x->line > y->line) - (x->line < y->line) : (*(const size_t *)a > *(const size_t *)b) ? 1
        : -1;
}

static int by_instant(const void *a, const void *b)
{
    const struct item *x = &sorting->v[*(const size_t *)a], *y = &sorting->v[*(const size_t *)b];

    return x->ts != y->ts ? (x->ts > y->ts) - (x->ts < y->ts) : (*(const size_t *)a > *(const size_t *)b) ? 1 : -1;
}

static bool arbitrage(enum oc_check_id id) { return oc_check_tier(id) == 6; }

/* Is the contract one of the legs QTY:CONTRACT@PRICE ... ? */
static bool is_leg(const char *legs, const char *contract)
{
    const size_t n = strlen(contract);

    for (const char *p = legs; (p = strstr(p, contract)); p++)
        if (p > legs && p[-1] == ':' && p[n] == '@')
            return true;
    return false;
}

struct verdict { bool own, other; };

static void meet(struct item *label, const struct item *f, struct verdict *v)
{
    const bool own = label->check == f->check && !label->safe;

    v->own |= own;
    v->other |= !own;
    label->found |= own;
}

/* The first place of the list whose label is not before line or ts. */
static size_t lower(const struct index *x, const struct list *l, bool line, int64_t key)
{
    size_t lo = 0, hi = l->n;

    while (lo < hi) {
        const size_t mid = lo + (hi - lo) / 2;
        const struct item *m = &x->labels->v[l->at[mid]];
        if ((line ? m->line : m->ts) < key)
            lo = mid + 1;
        else
            hi = mid;
    }
    return lo;
}

static void by_lines(const struct index *x, const struct item *f, struct verdict *v)
{
    for (size_t i = lower(x, &x->line, true, f->line); f->line && i < x->line.n; i++) {
        struct item *m = &x->labels->v[x->line.at[i]];
        if (m->line != f->line)
            break;
        meet(m, f, v);
    }
}

static void by_stretches(const struct index *x, const struct item *f, struct verdict *v)
{
    const int64_t end = f->end != INT64_MIN ? f->end : f->ts;

    for (size_t i = f->ts == INT64_MIN ? x->lasting.n : lower(x, &x->lasting, false,
                                                            f->ts - x->longest); i < x->lasting.n; i++) {
        struct item *m = &x->labels->v[x->lasting.at[i]];
        if (m->ts > end)
            break;
        if (f->ts <= m->end && strcmp(m->symbol, f->symbol) == 0)
            meet(m, f, v);
    }
}

static void by_contracts(const struct index *x, const struct item *f, struct verdict *v)
{
    for (size_t i = lower(x, &x->contract, false, f->ts); i < x->contract.n; i++) {
        struct item *m = &x->labels->v[x->contract.at[i]];
        if (m->ts != f->ts)
            break;
        if (is_leg(f->legs, m->legs))
            meet(m, f, v);
    }
}

static void by_files(const struct index *x, const struct item *f, struct verdict *v)
{
    for (size_t i = 0; i < x->file.n; i++) {
        struct item *m = &x->labels->v[x->file.at[i]];
        if (strcmp(m->file, f->file) == 0)
            meet(m, f, v);
    }
}

static void look(const struct index *x, const struct item *f, struct tally *t)
{
    struct verdict v = { false, false };

    if (arbitrage(f->check) && f->legs) {
        by_contracts(x, f, &v);
    } else if (f->file) {
        by_files(x, f, &v);
    } else if (!f->line && f->ts == INT64_MIN) {
        v.other = true;         /* a share of the whole stream: it follows from what was planted */
    } else {
        by_lines(x, f, &v);
        by_stretches(x, f, &v);
    }
    t->right += v.own;
    t->explained += !v.own && v.other;
    t->wrong += !v.own && !v.other;
}

static int list_new(struct list *l, size_t n)
{
    l->at = calloc(n + 1, sizeof *l->at);
    return l->at ? 0 : -1;
}

static int make_index(struct index *x, const struct items *labels, struct oc_err *err)
{
    x->labels = labels;
    if (list_new(&x->line, labels->n) || list_new(&x->lasting, labels->n) || list_new(&x->contract, labels->n)
        || list_new(&x->file, labels->n))
        return oc_fail(err, OC_MEMORY, "no memory for labels");
    for (size_t i = 0; i < labels->n; i++) {
        const struct item *m = &labels->v[i];
        x->line.at[x->line.n++] = i;
        if (m->file)
            x->file.at[x->file.n++] = i;
        if (m->legs)
            x->contract.at[x->contract.n++] = i;
        if (m->end == INT64_MIN || m->ts == INT64_MIN)
            continue;
        x->lasting.at[x->lasting.n++] = i;
        x->longest = m->end - m->ts > x->longest ? m->end - m->ts : x->longest;
    }
    sorting = labels;
    qsort(x->line.at, x->line.n, sizeof *x->line.at, by_line);
    qsort(x->lasting.at, x->lasting.n, sizeof *x->lasting.at, by_instant);
    qsort(x->contract.at, x->contract.n, sizeof *x->contract.at, by_instant);
    return 0;
}

/* ---- figures ------------------------------------------------------------------------------------------------------ */

static double recall(const struct tally *t) { return t->labels ? (double)t->found / (double)t->labels : NAN; }
static double precision(const struct tally *t)
{
    return t->right + t->wrong ? (double)t->right / (double)(t->right + t->wrong) : NAN;
}

static int add_stats(struct oc_statrows *rows, const char *check, const struct tally *t, struct oc_err *err)
{
    const struct { const char *name; double value; uint64_t count; } of[] = {
        { "recall", recall(t), t->labels }, { "precision", precision(t), t->right + t->wrong },
            { "planted", (double)t->labels, t->labels },
        { "missed", (double)(t->labels - t->found), t->labels }, { "false", (double)t->wrong, t->right + t->wrong },
        { "explained", (double)t->explained, t->explained } };

    for (size_t i = 0; i < sizeof of / sizeof *of; i++) {
        struct oc_stat s = OC_STAT_NONE;
        s.stat = of[i].name;
        s.source = check;
        s.value = of[i].value;
        s.count = (int64_t)of[i].count;
        if (!isnan(s.value) && oc_statrows_add(rows, &s, err))
            return -1;
    }
    return 0;
}

static void tell(const char *check, const struct tally *t)
{
    char r[16] = "-", p[16] = "-";

    if (!isnan(recall(t)))
        snprintf(r, sizeof r, "%.4f", recall(t));
    if (!isnan(precision(t)))
        snprintf(p, sizeof p, "%.4f", precision(t));
    oc_say(OC_WARNING, "%-16s planted %7" PRIu64 "  found %7" PRIu64 "  false %7" PRIu64 "  explained %7" PRIu64
           "  recall %s  precision %s",
           check, t->labels, t->found, t->wrong, t->explained, r, p);
}

static int report(const struct oc_score *s, const struct tally *tally, struct oc_err *err)
{
    struct oc_statrows rows = { 0 };
    char bad[400];
    size_t n = 0;
    int rc = 0;

    for (size_t i = 0; i < OC_CHECKS && rc == 0; i++) {
        const struct tally *t = &tally[i];
        const char *name = oc_check_name((enum oc_check_id)i);
        if (!t->labels && !t->right && !t->wrong)
            continue;
        tell(name, t);
        rc = add_stats(&rows, name, t, err);
        if ((recall(t) < 1 || precision(t) < s->min_precision) && n < sizeof bad - 40)
            n += (size_t)snprintf(bad + n, sizeof bad - n, "%s%s", n ? ", " : "", name);
    }
    if (rc == 0)
        rc = oc_statrows_write(&rows, s->io, err);
    oc_statrows_free(&rows);
    return rc == 0 && n ? oc_fail(err, OC_RULE, "recall below 1, or precision below %g: %s", s->min_precision, bad) : rc;
}

int oc_score_run(const struct oc_score *s, struct oc_err *err)
{
    struct items found = { 0 }, labels = { 0 };
    struct tally tally[OC_CHECKS] = { { 0 } };
    struct index x = { 0 };
    int rc = oc_each_beside(s->io, s->checks_file, "check", false, read_batch, &found, err);

    if (rc == 0)
        rc = oc_each_beside(s->io, s->truth_file, "check", false, read_batch, &labels, err);
    if (rc == 0 && labels.n == 0)
        rc = oc_fail(err, OC_DATA, "%s has no labels: nothing was planted", s->truth_file);
    if (rc == 0)
        rc = make_index(&x, &labels, err);
    for (size_t i = 0; rc == 0 && i < found.n; i++)
        look(&x, &found.v[i], &tally[found.v[i].check]);
    for (size_t i = 0; rc == 0 && i < labels.n; i++) {
        tally[labels.v[i].check].labels += !labels.v[i].safe;
        tally[labels.v[i].check].found += labels.v[i].found;
    }
    if (rc == 0)
        rc = report(s, tally, err);
    items_free(&found);
    items_free(&labels);
    free(x.line.at);
    free(x.lasting.at);
    free(x.contract.at);
    free(x.file.at);
    return rc;
}
