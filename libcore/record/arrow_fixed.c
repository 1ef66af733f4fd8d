/* arrow_fixed - see arrow_fixed.h. */
#include "record/arrow_fixed.h"
#include "base/num.h"
#include "base/time.h"
#include "record/arrow_cast.h"

#include <math.h>
#include <string.h>

static int no_memory(struct oc_err *err) { return oc_fail(err, OC_MEMORY, "no memory for an Arrow column"); }

/* ---- missing slots: words of 64 rows, of which most are full or empty -------------------------------------------- */

static void blank_f64(double *v, const uint64_t *valid, size_t rows)
{
    for (size_t w = 0; w < oc_bit_words(rows); w++) {
        const size_t n = rows - 64 * w < 64 ? rows - 64 * w : 64;
        for (size_t i = 0; valid[w] != UINT64_MAX && i < n; i++)
            v[64 * w + i] = valid[w] >> i & 1 ? v[64 * w + i] : (double)NAN;
    }
}

static void blank_i64(int64_t *v, const uint64_t *valid, size_t rows)
{
    for (size_t w = 0; w < oc_bit_words(rows); w++) {
        const size_t n = rows - 64 * w < 64 ? rows - 64 * w : 64;
        for (size_t i = 0; valid[w] != UINT64_MAX && i < n; i++)
            v[64 * w + i] &= -(int64_t)(valid[w] >> i & 1);
    }
}

static void blank_i32(int32_t *v, const uint64_t *valid, size_t rows)
{
    for (size_t w = 0; w < oc_bit_words(rows); w++) {
        const size_t n = rows - 64 * w < 64 ? rows - 64 * w : 64;
        for (size_t i = 0; valid[w] != UINT64_MAX && i < n; i++)
            v[64 * w + i] &= -(int32_t)(valid[w] >> i & 1);
    }
}

/* ---- fixed width ------------------------------------------------------------------------------------------------- */

static int need(const struct oc_arrow_from *f, size_t bytes, struct oc_err *err)
{
    if (f->view[1].n >= bytes)
        return 0;
    return oc_fail(err, OC_FORMAT, "its buffer has %llu bytes where %zu are needed",
                   (unsigned long long)f->view[1].n, bytes);
}

/* The values as they lie when they may be used so, else a copy. */
static void *direct(const struct oc_arrow_from *f, size_t bytes, struct oc_err *err)
{
    if (f->in_place && f->view[1].p && (uintptr_t)f->view[1].p % 64 == 0)
        return f->view[1].p;
    void *p = oc_arena_alloc(&f->b->arena, bytes);
    if (!p)
        no_memory(err);
    else if (bytes)
        memcpy(p, f->view[1].p, bytes);
    return p;
}

#define WIDEN(type)                                                                                                    \
    for (size_t i = 0; i < n; i++) {                                                                                   \
        type x;                                                                                                        \
        memcpy(&x, p + i * sizeof x, sizeof x);                                                                        \
        out[i] = (int64_t)x;                                                                                           \
    }

/* Integers of any width; unsigned 64-bit ones keep their bits. */
static void widen(const struct oc_arrow_type *t, const unsigned char *p, size_t n, int64_t *out)
{
    switch (t->width + (t->is_signed ? 100 : 0)) {
    case 1: WIDEN(uint8_t) break;
    case 2: WIDEN(uint16_t) break;
    case 4: WIDEN(uint32_t) break;
    case 101: WIDEN(int8_t) break;
    case 102: WIDEN(int16_t) break;
    case 104: WIDEN(int32_t) break;
    default: WIDEN(int64_t) break;
    }
}

/* Integers into fresh or original memory. */
static int64_t *integers(const struct oc_arrow_from *f, const struct oc_arrow_type *t, struct oc_err *err)
{
    const size_t n = f->b->rows;

    if (need(f, n * t->width, err))
        return NULL;
    if (t->width == 8)
        return direct(f, 8 * n, err);
    int64_t *out = oc_arena_alloc(&f->b->arena, 8 * n);
    if (!out)
        no_memory(err);
    else
        widen(t, f->view[1].p, n, out);
    return out;
}

static int read_int(const struct oc_arrow_from *f, struct oc_col *v, struct oc_err *err)
{
    const struct oc_arrow_type *t = &f->field->type;

    if (!(v->i64 = integers(f, t, err)))
        return -1;
    if (v->valid)
        blank_i64(v->i64, v->valid, f->b->rows);
    for (size_t i = 0; t->width == 8 && !t->is_signed && i < f->b->rows; i++)
        if (v->i64[i] < 0) {
            if (oc_bad_row(f->b, i, f->c, err, "%s: %llu is above the largest int64", f->c->name,
                           (unsigned long long)v->i64[i]) || oc_arrow_cast_missing(f->b, v, i, err))
                return -1;
            v->i64[i] = 0;
        }
    return 0;
}

