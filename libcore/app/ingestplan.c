/* ingestplan - see ingestplan.h. */
#include "app/ingestplan.h"

#include "app/ingestcell.h"
#include "app/ingesthead.h"
#include "app/ingestname.h"

#include <stdio.h>
#include <string.h>

enum { NONE = UINT32_MAX };

struct planning {
    struct oc_ingest *g;
    struct oc_ingest_head *h;
    const struct oc_batch *in;
    struct oc_ingest_plan *plan;
    bool *used;                 /* cells of the input that a column reads */
    struct oc_err *err;
};

static int no_memory(struct oc_err *err) { return oc_fail(err, OC_MEMORY, "no memory for the columns of a file"); }

/* ---- cells by their headers --------------------------------------------------------------------------------- */

static const char *trimmed(const char *s, size_t *n)
{
    *n = strlen(s);
    while (*n && (*s == ' ' || *s == '\t')) {
        s++;
        --*n;
    }
    while (*n && (s[*n - 1] == ' ' || s[*n - 1] == '\t' || s[*n - 1] == '\r'))
        --*n;
    return s;
}

static uint32_t nth_cell(const struct oc_batch *in, const char *header, size_t n, int nth)
{
    for (size_t i = 0; i < in->ncol; i++) {
        size_t k;
        const char *name = trimmed(in->col[i].name, &k);
        if (k == n && memcmp(name, header, n) == 0 && --nth == 0)
            return (uint32_t)i;
    }
    return NONE;
}

/* Input column under a header; HEADER#2 is the second of that name, unless a header is called so. */
static uint32_t find_cell(const struct oc_batch *in, const char *header)
{
    size_t n;
    const char *s = trimmed(header, &n), *hash = n > 2 ? s + n - 2 : "";
    const uint32_t own = nth_cell(in, s, n, 1);

    if (own != NONE || *hash != '#' || hash[1] < '1' || hash[1] > '9')
        return own;
    return nth_cell(in, s, n - 2, hash[1] - '0');
}

static int no_cell(const struct planning *p, const char *header)
{
    return oc_fail(p->err, OC_COLUMN, "the file has no column '%s', which the preset %s needs", header, p->g->preset.name);
}

/* A cell that the command line may say instead: nobody does. */
static int no_option(const struct planning *p, const struct oc_preset_column *c)
{
    const bool plain = strcmp(c->name, "symbol") == 0 || strcmp(c->name, "ts") == 0;

    if (p->g->needs) {                  /* to be told by --sniff */
        oc_buf_printf(p->g->needs, plain ? " --%s" : " --set %s=", c->name);
        return 1;
    }
    return oc_fail(p->err, OC_COLUMN, "the file has no column '%s', which the preset %s needs: --%s%s%s does without it",
                   c->from.word[0], p->g->preset.name, plain ? "" : "set ", c->name, plain ? " TEXT" : "=TEXT");
}

/* The cells of a rule: 1 they are there, 0 an optional rule without, -1. */
static int take_cells(struct planning *p, const struct oc_preset_column *c, struct oc_ingest_rule *r)
{
    const bool join = c->source == OC_FROM_JOIN;
    uint32_t *cell = oc_arena_alloc(&p->h->arena, c->from.n * sizeof *cell);

    if (!cell)
        return no_memory(p->err);
    for (size_t i = 0; i < c->from.n && (join || !r->ncell); i++) {
        const uint32_t k = find_cell(p->in, c->from.word[i]);
        if (k != NONE) {
            cell[r->ncell++] = k;
            p->used[k] = true;
        } else if (join) {
            return c->optional ? 0 : no_cell(p, c->from.word[i]);
        }
    }
    r->cell = cell;
    return r->ncell ? 1 : c->optional ? 0 : c->or_option ? no_option(p, c) : no_cell(p, c->from.word[0]);
}

/* ---- rules -------------------------------------------------------------------------------------------------- */

static bool unchanged(const struct oc_preset_column *c, bool numeric, bool comma)
{
    return c->source == OC_FROM_CELL && c->conv == OC_CONV_NONE && !c->strip && !c->part && !c->upper && !c->is.n && !c->suffixes
           && !c->percent && !c->over && !c->exp && !c->ratio && !(numeric && comma);
}

