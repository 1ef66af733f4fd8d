/*
 * jsonrows - see jsonrows.h.
 *
 * One walk over the events.  For every open container the stack knows which record paths still fit, where in the tree of the
 * record's members it stands, and the same for every enclosing object that columns look up to (a level).  In the first of
 * two passes only the levels are filled; when one closes, its cells are written to the scratch file of its depth, and in the
 * second pass read from there when it opens: objects of one depth open and close in the same order.
 */
#include "app/jsonrows.h"

#include "app/jsoncells.h"
#include "app/jsonfeed.h"
#include "app/jsonpath.h"
#include "base/buf.h"

#include <stdlib.h>
#include <string.h>

enum { PATHS = 8, LEVELS = OC_JSONPATH_MAX + 1, CHOICES = 64 };

static const size_t nowhere = SIZE_MAX;

struct frame {
    bool array, record, level;
    uint64_t index;                 /* of the next element */
    size_t key, nkey;               /* keys.p[key .. key + nkey): member under way */
    size_t members;                 /* of a captured object */
    unsigned fits;                  /* record paths */
    struct oc_jsonnode *node;       /* in the record's tree */
    struct oc_jsonnode *up[LEVELS]; /* in the tree of members above, from each level */
    size_t capture;                 /* offset in capture.p; nowhere: none */
};

enum from { FROM_RECORD = 1, FROM_ABOVE = 2 };

struct rows {
    const struct oc_translate_how *how;
    struct oc_translate *t;
    struct oc_jsonfeed *feed;
    struct oc_arena arena;
    struct oc_jsonpath path[PATHS];
    size_t npath;
    struct oc_jsonnode root, above;
    unsigned *star;                 /* of each column: rank + 1 of its star's path, which star; 0: none */
    unsigned *star_rank, *line_rank;
    bool lines, looks_up, first_pass;
    size_t depth;                   /* open containers: stack[0 .. depth) */
    struct frame stack[OC_JSON_DEPTH];
    struct oc_buf keys, capture;
    size_t captures;
    struct oc_jsoncells row, level[LEVELS];
    FILE *scratch[LEVELS];
    bool in_record;
    uint64_t line, column;          /* of the record */
    unsigned record_path;
    size_t record_depth;
    unsigned reached;               /* paths whose containers were there, in this value at the top */
    uint64_t records;
    bool *seen;                     /* columns that some record had */
};

/* ---- the columns ------------------------------------------------------------------------------------------- */

static bool is_star(const char *path) { return path[0] == '*' && path[1] >= '1' && path[1] <= '9' && !path[2]; }

bool oc_jsonrows_twice(const struct oc_translate_how *how)
{
    for (size_t i = 0; i < how->n; i++)
        for (size_t k = 0; k < how->column[i].n; k++)
            if (how->column[i].name[k][0] == '^')
                return true;
    return false;
}

static int wild(const struct oc_jsonpath *p, const char *text, struct oc_err *err)
{
    for (size_t i = 0; i < p->n; i++)
        if (p->step[i].kind == OC_JSONSTEP_MEMBERS || p->step[i].kind == OC_JSONSTEP_ELEMENTS)
            return oc_fail(err, OC_FORMAT, "the path '%s' of a column has a place for several members", text);
    return 0;
}

static int add_column(struct rows *w, size_t i, struct oc_err *err)
{
    const struct oc_translate_column *c = &w->how->column[i];
    struct oc_jsonpath p;

    if (c->n > CHOICES)
        return oc_fail(err, OC_FORMAT, "column %s: too many paths", c->header);
    for (unsigned k = 0; k < c->n; k++) {
        const char *text = c->name[k];
        const bool up = *text == '^';
        if (is_star(text)) {
            w->star[i] = (unsigned)(text[1] - '0');
            w->star_rank[i] = k;
        } else if (w->lines && strcmp(text, "line") == 0) {
            w->line_rank[i] = k + 1;
        } else if (oc_jsonpath_parse(text + up, &p, &w->arena, err) || wild(&p, text, err)
                   || oc_jsonpath_add(up ? &w->above : &w->root, &p, i, k, &w->arena, err)) {
            return -1;
        }
    }
    return 0;
}

