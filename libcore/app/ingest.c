/*
 * ingest - records of a vendor's file to canonical ones: see ingest.h.
 *
 * Every output column is a list of cells.  Where the preset only names a column, the cells point into the input
 * block; where something has to be done, they point into a buffer that is filled here, in the same dialect, so that
 * the rest of the library reads and writes both alike.
 */
#include "app/ingest.h"

#include "app/ingestcell.h"
#include "app/ingesthead.h"
#include "app/ingestname.h"
#include "app/ingestneeds.h"
#include "app/ingestplan.h"
#include "app/ingesttime.h"
#include "base/num.h"
#include "record/cell.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A block while its columns are made. */
struct making {
    const struct oc_ingest_plan *plan;
    struct oc_batch *in, *out;
    const uint8_t *which;           /* by row of the output: the row of its record, from 0 */
    uint32_t *sep;                  /* of the column that is made, 2 a row: position before the cell, position behind it */
    uint32_t at;                    /* its number */
    struct oc_buf text;             /* of cells that are computed */
    struct oc_ingest_work work;
    struct oc_err *err;
};

static int no_memory(struct oc_err *err) { return oc_fail(err, OC_MEMORY, "no memory for a block"); }

/* ---- which rows ---------------------------------------------------------------------------------------------- */

static bool is_word(const struct oc_preset_words *w, const char *s, size_t n)
{
    double v, x;
    const bool number = oc_num_f64(s, n, &v) == 0;

    for (size_t i = 0; i < w->n; i++) {
        const size_t m = strlen(w->word[i]);
        if ((m == n && memcmp(w->word[i], s, n) == 0) || (number && oc_num_f64(w->word[i], m, &x) == 0 && v == x))
            return true;
    }
    return false;
}

/* Is row k (from 1; 0: the whole record) wanted? */
static bool wanted(struct making *m, unsigned k, size_t rec)
{
    for (size_t i = 0; i < m->plan->ntest; i++) {
        const struct oc_ingest_test *t = &m->plan->test[i];
        size_t n;
        if (t->row != k)
            continue;
        if (t->cell == UINT32_MAX)          /* the file does not have it */
            return false;
        const char *s = oc_ingestcell_raw(&m->work, t->cell, rec, &n);
        if (t->word ? !is_word(t->word, s, n) : n == 0 || (t->c && oc_ingestcell_none(t->c, s, n)))
            return false;
    }
    return true;
}

/* The records of which each row of the output is made; m->which, out->origin and out->rows. */
static int choose_rows(struct making *m)
{
    const unsigned nrow = m->plan->rows;
    const size_t most = nrow * m->in->rows;
    uint32_t *origin = oc_arena_alloc(&m->out->arena, most * sizeof *origin + 1);
    uint8_t *which = oc_arena_alloc(&m->out->arena, most + 1);
    uint64_t *bad = m->plan->ntest && m->in->nbad ? oc_arena_zero(&m->out->arena, oc_bit_words(m->in->rows), sizeof *bad) : NULL;
    size_t n = 0;

    if (!origin || !which || (m->plan->ntest && m->in->nbad && !bad))
        return no_memory(m->err);
    for (size_t i = 0; bad && i < m->in->nbad; i++)
        oc_bit_set(bad, m->in->bad[i].row);
    for (size_t rec = 0; rec < m->in->rows; rec++) {
        const size_t before = n;
        const bool all = !m->plan->ntest || (bad && oc_bit(bad, rec));      /* what is malformed is told, not sorted */
        for (unsigned k = 0; k < nrow && (all || wanted(m, 0, rec)); k++)
            if (all || wanted(m, k + 1, rec)) {
                origin[n] = (uint32_t)rec;
                which[n++] = (uint8_t)k;
            }
        m->out->excluded += n == before;
    }
    m->out->rows = n;
    m->out->origin = origin;
    m->which = which;
    return m->work.cell.failed ? no_memory(m->err) : 0;
}

/* ---- one column ---------------------------------------------------------------------------------------------- */

