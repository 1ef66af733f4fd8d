/* arrow_values - see arrow_values.h. */
#include "record/arrow_values.h"
#include "record/arrow_cast.h"
#include "record/arrow_dict.h"
#include "record/arrow_fixed.h"

#include <string.h>

static int no_memory(struct oc_err *err) { return oc_fail(err, OC_MEMORY, "no memory for an Arrow column"); }

/* ---- text and dictionaries --------------------------------------------------------------------------------------- */

static int read_text(const struct oc_arrow_from *f, struct oc_col *v, struct oc_err *err)
{
    return oc_arrow_text_read(&f->field->type, f->b->rows, v->valid, f->view + 1, f->nview - 1, f->max, &f->b->arena,
                              &v->i32, &v->chars, err);
}

/* Rows whose entry is itself missing. */
static int drop_null_entries(const struct oc_arrow_from *f, struct oc_col *v, struct oc_err *err)
{
    for (size_t i = 0; i < f->b->rows; i++)
        if (oc_bit(v->valid, i) && oc_bit(f->texts->null, (size_t)v->i32[i])) {
            if (oc_arrow_cast_missing(f->b, v, i, err))
                return -1;
            v->i32[i] = 0;
        }
    return 0;
}

static int read_dictionary(const struct oc_arrow_from *f, struct oc_col *v, struct oc_err *err)
{
    static const uint32_t none[1];
    const size_t n = f->b->rows;

    if (oc_arrow_fixed_index(f, v->valid, &v->i32, err))
        return -1;
    const uint32_t entries = f->texts ? f->texts->dict->n : 0;
    if (!oc_arrow_dict_below(v->i32, n, entries) && f->node->nulls != f->node->rows)
        return oc_fail(err, OC_FORMAT, "it refers to entries that its dictionary of %u does not have", entries);
    v->dict = f->texts ? oc_dict_keep(f->texts->dict) : oc_dict_new(0, none, "", err);
    if (!v->dict)
        return -1;
    return f->texts && f->texts->null && entries ? drop_null_entries(f, v, err) : 0;
}

/* ---- all --------------------------------------------------------------------------------------------------------- */

/* A column of type null: missing in whatever type is wanted. */
static int read_null(const struct oc_arrow_from *f, struct oc_col *v, struct oc_err *err)
{
    v->valid = oc_arena_zero(&f->b->arena, oc_bit_words(f->b->rows), 8);
    v->i32 = oc_arena_zero(&f->b->arena, f->b->rows + 1, sizeof *v->i32);
    v->chars = "";
    return v->valid && v->i32 ? 0 : no_memory(err);
}

static int read_natural(const struct oc_arrow_from *f, struct oc_col *v, struct oc_err *err)
{
    if (f->field->type.kind == OC_ARROW_NULL)
        return read_null(f, v, err);
    if (oc_arrow_text_valid(f->node, &f->view[0], f->in_place, &f->b->arena, &v->valid, err))
        return -1;
    if (f->field->dictionary)
        return read_dictionary(f, v, err);
    switch (f->field->type.kind) {
    case OC_ARROW_UTF8:
    case OC_ARROW_LARGE_UTF8:
    case OC_ARROW_UTF8_VIEW: return read_text(f, v, err);
    default: return oc_arrow_fixed_read(f, v, err);
    }
}

static int read_column(const struct oc_arrow_from *f, struct oc_err *err)
{
    struct oc_col *c = f->c;
    struct oc_col v = { .name = c->name, .type = oc_arrow_type_natural(f->field), .flags = OC_COL_LOADED };
    int rc = read_natural(f, &v, err);

    if (rc == 0)
        rc = oc_arrow_cast(f->b, f->reading, &v, c, err);
    oc_dict_drop(v.dict);           /* the cast has taken it, or a reference of its own */
    return rc ? oc_while(err, "Arrow column '%s'", c->name) : 0;
}

int oc_arrow_values_parse(const struct oc_reader *r, struct oc_block *blk, struct oc_batch *b, struct oc_err *err)
{
    const struct oc_arrow_in *in = r->state;
    const struct oc_arrow_message *x = blk->extra;
    size_t at = 0, views = 0;

    b->rows = (size_t)x->body.rows;
    b->lines = b->rows;
    if (oc_arrow_body_verify(&x->body, blk->p + 64, err))
        return -1;
    const struct oc_arrow_view *view = oc_arrow_body_views(&x->body, blk->p + 64, r->limits->max_batch, &b->arena, err);
    if (!view)
        return -1;
    for (size_t i = 0; i < in->nfield; i++) {
        struct oc_arrow_from f = {
            .b = b, .c = &b->col[i], .reading = r->reading, .field = &in->field[i], .node = &x->body.node[i],
            .view = view + at, .texts = x->texts[i], .max = r->limits->max_batch,
            .in_place = x->body.codec >= 0 || x->body.disjoint };
        f.nview = oc_arrow_type_buffers(f.field);
        if (f.field->type.kind == OC_ARROW_UTF8_VIEW && !f.field->dictionary)
            f.nview += (size_t)x->body.variadic[views++];
        if (read_column(&f, err))
            return -1;
        at += f.nview;
    }
    return 0;
}
