/*
 * arrow_fb - see arrow_fb.h.  Loads go through memcpy, so nothing depends on alignment; positions are size_t and
 * compared before they are added, so that no sum can wrap.
 */
#include "record/arrow_fb.h"

#include <assert.h>

static uint32_t load(const struct oc_arrow_fb *fb, size_t at, unsigned bytes)
{
    uint32_t v = 0;

    memcpy(&v, fb->p + at, bytes);
    return v;
}

static bool inside(const struct oc_arrow_fb *fb, size_t at, size_t n) { return at <= fb->n && n <= fb->n - at; }

int64_t oc_arrow_fb_i64(const struct oc_arrow_fb *fb, size_t at)
{
    int64_t v;

    memcpy(&v, fb->p + at, sizeof v);
    return v;
}

int32_t oc_arrow_fb_i32(const struct oc_arrow_fb *fb, size_t at)
{
    int32_t v;

    memcpy(&v, fb->p + at, sizeof v);
    return v;
}

/* The table at a position, after checking it and its vtable. */
static struct oc_arrow_tab table_at(struct oc_arrow_fb *fb, size_t at)
{
    struct oc_arrow_tab t = { .fb = fb, .at = at };

    if (!inside(fb, at, 4))
        goto bad;
    const int64_t vtable = (int64_t)at - oc_arrow_fb_i32(fb, at);
    if (vtable < 0 || vtable % 2 != 0 || !inside(fb, (size_t)vtable, 4))
        goto bad;
    t.vtable = (size_t)vtable;
    t.vtable_len = load(fb, t.vtable, 2);
    t.len = load(fb, t.vtable + 2, 2);
    if (t.vtable_len < 4 || t.vtable_len % 2 != 0 || !inside(fb, t.vtable, t.vtable_len) || t.len < 4
        || !inside(fb, at, t.len))
        goto bad;
    return t;
bad:
    fb->bad = true;
    return (struct oc_arrow_tab){ .fb = fb };
}

/* Position of a field of `bytes`; 0 where it is absent (no field lies at 0: the root offset does). */
static size_t field(const struct oc_arrow_tab *t, unsigned slot, unsigned bytes)
{
    const size_t entry = 4 + 2 * (size_t)slot;

    if (t->len == 0 || entry + 2 > t->vtable_len)
        return 0;
    const size_t off = load(t->fb, t->vtable + entry, 2);
    if (off == 0)
        return 0;
    if (off < 4 || off > t->len || bytes > t->len - off) {
        t->fb->bad = true;
        return 0;
    }
    return t->at + off;
}

/* What the offset at a position refers to; 0 when that is outside. */
static size_t follow(struct oc_arrow_fb *fb, size_t at)
{
    const size_t distance = load(fb, at, 4);

    if (distance < 4 || !inside(fb, at, distance) || !inside(fb, at + distance, 4)) {
        fb->bad = true;
        return 0;
    }
    return at + distance;
}

struct oc_arrow_tab oc_arrow_fb_root(struct oc_arrow_fb *fb)
{
    const size_t at = fb->n >= 8 ? follow(fb, 0) : 0;

    if (at == 0) {
        fb->bad = true;
        return (struct oc_arrow_tab){ .fb = fb };
    }
    return table_at(fb, at);
}

int64_t oc_arrow_fb_int(const struct oc_arrow_tab *t, unsigned slot, unsigned bytes, int64_t def)
{
    const size_t at = field(t, slot, bytes);

    if (at == 0)
        return def;
    switch (bytes) {
    case 1: return (int8_t)t->fb->p[at];
    case 2: return (int16_t)load(t->fb, at, 2);
    case 4: return oc_arrow_fb_i32(t->fb, at);
    default: return oc_arrow_fb_i64(t->fb, at);
    }
}

struct oc_arrow_tab oc_arrow_fb_table(const struct oc_arrow_tab *t, unsigned slot)
{
    size_t at = field(t, slot, 4);

    if (at != 0)
        at = follow(t->fb, at);
    return at == 0 ? (struct oc_arrow_tab){ .fb = t->fb } : table_at(t->fb, at);
}