/* Append a cell that is computed, quoted where the dialect needs it. */
static void put_cell(struct making *m, size_t row, const char *s, size_t n)
{
    struct oc_buf *o = &m->text;
    const bool json = m->in->dialect == OC_CELL_JSON;
    double v;
    bool quote = json && oc_num_f64(s, n, &v) != 0;

    for (size_t i = 0; i < n && !quote; i++)
        quote = s[i] == '"' || s[i] == ',' || s[i] == '\t' || s[i] == '\n' || s[i] == '\r';
    if (json && n == 0) {
        s = "null";
        n = 4;
        quote = false;
    }
    m->sep[2 * row] = (uint32_t)o->n - 1;
    if (quote)
        oc_buf_char(o, '"');
    for (size_t i = 0; i < n && quote; i++) {
        if (s[i] == '"' || (json && s[i] == '\\'))
            oc_buf_char(o, json ? '\\' : '"');
        oc_buf_char(o, s[i]);
    }
    if (!quote)
        oc_buf_put(o, s, n);
    if (quote)
        oc_buf_char(o, '"');
    m->sep[2 * row + 1] = (uint32_t)o->n;
    oc_buf_char(o, ' ');                /* the delimiter's place */
}

static int refuse(struct making *m, size_t row, const char *name, const char *why)
{
    if (oc_bad_row(m->out, row, NULL, m->err, "%s: '%s' %s", m->work.about ? m->work.about : name, m->work.shown, why))
        return -1;
    if (!m->out->nbad)
        return 0;
    struct oc_bad *bad = &m->out->bad[m->out->nbad - 1];
    bad->col = m->at;
    if (m->work.refused != UINT32_MAX)
        bad->cell = m->work.refused + 1;
    return 0;
}

/* The cells of a rule for every step-th row from the first; a missing one is an empty place before its cell. */
static void copy_rule(struct making *m, const struct oc_ingest_rule *r, size_t first, size_t step)
{
    const struct oc_col *cell = &m->in->col[r->cell[0]];
    const bool judged = r->c && (r->c->none.n || r->c->has_below);
    const size_t rows = m->out->rows;

    for (size_t i = first; i < rows; i += step) {
        const size_t rec = m->out->origin[i];
        const uint32_t *sep = cell->sep + rec * cell->stride;
        m->sep[2 * i] = sep[0];
        m->sep[2 * i + 1] = sep[1];
        if (!judged)
            continue;
        size_t n = sep[1] - sep[0] - 1;
        const char *s = cell->text + sep[0] + 1;
        if (!n || (unsigned char)*s <= ' ' || *s == '"' || (unsigned char)s[n - 1] <= ' ')
            s = oc_ingestcell_raw(&m->work, r->cell[0], rec, &n);
        if (oc_ingestcell_none(r->c, s, n))
            m->sep[2 * i + 1] = sep[0] + 1;
    }
}

/* Cells that lie in the input block. */
static int copy_cells(struct making *m, const struct oc_ingest_column *col)
{
    const unsigned nrow = m->plan->rows;

    for (unsigned k = 0; !m->plan->ntest && k < nrow; k++)
        copy_rule(m, &col->rule[k], k, nrow);
    for (size_t i = 0; m->plan->ntest && i < m->out->rows; i++)
        copy_rule(m, &col->rule[m->which[i]], i, m->out->rows);
    return m->work.cell.failed ? no_memory(m->err) : 0;
}

/* The same text in every row of a record's number: written once, pointed at by all. */
static int fixed_cells(struct making *m, const struct oc_ingest_column *col)
{
    uint32_t at[OC_PRESET_ROWS][2];

    for (unsigned k = 0; k < m->plan->rows; k++) {
        uint32_t *own = m->sep;
        m->sep = at[k];
        put_cell(m, 0, col->rule[k].fixed, col->rule[k].nfixed);
        m->sep = own;
    }
    for (size_t i = 0; i < m->out->rows; i++)
        memcpy(m->sep + 2 * i, at[m->which[i]], sizeof at[0]);
    return 0;
}

/* The one cell of the input that decides what a rule makes; UINT32_MAX: more do. */
static uint32_t decided_by(const struct oc_ingest_rule *r)
{
    if (r->ncell == 1 && !r->of)
        return r->cell[0];
    return !r->ncell && r->of && r->of->ncell == 1 && !r->of->of ? r->of->cell[0] : UINT32_MAX;
}

