/*
 * jsondeltas - see jsondeltas.h.  One object is held at a time: an hour of ticks is a hundred kilobytes; above LONGEST it is
 * refused.  Decimals are integers with a power of ten; what does not fit into 63 bits is refused.
 */
#include "app/jsondeltas.h"

#include "app/jsonfeed.h"
#include "base/buf.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { MEMBERS = 24, LONGEST = 64 << 20 };

struct decimal { int64_t v; int e; };           /* v times ten to the e */

struct member {
    char name[32];
    bool array, number;
    size_t at, n, count;                        /* texts[at .. at + n): tokens ended by NUL; how many */
};

struct deltas {
    const struct oc_translate_how *how;
    struct oc_translate *t;
    struct oc_jsonfeed *feed;
    struct oc_buf texts;
    size_t n;
    struct member member[MEMBERS];
    int depth;
    uint64_t line, column;                      /* of the object */
};

/* ---- decimals ---------------------------------------------------------------------------------------------- */

static bool times_ten(int64_t *v, int by)
{
    while (by-- > 0)
        if (__builtin_mul_overflow(*v, (int64_t)10, v))
            return false;
    return true;
}

/* [-]digits[.digits][e[-]digits] */
static bool read_decimal(const char *s, struct decimal *d)
{
    const bool minus = *s == '-';
    bool any = false, point = false;

    *d = (struct decimal){ 0 };
    for (s += minus; (*s >= '0' && *s <= '9') || (*s == '.' && !point); s++) {
        if (*s == '.') {
            point = true;
            continue;
        }
        any = true;
        if (!times_ten(&d->v, 1) || __builtin_add_overflow(d->v, (int64_t)(*s - '0'), &d->v))
            return false;
        d->e -= point;
    }
    if (*s == 'e' || *s == 'E') {
        char *end;
        const long e = strtol(s + 1, &end, 10);
        if (end == s + 1 || e < -400 || e > 400)
            return false;
        d->e += (int)e;
        s = end;
    }
    while (d->v && d->v % 10 == 0) {
        d->v /= 10;
        d->e++;
    }
    if (!d->v)
        d->e = 0;
    d->v = minus ? -d->v : d->v;
    return any && !*s;
}

/* base + sum * unit */
static bool put_sum(struct oc_buf *o, struct decimal base, int64_t sum, struct decimal unit)
{
    const int e = base.e < unit.e ? base.e : unit.e;
    int64_t v = unit.v;

    if (base.e - e > 18 || unit.e - e > 18 || e < -18 || !times_ten(&base.v, base.e - e) || !times_ten(&v, unit.e - e)
        || __builtin_mul_overflow(v, sum, &v) || __builtin_add_overflow(v, base.v, &v))
        return false;
    if (e >= 0) {
        if (!times_ten(&v, e))
            return false;
        oc_buf_printf(o, "%" PRId64, v);
        return true;
    }
    char digits[32];
    const uint64_t u = v < 0 ? 0 - (uint64_t)v : (uint64_t)v;
    int n = snprintf(digits, sizeof digits, "%0*" PRIu64, 1 - e, u), last = n;
    while (digits[last - 1] == '0' && last > n + e)
        last--;
    oc_buf_printf(o, "%s%.*s%s%.*s", v < 0 ? "-" : "", n + e, digits, last > n + e ? "." : "", last - n - e, digits + n + e);
    return true;
}

/* ---- members ----------------------------------------------------------------------------------------------- */

static const struct member *find(const struct deltas *d, const char *name, size_t n)
{
    for (size_t i = 0; i < d->n; i++)
        if (strlen(d->member[i].name) == n && memcmp(d->member[i].name, name, n) == 0)
            return &d->member[i];
    return NULL;
}

static int begin_member(struct deltas *d, const char *s, size_t n, struct oc_err *err)
{
    if (d->n == MEMBERS || n >= sizeof d->member->name)
        return oc_fail(err, OC_LIMIT, "more than %d members, or one with a longer name than 31 bytes", MEMBERS);
    if (find(d, s, n))
        return oc_fail(err, OC_DATA, "the member '%.*s' is there twice", (int)n, s);
    struct member *m = &d->member[d->n++];
    *m = (struct member){ .at = d->texts.n };
    memcpy(m->name, s, n);
    return 0;
}

static int put_token(struct deltas *d, enum oc_json_event e, const char *s, size_t n, struct oc_err *err)
{
    struct member *m = &d->member[d->n - 1];

    if (m->array && e != OC_JSON_NUMBER)
        return oc_fail(err, OC_DATA, "the array '%s' holds something that is no number", m->name);
    if (d->texts.n + n > LONGEST)
        return oc_fail(err, OC_LIMIT, "a series of more than %d bytes", LONGEST);
    oc_buf_put(&d->texts, s, n);
    oc_buf_char(&d->texts, '\0');
    m->number = e == OC_JSON_NUMBER;
    m->count++;
    m->n = d->texts.n - m->at;
    return d->texts.failed ? oc_fail(err, OC_MEMORY, "no memory for a series") : 0;
}

/* ---- rows -------------------------------------------------------------------------------------------------- */

/* How a column's array becomes values. */
struct series { const struct member *array; bool sums; struct decimal base, unit; int64_t sum; const char *next; };

static int number_of(const struct deltas *d, const char *name, size_t n, struct decimal *out, struct oc_err *err)
{
    const struct member *m = find(d, name, n);

    if (!m || m->array || !m->number || !read_decimal(d->texts.p + m->at, out))
        return oc_fail(err, OC_DATA, "'%.*s' is no number of sensible size", (int)n, name);
    return 0;
}

