/* cat_pull - see cat_pull.h. */
#include "app/cat_pull.h"

#include "base/nearest.h"

#include <stdlib.h>
#include <string.h>

static int no_memory(struct oc_err *err) { return oc_fail(err, OC_MEMORY, "no memory for records"); }

static int open_next(struct oc_cat_pull *p, const char *kinds, struct oc_err *err)
{
    const char *path = p->npath ? p->path[p->next] : NULL;
    const struct oc_work work = { .kinds = kinds, .partial = true };
    struct oc_input *in = oc_input_open(p->io, path, &work, p->first ? &p->first->r.schema : NULL, NULL, err);

    if (!in)
        return -1;
    if (p->last)
        p->last->next = in;
    else
        p->first = in;
    p->last = in;
    p->next++;
    return 0;
}

static int unknown(const char *option, const char *name, const struct oc_schema *s, struct oc_err *err)
{
    const char **names = malloc((s->n + 1) * sizeof *names);

    if (!names)
        return no_memory(err);
    for (size_t i = 0; i < s->n; i++)
        names[i] = s->field[i].name;
    const char *near = oc_nearest(name, s->n, names);
    oc_fail(err, OC_COLUMN, "%s: there is no column '%s'%s%s%s", option, name, near ? ": did you mean '" : "",
            near ? near : "", near ? "'?" : "");
    free(names);
    return -1;
}

/* Mark the columns of a comma-separated list: place[i] is 1 + the place of column i in it, 0 where it is not there. */
static int places(const char *option, const char *list, const struct oc_schema *s, size_t *place, struct oc_err *err)
{
    char name[256];
    size_t k = 0;

    for (const char *at = list; *at; at += *at == ',') {
        const size_t n = strcspn(at, ",");
        if (n == 0)
            continue;
        if (n >= sizeof name)
            return oc_fail(err, OC_COLUMN, "%s: a name of %zu bytes", option, n);
        memcpy(name, at, n);
        name[n] = '\0';
        at += n;
        const int i = oc_schema_find(s, name);
        if (i < 0)
            return unknown(option, name, s, err);
        place[i] = ++k;
    }
    return 0;
}

/* --keep (in its order) and --drop as a list of columns. */
static int choose(struct oc_cat_pull *p, struct oc_err *err)
{
    const struct oc_schema *s = &p->first->r.schema;
    size_t *kept = calloc(2 * s->n + 2, sizeof *kept), *dropped = kept ? kept + s->n + 1 : NULL;
    int rc = kept ? 0 : no_memory(err);

    p->pick = malloc((s->n + 1) * sizeof *p->pick);
    if (rc == 0 && !p->pick)
        rc = no_memory(err);
    if (rc == 0 && p->io->keep)
        rc = places("--keep", p->io->keep, s, kept, err);
    if (rc == 0 && p->io->drop)
        rc = places("--drop", p->io->drop, s, dropped, err);
    for (size_t k = 1; rc == 0 && k <= s->n; k++)
        for (size_t i = 0; i < s->n; i++)
            if ((p->io->keep ? kept[i] : i + 1) == k && !dropped[i])
                p->pick[p->npick++] = i;
    free(kept);
    if (rc == 0 && !p->npick)
        rc = oc_fail(err, OC_USAGE, "no column is left");
    return rc;
}

static int output_schema(struct oc_cat_pull *p, struct oc_err *err)
{
    const struct oc_schema *in = &p->first->r.schema;

    p->schema.kind = in->kind;
    for (size_t i = 0; i < p->npick; i++) {
        const struct oc_field *f = &in->field[p->pick[i]];
        if (oc_schema_add(&p->schema, f->name, f->source, f->def, f->type, err))
            return -1;
    }
    return 0;
}

int oc_cat_pull_open(struct oc_cat_pull *p, const struct oc_io *io, size_t n, const char *const *path,
                     const char *kinds, struct oc_err *err)
{
    p->io = io;
    p->npath = n;
    p->path = path;
    if (io->where && !(p->where = oc_expr_parse(io->where, err)))
        return oc_while(err, "--where");
    if (open_next(p, kinds, err) || choose(p, err) || output_schema(p, err))
        return -1;
    if (p->where && oc_expr_bind(p->where, &p->first->r.schema, err))
        return oc_while(err, "--where");
    return 0;
}

