/* arrow_cast - see arrow_cast.h. */
#include "record/arrow_cast.h"
#include "base/num.h"
#include "base/time.h"
#include "record/symtab.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* One conversion: row i of v into c.  1 value, 0 missing, -1 unreadable with a reason. */
typedef int convert(const struct oc_reading *g, const struct oc_col *v, size_t i, struct oc_col *c, const char **why);

static int no_memory(struct oc_err *err) { return oc_fail(err, OC_MEMORY, "no memory for an Arrow column"); }

int oc_arrow_cast_missing(struct oc_batch *b, struct oc_col *c, size_t row, struct oc_err *err)
{
    if (!c->valid) {
        const size_t n = oc_bit_words(b->rows) * sizeof *c->valid;
        c->valid = oc_arena_alloc(&b->arena, n);
        if (!c->valid)
            return no_memory(err);
        memset(c->valid, 0xff, n);
    }
    oc_bit_clear(c->valid, row);
    return 0;
}

/* ---- what a value says as text ----------------------------------------------------------------------------------- */

static const char *text_of(const struct oc_col *v, size_t i, size_t *n)
{
    if (v->type == OC_TEXT) {
        *n = (size_t)(v->i32[i + 1] - v->i32[i]);
        return v->chars + v->i32[i];
    }
    const uint32_t *off = v->dict->off + v->i32[i];
    *n = off[1] - off[0];
    return v->dict->bytes + off[0];
}

static bool is_text(enum oc_type t) { return t == OC_TEXT || t == OC_SYM; }

static bool there(const struct oc_col *v, size_t i)
{
    return v->type == OC_F64 ? !isnan(v->f64[i]) : oc_bit(v->valid, i);
}

/* For messages and for text columns; room for OC_NUM_PRINT_MAX or OC_TIME_PRINT_MAX. */
static const char *show(const struct oc_col *v, size_t i, char buf[64], size_t *n)
{
    switch (v->type) {
    case OC_F64: *n = oc_num_print_f64(buf, v->f64[i]); return buf;
    case OC_I64: *n = oc_num_print_i64(buf, v->i64[i]); return buf;
    case OC_TIME: *n = oc_time_print(buf, v->i64[i]); return buf;
    case OC_DATE: *n = oc_time_print_date(buf, v->i32[i]); return buf;
    case OC_BOOL: *n = oc_bit(v->bits, i) ? 4 : 5; return oc_bit(v->bits, i) ? "true" : "false";
    default: return text_of(v, i, n);
    }
}

/* ---- the conversions --------------------------------------------------------------------------------------------- */

static int text_to_value(const struct oc_reading *g, const struct oc_col *v, size_t i, struct oc_col *c, const char **why)
{
    size_t n;
    const char *s = text_of(v, i, &n);
    bool flag = false;
    int rc = -1;

    switch (c->type) {
    case OC_F64:
        return c->factor ? oc_cell_scaled(g, s, n, c->factor, &c->f64[i], why) : oc_cell_f64(g, s, n, &c->f64[i], why);
    case OC_I64: return oc_cell_i64(g, s, n, &c->i64[i], why);
    case OC_TIME: return oc_cell_time(g, s, n, &c->i64[i], why);
    case OC_DATE: return oc_cell_date(g, s, n, &c->i32[i], why);
    case OC_BOOL:
        rc = oc_cell_bool(g, s, n, &flag, why);
        if (rc == 1 && flag)
            oc_bit_set(c->bits, i);
        return rc;
    default: return -1;
    }
}

static int int_to_f64(const struct oc_reading *g, const struct oc_col *v, size_t i, struct oc_col *c, const char **why)
{
    (void)g, (void)why;
    c->f64[i] = (double)v->i64[i];
    return 1;
}

/* The number's decimal times the exact factor, rounded once, as from CSV. */
static int scaled(const struct oc_reading *g, const struct oc_col *v, size_t i, struct oc_col *c, const char **why)
{
    char buf[64];
    size_t n;
    const char *s = show(v, i, buf, &n);

    if (v->type == OC_F64 && isinf(v->f64[i])) {
        *why = "is no number";
        return -1;
    }
    return oc_cell_scaled(g, s, n, c->factor, &c->f64[i], why);
}

