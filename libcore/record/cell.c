/*
 * cell - see cell.h.  The loops over a column take the plain spellings without a call for what surrounds them; whatever
 * else they meet goes on the list, and the functions for one value say what it is or why not.
 */
#include "record/cell.h"
#include "base/num.h"
#include "base/time.h"
#include "record/cellnum.h"

#include <math.h>
#include <string.h>

const char *const oc_cell_na[OC_CELL_NNA] = { "NA", "N/A", "NaN", "nan", "null", "NULL", "-", "--" };

static bool is_blank(char c) { return c == ' ' || c == '\t'; }
static bool is_digit(char c) { return (unsigned char)(c - '0') < 10; }

static void trim(const char **s, size_t *n)
{
    while (*n && is_blank(**s)) {
        ++*s;
        --*n;
    }
    while (*n && is_blank((*s)[*n - 1]))
        --*n;
}

/* Trimmed; true where the cell is empty or a word of --na. */
static bool missing(const struct oc_reading *r, const char **s, size_t *n)
{
    trim(s, n);
    if (!*n)
        return true;
    for (size_t i = 0; i < r->nna; i++)
        if (strlen(r->na[i]) == *n && memcmp(r->na[i], *s, *n) == 0)
            return true;
    return false;
}

static int number_result(int rc, const char **why)
{
    if (rc == OC_NUM_OK)
        return 1;
    *why = rc == OC_NUM_RANGE ? "is out of range" : "is not a number";
    return -1;
}

int oc_cell_f64(const struct oc_reading *r, const char *s, size_t n, double *v, const char **why)
{
    return missing(r, &s, &n) ? 0 : number_result(oc_num_f64(s, n, v), why);
}

int oc_cell_scaled(const struct oc_reading *r, const char *s, size_t n, const char *factor, double *v, const char **why)
{
    return missing(r, &s, &n) ? 0 : number_result(oc_num_scaled(s, n, factor, v), why);
}

/* 12, and 12.0 as tools write whole numbers that once had a gap among them. */
int oc_cell_i64(const struct oc_reading *r, const char *s, size_t n, int64_t *v, const char **why)
{
    if (missing(r, &s, &n))
        return 0;
    const char *point = memchr(s, '.', n);
    if (point && point > s && is_digit(point[-1])) {
        const char *z = point + 1;
        while (z < s + n && *z == '0')
            z++;
        if (z == s + n)
            n = (size_t)(point - s);
    }
    const int rc = oc_num_i64(s, n, v);
    double x;
    if (rc == OC_NUM_BAD && oc_num_f64(s, n, &x) == OC_NUM_OK) {
        *why = "is not a whole number";
        return -1;
    }
    return number_result(rc, why);
}

/* ---- instants ---------------------------------------------------------------------------------------------- */

/* [+-] digits [. digits] and nothing else */
static bool is_count(const char *s, size_t n, size_t *point)
{
    size_t i = n && (*s == '-' || *s == '+'), digits = 0;

    *point = n;
    for (; i < n; i++) {
        if (*point == n && s[i] == '.')
            *point = i;
        else if (is_digit(s[i]))
            digits++;
        else
            return false;
    }
    return digits > 0;
}

/* A number of units to nanoseconds, exactly; what is below a nanosecond is refused unless it is zeros. */
static int count_to_ns(const struct oc_reading *r, const char *s, size_t n, size_t point, int64_t *v, const char **why)
{
    int64_t whole = 0, part = 0, unit = r->ts_unit;

    if (!unit) {
        *why = "is a number: --ts-unit says of what";
        return -1;
    }
    /* ".5", "-.5": no digit before the point */
    if (point > (size_t)(*s == '-' || *s == '+') && oc_num_i64(s, point, &whole))
        goto outside;
    for (size_t i = point + 1; i < n; i++) {
        if (unit == 1 && s[i] != '0') {
            *why = "is finer than a nanosecond";
            return -1;
        }
        unit = unit > 1 ? unit / 10 : 1;
        part += unit * (s[i] - '0');
    }
    if (__builtin_mul_overflow(whole, r->ts_unit, &whole)
        || __builtin_add_overflow(whole, *s == '-' ? -part : part, v) || *v == INT64_MIN)
        goto outside;
    return 1;
outside:
    *why = "is outside the years 1677 to 2262";
    return -1;
}

int oc_cell_time(const struct oc_reading *r, const char *s, size_t n, int64_t *v, const char **why)
{
    struct oc_stamp t;
    size_t point;

    if (missing(r, &s, &n))
        return 0;
    if (is_count(s, n, &point))
        return count_to_ns(r, s, n, point, v, why);
    if (oc_time_parse(s, n, &t) != n) {
        *why = n > 4 && is_digit(s[0]) && is_digit(s[3]) && s[4] == '-' ? oc_time_why(s, n) : "is not a time (RFC 3339)";
        return -1;
    }
    if (t.absolute) {
        *v = t.ns;
        return 1;
    }
    if (t.parts == OC_TIME_HAS_DATE) {
        *why = "is a date alone: --at says when on that day";
        return r->at && r->at(r->at_ctx, oc_time_date(t.ns), v, why) == 0 ? 1 : -1;
    }
    *why = "has no zone: --tz says which";
    return r->local && r->local(r->zone, t.ns, v, why) == 0 ? 1 : -1;
}

