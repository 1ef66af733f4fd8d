/*
 * ingest - records of a vendor's file to canonical ones: see ingest.h.
 *
 * Every output column is a list of cells.  Where the preset only names a column, the cells point into the input
 * block; where something has to be done, they point into a buffer that is filled here, in the same dialect, so that
 * the rest of the library reads and writes both alike.
 */
#include "app/ingest.h"

#include "app/ingesthead.h"
#include "base/num.h"
#include "base/time.h"
#include "market/symbol.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One output column while it is made. */
struct making {
    const struct oc_ingest *g;
    const struct oc_ingest_head *head;
    struct oc_batch *in, *out;
    const struct oc_preset_column *rule[9];     /* by row of the record, 0-based */
    const struct oc_col *cell[9];               /* input column of the rule, or NULL */
    uint32_t *sep;                              /* 2 a row: position before the cell, position behind it */
    struct oc_buf text;                         /* of cells that are computed */
    struct oc_buf scratch, scratch2;
    struct oc_err *err;
};

static int no_memory(struct oc_err *err) { return oc_fail(err, OC_MEMORY, "no memory for a block"); }

/* Input column under a header; HEADER#2 is the second of that name. */
static const struct oc_col *find_cell(const struct oc_batch *in, const char *header)
{
    const char *hash = strrchr(header, '#');
    const int nth = hash && hash[1] >= '1' && hash[1] <= '9' && !hash[2] ? hash[1] - '0' : 1;
    const size_t n = nth > 1 ? (size_t)(hash - header) : strlen(header);
    int seen = 0;

    for (size_t i = 0; i < in->schema->n; i++) {
        const char *name = in->schema->field[i].source;
        if (strlen(name) == n && memcmp(name, header, n) == 0 && ++seen == nth)
            return &in->col[i];
    }
    return NULL;
}

/* The rule of column `name` for a row (from 0) of a record. */
static const struct oc_preset_column *find_rule(const struct oc_preset *p, const char *name, unsigned row)
{
    for (size_t i = 0; i < p->n; i++)
        if (strcmp(p->column[i].name, name) == 0 && (p->column[i].row == 0 || p->column[i].row == row + 1))
            return &p->column[i];
    return NULL;
}

static const struct oc_col *rule_cell(const struct oc_batch *in, const struct oc_preset_column *c)
{
    for (size_t k = 0; c->source == OC_FROM_CELL && k < c->from.n; k++) {
        const struct oc_col *cell = find_cell(in, c->from.word[k]);
        if (cell)
            return cell;
    }
    return NULL;
}

/* ---- one cell -------------------------------------------------------------------------------------------- */

static bool is_none(const struct oc_preset_column *c, const char *s, size_t n)
{
    double v, w;

    if (!c->none.n && !c->has_below)
        return false;
    const bool number = oc_num_f64(s, n, &v) == 0;
    if (number && c->has_below && v < c->below)
        return true;
    for (size_t i = 0; i < c->none.n; i++) {
        const char *word = c->none.word[i];
        if (strlen(word) == n && memcmp(word, s, n) == 0)
            return true;
        if (number && oc_num_f64(word, strlen(word), &w) == 0 && v == w)
            return true;
    }
    return false;
}

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
    for (size_t i = 0; i < n; i++) {
        if (quote && (s[i] == '"' || (json && s[i] == '\\')))
            oc_buf_char(o, json ? '\\' : '"');
        oc_buf_char(o, s[i]);
    }
    if (quote)
        oc_buf_char(o, '"');
    m->sep[2 * row + 1] = (uint32_t)o->n;
    oc_buf_char(o, ' ');                /* the delimiter's place */
}

static int refuse(struct making *m, size_t row, const char *name, const struct oc_col *cell, const char *s, size_t n,
                  const char *why)
{
    if (oc_bad_row(m->out, row, NULL, m->err, "%s: '%.*s' %s", name, (int)(n < 40 ? n : 40), s, why))
        return -1;
    struct oc_bad *bad = &m->out->bad[m->out->nbad - 1];
    bad->col = (uint32_t)m->out->ncol;      /* the column that is being made */
    if (cell)
        bad->cell = (uint32_t)(cell - m->in->col) + 1;
    return 0;
}

