/*
 * diff_row - see diff_row.h.
 *
 * Key bytes, for each key column: a byte 0 (missing) or 1; then 8 bytes of a double (-0 as 0, so that equal bytes are
 * equal shortest decimals) or of an integer, or 4 bytes of length and a text.
 */
#include "app/diff_row.h"

#include "base/num.h"
#include "base/time.h"
#include "record/show.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int no_memory(struct oc_err *err) { return oc_fail(err, OC_MEMORY, "no memory to compare rows"); }

/* Bytes that printing a value other than text may take. */
enum { PRINTED = OC_NUM_PRINT_MAX + OC_TIME_PRINT_MAX };

static int64_t integer_at(const struct oc_col *c, size_t row)
{
    switch (c->type) {
    case OC_DATE: return c->i32[row];
    case OC_BOOL: return oc_bit(c->bits, row);
    default: return c->i64[row];
    }
}

/* text has room for PRINTED bytes. */
static struct oc_diff_value value_at(const struct oc_col *c, size_t row, enum oc_diff_class class, struct oc_buf *text)
{
    struct oc_diff_value v = { .there = !oc_show_missing(c, row) };

    if (!v.there)
        return v;
    if (class == OC_DIFF_NUMBER) {
        v.f = c->type == OC_F64 ? c->f64[row] : (double)c->i64[row];
    } else if (class == OC_DIFF_INTEGER) {
        v.i = integer_at(c, row);
    } else if (c->type == OC_SYM || c->type == OC_TEXT) {
        v.s = oc_show_text(c, row, &v.n);
    } else {
        const size_t before = text->n;
        oc_show_cell(c, row, text);
        v.s = text->p + before;
        v.n = text->n - before;
    }
    return v;
}

static void put_key(struct oc_buf *key, const struct oc_diff_value *v, enum oc_diff_class class)
{
    oc_buf_char(key, (char)v->there);
    if (!v->there)
        return;
    if (class == OC_DIFF_TEXT) {
        const uint32_t n = (uint32_t)v->n;
        oc_buf_put(key, &n, sizeof n);
        oc_buf_put(key, v->s, v->n);
    } else if (class == OC_DIFF_NUMBER) {
        const double f = v->f + 0.0;    /* -0 + 0 is 0 */
        oc_buf_put(key, &f, sizeof f);
    } else {
        oc_buf_put(key, &v->i, sizeof v->i);
    }
}

int oc_diff_row_read(struct oc_diff_row *r, const struct oc_batch *b, size_t row, int side, size_t n,
                     const struct oc_diff_column *cols, size_t nkey, const struct oc_diff_column *keys,
                     struct oc_err *err)
{
    r->key.n = r->text.n = 0;
    if (oc_buf_room(&r->text, (n + nkey + 1) * PRINTED))    /* never moves while values point into it */
        return no_memory(err);
    for (size_t i = 0; i < n; i++)
        r->v[i] = value_at(&b->col[cols[i].at[side]], row, cols[i].class, &r->text);
    for (size_t i = 0; i < nkey; i++) {
        struct oc_diff_value v = { 0 };
        if (keys[i].at[side] != SIZE_MAX)
            v = value_at(&b->col[keys[i].at[side]], row, keys[i].class, &r->text);
        put_key(&r->key, &v, keys[i].class);
    }
    return r->key.failed ? no_memory(err) : 0;
}

void oc_diff_row_free(struct oc_diff_row *r)
{
    free(r->v);
    oc_buf_free(&r->key);
    oc_buf_free(&r->text);
}

/* ---- rows that wait --------------------------------------------------------------------------------------- */

/* FNV-1a, with its high bits mixed down for a table of a power of two. */
static uint64_t hash_bytes(const char *p, size_t n)
{
    uint64_t h = UINT64_C(0xcbf29ce484222325);

    for (size_t i = 0; i < n; i++)
        h = (h ^ (unsigned char)p[i]) * UINT64_C(0x100000001b3);
    return h ^ h >> 32;
}

/* Twice the slots.  Rows of one key keep their order: they are put back from the last to the first. */
static int grow(struct oc_diff_hold *h, struct oc_err *err)
{
    const size_t n = h->nslot ? 2 * h->nslot : 256;
    struct oc_diff_held **slot = calloc(n, sizeof *slot);

    if (!slot)
        return no_memory(err);
    for (struct oc_diff_held *e = h->last; e; e = e->before) {
        struct oc_diff_held **at = &slot[e->hash & (n - 1)];
        e->bucket = *at;
        *at = e;
    }
    free(h->slot);
    h->slot = slot;
    h->nslot = n;
    return 0;
}