/* The next block of any input.  1, 0, -1. */
static int cut(struct oc_cat_pull *p, struct oc_err *err)
{
    for (;;) {
        struct oc_input *in = p->last;
        const int rc = in->r.format->cut(&in->r, &p->blk, err);
        if (rc < 0 && !err->file[0])
            oc_at(err, oc_source_name(in->r.src), err->line, err->column);
        if (rc)
            return rc;
        if (p->next >= p->npath)
            return 0;
        if (p->blk.extra && in->r.format->block_free) {
            in->r.format->block_free(&p->blk);
            p->blk.extra = NULL;
        }
        if (open_next(p, NULL, err))
            return -1;
    }
}

static int malformed(struct oc_cat_pull *p, struct oc_err *err)
{
    const struct oc_batch *b = &p->batch;
    const struct oc_bad *first = b->bad;

    for (size_t i = 1; i < b->nbad; i++)
        if (b->bad[i].row < first->row || (b->bad[i].row == first->row && b->bad[i].cell < first->cell))
            first = &b->bad[i];
    oc_fail(err, OC_DATA, "%s", first->reason);
    return oc_at(err, b->file, p->last->line + (b->line ? b->line[first->row] : first->row), first->cell);
}

/* The chosen columns in their order, the others let go. */
static int arrange(struct oc_cat_pull *p, struct oc_err *err)
{
    struct oc_batch *b = &p->batch;
    struct oc_col *c = oc_arena_alloc(&b->arena, b->ncol * sizeof *c);

    if (!c)
        return no_memory(err);
    memcpy(c, b->col, b->ncol * sizeof *c);
    for (size_t i = 0; i < p->npick; i++) {
        b->col[i] = c[p->pick[i]];
        c[p->pick[i]].dict = NULL;
    }
    for (size_t i = 0; i < b->ncol; i++)
        oc_dict_drop(c[i].dict);
    b->ncol = p->npick;
    return 0;
}

static int filter(struct oc_cat_pull *p, struct oc_err *err)
{
    struct oc_batch *b = &p->batch;
    uint64_t *bits = oc_arena_zero(&b->arena, oc_bit_words(b->rows) + 1, sizeof *bits);

    if (!bits)
        return no_memory(err);
    if (oc_expr_eval(p->where, b, bits, err))
        return -1;
    return b->nbad ? malformed(p, err) : oc_batch_filter(b, bits, err);     /* num() may find a row malformed */
}

int oc_cat_pull_next(struct oc_cat_pull *p, struct oc_err *err)
{
    struct oc_batch *b = &p->batch;

    do {
        int rc = cut(p, err);
        if (rc < 1)
            return rc;
        rc = oc_input_parse(p->last, &p->blk, b, err);
        for (size_t i = 0; rc == 0 && i < p->npick; i++)
            rc = oc_load(b, &b->col[p->pick[i]], err);
        if (rc == 0 && b->nbad)
            rc = malformed(p, err);
        if (rc == 0 && p->where)
            rc = filter(p, err);
        if (rc == 0)
            rc = arrange(p, err);
        if (rc) {
            if (!err->file[0])
                oc_at(err, oc_source_name(p->last->r.src), err->line, err->column);
            return -1;
        }
        p->last->line += b->lines;
        p->blk.number++;
    } while (b->rows == 0);
    p->rows += b->rows;
    return 1;
}

void oc_cat_pull_close(struct oc_cat_pull *p)
{
    if (p->last && p->last->r.format->block_free)
        p->last->r.format->block_free(&p->blk);
    free(p->blk.p);
    oc_batch_free(&p->batch);
    while (p->first) {
        struct oc_input *next = p->first->next;
        oc_input_free(p->first);
        p->first = next;
    }
    oc_schema_free(&p->schema);
    oc_expr_free(p->where);
    free(p->pick);
    *p = (struct oc_cat_pull){ 0 };
}