/* A part of a contract symbol as text, its length in *len.  NULL, or why the symbol is none. */
static const char *symbol_part(const struct oc_ingest *g, const char *part, const char *s, size_t n,
                               char out[OC_SYMBOL_MAX], size_t *len)
{
    struct oc_symbol c;
    const struct oc_root *root;
    const char *why = oc_symbol_parse(s, n, &c);

    *len = 0;
    if (why)
        return why;
    switch (*part) {
    case 'r': *len = (size_t)snprintf(out, OC_SYMBOL_MAX, "%s", c.root); break;
    case 'u':
        root = oc_root_find(g->roots, c.root, c.root_len);
        *len = (size_t)snprintf(out, OC_SYMBOL_MAX, "%s", root ? root->underlying : c.root);
        break;
    case 't': *len = (size_t)snprintf(out, OC_SYMBOL_MAX, "%c", c.type); break;
    case 'e':
        if (!c.has_expiry)
            return "does not tell the expiry";
        *len = oc_time_print_date(out, c.expiry);
        break;
    case 's': *len = oc_num_print_f64(out, c.strike); break;
    }
    return NULL;
}

static int osi_cell(struct making *m, const struct oc_preset_column *c, unsigned k, size_t rec, size_t row)
{
    char out[OC_SYMBOL_MAX];
    const struct oc_preset_column *src = find_rule(&m->g->preset, c->from.word[0], k);
    const struct oc_col *cell = src ? rule_cell(m->in, src) : NULL;
    size_t n, len;
    bool null = false;

    if (!cell)
        return oc_fail(m->err, OC_FORMAT, "preset: column %s needs the cells of %s", c->name, c->from.word[0]);
    const char *raw = oc_cell(cell, rec, &n);
    const char *s = oc_cell_text(m->in->dialect, raw, n, &m->scratch, &n, &null);
    const char *why = symbol_part(m->g, c->from.word[1], s, n, out, &len);
    put_cell(m, row, out, len);
    if (!why)
        return 0;
    char told[100];
    snprintf(told, sizeof told, "is no contract symbol: %s", why);
    return refuse(m, row, c->from.word[0], cell, s, n, told);
}

/* A cell that is converted: date, time, stripped, scaled by a factor at reading. */
static int converted_cell(struct making *m, const struct oc_preset_column *c, const struct oc_col *cell, size_t rec,
                          size_t row)
{
    char out[OC_TIME_PRINT_MAX];
    const char *why = "";
    size_t n;
    bool null = false;
    const char *raw = oc_cell(cell, rec, &n);
    const char *s = oc_cell_text(m->in->dialect, raw, n, &m->scratch, &n, &null);

    if (c->strip) {
        m->scratch2.n = 0;
        for (size_t i = 0; i < n; i++)
            if (!strchr(c->strip, s[i]))
                oc_buf_char(&m->scratch2, s[i]);
        s = m->scratch2.p;
        n = m->scratch2.n;
    }
    if (null || n == 0 || is_none(c, s, n)) {
        put_cell(m, row, "", 0);
        return 0;
    }
    if (c->conv == OC_CONV_DATE) {
        int32_t days = 0;
        const int rc = oc_ingest_date(c, s, n, &days, &why);
        put_cell(m, row, out, rc ? 0 : oc_time_print_date(out, days));
        return rc ? refuse(m, row, c->name, cell, s, n, why) : 0;
    }
    if (c->conv == OC_CONV_TIME) {
        int64_t ns = 0;
        const int rc = oc_ingest_instant(m->g, c, s, n, &ns, &why);
        put_cell(m, row, out, rc ? 0 : oc_time_print(out, ns));
        return rc ? refuse(m, row, c->name, cell, s, n, why) : 0;
    }
    put_cell(m, row, s, n);
    return 0;
}

/* ---- one column ------------------------------------------------------------------------------------------ */

static bool copied(const struct oc_preset_column *c)
{
    return c->source == OC_FROM_CELL && c->conv == OC_CONV_NONE && !c->strip;
}

/* Cells that lie in the input block; a missing one is an empty place before its cell. */
static int copy_cells(struct making *m, unsigned nrow)
{
    for (size_t i = 0; i < m->out->rows; i++) {
        const unsigned k = (unsigned)(i % nrow);
        const struct oc_col *cell = m->cell[k];
        const uint32_t *sep = cell->sep + i / nrow * cell->stride;
        bool null = false;
        size_t n;
        m->sep[2 * i] = sep[0];
        m->sep[2 * i + 1] = sep[1];
        if (!m->rule[k]->none.n && !m->rule[k]->has_below)
            continue;
        const char *raw = oc_cell(cell, i / nrow, &n);
        const char *s = oc_cell_text(m->in->dialect, raw, n, &m->scratch, &n, &null);
        if (is_none(m->rule[k], s, n))
            m->sep[2 * i + 1] = sep[0] + 1;
    }
    return m->scratch.failed ? no_memory(m->err) : 0;
}