struct oc_arrow_vec oc_arrow_fb_vector(const struct oc_arrow_tab *t, unsigned slot, size_t size)
{
    struct oc_arrow_vec v = { 0 };
    size_t at = field(t, slot, 4);

    if (at != 0)
        at = follow(t->fb, at);
    if (at == 0)
        return v;
    const size_t n = load(t->fb, at, 4);
    if (n > (t->fb->n - at - 4) / size) {
        t->fb->bad = true;
        return v;
    }
    v.at = at + 4;
    v.n = n;
    return v;
}

struct oc_arrow_tab oc_arrow_fb_element(struct oc_arrow_fb *fb, struct oc_arrow_vec v, size_t i)
{
    assert(i < v.n);
    const size_t at = follow(fb, v.at + 4 * i);
    return at == 0 ? (struct oc_arrow_tab){ .fb = fb } : table_at(fb, at);
}

const char *oc_arrow_fb_string(const struct oc_arrow_tab *t, unsigned slot, size_t *len)
{
    const struct oc_arrow_vec v = oc_arrow_fb_vector(t, slot, 1);

    *len = v.n;
    return v.at == 0 ? NULL : (const char *)t->fb->p + v.at;
}

/* ---- writing ---- */

void oc_arrow_fb_pad(struct oc_buf *b, size_t align, size_t rest)
{
    static const char zero[64];

    assert(align <= sizeof zero && rest < align);
    oc_buf_put(b, zero, (align + rest - b->n % align) % align);
}

void oc_arrow_fb_set(struct oc_buf *b, size_t slot, unsigned bytes, int64_t v)
{
    if (!b->failed)
        memcpy(b->p + slot, &v, bytes);
}

void oc_arrow_fb_point(struct oc_buf *b, size_t slot, size_t target)
{
    assert(b->failed || target > slot);
    oc_arrow_fb_set(b, slot, 4, (int64_t)(target - slot));
}

/* n zero bytes; their position. */
static size_t put_zero(struct oc_buf *b, size_t n)
{
    const size_t at = b->n;

    if (oc_buf_room(b, n) == 0) {
        memset(b->p + at, 0, n);
        b->n += n;
    }
    return at;
}

static unsigned width(char letter) { return letter == 'o' ? 4 : letter == '-' ? 0 : (unsigned)(letter - '0'); }

size_t oc_arrow_fb_put_table(struct oc_buf *b, const char *layout, size_t slot[])
{
    const size_t n = strlen(layout), vtable_len = 4 + 2 * n;
    size_t len = 4;

    /* the table begins 4 past a multiple of 8, so that wide fields directly behind its first word are aligned */
    oc_arrow_fb_pad(b, 8, (4 + 8 - vtable_len % 8) % 8);
    const size_t vtable = put_zero(b, vtable_len), table = vtable + vtable_len;
    for (unsigned w = 8; w >= 1; w /= 2)
        for (size_t i = 0; i < n; i++)
            if (width(layout[i]) == w) {
                slot[i] = table + len;
                oc_arrow_fb_set(b, vtable + 4 + 2 * i, 2, (int64_t)len);
                len += w;
            }
    put_zero(b, len);
    oc_arrow_fb_set(b, vtable, 2, (int64_t)vtable_len);
    oc_arrow_fb_set(b, vtable + 2, 2, (int64_t)len);
    oc_arrow_fb_set(b, table, 4, (int64_t)vtable_len);
    return table;
}

size_t oc_arrow_fb_put_vector(struct oc_buf *b, size_t n, size_t size)
{
    oc_arrow_fb_pad(b, 8, 4);       /* the count; elements from a multiple of 8 */
    const size_t at = put_zero(b, 4 + n * size);
    oc_arrow_fb_set(b, at, 4, (int64_t)n);
    return at;
}

size_t oc_arrow_fb_put_string(struct oc_buf *b, const char *s, size_t n)
{
    oc_arrow_fb_pad(b, 4, 0);
    const size_t at = put_zero(b, 4);
    oc_arrow_fb_set(b, at, 4, (int64_t)n);
    oc_buf_put(b, s, n);
    oc_buf_char(b, '\0');
    return at;
}