static int resolve_rule(struct planning *p, const struct oc_preset_column *c, unsigned k, struct oc_ingest_rule *r, int depth);

/* The rule that another one is made of. */
static int resolve_of(struct planning *p, const char *name, unsigned k, const struct oc_ingest_rule **out, int depth)
{
    const struct oc_preset_column *c = oc_preset_rule(&p->g->preset, name, k);
    struct oc_ingest_rule *of = oc_arena_zero(&p->h->arena, 1, sizeof *of);

    if (!c || depth > 3)
        return oc_fail(p->err, OC_FORMAT, "preset: column %s is not there, or made of itself", name);
    if (!of)
        return no_memory(p->err);
    *out = of;
    const int got = resolve_rule(p, c, k, of, depth + 1);
    return got == 0 ? no_cell(p, c->from.n ? c->from.word[0] : name) : got < 0 ? -1 : 0;
}

static int resolve_clock(struct planning *p, const struct oc_preset_column *c, unsigned k, struct oc_ingest_rule *r, int depth)
{
    bool failed = false;

    if (!c->of)
        return 0;
    if (oc_preset_rule(&p->g->preset, c->of, k))
        return resolve_of(p, c->of, k, &r->of, depth);
    r->of_text = oc_ingestname_set(p->g, c->of);
    if (!r->of_text)
        r->of_text = oc_ingestname_part(p->g, p->h->file, c->of, &p->h->arena, &failed);
    if (failed)
        return no_memory(p->err);
    if (!r->of_text && p->g->needs) {
        oc_buf_printf(p->g->needs, " --set %s=", c->of);
        r->of_text = "1970-01-01";
    }
    return r->of_text ? 0 : oc_fail(p->err, OC_USAGE, "the file's name does not say %s (%s): --set %s=TEXT does", c->of,
                                    p->g->preset.file.word[0], c->of);
}

/* 1, 0: optional and not there, -1. */
static int resolve_rule(struct planning *p, const struct oc_preset_column *c, unsigned k, struct oc_ingest_rule *r, int depth)
{
    const struct oc_preset *preset = &p->g->preset;

    *r = (struct oc_ingest_rule){ .c = c, .numeric = oc_ingestcell_numeric(p->g, c) };
    r->raw = unchanged(c, r->numeric, preset->decimal_comma);
    r->times = true;
    switch (c->source) {
    case OC_FROM_CELL:
    case OC_FROM_JOIN: {
        if ((r->fixed = p->h->value[c - preset->column]))       /* of `or-option` */
            break;
        const int got = take_cells(p, c, r);
        if (got == 1 && !r->ncell)
            break;
        return got < 1 ? got : resolve_clock(p, c, k, r, depth) ? -1 : 1;
    }
    case OC_FROM_OSI: return resolve_of(p, c->from.word[0], k, &r->of, depth) ? -1 : 1;
    case OC_FROM_TEXT:
        if (!(r->fixed = oc_ingestcell_fixed(p->g, c, c->from.word[0], &p->h->arena, p->err)))
            return -1;
        break;
    case OC_FROM_HEAD:
    case OC_FROM_OPTION:
    case OC_FROM_FILE:
        r->fixed = p->h->value[c - preset->column];
        if (!r->fixed && c->optional)
            return 0;
        break;
    }
    r->raw = false;
    r->fixed = r->fixed ? r->fixed : "";
    r->nfixed = strlen(r->fixed);
    return 1;
}

static bool in_shape(const struct oc_ingest *g, const char *name)
{
    for (size_t i = 0; i < g->nshape; i++)
        if (strcmp(g->shape[i], name) == 0)
            return true;
    return false;
}

/* The exact factor that the loader applies: where all rows have the same, and the column is one of doubles. */
static void choose_factor(const struct planning *p, struct oc_ingest_column *col)
{
    const struct oc_coldef *def = oc_kind_column(p->g->kind, col->name, strlen(col->name));
    const char *f = col->rule[0].c->times;
    bool same = f && def && strcmp(def->name, col->name) == 0 && def->type == OC_F64;

    for (unsigned k = 0; k < p->plan->rows && same; k++) {
        const struct oc_ingest_rule *r = &col->rule[k];
        same = r->c->times && strcmp(r->c->times, f) == 0 && !r->c->over && !r->c->exp && !r->fixed && !r->of;
    }
    col->factor = same ? f : NULL;
    for (unsigned k = 0; k < p->plan->rows; k++) {
        col->rule[k].times = !same;
        col->rule[k].raw = col->rule[k].raw && (same || !col->rule[k].c->times);
    }
}