static struct oc_diff_held *copy(const struct oc_diff_row *r, size_t n, const struct oc_diff_column *cols)
{
    size_t bytes = sizeof(struct oc_diff_held) + n * sizeof *r->v + r->key.n;

    for (size_t i = 0; i < n; i++)
        if (cols[i].class == OC_DIFF_TEXT && r->v[i].there)
            bytes += r->v[i].n;
    struct oc_diff_held *e = malloc(bytes);
    if (!e)
        return NULL;
    char *p = (char *)(e->v + n);
    e->key = memcpy(p, r->key.n ? r->key.p : "", r->key.n);
    e->nkey = r->key.n;
    p += r->key.n;
    for (size_t i = 0; i < n; i++) {
        e->v[i] = r->v[i];
        if (cols[i].class == OC_DIFF_TEXT && r->v[i].there) {
            e->v[i].s = memcpy(p, r->v[i].s, r->v[i].n);
            p += r->v[i].n;
        }
    }
    return e;
}

int oc_diff_hold_add(struct oc_diff_hold *h, const struct oc_diff_row *r, size_t n, const struct oc_diff_column *cols,
                     struct oc_err *err)
{
    if (h->n >= h->nslot && grow(h, err))
        return -1;
    struct oc_diff_held *e = copy(r, n, cols);
    if (!e)
        return no_memory(err);
    e->hash = hash_bytes(e->key, e->nkey);
    struct oc_diff_held **at = &h->slot[e->hash & (h->nslot - 1)];
    while (*at)
        at = &(*at)->bucket;
    *at = e;
    e->bucket = NULL;
    e->before = h->last;
    e->after = NULL;
    *(h->last ? &h->last->after : &h->first) = e;
    h->last = e;
    h->n++;
    return 0;
}

struct oc_diff_held *oc_diff_hold_take(struct oc_diff_hold *h, const struct oc_buf *key)
{
    if (!h->n)
        return NULL;
    const uint64_t hash = hash_bytes(key->p, key->n);
    struct oc_diff_held **at = &h->slot[hash & (h->nslot - 1)];
    while (*at && ((*at)->hash != hash || (*at)->nkey != key->n || memcmp((*at)->key, key->p, key->n) != 0))
        at = &(*at)->bucket;
    struct oc_diff_held *e = *at;
    if (!e)
        return NULL;
    *at = e->bucket;
    *(e->before ? &e->before->after : &h->first) = e->after;
    *(e->after ? &e->after->before : &h->last) = e->before;
    h->n--;
    return e;
}

void oc_diff_hold_free(struct oc_diff_hold *h)
{
    while (h->first) {
        struct oc_diff_held *next = h->first->after;
        free(h->first);
        h->first = next;
    }
    free(h->slot);
    *h = (struct oc_diff_hold){ 0 };
}

/* ---- in words --------------------------------------------------------------------------------------------- */

void oc_diff_value_text(const struct oc_diff_value *v, const struct oc_diff_column *c, struct oc_buf *out)
{
    if (!v->there || oc_buf_room(out, PRINTED))
        return;
    if (c->class == OC_DIFF_TEXT)
        oc_buf_put(out, v->s, v->n);
    else if (c->class == OC_DIFF_NUMBER)
        out->n += oc_num_print_f64(out->p + out->n, v->f);
    else if (c->type == OC_TIME)
        out->n += oc_time_print(out->p + out->n, v->i);
    else if (c->type == OC_DATE)
        out->n += oc_time_print_date(out->p + out->n, (int32_t)v->i);
    else if (c->type == OC_BOOL)
        oc_buf_puts(out, v->i ? "true" : "false");
    else
        out->n += oc_num_print_i64(out->p + out->n, v->i);
}

void oc_diff_key_text(const char *key, size_t n, size_t nkey, const struct oc_diff_column *keys, struct oc_buf *out)
{
    const char *p = key, *end = key + n;
    const size_t before = out->n;

    for (size_t i = 0; i < nkey && p < end; i++) {
        struct oc_diff_value v = { .there = *p++ != 0 };
        if (!v.there)
            continue;
        if (keys[i].class == OC_DIFF_TEXT) {
            uint32_t len;
            memcpy(&len, p, sizeof len);
            v.s = p + sizeof len;
            v.n = len;
            p += sizeof len + len;
        } else {
            memcpy(&v.i, p, sizeof v.i);
            p += sizeof v.i;
        }
        oc_buf_printf(out, "%s%s=", out->n > before ? " " : "", keys[i].name);
        oc_diff_value_text(&v, &keys[i], out);
    }
}