static int no_memory(struct oc_err *err) { return oc_fail(err, OC_MEMORY, "no memory to read JSON records"); }

static int set_up(struct rows *w, struct oc_err *err)
{
    const struct oc_translate_how *how = w->how;

    w->star = oc_arena_zero(&w->arena, how->n, sizeof *w->star);
    w->star_rank = oc_arena_zero(&w->arena, how->n, sizeof *w->star_rank);
    w->line_rank = oc_arena_zero(&w->arena, how->n, sizeof *w->line_rank);
    w->seen = oc_arena_zero(&w->arena, how->n, sizeof *w->seen);
    w->row.cell = oc_arena_zero(&w->arena, how->n, sizeof *w->row.cell);
    if (!w->star || !w->star_rank || !w->line_rank || !w->seen || !w->row.cell)
        return no_memory(err);
    for (size_t i = 0; i < LEVELS; i++)
        if (!(w->level[i].cell = oc_arena_zero(&w->arena, how->n, sizeof *w->level[i].cell)))
            return no_memory(err);
    w->npath = how->nrecords ? how->nrecords : 1;
    if (w->npath > PATHS)
        return oc_fail(err, OC_FORMAT, "more than %d paths of records", PATHS);
    for (size_t i = 0; i < how->nrecords; i++)
        if (oc_jsonpath_parse(how->records[i], &w->path[i], &w->arena, err))
            return -1;
    for (size_t i = 0; i < how->n; i++)
        if (add_column(w, i, err))
            return -1;
    return 0;
}

/* ---- cells ------------------------------------------------------------------------------------------------- */

/* A value at its place in the trees: of the record, and of the levels that look at it. */
static int set_value(struct rows *w, const struct frame *at, const char *s, size_t n, bool null, struct oc_err *err)
{
    if (w->in_record && at->node && !w->first_pass)
        for (const struct oc_jsonuse *u = at->node->use; u; u = u->next)
            if (oc_jsoncells_set(&w->row, w->how, u, s, n, null, err))
                return -1;
    for (size_t a = 0; w->first_pass && a < LEVELS; a++)
        for (const struct oc_jsonuse *u = at->up[a] ? at->up[a]->use : NULL; u; u = u->next)
            if (oc_jsoncells_set(&w->level[a], w->how, u, s, n, null, err))
                return -1;
    return 0;
}

static bool is_used(const struct rows *w, const struct frame *at)
{
    bool used = w->in_record && at->node && at->node->use && !w->first_pass;

    for (size_t a = 0; w->first_pass && a < LEVELS && !used; a++)
        used = at->up[a] && at->up[a]->use;
    return used;
}

/* ---- levels ------------------------------------------------------------------------------------------------ */

static int open_level(struct rows *w, size_t a, struct oc_err *err)
{
    oc_jsoncells_clear(&w->level[a], w->how->n);
    return w->first_pass ? 0 : oc_jsoncells_read(&w->level[a], w->how->n, w->scratch[a], err);
}

static int next_pass(struct rows *w, struct oc_err *err)
{
    for (size_t a = 0; a < LEVELS; a++)
        if (w->scratch[a] && (fflush(w->scratch[a]) || fseeko(w->scratch[a], 0, SEEK_SET)))
            return oc_fail_errno(err, OC_IO, "a scratch file");
    w->first_pass = false;
    return oc_translate_again(w->t, err) || oc_jsonfeed_again(w->feed, err) ? -1 : 0;
}

/* ---- records ----------------------------------------------------------------------------------------------- */

static const struct oc_jsonpath *fitting(const struct rows *w, unsigned fits)
{
    for (size_t i = 0; i < w->npath; i++)
        if (fits >> i & 1 && w->path[i].n == w->depth)
            return &w->path[i];
    return NULL;
}

