/*
 * load - cells of a column to values, when somebody asks: oc_load() and oc_bind() of batch.h.
 *
 * The plain cells (a decimal, an RFC 3339 instant, a date, nothing at all) are read by the tight loops of cell.c; what those
 * do not understand (quotes, words of --na, garbage) comes back as a list of rows and is read here with care.
 * An unreadable cell is a missing value and an entry in b->bad; --on-error says what becomes of the row.
 */
#include "record/batch.h"
#include "record/cell.h"
#include "record/symtab.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int no_memory(struct oc_err *err) { return oc_fail(err, OC_MEMORY, "no memory for a column"); }

/* An unreadable cell, told by name with the text as the file has it (cut where it is long). */
static int bad_cell(struct oc_batch *b, const struct oc_col *c, size_t row, const char *s, size_t n, const char *why,
                    struct oc_err *err)
{
    char shown[48];

    snprintf(shown, sizeof shown, "%.*s%s", (int)(n < 40 ? n : 40), s, n < 40 ? "" : "...");
    for (char *p = shown; *p; p++)
        if ((unsigned char)*p < ' ')
            *p = '?';
    return oc_bad_row(b, row, c, err, "%s: '%s' %s", c->name, shown, why);
}

/* The alias under which the input has its `iv`; NULL: it has none, or by its own name, or scaled. */
static const char *alias_of_iv(const struct oc_batch *b, const struct oc_col *c)
{
    const int k = b->schema && strcmp(c->name, "iv") == 0 && !c->factor && !(c->flags & OC_COL_COMPUTED)
                      ? oc_schema_find(b->schema, "iv") : -1;

    return k >= 0 && strcmp(b->schema->field[k].source, "iv") != 0 ? b->schema->field[k].source : NULL;
}

/* A volatility above 10 under a foreign name is in percent: refused with the remedy, not divided. */
static int check_percent(struct oc_batch *b, struct oc_col *c, struct oc_err *err)
{
    const char *alias = alias_of_iv(b, c);

    c->flags |= OC_COL_JUDGED;
    for (size_t i = 0; alias && i < b->rows; i++)
        if (c->f64[i] > 10
            && oc_bad_row(b, i, c, err, "iv: %g is above 1000 %%: in percent? --map 'iv=%.40s*0.01'", c->f64[i], alias))
            return -1;
    return 0;
}

/* One cell that the tight loop passed on: 1 value, 0 missing, -1 unreadable. */
static int slow_value(const struct oc_batch *b, struct oc_col *c, size_t row, const char *s, size_t n, const char **why)
{
    bool flag = false;
    int rc = -1;

    switch (c->type) {
    case OC_F64:
        rc = c->factor ? oc_cell_scaled(b->reading, s, n, c->factor, &c->f64[row], why)
                       : oc_cell_f64(b->reading, s, n, &c->f64[row], why);
        if (rc != 1)
            c->f64[row] = NAN;
        break;
    case OC_I64: rc = oc_cell_i64(b->reading, s, n, &c->i64[row], why); break;
    case OC_TIME: rc = oc_cell_time(b->reading, s, n, &c->i64[row], why); break;
    case OC_DATE: rc = oc_cell_date(b->reading, s, n, &c->i32[row], why); break;
    case OC_BOOL:
        rc = oc_cell_bool(b->reading, s, n, &flag, why);
        if (rc == 1 && flag)
            oc_bit_set(c->bits, row);
        break;
    case OC_SYM:
    case OC_TEXT: break;
    }
    return rc;
}

static int slow_rows(struct oc_batch *b, struct oc_col *c, size_t n, const uint32_t *rows, struct oc_err *err)
{
    struct oc_buf scratch = { 0 };
    int rc = 0;

    for (size_t i = 0; i < n && rc == 0; i++) {
        const size_t row = rows ? rows[i] : i;
        const char *why = "is not readable", *s;
        size_t len;
        bool null = false;
        const char *raw = oc_cell(c, row, &len);
        s = oc_cell_text(b->dialect, raw, len, &scratch, &len, &null);
        const int got = null ? 0 : slow_value(b, c, row, s, len, &why);
        if (null && c->type == OC_F64)
            c->f64[row] = NAN;
        if (got < 1)
            rc = oc_batch_missing(b, c, row, err);
        if (got < 0 && rc == 0)
            rc = bad_cell(b, c, row, s, len, why, err);
    }
    oc_buf_free(&scratch);
    return rc;
}