static int f64_to_int(const struct oc_reading *g, const struct oc_col *v, size_t i, struct oc_col *c, const char **why)
{
    (void)g;
    const double x = v->f64[i];
    if (!(x >= -9223372036854775808.0 && x < 9223372036854775808.0) || x != (double)(int64_t)x) {
        *why = "is no whole number";
        return -1;
    }
    c->i64[i] = (int64_t)x;
    return 1;
}

static int int_to_time(const struct oc_reading *g, const struct oc_col *v, size_t i, struct oc_col *c, const char **why)
{
    if (!g || g->ts_unit == 0) {
        *why = "is a number; --ts-unit s|ms|us|ns says what it counts";
        return -1;
    }
    if (__builtin_mul_overflow(v->i64[i], g->ts_unit, &c->i64[i]) || c->i64[i] == INT64_MIN) {
        *why = "is no instant";
        return -1;
    }
    return 1;
}

static int date_to_time(const struct oc_reading *g, const struct oc_col *v, size_t i, struct oc_col *c, const char **why)
{
    if (!g || !g->at) {
        *why = "is a date alone; --at says the time of day";
        return -1;
    }
    return g->at(g->at_ctx, v->i32[i], &c->i64[i], why) ? -1 : 1;
}

/* pandas has no dates: an instant at midnight is one. */
static int time_to_date(const struct oc_reading *g, const struct oc_col *v, size_t i, struct oc_col *c, const char **why)
{
    int64_t midnight;

    (void)g;
    const int32_t day = oc_time_date(v->i64[i]);
    if (oc_time_midnight(day, &midnight) || midnight != v->i64[i]) {
        *why = "is an instant, where a date is needed";
        return -1;
    }
    c->i32[i] = day;
    return 1;
}

static int int_to_bool(const struct oc_reading *g, const struct oc_col *v, size_t i, struct oc_col *c, const char **why)
{
    (void)g;
    if (v->i64[i] != 0 && v->i64[i] != 1) {
        *why = "is neither 0 nor 1";
        return -1;
    }
    if (v->i64[i])
        oc_bit_set(c->bits, i);
    return 1;
}

/* How a value of one type becomes one of another; NULL: it does not. */
static convert *conversion(const struct oc_col *v, const struct oc_col *c)
{
    if (is_text(v->type))
        return is_text(c->type) || (c->factor && c->type != OC_F64) ? NULL : text_to_value;
    if (c->factor)
        return c->type == OC_F64 && (v->type == OC_F64 || v->type == OC_I64) ? scaled : NULL;
    if (v->type == OC_I64)
        return c->type == OC_F64 ? int_to_f64 : c->type == OC_TIME ? int_to_time : c->type == OC_BOOL ? int_to_bool : NULL;
    if (v->type == OC_F64 && c->type == OC_I64)
        return f64_to_int;
    if (v->type == OC_DATE && c->type == OC_TIME)
        return date_to_time;
    return v->type == OC_TIME && c->type == OC_DATE ? time_to_date : NULL;
}

/* Cells that mean nothing are missing, and told. */
static int unreadable(struct oc_batch *b, const struct oc_col *v, struct oc_col *c, size_t i, const char *why,
                      struct oc_err *err)
{
    char buf[64], shown[48];
    size_t n;
    const char *s = show(v, i, buf, &n);

    snprintf(shown, sizeof shown, "%.*s%s", (int)(n < 40 ? n : 40), s, n < 40 ? "" : "...");
    for (char *p = shown; *p; p++)
        if ((unsigned char)*p < ' ')
            *p = '?';
    return oc_bad_row(b, i, c, err, "%s: '%s' %s", c->name, shown, why);
}

static int convert_rows(struct oc_batch *b, const struct oc_reading *g, convert *fn, const struct oc_col *v,
                        struct oc_col *c, struct oc_err *err)
{
    const struct oc_reading plain = { .na = oc_cell_na, .nna = OC_CELL_NNA };
    const size_t bytes = c->type == OC_BOOL ? 8 * oc_bit_words(b->rows) : 8 * b->rows;