static void begin_record(struct rows *w, const struct oc_jsonpath *p)
{
    w->in_record = true;
    w->record_path = (unsigned)(p - w->path);
    w->record_depth = w->depth;
    oc_jsoncells_clear(&w->row, w->how->n);
    oc_jsonfeed_place(w->feed, &w->line, &w->column);
}

/* The key met at the nth star of the record's path. */
static const char *star_text(const struct rows *w, unsigned nth, size_t *n)
{
    const struct oc_jsonpath *p = &w->path[w->record_path];

    *n = 0;
    for (size_t i = 0; i < p->n; i++)
        if (p->step[i].kind == OC_JSONSTEP_MEMBERS && --nth == 0) {
            *n = w->stack[i].nkey;
            return w->keys.p + w->stack[i].key;
        }
    return "";
}

/* The best choice that column i has; NULL: none. */
static const char *find_cell(const struct rows *w, size_t i, size_t *n)
{
    const struct oc_jsoncell *c = &w->row.cell[i];
    unsigned rank = c->set ? c->rank : UINT32_MAX;
    const char *s = c->set ? w->row.text.p + c->at : NULL;

    *n = c->set ? c->n : 0;
    for (size_t a = w->record_depth; w->looks_up && a-- > 0;) {
        const struct oc_jsoncells *l = &w->level[a];
        if (!w->stack[a].level || !l->cell[i].set || l->cell[i].rank >= rank)
            continue;
        s = l->text.p + l->cell[i].at;
        *n = l->cell[i].n;
        rank = l->cell[i].rank;
    }
    if (w->star[i] && w->star_rank[i] < rank)
        return star_text(w, w->star[i], n);
    if (w->line_rank[i] && w->line_rank[i] - 1 < rank)
        return oc_jsonfeed_line(w->feed, n);
    return s ? s : *n ? NULL : c->met ? "" : NULL;
}

static int foreign(const struct rows *w, const char *what, struct oc_err *err)
{
    oc_fail(err, OC_FORMAT, "%s: this is no document for the preset %s", what, w->how->preset);
    return oc_translate_at(w->t, w->line, w->column, err);
}

static int end_record(struct rows *w, struct oc_err *err)
{
    bool any = false;

    w->in_record = false;
    if (w->first_pass)
        return 0;
    for (size_t i = 0; i < w->how->n; i++) {
        size_t n;
        const char *s = find_cell(w, i, &n);
        oc_translate_cell(w->t, s ? s : "", n);
        w->seen[i] |= s != NULL;
        any |= w->row.cell[i].met != 0;
    }
    if (w->records++ == 0 && !any && w->root.child)
        return foreign(w, "the first record has none of the members that are read", err);
    return oc_translate_row(w->t, w->line, w->column, err);
}

/* ---- the walk ---------------------------------------------------------------------------------------------- */

/* What is known of a value by where it is. */
static void enter(struct rows *w, struct frame *at)
{
    memset(at, 0, sizeof *at);
    at->capture = nowhere;
    if (w->depth == 0) {
        at->fits = (1U << w->npath) - 1;
        w->reached = 0;
        return;
    }
    struct frame *f = &w->stack[w->depth - 1];
    const struct oc_jsonhere here = { f->array, f->index, w->keys.p + f->key, f->nkey };
    f->index++;
    for (size_t i = 0; i < w->npath && f->fits; i++)
        if (f->fits >> i & 1 && w->path[i].n >= w->depth && oc_jsonpath_fits(&w->path[i].step[w->depth - 1], &here))
            at->fits |= 1U << i;
    if (w->in_record) {
        at->fits = 0;
        at->node = oc_jsonpath_child(f->node, &here);
    }
    for (size_t a = 0; w->first_pass && a < w->depth && a < LEVELS; a++)
        at->up[a] = oc_jsonpath_child(f->up[a], &here);
}