/* What the rule of a row made last, of which bytes: dates and symbols come in runs. */
struct memo { const char *raw; size_t n, row; uint32_t cell; };

/*
 * Is the symbol that of the last row but for C or P and the eight digits of its strike?  Then root, underlying and expiry,
 * which stand before them, are the same, and it is as well-formed.
 */
static bool same_series(const struct memo *before, const char *raw, size_t n)
{
    bool strike = false;

    if (!before->raw || before->n != n || n < 16 || memcmp(before->raw, raw, n - 9) != 0 || (raw[n - 9] != 'C' && raw[n - 9] != 'P'))
        return false;
    for (size_t i = n - 8; i < n; i++) {
        if ((unsigned char)(raw[i] - '0') > 9 || (unsigned char)(before->raw[i] - '0') > 9)
            return false;
        strike |= raw[i] != '0';
    }
    return strike;
}

/* A part of a contract symbol that stands before its side. */
static bool is_of_series(const struct oc_ingest_rule *r)
{
    const struct oc_preset_column *of = r->of ? r->of->c : NULL;

    return of && r->c->source == OC_FROM_OSI && strchr("rue", *r->c->from.word[1]) && of->source == OC_FROM_CELL
           && of->conv == OC_CONV_NONE && !of->strip && !of->part && !of->is.n && !of->none.n && !of->has_below && !of->upper;
}

static int compute_cells(struct making *m, const struct oc_ingest_column *col)
{
    struct memo last[OC_PRESET_ROWS] = { 0 };
    bool series[OC_PRESET_ROWS];

    for (unsigned k = 0; k < m->plan->rows; k++) {
        last[k].cell = decided_by(&col->rule[k]);
        series[k] = is_of_series(&col->rule[k]);
    }
    for (size_t i = 0; i < m->out->rows; i++) {
        struct memo *before = &last[m->which[i]];
        const char *s, *raw = NULL;
        size_t n, nraw = 0;
        if (before->cell != UINT32_MAX) {
            raw = oc_cell(&m->in->col[before->cell], m->out->origin[i], &nraw);
            if ((before->raw && before->n == nraw && memcmp(before->raw, raw, nraw) == 0)
                || (series[m->which[i]] && same_series(before, raw, nraw))) {
                memcpy(m->sep + 2 * i, m->sep + 2 * before->row, 2 * sizeof *m->sep);
                continue;
            }
        }
        const char *why = oc_ingestcell_make(&m->work, &col->rule[m->which[i]], m->out->origin[i], &s, &n);
        put_cell(m, i, s, why ? 0 : n);
        if (why && refuse(m, i, col->name, why))
            return -1;
        before->raw = why ? NULL : raw;
        before->n = nraw;
        before->row = i;
    }
    return 0;
}

/* ---- instants as values, without a text between ----------------------------------------------------------------- */

static bool is_instant(const struct making *m, const struct oc_ingest_column *col)
{
    const struct oc_coldef *def = oc_kind_column(m->work.g->kind, col->name, strlen(col->name));

    if (!def || def->type != OC_TIME || strcmp(def->name, col->name) != 0)
        return false;
    for (unsigned k = 0; k < m->plan->rows; k++) {
        const struct oc_ingest_rule *r = &col->rule[k];
        const struct oc_preset_column *c = r->c;
        if (!c || r->fixed || r->ncell != 1 || c->conv != OC_CONV_TIME || c->strip || c->part || c->is.n || c->suffixes || c->percent
            || c->times || c->over || c->upper || c->first || c->has_below)
            return false;
    }
    return true;
}

/* The instant of one cell: 1, 0 missing, -1 with why. */
static int instant(struct making *m, const struct oc_ingest_rule *r, size_t rec, struct oc_ingesttime_memo *memo, int64_t *ns,
                   const char **why)
{
    size_t n, nraw;
    const char *raw = oc_cell(&m->in->col[r->cell[0]], rec, &nraw);

    if (!r->c->none.n && oc_ingesttime_fixed(m->work.g, r->c, raw, nraw, memo, ns))
        return __builtin_add_overflow(*ns, r->c->shift, ns) ? -1 : 1;
    const char *s = oc_ingestcell_raw(&m->work, r->cell[0], rec, &n);
    if (!n || oc_ingestcell_none(r->c, s, n))
        return 0;
    if (oc_ingesttime_instant(m->work.g, r->c, s, n, ns, why) == 0 && !__builtin_add_overflow(*ns, r->c->shift, ns))
        return 1;
    snprintf(m->work.shown, sizeof m->work.shown, "%.*s", (int)(n < 40 ? n : 40), s);
    m->work.about = NULL;
    m->work.refused = r->cell[0];
    return -1;
}