/* Numbers, instants, dates and flags. */
static int load_values(struct oc_batch *b, struct oc_col *c, struct oc_err *err)
{
    const size_t n = b->rows, width = c->type == OC_DATE ? sizeof(int32_t) : sizeof(int64_t);
    const size_t bytes = c->type == OC_BOOL ? oc_bit_words(n) * sizeof(uint64_t) : n * width;
    uint32_t *left = oc_arena_alloc(&b->arena, n * sizeof *left);

    c->f64 = oc_arena_zero(&b->arena, 1, bytes);
    if (!c->f64 || !left)
        return no_memory(err);
    if (c->factor || b->dialect == OC_CELL_JSON)
        return slow_rows(b, c, n, NULL, err);
    size_t k = 0;
    switch (c->type) {
    case OC_F64: k = oc_cell_column_f64(b->reading, c->text, c->sep, c->stride, n, c->f64, left); break;
    case OC_I64: k = oc_cell_column_i64(b->reading, c->text, c->sep, c->stride, n, c->i64, left); break;
    case OC_TIME: k = oc_cell_column_time(b->reading, c->text, c->sep, c->stride, n, c->i64, left); break;
    case OC_DATE: k = oc_cell_column_date(b->reading, c->text, c->sep, c->stride, n, c->i32, left); break;
    default: return slow_rows(b, c, n, NULL, err);
    }
    return slow_rows(b, c, k, left, err);
}

/*
 * Cells of up to 8 bytes seen before, by their raw bytes: tickers, C and P, ok.  A look-up is a compare of one word,
 * where the table of texts would hash and compare bytes.
 */
struct short_cells { struct { uint64_t key; size_t len; int32_t id; } slot[64]; };

static uint64_t short_key(const char *raw, size_t len)
{
    uint64_t w;

    memcpy(&w, raw, sizeof w);          /* text may be read 64 bytes beyond its end */
    return len < 8 ? w & ((UINT64_C(1) << 8 * len) - 1) : w;
}

/* Dictionary text: the distinct cells of this batch, in order of first use.  Empty is missing. */
static int load_sym(struct oc_batch *b, struct oc_col *c, struct oc_err *err)
{
    struct oc_symtab tab = { 0 };
    struct oc_buf scratch = { 0 };
    int rc = 0;

    c->i32 = oc_arena_zero(&b->arena, b->rows, sizeof *c->i32);
    if (!c->i32)
        return no_memory(err);
    struct short_cells seen;
    memset(&seen, 0, sizeof seen);
    for (size_t r = 0; r < b->rows && rc == 0; r++) {
        size_t len;
        bool null = false;
        const char *raw = oc_cell(c, r, &len);
        const uint64_t key = len <= 8 ? short_key(raw, len) : 0;
        const size_t k = key * UINT64_C(0x9e3779b97f4a7c15) >> 58;
        if (len && len <= 8 && seen.slot[k].len == len && seen.slot[k].key == key) {
            c->i32[r] = seen.slot[k].id;
            continue;
        }
        size_t n;
        const char *s = oc_cell_text(b->dialect, raw, len, &scratch, &n, &null);
        if (null || n == 0) {
            rc = oc_batch_missing(b, c, r, err);
            continue;
        }
        c->i32[r] = oc_symtab_id(&tab, s, n);
        if (c->i32[r] < 0)
            rc = no_memory(err);
        if (len <= 8) {
            seen.slot[k].key = key;
            seen.slot[k].len = len;
            seen.slot[k].id = c->i32[r];
        }
    }
    if (rc == 0 && !(c->dict = oc_symtab_dict(&tab, err)))
        rc = -1;
    oc_symtab_free(&tab);
    oc_buf_free(&scratch);
    return rc;
}