/* Is the container one in which records of a path lie, even where there are none? */
static void note_reached(struct rows *w, const struct frame *at)
{
    for (size_t i = 0; i < w->npath; i++) {
        const struct oc_jsonpath *p = &w->path[i];
        if (!(at->fits >> i & 1) || p->n <= w->depth)
            continue;
        const enum oc_jsonstep_kind k = p->step[w->depth].kind;
        const bool array = k == OC_JSONSTEP_ELEMENTS || k == OC_JSONSTEP_INDEX;
        const bool any = k == OC_JSONSTEP_ELEMENTS || k == OC_JSONSTEP_MEMBERS || p->n == w->depth + 1;
        if (array == at->array && any)
            w->reached |= 1U << i;
    }
}

static void put_json(struct oc_buf *o, enum oc_json_event e, const char *s, size_t n)
{
    if (e == OC_JSON_NULL)
        oc_buf_puts(o, "null");
    if (e != OC_JSON_STRING && e != OC_JSON_KEY) {
        oc_buf_put(o, s, n);
        return;
    }
    oc_buf_char(o, '"');
    for (size_t i = 0; i < n; i++)
        if (s[i] == '"' || s[i] == '\\')
            oc_buf_put(o, (const char[]){ '\\', s[i] }, 2);
        else if ((unsigned char)s[i] < 0x20)
            oc_buf_printf(o, "\\u%04x", (unsigned)s[i]);
        else
            oc_buf_char(o, s[i]);
    oc_buf_char(o, '"');
}

/* Captured text of a container that is a cell: the comma before, then the value or what opens it. */
static int capture(struct rows *w, enum oc_json_event e, const char *s, size_t n, struct oc_err *err)
{
    struct frame *f = w->depth ? &w->stack[w->depth - 1] : NULL;
    struct oc_buf *o = &w->capture;

    if (!w->captures)
        return 0;
    if (e != OC_JSON_END && f && (e == OC_JSON_KEY ? f->members++ > 0 : f->array && f->index > 1))
        oc_buf_char(o, ',');
    switch (e) {
    case OC_JSON_OBJECT: oc_buf_char(o, '{'); break;
    case OC_JSON_ARRAY: oc_buf_char(o, '['); break;
    case OC_JSON_END: oc_buf_char(o, f->array ? ']' : '}'); break;
    default: put_json(o, e, s, n);
    }
    if (e == OC_JSON_KEY)
        oc_buf_char(o, ':');
    if (o->n > OC_JSON_TEXT)
        return oc_fail(err, OC_LIMIT, "a cell of more than %d bytes", OC_JSON_TEXT);
    return o->failed ? no_memory(err) : 0;
}

static int open_container(struct rows *w, enum oc_json_event e, struct oc_err *err)
{
    struct frame *at = &w->stack[w->depth];

    enter(w, at);
    at->array = e == OC_JSON_ARRAY;
    const struct oc_jsonpath *p = w->in_record ? NULL : fitting(w, at->fits);
    if (p) {
        begin_record(w, p);
        w->reached |= 1U << w->record_path;
        at->record = true;
        at->node = &w->root;
    } else if (!w->in_record) {
        note_reached(w, at);
    }
    if (capture(w, e, "", 0, err))
        return -1;
    if (is_used(w, at)) {
        at->capture = w->capture.n;
        if (w->captures++ == 0) {
            w->capture.n = at->capture = 0;
            oc_buf_char(&w->capture, at->array ? '[' : '{');
        } else {
            at->capture--;
        }
    }
    at->level = w->looks_up && !w->in_record && !at->array && at->fits && w->depth < LEVELS;
    if (at->level && open_level(w, w->depth, err))
        return -1;
    if (at->level && w->first_pass)
        at->up[w->depth] = &w->above;
    at->key = w->keys.n;
    w->depth++;
    return 0;
}

static int close_top(struct rows *w, struct oc_err *err)
{
    if (w->depth == 0 && !w->reached)
        return foreign(w, "the records are not where they should be", err);
    return 0;
}

static int close_container(struct rows *w, struct oc_err *err)
{
    if (capture(w, OC_JSON_END, "", 0, err))
        return -1;
    struct frame *at = &w->stack[--w->depth];
    w->keys.n = at->key;
    if (at->capture != nowhere) {
        w->captures--;
        if (set_value(w, at, w->capture.p + at->capture, w->capture.n - at->capture, false, err))
            return -1;
    }
    if (at->level && w->first_pass && oc_jsoncells_write(&w->level[w->depth], w->how->n, &w->scratch[w->depth], err))
        return -1;
    if (at->record && end_record(w, err))
        return -1;
    return close_top(w, err);
}