static int read_float(const struct oc_arrow_from *f, struct oc_col *v, struct oc_err *err)
{
    const size_t n = f->b->rows;

    if (need(f, n * f->field->type.width, err))
        return -1;
    if (f->field->type.width == 8) {
        v->f64 = direct(f, 8 * n, err);
    } else if (!(v->f64 = oc_arena_alloc(&f->b->arena, 8 * n))) {
        no_memory(err);
    } else {
        for (size_t i = 0; i < n; i++) {
            float x;
            memcpy(&x, f->view[1].p + 4 * i, sizeof x);
            v->f64[i] = (double)x;
        }
    }
    if (v->f64 && v->valid)
        blank_f64(v->f64, v->valid, n);
    v->valid = NULL;                /* NaN says it */
    return v->f64 ? 0 : -1;
}

static int read_bool(const struct oc_arrow_from *f, struct oc_col *v, struct oc_err *err)
{
    const size_t n = f->b->rows, words = oc_bit_words(n);

    if (need(f, (n + 7) / 8, err))
        return -1;
    if (f->in_place && (uintptr_t)f->view[1].p % 64 == 0 && f->view[1].n >= 8 * words) {
        v->bits = (uint64_t *)(void *)f->view[1].p;
    } else {
        v->bits = oc_arena_zero(&f->b->arena, words, 8);
        if (!v->bits)
            return no_memory(err);
        memcpy(v->bits, f->view[1].p, (n + 7) / 8);
    }
    for (size_t w = 0; v->valid && w < words; w++)
        v->bits[w] &= v->valid[w];
    if (n % 64)
        v->bits[words - 1] &= (UINT64_C(1) << n % 64) - 1;
    return 0;
}

/* ---- decimals: exact text, rounded once -------------------------------------------------------------------------- */

static size_t print_decimal(char text[64], const unsigned char *p, unsigned width, int32_t scale)
{
    char digits[40];
    size_t n = 0, k = 0;
    unsigned __int128 u = 0;

    memcpy(&u, p, width);
    const bool negative = p[width - 1] >> 7;
    if (negative)                   /* sign-extended first: the narrow value fills the low bits only */
        u = width == 16 ? -u : (((unsigned __int128)1 << 8 * width) - u);
    do {
        digits[n++] = (char)('0' + (int)(u % 10));
        u /= 10;
    } while (u);
    if (negative)
        text[k++] = '-';
    while (n)
        text[k++] = digits[--n];
    text[k++] = 'e';
    return k + oc_num_print_i64(text + k, -(int64_t)scale);
}

static int read_decimal(const struct oc_arrow_from *f, struct oc_col *v, struct oc_err *err)
{
    const size_t n = f->b->rows, width = f->field->type.width;
    char text[96];

    if (need(f, n * width, err))
        return -1;
    v->f64 = oc_arena_alloc(&f->b->arena, 8 * n);
    if (!v->f64)
        return no_memory(err);
    for (size_t i = 0; i < n; i++) {
        const size_t len = print_decimal(text, f->view[1].p + width * i, (unsigned)width, f->field->type.scale);
        if (!oc_bit(v->valid, i)) {
            v->f64[i] = NAN;
        } else if (oc_num_f64(text, len, &v->f64[i]) != OC_NUM_OK) {
            v->f64[i] = NAN;
            if (oc_bad_row(f->b, i, f->c, err, "%s: '%.*s' is out of range", f->c->name, (int)len, text))
                return -1;
        }
    }
    v->valid = NULL;
    return 0;
}

/* ---- times ------------------------------------------------------------------------------------------------------- */

/* Is the least int64, which is no instant, among them?  Branch-free, in blocks, so that it is vectorised. */
static bool has_least(const int64_t *v, size_t n)
{
    uint64_t hit = 0;
    size_t i = 0;

    for (; i + 16 <= n; i += 16)
        for (size_t k = 0; k < 16; k++) {
            const uint64_t y = (uint64_t)v[i + k] ^ UINT64_C(1) << 63;
            hit |= (y - 1) & ~y;
        }
    for (; i < n; i++)
        hit |= v[i] == INT64_MIN ? UINT64_MAX : 0;
    return hit >> 63;
}

static bool all_dates(const int32_t *v, size_t n)
{
    const uint32_t range = OC_TIME_DATE_MAX - OC_TIME_DATE_MIN;
    uint32_t outside = 0;
    size_t i = 0;

    for (; i + 16 <= n; i += 16)
        for (size_t k = 0; k < 16; k++)
            outside |= (uint32_t)v[i + k] - (uint32_t)OC_TIME_DATE_MIN > range;
    for (; i < n; i++)
        outside |= (uint32_t)v[i] - (uint32_t)OC_TIME_DATE_MIN > range;
    return outside == 0;
}