static int load_text(struct oc_batch *b, struct oc_col *c, struct oc_err *err)
{
    struct oc_buf scratch = { 0 };
    size_t total = 0;

    for (size_t r = 0; r < b->rows; r++)
        total += c->sep[r * c->stride + 1] - c->sep[r * c->stride] - 1;
    char *chars = oc_arena_alloc(&b->arena, total);
    c->i32 = oc_arena_zero(&b->arena, b->rows + 1, sizeof *c->i32);
    if (!c->i32 || !chars)
        return no_memory(err);
    int32_t at = 0;
    for (size_t r = 0; r < b->rows; r++) {
        size_t len;
        bool null = false;
        const char *raw = oc_cell(c, r, &len);
        const char *s = oc_cell_text(b->dialect, raw, len, &scratch, &len, &null);
        if ((null || len == 0) && oc_batch_missing(b, c, r, err)) {
            oc_buf_free(&scratch);
            return -1;
        }
        c->i32[r] = at;
        memcpy(chars + at, s, len);     /* decoded text is never longer than raw */
        at += (int32_t)len;
    }
    c->i32[b->rows] = at;
    c->chars = chars;
    oc_buf_free(&scratch);
    return 0;
}

int oc_load(struct oc_batch *b, struct oc_col *c, struct oc_err *err)
{
    int rc = 0;

    if (c->flags & OC_COL_LOADED)           /* so it comes from Arrow; what is judged of cells is judged of it too */
        return c->type == OC_F64 && !(c->flags & OC_COL_JUDGED) ? check_percent(b, c, err) : 0;
    if (!c->sep && b->rows)
        return oc_fail(err, OC_INTERNAL, "column '%s' has neither cells nor values", c->name);
    switch (c->type) {
    case OC_SYM: rc = load_sym(b, c, err); break;
    case OC_TEXT: rc = load_text(b, c, err); break;
    default: rc = load_values(b, c, err); break;
    }
    if (rc == 0)
        c->flags |= OC_COL_LOADED;
    if (rc == 0 && c->type == OC_F64)
        rc = check_percent(b, c, err);
    return rc;
}

struct oc_col *oc_load_named(struct oc_batch *b, const char *name, enum oc_type type, int *rc, struct oc_err *err)
{
    struct oc_col *c = oc_col(b, name);

    if (c && c->type != type)
        c = NULL;
    if (c && *rc == 0 && oc_load(b, c, err))
        *rc = -1;
    return c;
}

int oc_bind(struct oc_batch *b, const struct oc_bindcol *cols, void *out, struct oc_err *err)
{
    for (const struct oc_bindcol *k = cols; k->name; k++) {
        void *field = (char *)out + k->field;
        struct oc_col *c = oc_col(b, k->name);
        if (!c && k->need == OC_REQUIRED)
            return oc_fail(err, OC_COLUMN, "the input has no column '%s', which is required", k->name);
        if (c && c->type != k->type)
            return oc_fail(err, OC_COLUMN, "column '%s' is of type '%c' where '%c' is needed", k->name,
                           (char)c->type, (char)k->type);
        if (c && oc_load(b, c, err))
            return -1;
        switch (k->type) {
        case OC_F64: *(const double **)field = c ? c->f64 : NULL; break;
        case OC_TIME:
        case OC_I64: *(struct oc_intcol *)field = c ? (struct oc_intcol){ c->i64, c->valid } : (struct oc_intcol){ 0 };
            break;
        case OC_DATE: *(struct oc_daycol *)field = c ? (struct oc_daycol){ c->i32, c->valid } : (struct oc_daycol){ 0 };
            break;
        case OC_SYM: *(struct oc_symcol *)field = c ? (struct oc_symcol){ c->i32, c->valid, c->dict }
                                                    : (struct oc_symcol){ 0 };
            break;
        case OC_TEXT:
        case OC_BOOL: return oc_fail(err, OC_INTERNAL, "column '%s' cannot be bound", k->name);
        }
    }
    return 0;
}