    c->f64 = oc_arena_zero(&b->arena, 1, bytes);
    c->valid = NULL;
    if (!c->f64)
        return no_memory(err);
    for (size_t i = 0; i < b->rows; i++) {
        const char *why = "is not readable";
        const int got = there(v, i) ? fn(g ? g : &plain, v, i, c, &why) : 0;
        if (got == 1)
            continue;
        if (c->type == OC_F64)
            c->f64[i] = NAN;
        else if (c->type == OC_DATE)
            c->i32[i] = 0;
        else if (c->type != OC_BOOL)
            c->i64[i] = 0;
        if (c->type != OC_F64 && oc_arrow_cast_missing(b, c, i, err))
            return -1;
        if (got < 0 && unreadable(b, v, c, i, why, err))
            return -1;
    }
    return 0;
}

/* ---- to text ----------------------------------------------------------------------------------------------------- */

static int to_sym(struct oc_batch *b, const struct oc_col *v, struct oc_col *c, struct oc_err *err)
{
    struct oc_symtab tab = { 0 };
    char buf[64];
    int rc = 0;

    c->valid = NULL;
    c->i32 = oc_arena_zero(&b->arena, b->rows, sizeof *c->i32);
    if (!c->i32)
        return no_memory(err);
    for (size_t i = 0; i < b->rows && rc == 0; i++) {
        size_t n = 0;
        const char *s = there(v, i) ? show(v, i, buf, &n) : "";
        const int32_t id = n ? oc_symtab_id(&tab, s, n) : 0;    /* empty text is missing, as in CSV */
        if (id < 0)
            rc = no_memory(err);
        else if (n)
            c->i32[i] = id;
        else
            rc = oc_arrow_cast_missing(b, c, i, err);
    }
    if (rc == 0 && !(c->dict = oc_symtab_dict(&tab, err)))
        rc = -1;
    oc_symtab_free(&tab);
    return rc;
}

static int to_text(struct oc_batch *b, const struct oc_col *v, struct oc_col *c, struct oc_err *err)
{
    uint64_t total = 0;
    char buf[64], *chars;
    size_t n = 0;

    c->valid = v->valid;
    c->i32 = oc_arena_alloc(&b->arena, (b->rows + 1) * sizeof *c->i32);
    if (!c->i32)
        return no_memory(err);
    for (size_t i = 0; i < b->rows; i++) {
        c->i32[i] = (int32_t)total;
        if (there(v, i)) {
            show(v, i, buf, &n);
            total += n;
        }
        if (total > INT32_MAX)
            return oc_fail(err, OC_LIMIT, "a batch has more than 2 GiB of text in column '%s'", c->name);
    }
    c->i32[b->rows] = (int32_t)total;
    c->chars = chars = oc_arena_alloc(&b->arena, total);
    if (!chars)
        return no_memory(err);
    for (size_t i = 0; i < b->rows; i++)
        if (there(v, i)) {
            const char *s = show(v, i, buf, &n);
            memcpy(chars + c->i32[i], s, n);
        }
    return 0;
}

int oc_arrow_cast(struct oc_batch *b, const struct oc_reading *reading, struct oc_col *v, struct oc_col *c,
                  struct oc_err *err)
{
    static const char *const names[] = { ['t'] = "instants", ['d'] = "dates", ['f'] = "numbers", ['i'] = "integers",
                                         ['s'] = "text", ['x'] = "text", ['b'] = "booleans" };

    c->flags |= OC_COL_LOADED;
    if (v->type == c->type && !c->factor) {
        c->valid = v->valid;
        c->chars = v->chars;
        c->dict = oc_dict_keep(v->dict);
        c->i64 = v->i64;
        return 0;
    }
    if (!c->factor && c->type == OC_SYM && (v->type == OC_TEXT || v->type == OC_I64))
        return to_sym(b, v, c, err);
    if (!c->factor && c->type == OC_TEXT && (v->type == OC_SYM || v->type == OC_I64))
        return to_text(b, v, c, err);
    convert *fn = conversion(v, c);
    if (!fn)
        return oc_fail(err, OC_DATA, "it holds %s%s where %s are needed", names[v->type],
                       c->factor ? " (to be scaled)" : "", names[c->type]);
    return convert_rows(b, reading, fn, v, c, err);
}