/* A column of the preset: 1 made, 0 not in this run, -1. */
static int make_column(struct planning *p, const char *name, bool first)
{
    struct oc_ingest_column col = { .name = name, .raw = true, .fixed = true };
    unsigned there = 0;

    col.rule = oc_arena_zero(&p->h->arena, p->plan->rows, sizeof *col.rule);
    if (!col.rule)
        return no_memory(p->err);
    for (unsigned k = 0; k < p->plan->rows; k++) {
        const struct oc_preset_column *c = oc_preset_rule(&p->g->preset, name, k);
        const int got = resolve_rule(p, c, k, &col.rule[k], 0);
        if (got < 0)
            return -1;
        there += got > 0;
        if (!got)
            col.rule[k].fixed = "";
    }
    if (!there && (first || !in_shape(p->g, name)))
        return 0;
    if (!first && !in_shape(p->g, name))
        return oc_fail(p->err, OC_COLUMN, "this file has the column %s, and the first one has not: name this one first, or ingest "
                       "it by itself", name);
    choose_factor(p, &col);
    for (unsigned k = 0; k < p->plan->rows; k++) {
        col.fixed &= col.rule[k].fixed != NULL;
        col.rule[k].raw &= !col.rule[k].fixed;
        col.raw &= col.rule[k].raw;
    }
    p->plan->column[p->plan->n++] = col;
    return 1;
}

/* ---- cells that pass through -------------------------------------------------------------------------------- */

static int rest_name(const struct planning *p, size_t cell, char *out, size_t size)
{
    size_t n, seen = 1;
    const char *name = trimmed(p->in->col[cell].name, &n);

    for (size_t i = 0; i < cell; i++) {
        size_t k;
        const char *other = trimmed(p->in->col[i].name, &k);
        seen += k == n && memcmp(other, name, n) == 0;
    }
    if (!n)
        snprintf(out, size, "%scell%zu", p->g->preset.rest, cell + 1);
    else if (seen > 1)
        snprintf(out, size, "%s%.*s#%zu", p->g->preset.rest, (int)n, name, seen);
    else
        snprintf(out, size, "%s%.*s", p->g->preset.rest, (int)n, name);
    if (oc_kind_column(p->g->kind, out, strlen(out)) || oc_preset_rule(&p->g->preset, out, 0))
        return oc_fail(p->err, OC_COLUMN, "preset %s: `rest` would pass on the cell '%s', which means a column of ours: give rest a "
                       "prefix, or the cell a column", p->g->preset.name, out);
    return 0;
}

static int make_rest(struct planning *p, size_t cell, bool first)
{
    char name[300];
    struct oc_ingest_column col = { .raw = true };

    if (rest_name(p, cell, name, sizeof name))
        return -1;
    if (!first && !in_shape(p->g, name))
        return oc_fail(p->err, OC_COLUMN, "this file has the column %s, and the first one has not: ingest it by itself", name);
    uint32_t *which = oc_arena_alloc(&p->h->arena, sizeof *which);
    col.name = oc_arena_copy(&p->h->arena, name, strlen(name));
    col.rule = oc_arena_zero(&p->h->arena, p->plan->rows, sizeof *col.rule);
    if (!which || !col.name || !col.rule)
        return no_memory(p->err);
    *which = (uint32_t)cell;
    for (unsigned k = 0; k < p->plan->rows; k++)
        col.rule[k] = (struct oc_ingest_rule){ .ncell = 1, .cell = which, .raw = true };
    p->plan->column[p->plan->n++] = col;
    return 0;
}

/* ---- conditions --------------------------------------------------------------------------------------------- */