static int compute_cells(struct making *m, unsigned nrow)
{
    for (size_t i = 0; i < m->out->rows; i++) {
        const unsigned k = (unsigned)(i % nrow);
        const struct oc_preset_column *c = m->rule[k];
        const char *fixed = c->source == OC_FROM_TEXT ? c->from.word[0]
                            : m->head->value[c - m->g->preset.column];
        int rc = 0;
        switch (c->source) {
        case OC_FROM_TEXT:
        case OC_FROM_HEAD:
        case OC_FROM_OPTION:
            put_cell(m, i, fixed ? fixed : "", fixed ? strlen(fixed) : 0);
            break;
        case OC_FROM_OSI: rc = osi_cell(m, c, k, i / nrow, i); break;
        case OC_FROM_CELL: rc = converted_cell(m, c, m->cell[k], i / nrow, i); break;
        }
        if (rc)
            return -1;
    }
    return m->text.failed || m->scratch.failed || m->scratch2.failed ? no_memory(m->err) : 0;
}

/* The rules and input columns of all rows of a record; false: an optional column that the file lacks. */
static int gather(struct making *m, const char *name, unsigned nrow, bool *raw)
{
    *raw = true;
    for (unsigned k = 0; k < nrow; k++) {
        const struct oc_preset_column *c = find_rule(&m->g->preset, name, k);
        if (!c)
            return oc_fail(m->err, OC_FORMAT, "preset: column %s has no rule for row %u", name, k + 1);
        m->rule[k] = c;
        m->cell[k] = rule_cell(m->in, c);
        if (c->source == OC_FROM_CELL && !m->cell[k]) {
            if (c->optional)
                return 1;
            return oc_fail(m->err, OC_COLUMN, "the file has no column '%s', which the preset %s needs",
                           c->from.word[0], m->g->preset.name);
        }
        *raw = *raw && copied(c);
    }
    return 0;
}

static int make_column(struct making *m, const char *name, unsigned nrow)
{
    bool raw;
    const int got = gather(m, name, nrow, &raw);

    if (got)
        return got < 0 ? -1 : 0;
    m->sep = oc_arena_alloc(&m->out->arena, 2 * m->out->rows * sizeof *m->sep);
    if (!m->sep)
        return no_memory(m->err);
    const char *text = m->in->text;
    if (raw) {
        if (copy_cells(m, nrow))
            return -1;
    } else {
        m->text.n = 0;
        oc_buf_char(&m->text, ' ');
        if (compute_cells(m, nrow))
            return -1;
        /* 64 bytes in front and behind may be read by the tight loops, as around a block */
        char *copy = oc_arena_alloc(&m->out->arena, m->text.n + 128);
        if (!copy)
            return no_memory(m->err);
        memcpy(copy + 64, m->text.p, m->text.n);
        text = copy + 64;
    }
    return oc_add_cells(m->out, name, text ? text : "", m->sep, 2, m->rule[0]->times, m->err);
}

static bool first_of_name(const struct oc_preset *p, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (strcmp(p->column[k].name, p->column[i].name) == 0)
            return false;
    return true;
}

int oc_ingest_make(void *ctx, struct oc_batch *in, struct oc_batch *out, struct oc_err *err)
{
    const struct oc_ingest *g = ctx;
    const unsigned nrow = g->preset.rows;
    struct making m = { .g = g, .head = in->head, .in = in, .out = out, .err = err };
    uint32_t *origin = oc_arena_alloc(&out->arena, nrow * in->rows * sizeof *origin);
    int rc = 0;

    if (!in->sep && in->rows)
        return oc_fail(err, OC_FORMAT, "a preset reads text, and this is Arrow");
    if (!origin)
        return no_memory(err);
    out->rows = nrow * in->rows;
    for (size_t i = 0; i < out->rows; i++)
        origin[i] = (uint32_t)(i / nrow);
    out->origin = origin;
    for (size_t i = 0; i < g->preset.n && rc == 0; i++)
        if (first_of_name(&g->preset, i))
            rc = make_column(&m, g->preset.column[i].name, nrow);
    oc_buf_free(&m.text);
    oc_buf_free(&m.scratch);
    oc_buf_free(&m.scratch2);
    return rc;
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
    return 0;
}