static int make_instants(struct making *m, const struct oc_ingest_column *col)
{
    struct oc_ingesttime_memo memo[OC_PRESET_ROWS] = { 0 };
    int64_t *v;

    if (oc_add_i64(m->out, col->name, OC_TIME, &v, NULL, m->err))
        return -1;
    struct oc_col *c = &m->out->col[m->out->ncol - 1];
    c->flags = OC_COL_LOADED;
    for (size_t i = 0; i < m->out->rows; i++) {
        const char *why = "is outside the years 1677 to 2262";
        const unsigned k = m->which[i];
        const int got = instant(m, &col->rule[k], m->out->origin[i], &memo[k], &v[i], &why);
        if (got > 0)
            continue;
        v[i] = 0;
        if (oc_batch_missing(m->out, c, i, m->err) || (got < 0 && refuse(m, i, col->name, why)))
            return -1;
    }
    return m->work.cell.failed ? no_memory(m->err) : 0;
}

/* The input's column, where every row has its cell and none of them can mean that there is none. */
static const struct oc_col *left_alone(const struct making *m, const struct oc_ingest_column *col)
{
    const struct oc_preset_column *c = col->rule[0].c;
    /* a record with fewer cells than the header would be written as short as it is */
    const bool same = col->raw && m->plan->rows == 1 && m->out->rows == m->in->rows && m->in->rows && !m->work.g->preset.least;

    return same && (!c || (!c->none.n && !c->has_below)) ? &m->in->col[col->rule[0].cell[0]] : NULL;
}

static int make_column(struct making *m, const struct oc_ingest_column *col)
{
    const char *text = m->in->text;

    m->at = (uint32_t)m->out->ncol;
    if (is_instant(m, col))
        return make_instants(m, col);
    const struct oc_col *as_is = left_alone(m, col);
    if (as_is)
        return oc_add_cells(m->out, col->name, as_is->text ? as_is->text : "", as_is->sep, as_is->stride, col->factor, m->err);
    m->sep = oc_arena_alloc(&m->out->arena, 2 * m->out->rows * sizeof *m->sep + 1);
    if (!m->sep)
        return no_memory(m->err);
    if (col->raw) {
        if (copy_cells(m, col))
            return -1;
    } else {
        m->text.n = 0;
        oc_buf_char(&m->text, ' ');
        if (col->fixed ? fixed_cells(m, col) : compute_cells(m, col))
            return -1;
        if (m->text.failed || m->work.text[0].failed || m->work.text[1].failed || m->work.text[2].failed || m->work.cell.failed)
            return no_memory(m->err);
        if (m->text.n > UINT32_MAX)
            return oc_fail(m->err, OC_LIMIT, "a block has more than 4 GiB in column %s", col->name);
        /* 64 bytes in front and behind may be read by the tight loops, as around a block */
        char *copy = oc_arena_alloc(&m->out->arena, m->text.n + 128);
        if (!copy)
            return no_memory(m->err);
        memcpy(copy + 64, m->text.p, m->text.n);
        text = copy + 64;
    }
    return oc_add_cells(m->out, col->name, text ? text : "", m->sep, 2, col->factor, m->err);
}

/* Must every row have a symbol, because the preset counts on one? */
static bool needs_symbol(const struct making *m)
{
    for (size_t i = 0; i < m->plan->n; i++) {
        const struct oc_ingest_column *col = &m->plan->column[i];
        if (strcmp(col->name, "symbol") != 0)
            continue;
        for (unsigned k = 0; k < m->plan->rows; k++)
            if (!col->rule[k].c || col->rule[k].c->optional)
                return false;
        return true;
    }
    return false;
}

