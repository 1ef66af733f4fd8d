/* wholekey - see wholekey.h.  A key is remembered as the first 16 bytes of its SHA-256: two that agree are one. */
#include "record/wholekey.h"
#include "base/sha256.h"
#include "record/cell.h"

#include <stdlib.h>
#include <string.h>

enum { MOST = 1 << 20 };

/* ---- cells ----------------------------------------------------------------------------------------------- */

static void put(struct oc_buf *key, char type, const void *p, size_t n)
{
    const uint32_t len = (uint32_t)n;

    oc_buf_char(key, type);
    oc_buf_put(key, &len, sizeof len);
    oc_buf_put(key, p, n);
}

static int put_missing(struct oc_buf *key)
{
    put(key, '0', NULL, 0);
    return 0;
}

/* A value of eight bytes; -0 is 0. */
static int put_word(struct oc_buf *key, enum oc_type type, int64_t v)
{
    double d;

    memcpy(&d, &v, sizeof d);
    if (type == OC_F64 && d == 0)
        v = 0;
    put(key, (char)type, &v, sizeof v);
    return 1;
}

static int put_loaded(const struct oc_col *c, size_t row, struct oc_buf *key, int64_t *ts)
{
    if (c->type == OC_F64 ? c->f64[row] != c->f64[row] : !oc_bit(c->valid, row))
        return put_missing(key);
    switch (c->type) {
    case OC_TIME: *ts = c->i64[row]; break;
    case OC_F64:
    case OC_I64: break;
    case OC_DATE: return put_word(key, c->type, c->i32[row]);
    case OC_BOOL: return put_word(key, c->type, oc_bit(c->bits, row));
    case OC_SYM:
        put(key, 't', c->dict->bytes + c->dict->off[c->i32[row]], c->dict->off[c->i32[row] + 1] - c->dict->off[c->i32[row]]);
        return 1;
    case OC_TEXT:
        put(key, 't', c->chars + c->i32[row], (size_t)(c->i32[row + 1] - c->i32[row]));
        return 1;
    }
    return put_word(key, c->type, c->i64[row]);
}

static int put_text(const struct oc_batch *b, const struct oc_col *c, const char *s, size_t n, struct oc_buf *key,
                    int64_t *ts)
{
    const char *why;
    int64_t v = 0;
    double d;
    int32_t day;
    bool flag;
    int got = n ? 1 : 0;

    switch (c->type) {
    case OC_SYM:
    case OC_TEXT:
        if (n)
            put(key, 't', s, n);
        return n ? 1 : put_missing(key);
    case OC_TIME: got = oc_cell_time(b->reading, s, n, &v, &why); break;
    case OC_I64: got = oc_cell_i64(b->reading, s, n, &v, &why); break;
    case OC_F64:
        got = oc_cell_f64(b->reading, s, n, &d, &why);
        memcpy(&v, &d, sizeof v);
        break;
    case OC_DATE:
        got = oc_cell_date(b->reading, s, n, &day, &why);
        v = day;
        break;
    case OC_BOOL:
        got = oc_cell_bool(b->reading, s, n, &flag, &why);
        v = flag;
        break;
    }
    if (got < 1)
        return got < 0 ? -1 : put_missing(key);
    if (c->type == OC_TIME)
        *ts = v;
    return put_word(key, c->type, v);
}

int oc_wholekey_put(const struct oc_batch *b, const struct oc_col *c, size_t row, struct oc_buf *key,
                    struct oc_buf *scratch, int64_t *ts)
{
    size_t n;
    bool null = false;

    if (c->flags & OC_COL_LOADED)
        return put_loaded(c, row, key, ts);
    const char *raw = oc_cell(c, row, &n);
    const char *s = oc_cell_text(b->dialect, raw, n, scratch, &n, &null);
    return null ? put_missing(key) : put_text(b, c, s, n, key, ts);
}

bool oc_wholekey_same(const struct oc_col *c, size_t a, size_t b)
{
    size_t n, m;

    if (!(c->flags & OC_COL_LOADED)) {
        const char *p = oc_cell(c, a, &n), *q = oc_cell(c, b, &m);
        return n == m && memcmp(p, q, n) == 0;
    }
    if (!oc_bit(c->valid, a) || !oc_bit(c->valid, b))
        return false;
    switch (c->type) {
    case OC_TIME:
    case OC_I64: return c->i64[a] == c->i64[b];
    case OC_SYM:
    case OC_DATE: return c->i32[a] == c->i32[b];
    default: return false;
    }
}

/* ---- those that are over ----------------------------------------------------------------------------------- */

struct entry { uint64_t a, b; int64_t ts; bool used; };

struct oc_wholekeys {
    struct entry *slot;
    size_t nslot, n;            /* a power of two; in use */
    int64_t latest;             /* instant */
    int64_t floor;              /* instants before it were forgotten */
};

struct oc_wholekeys *oc_wholekeys_new(struct oc_err *err)
{
    struct oc_wholekeys *k = calloc(1, sizeof *k);

    if (!k)
        oc_fail(err, OC_MEMORY, "no memory for the keys of chains");
    else
        k->latest = k->floor = INT64_MIN;
    return k;
}

static struct entry *find(const struct oc_wholekeys *k, const struct entry *e)
{
    size_t i = e->a & (k->nslot - 1);

    while (k->slot[i].used && (k->slot[i].a != e->a || k->slot[i].b != e->b))
        i = (i + 1) & (k->nslot - 1);
    return &k->slot[i];
}

/* Into a table of n slots, without what is before the floor. */
static int rebuild(struct oc_wholekeys *k, size_t n)
{
    struct entry *old = k->slot;
    const size_t nold = k->nslot;

    if (!(k->slot = calloc(n, sizeof *k->slot))) {
        k->slot = old;
        return -1;
    }
    k->nslot = n;
    k->n = 0;
    for (size_t i = 0; i < nold; i++)
        if (old[i].used && old[i].ts >= k->floor) {
            *find(k, &old[i]) = old[i];
            k->n++;
        }
    free(old);
    return 0;
}

int oc_wholekeys_add(struct oc_wholekeys *k, const void *key, size_t n, int64_t ts)
{
    unsigned char digest[OC_SHA256_BYTES];
    struct oc_sha256 sha;
    struct entry e = { .ts = ts, .used = true };

    oc_sha256_init(&sha);
    oc_sha256_add(&sha, key, n);
    oc_sha256_digest(&sha, digest);
    memcpy(&e.a, digest, 8);
    memcpy(&e.b, digest + 8, 8);
    if (ts < k->floor)
        return OC_WHOLEKEY_BACK;
    if (2 * (k->n + 1) > k->nslot && rebuild(k, k->nslot ? 2 * k->nslot : 64))
        return OC_WHOLEKEY_MEMORY;
    struct entry *at = find(k, &e);
    if (at->used)
        return OC_WHOLEKEY_SEEN;
    *at = e;
    k->n++;
    k->latest = ts > k->latest ? ts : k->latest;
    if (k->n < MOST)
        return OC_WHOLEKEY_NEW;
    k->floor = k->latest;
    if (rebuild(k, k->nslot))
        return OC_WHOLEKEY_MEMORY;
    return k->n < MOST / 2 ? OC_WHOLEKEY_NEW : OC_WHOLEKEY_FULL;
}

void oc_wholekeys_free(struct oc_wholekeys *k)
{
    if (k)
        free(k->slot);
    free(k);
}