int oc_cell_date(const struct oc_reading *r, const char *s, size_t n, int32_t *v, const char **why)
{
    if (missing(r, &s, &n))
        return 0;
    if (n == 10 && oc_time_parse_date(s, n, v) == 10)
        return 1;
    *why = "is not a date (YYYY-MM-DD)";
    return -1;
}

int oc_cell_bool(const struct oc_reading *r, const char *s, size_t n, bool *v, const char **why)
{
    (void)r;
    trim(&s, &n);
    if (!n)
        return 0;
    *v = (n == 4 && memcmp(s, "true", 4) == 0) || (n == 1 && *s == '1');
    if (*v || (n == 5 && memcmp(s, "false", 5) == 0) || (n == 1 && *s == '0'))
        return 1;
    *why = "is neither true nor false";
    return -1;
}

/* ---- columns ----------------------------------------------------------------------------------------------- */

/* Some vendors put a blank behind every comma. */
static bool blanked(const char *s, size_t n, double *v)
{
    trim(&s, &n);
    *v = NAN;
    if (!n || oc_num_f64(s, n, v) == OC_NUM_OK)
        return true;
    *v = NAN;
    return false;
}

size_t oc_cell_column_f64(const struct oc_reading *r, const char *text, const uint32_t *sep, size_t stride,
                          size_t rows, double *out, uint32_t *left)
{
    const size_t n = oc_cellnum_f64(text, sep, stride, rows, out, left);
    size_t k = 0;

    (void)r;                                /* words of --na are no numbers, whatever they are */
    for (size_t i = 0; i < n; i++) {
        const uint32_t *cell = sep + left[i] * stride;
        const char *s = text + cell[0] + 1;
        const size_t len = cell[1] - cell[0] - 1;
        if (oc_num_f64(s, len, &out[left[i]]) && !blanked(s, len, &out[left[i]]))
            left[k++] = left[i];
    }
    return k;
}

size_t oc_cell_column_i64(const struct oc_reading *r, const char *text, const uint32_t *sep, size_t stride,
                          size_t rows, int64_t *out, uint32_t *left)
{
    size_t k = 0;

    (void)r;
    for (size_t i = 0; i < rows; i++, sep += stride) {
        int64_t v = 0;
        if (oc_num_i64(text + sep[0] + 1, sep[1] - sep[0] - 1, &v)) {
            v = 0;
            left[k++] = (uint32_t)i;
        }
        out[i] = v;
    }
    return k;
}

/* Equal texts of n bytes, 10 at least, without a call. */
static inline bool same_text(const char *a, const char *b, size_t n)
{
    uint64_t x, y, any = 0;

    for (size_t i = 0; i + 8 < n; i += 8) {
        memcpy(&x, a + i, 8);
        memcpy(&y, b + i, 8);
        any |= x ^ y;
    }
    memcpy(&x, a + n - 8, 8);
    memcpy(&y, b + n - 8, 8);
    return (any | (x ^ y)) == 0;
}

/*
 * Instants and dates come in runs of equal cells (all rows of a chain), so the text before is compared first: 2 ns
 * instead of 10.
 */
size_t oc_cell_column_time(const struct oc_reading *r, const char *text, const uint32_t *sep, size_t stride,
                           size_t rows, int64_t *out, uint32_t *left)
{
    const char *last = NULL;
    size_t last_n = 0, k = 0;
    int64_t last_v = 0;

    (void)r;
    for (size_t i = 0; i < rows; i++, sep += stride) {
        const char *s = text + sep[0] + 1;
        const size_t n = sep[1] - sep[0] - 1;
        out[i] = 0;
        if (last && n == last_n && same_text(s, last, n)) {
            out[i] = last_v;
            continue;
        }
        struct oc_stamp t;
        if (n && oc_time_parse(s, n, &t) == n && t.absolute) {
            last = s;
            last_n = n;
            out[i] = last_v = t.ns;
        } else {
            left[k++] = (uint32_t)i;
        }
    }
    return k;
}

size_t oc_cell_column_date(const struct oc_reading *r, const char *text, const uint32_t *sep, size_t stride,
                           size_t rows, int32_t *out, uint32_t *left)
{
    const char *last = NULL;
    int32_t last_v = 0;
    size_t k = 0;

    (void)r;
    for (size_t i = 0; i < rows; i++, sep += stride) {
        const char *s = text + sep[0] + 1;
        out[i] = 0;
        if (sep[1] - sep[0] - 1 != 10) {
            left[k++] = (uint32_t)i;
        } else if (last && same_text(s, last, 10)) {
            out[i] = last_v;
        } else if (oc_time_parse_date(s, 10, &last_v) == 10) {
            last = s;
            out[i] = last_v;
        } else {
            last = NULL;
            left[k++] = (uint32_t)i;
        }
    }
    return k;
}
