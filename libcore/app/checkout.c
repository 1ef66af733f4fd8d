/* checkout - see checkout.h.  Columns are filled one after the other from the array of findings. */
#include "app/checkout.h"

#include "record/symtab.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* The text of one column of a finding; NULL: absent. */
typedef const char *get_text(const struct oc_finding *f);

static const char *get_check(const struct oc_finding *f) { return oc_check_name(f->check); }
static const char *get_severity(const struct oc_finding *f) { return oc_check_severity(f->severity); }
static const char *get_band(const struct oc_finding *f) { return f->band; }
static const char *get_symbol(const struct oc_finding *f) { return *f->symbol ? f->symbol : NULL; }
static const char *get_column(const struct oc_finding *f) { return f->column; }
static const char *get_file(const struct oc_finding *f) { return f->file; }
static const char *get_key(const struct oc_finding *f) { return f->key; }
static const char *get_legs(const struct oc_finding *f) { return f->legs; }
static const char *get_message(const struct oc_finding *f) { return f->message; }

static int put_sym(struct oc_batch *b, const char *name, const struct oc_finding *f, get_text *get, struct oc_err *err)
{
    struct oc_symtab t = { 0 };
    int32_t *ids = malloc((b->rows + 1) * sizeof *ids), *index;
    uint64_t *valid;
    bool failed = !ids || oc_symtab_id(&t, "", 0) < 0;

    for (size_t i = 0; !failed && i < b->rows; i++) {
        const char *s = get(&f[i]);
        ids[i] = s ? oc_symtab_id(&t, s, strlen(s)) : -2;
        failed = ids[i] == -1;
    }
    struct oc_dict *d = failed ? NULL : oc_symtab_dict(&t, err);
    int rc = d ? oc_add_sym(b, name, d, &index, &valid, err) : oc_fail(err, OC_MEMORY, "no memory for check records");
    for (size_t i = 0; rc == 0 && i < b->rows; i++) {
        index[i] = ids[i] < 0 ? 0 : ids[i];
        if (ids[i] < 0)
            oc_bit_clear(valid, i);
    }
    oc_dict_drop(d);
    oc_symtab_free(&t);
    free(ids);
    return rc;
}

static int put_text(struct oc_batch *b, const char *name, const struct oc_finding *f, get_text *get, struct oc_err *err)
{
    size_t total = 0;
    int32_t *off;
    char *bytes;

    for (size_t i = 0; i < b->rows; i++)
        total += strlen(get(&f[i]));
    if (oc_add_text(b, name, total, &off, &bytes, err))
        return -1;
    size_t n = 0;
    for (size_t i = 0; i < b->rows; i++) {
        const char *s = get(&f[i]);
        off[i] = (int32_t)n;
        memcpy(bytes + n, s, strlen(s));
        n += strlen(s);
    }
    off[b->rows] = (int32_t)n;
    return 0;
}

static int64_t get_tier(const struct oc_finding *f) { return oc_check_tier(f->check); }
static int64_t get_ts(const struct oc_finding *f) { return f->ts == INT64_MIN ? -1 : f->ts; }
static int64_t get_end(const struct oc_finding *f) { return f->end_ts == INT64_MIN ? -1 : f->end_ts; }
static int64_t get_line(const struct oc_finding *f) { return f->line ? f->line : -1; }
static int64_t get_count(const struct oc_finding *f) { return f->count; }
static int64_t get_rows(const struct oc_finding *f) { return f->rows; }

/* Whole numbers and instants; -1 is absent in all of them but instants, which say it by the field. */
static int put_int(struct oc_batch *b, const char *name, enum oc_type type, const struct oc_finding *f,
                   int64_t (*get)(const struct oc_finding *), struct oc_err *err)
{
    int64_t *v;
    uint64_t *valid;

    if (oc_add_i64(b, name, type, &v, &valid, err))
        return -1;
    for (size_t i = 0; i < b->rows; i++) {
        v[i] = get(&f[i]);
        const bool absent = get == get_ts ? f[i].ts == INT64_MIN : get == get_end ? f[i].end_ts == INT64_MIN : v[i] < 0;
        if (absent) {
            v[i] = 0;
            oc_bit_clear(valid, i);
        }
    }
    return 0;
}

int oc_checkout_write(struct oc_side *s, const struct oc_finding *f, size_t n, struct oc_err *err)
{
    struct oc_batch *b = oc_side_batch(s, n, err);
    double *value, *limit, *edge;

    if (!b || put_sym(b, "check", f, get_check, err) || put_sym(b, "severity", f, get_severity, err)
        || put_sym(b, "band", f, get_band, err) || put_int(b, "tier", OC_I64, f, get_tier, err)
        || put_sym(b, "symbol", f, get_symbol, err) || put_int(b, "ts", OC_TIME, f, get_ts, err)
        || put_int(b, "end_ts", OC_TIME, f, get_end, err) || put_text(b, "file", f, get_file, err)
        || put_int(b, "line", OC_I64, f, get_line, err) || put_sym(b, "column", f, get_column, err)
        || put_text(b, "row_key", f, get_key, err) || oc_add_f64(b, "value", &value, err) || oc_add_f64(b, "limit",
                                                            &limit, err)
        || put_int(b, "count", OC_I64, f, get_count, err) || put_int(b, "rows", OC_I64, f, get_rows, err)
        || put_text(b, "message", f, get_message, err) || put_text(b, "legs", f, get_legs, err)
            || oc_add_f64(b, "edge", &edge, err))
        return -1;
    for (size_t i = 0; i < n; i++) {
        value[i] = f[i].value;
        limit[i] = f[i].limit;
        edge[i] = f[i].edge;
    }
    return oc_side_write(s, err);
}

int oc_checkout_summary(struct oc_side *s, const struct oc_checks *c, struct oc_err *err)
{
    for (size_t i = 0; i < OC_CHECKS; i++)
        if (c->item[i].nsample && oc_checkout_write(s, c->item[i].sample, c->item[i].nsample, err))
            return -1;
    for (size_t i = 0; i < OC_CHECKS; i++) {
        const struct oc_checkitem *it = &c->item[i];
        if (!it->on || (!it->rows && !it->hits))
            continue;
        struct oc_finding f = { .check = (enum oc_check_id)i, .severity = it->hits ? it->severity : OC_SEVERITY_OK,
                                .ts = INT64_MIN,
                                .end_ts = INT64_MIN, .value = NAN, .limit = it->limit, .count = (int64_t)it->hits,
                                .rows = (int64_t)it->rows, .edge = NAN };
        if (oc_checkout_write(s, &f, 1, err))
            return -1;
    }
    return 0;
}

int oc_checkout_verdict(const struct oc_checks *c, struct oc_err *err)
{
    char text[512];
    size_t n = 0;

    for (size_t i = 0; i < OC_CHECKS && n < sizeof text - 80; i++)
        if (c->item[i].on && c->item[i].severity == OC_SEVERITY_FAILED && c->item[i].hits)
            n += (size_t)snprintf(text + n, sizeof text - n, "%s%s %llu", n ? ", " : "", oc_check_name((enum oc_check_id)i),
                                  (unsigned long long)c->item[i].hits);
    return oc_fail(err, OC_RULE, "checks failed: %s", text);
}