/* A malformed instant or date is missing, and told. */
static int bad_value(const struct oc_arrow_from *f, struct oc_col *v, size_t row, int64_t x, const char *why, struct oc_err *err)
{
    return oc_bad_row(f->b, row, f->c, err, "%s: %lld %s", f->c->name, (long long)x, why)
        || oc_arrow_cast_missing(f->b, v, row, err) ? -1 : 0;
}

static int read_timestamp(const struct oc_arrow_from *f, struct oc_col *v, struct oc_err *err)
{
    const struct oc_arrow_type *t = &f->field->type;
    const struct oc_reading *g = f->reading;

    if (!t->zoned && !(g && g->local))
        return oc_fail(err, OC_DATA, "it holds local times; --tz ZONE says where (--tz UTC for instants)");
    if (need(f, 8 * f->b->rows, err) || !(v->i64 = direct(f, 8 * f->b->rows, err)))
        return -1;
    if (v->valid)
        blank_i64(v->i64, v->valid, f->b->rows);
    if (t->zoned && t->unit == 1 && !has_least(v->i64, f->b->rows))
        return 0;
    for (size_t i = 0; i < f->b->rows; i++) {
        const int64_t x = v->i64[i];
        const char *why = "is no instant";
        int64_t ns = x;
        if (x == INT64_MIN || __builtin_mul_overflow(x, t->unit, &ns) || ns == INT64_MIN
            || (!t->zoned && oc_bit(v->valid, i) && g->local(g->zone, ns, &ns, &why))) {
            ns = 0;
            if (bad_value(f, v, i, x, why, err))
                return -1;
        }
        if (ns != x)
            v->i64[i] = ns;
    }
    return 0;
}

static int read_date(const struct oc_arrow_from *f, struct oc_col *v, struct oc_err *err)
{
    const bool wide = f->field->type.kind == OC_ARROW_DATE64;
    const size_t n = f->b->rows;

    if (need(f, n * f->field->type.width, err))
        return -1;
    v->i32 = wide ? oc_arena_alloc(&f->b->arena, 4 * n) : direct(f, 4 * n, err);
    if (!v->i32)
        return wide ? no_memory(err) : -1;
    if (!wide && v->valid)
        blank_i32(v->i32, v->valid, n);
    if (!wide && all_dates(v->i32, n))
        return 0;
    for (size_t i = 0; i < n; i++) {
        int64_t ms = 0, day = 0;
        if (wide) {
            memcpy(&ms, f->view[1].p + 8 * i, sizeof ms);
            day = ms / 86400000;
        } else {
            day = v->i32[i];
        }
        const bool good = ms % 86400000 == 0 && day >= OC_TIME_DATE_MIN && day <= OC_TIME_DATE_MAX;
        if (oc_bit(v->valid, i) && !good && bad_value(f, v, i, wide ? ms : day, "is no date", err))
            return -1;
        if (wide || !good || !oc_bit(v->valid, i))
            v->i32[i] = good && oc_bit(v->valid, i) ? (int32_t)day : 0;
    }
    return 0;
}

int oc_arrow_fixed_read(const struct oc_arrow_from *f, struct oc_col *v, struct oc_err *err)
{
    switch (f->field->type.kind) {
    case OC_ARROW_INT: return read_int(f, v, err);
    case OC_ARROW_FLOAT: return read_float(f, v, err);
    case OC_ARROW_BOOL: return read_bool(f, v, err);
    case OC_ARROW_DATE32:
    case OC_ARROW_DATE64: return read_date(f, v, err);
    case OC_ARROW_TIMESTAMP: return read_timestamp(f, v, err);
    case OC_ARROW_DECIMAL: return read_decimal(f, v, err);
    default: return oc_fail(err, OC_INTERNAL, "an Arrow column of text among those of fixed width");
    }
}

/* ---- indices ----------------------------------------------------------------------------------------------------- */

static int narrow(const struct oc_arrow_from *f, const uint64_t *valid, int32_t **out, struct oc_err *err)
{
    const size_t n = f->b->rows;
    int64_t *wide = integers(f, &f->field->index, err);

    if (!wide || !(*out = oc_arena_alloc(&f->b->arena, 4 * n)))
        return wide ? no_memory(err) : -1;
    for (size_t i = 0; i < n; i++) {
        const bool far = wide[i] < 0 || wide[i] > INT32_MAX;
        (*out)[i] = !oc_bit(valid, i) ? 0 : far ? INT32_MAX : (int32_t)wide[i];
    }
    return 0;
}

int oc_arrow_fixed_index(const struct oc_arrow_from *f, const uint64_t *valid, int32_t **index, struct oc_err *err)
{
    const struct oc_arrow_type *t = &f->field->index;
    const size_t n = f->b->rows;

    if (t->width != 4 || !t->is_signed)
        return narrow(f, valid, index, err);
    if (need(f, 4 * n, err) || !(*index = direct(f, 4 * n, err)))
        return -1;
    if (valid)
        blank_i32(*index, valid, n);
    return 0;
}
