/* barwhose - see barwhose.h */
#include "app/barwhose.h"

#include "record/symtab.h"

#include <stdio.h>
#include <string.h>

static int no_memory(struct oc_err *err) { return oc_fail(err, OC_MEMORY, "no memory for the name of a run"); }

void oc_barwhose_begin(struct oc_barwhose *w, const struct oc_schema *in)
{
    w->has_run = oc_schema_find(in, "run") >= 0;
    w->has_path = oc_schema_find(in, "path") >= 0;
}

void oc_barwhose_free(struct oc_barwhose *w) { oc_buf_free(&w->run); }

/* ---- rows ---------------------------------------------------------------------------------------------------- */

static const char *run_of(const struct oc_barwhosecols *c, size_t row, size_t *n)
{
    *n = 0;
    if (!c->run.index || !oc_bit(c->run.valid, row))
        return "";
    const uint32_t i = (uint32_t)c->run.index[row];
    *n = c->run.dict->off[i + 1] - c->run.dict->off[i];
    return c->run.dict->bytes + c->run.dict->off[i];
}

/* What a message calls a path: its number, or nothing. */
static const char *path_name(bool pathed, int64_t path, char *buf, size_t size)
{
    if (!pathed)
        return "none";
    snprintf(buf, size, "%lld", (long long)path);
    return buf;
}

static int refuse_run(const struct oc_barwhose *w, struct oc_batch *in, size_t row, const char *run, size_t n,
                      struct oc_err *err)
{
    return oc_bad_row(in, row, oc_col(in, "run"), err, "run: '%.*s' behind '%.*s': bars are of one run, --where chooses it",
                      n > 20 ? 20 : (int)n, run, w->run.n > 20 ? 20 : (int)w->run.n, w->run.n ? w->run.p : "");
}

static int refuse_path(const struct oc_barwhose *w, struct oc_batch *in, size_t row, bool pathed, int64_t path,
                       struct oc_err *err)
{
    char a[24], b[24];

    return oc_bad_row(in, row, oc_col(in, "path"), err, "path: %s behind %s: bars are of one path, --where chooses it",
                      path_name(pathed, path, a, sizeof a), path_name(w->pathed, w->path, b, sizeof b));
}

int oc_barwhose_check(struct oc_barwhose *w, const struct oc_barwhosecols *c, struct oc_batch *in, const uint64_t *bad,
                      struct oc_err *err)
{
    if (!c->run.index && !c->path.v)
        return 0;
    for (size_t i = 0; i < in->rows; i++) {
        size_t n;
        const char *run = run_of(c, i, &n);
        const bool pathed = c->path.v && oc_bit(c->path.valid, i);
        const int64_t path = pathed ? c->path.v[i] : 0;
        if (bad && oc_bit(bad, i))
            continue;
        if (!w->known) {
            oc_buf_put(&w->run, run, n);
            w->pathed = pathed;
            w->path = path;
            w->known = true;
            if (w->run.failed)
                return no_memory(err);
        }
        const bool same = w->run.n == n && (n == 0 || memcmp(w->run.p, run, n) == 0);
        if (!same && refuse_run(w, in, i, run, n, err))
            return -1;
        if (same && (pathed != w->pathed || path != w->path) && refuse_path(w, in, i, pathed, path, err))
            return -1;
    }
    return 0;
}

/* ---- bars ---------------------------------------------------------------------------------------------------- */

static int add_run(const struct oc_barwhose *w, struct oc_batch *out, struct oc_err *err)
{
    struct oc_symtab t = { 0 };
    uint64_t *valid;
    int32_t *v;

    const bool ok = oc_symtab_id(&t, w->run.n ? w->run.p : "", w->run.n) >= 0;
    struct oc_dict *d = ok ? oc_symtab_dict(&t, err) : NULL;
    const int rc = d ? oc_add_sym(out, "run", d, &v, &valid, err) : no_memory(err);
    for (size_t i = 0; rc == 0 && i < out->rows; i++) {
        v[i] = 0;
        if (!w->run.n)
            oc_bit_clear(valid, i);
    }
    oc_dict_drop(d);
    oc_symtab_free(&t);
    return rc;
}

int oc_barwhose_columns(const struct oc_barwhose *w, struct oc_batch *out, struct oc_err *err)
{
    uint64_t *valid;
    int64_t *v;

    if (w->has_run && add_run(w, out, err))
        return -1;
    if (!w->has_path)
        return 0;
    if (oc_add_i64(out, "path", OC_I64, &v, &valid, err))
        return -1;
    for (size_t i = 0; i < out->rows; i++) {
        v[i] = w->path;
        if (!w->pathed)
            oc_bit_clear(valid, i);
    }
    return 0;
}

void oc_barwhose_keep(struct oc_barkeep *k, struct oc_barwhose *w)
{
    const char *run = oc_buf_str(&w->run);
    size_t n = w->run.n;

    oc_barkeep_bool(k, "known", &w->known);
    oc_barkeep_text(k, "run", &run, &n);
    oc_barkeep_bool(k, "pathed", &w->pathed);
    oc_barkeep_i64(k, "path", &w->path);
    if (k->reading && !k->bad) {
        w->run.n = 0;
        oc_buf_put(&w->run, run, n);
        k->bad = w->run.failed;
    }
}
