/* injectout - the records of a batch after planting: rows left out, put in, changed.  See inject.h. */
#include "app/inject.h"

#include "record/symtab.h"

#include <string.h>

static const char other[] = "ELSEWHERE";        /* the symbol of a record that lies in the wrong place */

static int no_memory(struct oc_err *err) { return oc_fail(err, OC_MEMORY, "no memory for records"); }

/* The column's dictionary, with the other symbol where a record needs it. */
static struct oc_dict *dict_of(const struct oc_inject *in, const struct oc_col *c, bool symbol, int32_t *renamed,
                               struct oc_err *err)
{
    static const uint32_t none[1] = { 0 };
    bool needed = false;

    for (size_t i = 0; symbol && i < in->nout; i++)
        needed |= in->out[i].renamed;
    if (!c->dict)
        return oc_dict_new(0, none, "", err);
    if (!needed)
        return oc_dict_keep(c->dict);
    struct oc_symtab t = { 0 };
    bool failed = false;
    for (uint32_t i = 0; i < c->dict->n && !failed; i++)
        failed = oc_symtab_id(&t, c->dict->bytes + c->dict->off[i], c->dict->off[i + 1] - c->dict->off[i]) < 0;
    *renamed = failed ? -1 : oc_symtab_id(&t, other, strlen(other));
    struct oc_dict *d = *renamed < 0 ? NULL : oc_symtab_dict(&t, err);
    oc_symtab_free(&t);
    if (*renamed < 0)
        no_memory(err);
    return d;
}

static int put_sym(const struct oc_inject *in, const struct oc_col *c, struct oc_batch *out, struct oc_err *err)
{
    const bool symbol = strcmp(c->name, "symbol") == 0;
    int32_t renamed = 0, *v;
    struct oc_dict *d = dict_of(in, c, symbol, &renamed, err);

    if (!d || oc_add_sym(out, c->name, d, &v, NULL, err)) {
        oc_dict_drop(d);
        return -1;
    }
    for (size_t i = 0; i < in->nout; i++)
        v[i] = symbol && in->out[i].renamed ? renamed : c->i32[in->out[i].row];
    oc_dict_drop(d);
    return 0;
}

static int put_text(const struct oc_inject *in, const struct oc_col *c, struct oc_batch *out, struct oc_err *err)
{
    size_t total = 0;
    int32_t *off;
    char *bytes;

    for (size_t i = 0; i < in->nout; i++)
        total += (size_t)(c->i32[in->out[i].row + 1] - c->i32[in->out[i].row]);
    if (oc_add_text(out, c->name, total, &off, &bytes, err))
        return -1;
    size_t n = 0;
    for (size_t i = 0; i < in->nout; i++) {
        const int32_t *at = c->i32 + in->out[i].row;
        off[i] = (int32_t)n;
        memcpy(bytes + n, c->chars + at[0], (size_t)(at[1] - at[0]));
        n += (size_t)(at[1] - at[0]);
    }
    off[in->nout] = (int32_t)n;
    return 0;
}

static int put_int(const struct oc_inject *in, const struct oc_col *c, struct oc_batch *out, struct oc_err *err)
{
    const bool ts = strcmp(c->name, "ts") == 0;
    int64_t *v;

    if (oc_add_i64(out, c->name, c->type, &v, NULL, err))
        return -1;
    for (size_t i = 0; i < in->nout; i++)
        v[i] = ts && in->out[i].retimed ? in->out[i].ts : c->i64[in->out[i].row];
    return 0;
}

static int put_column(const struct oc_inject *in, const struct oc_col *c, struct oc_batch *out, struct oc_err *err)
{
    double *f;
    int32_t *d;
    uint64_t *bits;

    switch (c->type) {
    case OC_SYM:
        return put_sym(in, c, out, err);
    case OC_TEXT:
        return put_text(in, c, out, err);
    case OC_TIME:
    case OC_I64:
        return put_int(in, c, out, err);
    case OC_DATE:
        if (oc_add_date(out, c->name, &d, err))
            return -1;
        for (size_t i = 0; i < in->nout; i++)
            d[i] = c->i32[in->out[i].row];
        return 0;
    case OC_BOOL:
        if (oc_add_bool(out, c->name, &bits, NULL, err))
            return -1;
        for (size_t i = 0; i < in->nout; i++)
            if (oc_bit(c->bits, in->out[i].row))
                oc_bit_set(bits, i);
        return 0;
    case OC_F64:
        break;
    }
    if (oc_add_f64(out, c->name, &f, err))
        return -1;
    for (size_t i = 0; i < in->nout; i++)
        f[i] = in->out[i].column && strcmp(c->name, in->out[i].column) == 0 ? in->out[i].number : c->f64[in->out[i].row];
    return 0;
}

int oc_injectout_write(const struct oc_inject *in, struct oc_batch *b, struct oc_batch *out, struct oc_err *err)
{
    uint32_t *origin = oc_arena_alloc(&out->arena, (in->nout + 1) * sizeof *origin);

    if (!origin)
        return no_memory(err);
    for (size_t i = 0; i < in->nout; i++)
        origin[i] = in->out[i].row;
    out->rows = in->nout;
    out->origin = origin;
    for (size_t j = 0; j < b->ncol; j++) {
        const struct oc_col *c = &b->col[j];
        if (put_column(in, c, out, err))
            return -1;
        for (size_t i = 0; c->type != OC_F64 && c->valid && i < in->nout; i++)
            if (!oc_bit(c->valid, in->out[i].row) && oc_batch_missing(out, oc_col(out, c->name), i, err))
                return -1;
    }
    return 0;
}