static int open_series(const struct deltas *d, const char *name, struct series *s, struct oc_err *err)
{
    const size_t n = strlen(name);
    const bool times = strcmp(name, "times") == 0;

    *s = (struct series){ .array = find(d, name, n), .unit = { 1, 0 } };
    if (!s->array || !s->array->array)
        return oc_fail(err, OC_FORMAT, "there is no array '%s': this is no document for the preset %s", name,
                       d->how->preset);
    s->next = d->texts.p + s->array->at;
    const struct member *one = times ? find(d, "timestamp", 9) : n && name[n - 1] == 's' ? find(d, name, n - 1) : NULL;
    if (times && !one)
        return oc_fail(err, OC_DATA, "there is no member 'timestamp'");
    s->sums = one != NULL;
    if (!one)
        return 0;
    const char *unit = times ? "shift" : "multiplier";
    if (number_of(d, one->name, strlen(one->name), &s->base, err))
        return -1;
    return times && !find(d, unit, 5) ? 0 : number_of(d, unit, strlen(unit), &s->unit, err);
}

static int put_value(struct series *s, struct oc_buf *cell, struct oc_err *err)
{
    struct decimal v;
    const char *token = s->next;

    s->next += strlen(token) + 1;
    if (!s->sums) {
        oc_buf_puts(cell, token);
        return 0;
    }
    if (!read_decimal(token, &v) || v.e < 0 || !times_ten(&v.v, v.e) || __builtin_add_overflow(s->sum, v.v, &s->sum)
        || !put_sum(cell, s->base, s->sum, s->unit))
        return oc_fail(err, OC_DATA, "the array '%s' has '%s', which is no whole step of sensible size", s->array->name,
                       token);
    return 0;
}

static int put_rows(struct deltas *d, struct oc_err *err)
{
    struct series s[MEMBERS] = { 0 };
    struct oc_buf cell = { 0 };
    int rc = 0;

    for (size_t i = 0; i < d->how->n; i++)
        if (open_series(d, d->how->column[i].name[0], &s[i], err))
            return -1;
    for (size_t i = 1; i < d->how->n; i++)
        if (s[i].array->count != s[0].array->count)
            return oc_fail(err, OC_DATA, "the arrays '%s' and '%s' have %zu and %zu elements", s[0].array->name,
                           s[i].array->name,
                           s[0].array->count, s[i].array->count);
    for (size_t r = 0; r < s[0].array->count && rc == 0; r++) {
        for (size_t i = 0; i < d->how->n && rc == 0; i++) {
            cell.n = 0;
            rc = put_value(&s[i], &cell, err);
            oc_translate_cell(d->t, cell.n ? cell.p : "", cell.n);
        }
        if (rc == 0)
            rc = oc_translate_row(d->t, d->line, d->column, err);
    }
    oc_buf_free(&cell);
    return rc;
}

static int event(void *ctx, enum oc_json_event e, const char *s, size_t n, struct oc_err *err)
{
    struct deltas *d = ctx;
    const bool opens = e == OC_JSON_OBJECT || e == OC_JSON_ARRAY;

    if (d->depth == 0) {
        oc_jsonfeed_place(d->feed, &d->line, &d->column);
        if (e != OC_JSON_OBJECT)
            return oc_fail(err, OC_FORMAT, "a series is an object: this is no document for the preset %s", d->how->preset);
        d->n = d->texts.n = 0;
    }
    if (e == OC_JSON_END)
        return --d->depth == 0 ? put_rows(d, err) : 0;
    if (e == OC_JSON_KEY)
        return d->depth == 1 ? begin_member(d, s, n, err) : 0;
    if (opens) {
        if (d->depth == 1)
            d->member[d->n - 1].array = e == OC_JSON_ARRAY;
        if (d->depth >= 2)
            return oc_fail(err, OC_DATA, "the member '%s' holds an array or object", d->member[d->n - 1].name);
        d->depth++;
        return 0;
    }
    return d->depth == 1 || d->member[d->n - 1].array ? put_token(d, e, s, n, err) : 0;
}

/* ---- the translator ---------------------------------------------------------------------------------------- */

static int open_deltas(void *state, const struct oc_translate_how *how, struct oc_translate *t, struct oc_err *err)
{
    struct deltas *d = state;

    d->how = how;
    d->t = t;
    for (size_t i = 0; i < how->n; i++)
        if (how->column[i].n != 1)
            return oc_fail(err, OC_FORMAT, "preset %s: a column of a series has one name", how->preset);
    if (how->n > MEMBERS)
        return oc_fail(err, OC_FORMAT, "preset %s: more than %d columns of a series", how->preset, MEMBERS);
    if (!(d->feed = oc_jsonfeed_open(t, false, event, d, err)))
        return -1;
    return oc_translate_header(t, how, err);
}

static int step_deltas(void *state, struct oc_translate *t, struct oc_err *err)
{
    (void)t;
    return oc_jsonfeed_step(((struct deltas *)state)->feed, err);
}

static void close_deltas(void *state)
{
    struct deltas *d = state;

    oc_jsonfeed_close(d->feed);
    oc_buf_free(&d->texts);
}

const struct oc_translator oc_jsondeltas_translator = {
    .state_size = sizeof(struct deltas), .open = open_deltas, .step = step_deltas, .close = close_deltas,
};