/* Rows that do not say what they are of, each with the cell that should.  --sniff leaves empty what it is not told. */
static int check_needs(struct making *m)
{
    const size_t before = m->out->nbad;

    if (m->work.g->needs && m->work.g->needs->n)
        return 0;
    if (oc_ingestneeds_check(m->out, m->work.g->kind, needs_symbol(m), m->err))
        return -1;
    for (size_t i = before; i < m->out->nbad; i++) {
        struct oc_bad *bad = &m->out->bad[i];
        const struct oc_ingest_rule *r = &m->plan->column[bad->col].rule[m->which[bad->row]];
        r = r->ncell || !r->of ? r : r->of;
        bad->cell = r->ncell ? r->cell[0] + 1 : 0;
    }
    return 0;
}

/* The plan of the input that the batch is of. */
static const struct oc_ingest_plan *plan_of(struct oc_ingest *g, const struct oc_batch *in, struct oc_err *err)
{
    struct oc_ingest_head *h = (void *)(uintptr_t)in->head;     /* ours: what .prelude made */

    pthread_mutex_lock(&g->lock);
    if (!h->plan && oc_ingestplan_make(g, h, in, err))
        h->plan = NULL;
    const struct oc_ingest_plan *plan = h->plan;
    pthread_mutex_unlock(&g->lock);
    return plan;
}

int oc_ingest_make(void *ctx, struct oc_batch *in, struct oc_batch *out, struct oc_err *err)
{
    struct oc_ingest *g = ctx;
    struct making m = { .in = in, .out = out, .work = { .g = g, .in = in }, .err = err };

    if (!in->sep && in->rows)
        return oc_fail(err, OC_FORMAT, "a preset reads text, and this is Arrow");
    int rc = (m.plan = plan_of(g, in, err)) ? choose_rows(&m) : -1;
    for (size_t i = 0; rc == 0 && i < m.plan->n; i++)
        rc = make_column(&m, &m.plan->column[i]);
    if (rc == 0)
        rc = check_needs(&m);
    oc_buf_free(&m.text);
    oc_ingestcell_free(&m.work);
    return rc;
}

/* ---- what a run needs before its first input ------------------------------------------------------------------ */

struct oc_work oc_ingest_as_work(struct oc_ingest *g)
{
    return (struct oc_work){ .foreign = true, .make = oc_ingest_make,
                             .make_kind = g->preset.kind, .translate = oc_ingest_translate,
                             .prelude = oc_ingest_prelude, .head_free = oc_ingest_head_free, .least_cells = g->preset.least, .ctx = g };
}

int oc_ingest_open(struct oc_ingest *g, struct oc_err *err)
{
    pthread_mutex_init(&g->lock, NULL);
    if (!(g->kind = oc_kind_find(g->preset.kind, err)))
        return oc_while(err, "preset %s", g->preset.name);
    if (g->preset.zone && oc_zone_open(g->preset.zone, &g->zone, err))
        return oc_while(err, "preset %s", g->preset.name);
    if (g->preset.calendar && oc_calendar_open(g->preset.calendar, &g->calendar, err))
        return oc_while(err, "preset %s", g->preset.name);
    return oc_ingestname_check(g, err);
}

void oc_ingest_close(struct oc_ingest *g)
{
    oc_zone_free(g->zone);
    oc_calendar_free(g->calendar);
    oc_arena_free(&g->arena);
    oc_preset_free(&g->preset);
}

/*
 * Files without a preset: their columns have names of ours, but a local time, a number or a date alone means an instant only
 * with this run's options.  It is written as the instant, so that the next program needs no such option.
 */
int oc_ingest_plain(void *ctx, struct oc_batch *b, struct oc_err *err)
{
    const struct oc_reading *r = b->reading;

    (void)ctx;
    for (size_t i = 0; i < b->ncol; i++) {
        struct oc_col *c = &b->col[i];
        if (c->type != OC_TIME || !(r->local || r->at || r->ts_unit))
            continue;
        if (oc_load(b, c, err))
            return -1;
        c->sep = NULL;
        c->text = NULL;
    }
    return b->schema && b->schema->kind ? oc_ingestneeds_check(b, b->schema->kind, false, err) : 0;
}