static int scalar(struct rows *w, enum oc_json_event e, const char *s, size_t n, struct oc_err *err)
{
    struct frame at;

    enter(w, &at);
    if (capture(w, e, s, n, err))
        return -1;
    const struct oc_jsonpath *p = w->in_record ? NULL : fitting(w, at.fits);
    if (p) {
        begin_record(w, p);
        w->reached |= 1U << w->record_path;
        at.node = &w->root;
    }
    if (set_value(w, &at, s, n, e == OC_JSON_NULL, err) || (p && end_record(w, err)))
        return -1;
    return close_top(w, err);
}

static int event(void *ctx, enum oc_json_event e, const char *s, size_t n, struct oc_err *err)
{
    struct rows *w = ctx;

    if (w->depth == 0)
        oc_jsonfeed_place(w->feed, &w->line, &w->column);
    if (e == OC_JSON_OBJECT || e == OC_JSON_ARRAY)
        return open_container(w, e, err);
    if (e == OC_JSON_END)
        return close_container(w, err);
    if (e != OC_JSON_KEY)
        return scalar(w, e, s, n, err);
    struct frame *f = &w->stack[w->depth - 1];
    w->keys.n = f->key;
    oc_buf_put(&w->keys, s, n);
    f->nkey = n;
    return w->keys.failed ? no_memory(err) : capture(w, e, s, n, err);
}

/* ---- the translator ---------------------------------------------------------------------------------------- */

static int open_rows(void *state, const struct oc_translate_how *how, struct oc_translate *t, struct oc_err *err)
{
    struct rows *w = state;

    w->how = how;
    w->t = t;
    w->looks_up = w->first_pass = oc_jsonrows_twice(how);
    oc_buf_room(&w->keys, 1);
    if (set_up(w, err) || !(w->feed = oc_jsonfeed_open(t, w->lines, event, w, err)))
        return -1;
    return oc_translate_header(t, how, err);
}

static int open_lines(void *state, const struct oc_translate_how *how, struct oc_translate *t, struct oc_err *err)
{
    ((struct rows *)state)->lines = true;
    return open_rows(state, how, t, err);
}

/* All was read: was it a document of this kind? */
static int end_rows(const struct rows *w, struct oc_err *err)
{
    for (size_t i = 0; w->records && i < w->how->n; i++)
        if (w->how->column[i].needed && !w->seen[i]) {
            oc_fail(err, OC_FORMAT, "no record has the member '%s': this is no document for the preset %s",
                    w->how->column[i].name[0], w->how->preset);
            return oc_translate_at(w->t, w->line, w->column, err);
        }
    return 0;
}

static int step_rows(void *state, struct oc_translate *t, struct oc_err *err)
{
    struct rows *w = state;
    const int rc = oc_jsonfeed_step(w->feed, err);

    (void)t;
    if (rc)
        return rc;
    if (w->first_pass)
        return next_pass(w, err) ? -1 : 1;
    return end_rows(w, err);
}

static void close_rows(void *state)
{
    struct rows *w = state;

    oc_jsonfeed_close(w->feed);
    for (size_t a = 0; a < LEVELS; a++) {
        oc_buf_free(&w->level[a].text);
        if (w->scratch[a])
            fclose(w->scratch[a]);
    }
    oc_buf_free(&w->row.text);
    oc_buf_free(&w->keys);
    oc_buf_free(&w->capture);
    oc_arena_free(&w->arena);
}

const struct oc_translator oc_jsonrows_translator = {
    .state_size = sizeof(struct rows), .open = open_rows, .step = step_rows, .close = close_rows,
}, oc_jsonrows_of_lines = {
    .state_size = sizeof(struct rows), .open = open_lines, .step = step_rows, .close = close_rows,
};
