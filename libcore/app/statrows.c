/* statrows - see statrows.h */
#include "app/statrows.h"

#include "record/symtab.h"

#include <stdlib.h>
#include <string.h>

int oc_statrows_add(struct oc_statrows *s, const struct oc_stat *row, struct oc_err *err)
{
    if (s->n == s->cap) {
        const size_t cap = s->cap ? 2 * s->cap : 32;
        struct oc_stat *v = realloc(s->v, cap * sizeof *v);
        if (!v)
            return oc_fail(err, OC_MEMORY, "no memory for %zu figures", cap);
        s->v = v;
        s->cap = cap;
    }
    s->v[s->n++] = *row;
    return 0;
}

/* One block with all rows. */
static int only_job(void *ctx, uint64_t number, void **job, struct oc_err *err)
{
    (void)err;
    *job = ctx;
    return number == 0;
}

/* A column of texts, borrowed from the rows at an offset. */
static int add_texts(struct oc_batch *out, const char *name, const struct oc_statrows *s, size_t n, size_t at,
                     struct oc_err *err)
{
    struct oc_symtab tab = { 0 };
    int32_t *id = oc_arena_alloc(&out->arena, (n + 1) * sizeof *id), *index;
    int rc = id ? 0 : oc_fail(err, OC_MEMORY, "no memory for a column");

    for (size_t i = 0; rc == 0 && i < n; i++) {
        const char *text = *(const char *const *)((const char *)&s->v[i] + at);
        id[i] = oc_symtab_id(&tab, text ? text : "", text ? strlen(text) : 0);
        if (id[i] < 0)
            rc = oc_fail(err, OC_MEMORY, "no memory for texts");
    }
    struct oc_dict *d = rc == 0 ? oc_symtab_dict(&tab, err) : NULL;
    if (!d || oc_add_sym(out, name, d, &index, NULL, err))
        rc = -1;
    for (size_t i = 0; rc == 0 && i < n; i++) {
        index[i] = id[i];
        if (!*(const char *const *)((const char *)&s->v[i] + at))
            rc = oc_batch_missing(out, oc_col(out, name), i, err);
    }
    oc_dict_drop(d);
    oc_symtab_free(&tab);
    return rc;
}

static int add_numbers(struct oc_batch *out, const char *name, const struct oc_statrows *s, size_t n, size_t at,
                       struct oc_err *err)
{
    double *v;

    if (oc_add_f64(out, name, &v, err))
        return -1;
    for (size_t i = 0; i < n; i++)
        memcpy(&v[i], (const char *)&s->v[i] + at, sizeof *v);
    return 0;
}

static int add_counts(struct oc_batch *out, const char *name, const struct oc_statrows *s, size_t n, size_t at,
                      struct oc_err *err)
{
    int64_t *v;

    if (oc_add_i64(out, name, OC_I64, &v, NULL, err))
        return -1;
    for (size_t i = 0; i < n; i++) {
        memcpy(&v[i], (const char *)&s->v[i] + at, sizeof *v);
        if (v[i] < 0 && oc_batch_missing(out, oc_col(out, name), i, err))
            return -1;
    }
    return 0;
}

static int make(void *ctx, struct oc_batch *b, struct oc_batch *out, struct oc_err *err)
{
    const struct oc_statrows *s = ctx;
    const size_t n = b->job ? s->n : 0;

    out->rows = n;
#define AT(field) offsetof(struct oc_stat, field)
    return add_texts(out, "run", s, n, AT(run), err) || add_texts(out, "stat", s, n, AT(stat), err)
           || add_texts(out, "source", s, n, AT(source), err) || add_texts(out, "leg_id", s, n, AT(leg_id), err)
           || add_numbers(out, "level", s, n, AT(level), err) || add_numbers(out, "value", s, n, AT(value), err)
           || add_numbers(out, "stderr", s, n, AT(error), err)
           || add_numbers(out, "ci_low", s, n, AT(low), err) || add_numbers(out, "ci_high", s, n, AT(high), err)
           || add_numbers(out, "confidence", s, n, AT(confidence), err) || add_counts(out, "paths", s, n, AT(paths), err)
           || add_counts(out, "count", s, n, AT(count), err) ? -1 : 0;
#undef AT
}

int oc_statrows_write(const struct oc_statrows *s, struct oc_io *io, struct oc_err *err)
{
    struct oc_statrows rows = *s;

    return oc_run(io, &(struct oc_work){ .job = only_job, .make = make, .make_kind = "stat", .ctx = &rows }, err);
}

void oc_statrows_free(struct oc_statrows *s)
{
    free(s->v);
    *s = (struct oc_statrows){ 0 };
}