/* The rule that reads a cell, for a row: its `none` words tell when the cell is not there. */
static const struct oc_preset_column *reader_of(const struct planning *p, uint32_t cell, unsigned row)
{
    for (size_t i = 0; i < p->plan->n; i++) {
        const struct oc_ingest_rule *r = &p->plan->column[i].rule[row ? row - 1 : 0];
        if (r->ncell == 1 && r->cell[0] == cell && r->c && (r->c->none.n || r->c->has_below))
            return r->c;
    }
    return NULL;
}

/* May the file lack the cell that the row needs?  Then it lacks the row. */
static bool is_optional(const struct oc_preset *p, const char *header, unsigned row)
{
    for (size_t i = 0; i < p->n; i++)
        if (p->column[i].optional && p->column[i].row == row && p->column[i].source == OC_FROM_CELL
            && strcmp(p->column[i].from.word[0], header) == 0)
            return true;
    return false;
}

static int make_tests(struct planning *p)
{
    const struct oc_preset *preset = &p->g->preset;

    p->plan->test = oc_arena_alloc(&p->h->arena, preset->nwhen * sizeof *p->plan->test + 1);
    if (!p->plan->test)
        return no_memory(p->err);
    for (size_t i = 0; i < preset->nwhen; i++) {
        const struct oc_preset_when *w = &preset->when[i];
        const uint32_t cell = find_cell(p->in, w->header);
        if (cell == NONE && (w->word.n || !is_optional(preset, w->header, w->row)))
            return no_cell(p, w->header);
        p->plan->test[p->plan->ntest++] = (struct oc_ingest_test){ .row = w->row, .cell = cell,
            .word = w->word.n ? &w->word : NULL, .c = w->word.n || cell == NONE ? NULL : reader_of(p, cell, w->row) };
    }
    return 0;
}

/* ---- the whole ---------------------------------------------------------------------------------------------- */

static bool first_of_name(const struct oc_preset *p, size_t i)
{
    for (size_t k = 0; k < i; k++)
        if (strcmp(p->column[k].name, p->column[i].name) == 0)
            return false;
    return true;
}

static int keep_shape(struct planning *p)
{
    struct oc_ingest *g = p->g;

    g->shape = oc_arena_alloc(&g->arena, (p->plan->n + 1) * sizeof *g->shape);
    for (size_t i = 0; g->shape && i < p->plan->n; i++)
        if (!(g->shape[g->nshape++] = oc_arena_copy(&g->arena, p->plan->column[i].name, strlen(p->plan->column[i].name))))
            return no_memory(p->err);
    return g->shape ? 0 : no_memory(p->err);
}

/* The columns must stand in the order of the first input's. */
static int check_shape(const struct planning *p)
{
    for (size_t i = 0; i < p->g->nshape; i++)
        if (i >= p->plan->n || strcmp(p->g->shape[i], p->plan->column[i].name) != 0)
            return oc_fail(p->err, OC_COLUMN, "this file has not the columns of the first one (%s): ingest it by itself",
                           p->g->shape[i]);
    return 0;
}

int oc_ingestplan_make(struct oc_ingest *g, struct oc_ingest_head *h, const struct oc_batch *in, struct oc_err *err)
{
    const bool first = !g->nshape;
    struct planning p = { .g = g, .h = h, .in = in, .err = err };

    p.plan = oc_arena_zero(&h->arena, 1, sizeof *p.plan);
    p.used = oc_arena_zero(&h->arena, in->ncol + 1, sizeof *p.used);
    if (!p.plan || !p.used)
        return no_memory(err);
    p.plan->rows = g->preset.rows;
    p.plan->column = oc_arena_alloc(&h->arena, (g->preset.n + in->ncol) * sizeof *p.plan->column);
    if (!p.plan->column)
        return no_memory(err);
    for (size_t i = 0; i < g->preset.n; i++)
        if (first_of_name(&g->preset, i) && make_column(&p, g->preset.column[i].name, first) < 0)
            return -1;
    for (size_t i = 0; g->preset.rest && i < in->ncol; i++)
        if (!p.used[i] && make_rest(&p, i, first))
            return -1;
    if (make_tests(&p))
        return -1;
    if (first ? keep_shape(&p) : check_shape(&p))
        return -1;
    h->plan = p.plan;
    return 0;
}
