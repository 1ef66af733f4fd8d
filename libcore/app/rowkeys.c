/* rowkeys - see rowkeys.h.  A mixing is a bijection of 64 bits, so two values of one column never meet in it. */
#include "app/rowkeys.h"

#include "base/time.h"
#include "base/words.h"
#include "record/kind.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { AHEAD = 12 };        /* rows whose places are fetched before they are looked at */
#define MISSING UINT64_C(0x7ff8dead00000000)

/* The finalizer of splitmix64. */
static inline uint64_t mix(uint64_t x)
{
    x = (x ^ x >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    x = (x ^ x >> 27) * UINT64_C(0x94d049bb133111eb);
    return x ^ x >> 31;
}

static uint64_t text_hash(const char *s, size_t n)
{
    uint64_t h = mix(n + 1), w;

    for (; n >= 8; s += 8, n -= 8) {
        memcpy(&w, s, 8);
        h = mix(h ^ w);
    }
    for (w = 0; n; n--)
        w = w << 8 | (unsigned char)s[n - 1];
    return mix(h ^ w);
}

static inline uint64_t bits_of(double v)
{
    uint64_t w;

    v += 0.0;               /* -0 is 0 */
    memcpy(&w, &v, 8);
    return isnan(v) ? MISSING : w;
}

/* One word a row of the column's values, not mixed with the column yet. */
static int words(struct oc_batch *b, const struct oc_col *c, uint64_t *w, struct oc_err *err)
{
    const size_t n = b->rows;

    switch (c->type) {
    case OC_F64:
        for (size_t i = 0; i < n; i++)
            w[i] = bits_of(c->f64[i]);
        return 0;
    case OC_TIME:
    case OC_I64:
        for (size_t i = 0; i < n; i++)
            w[i] = oc_bit(c->valid, i) ? (uint64_t)c->i64[i] : MISSING;
        return 0;
    case OC_DATE:
        for (size_t i = 0; i < n; i++)
            w[i] = oc_bit(c->valid, i) ? (uint64_t)(int64_t)c->i32[i] : MISSING;
        return 0;
    case OC_BOOL:
        for (size_t i = 0; i < n; i++)
            w[i] = oc_bit(c->valid, i) ? (uint64_t)oc_bit(c->bits, i) : MISSING;
        return 0;
    case OC_TEXT:
        for (size_t i = 0; i < n; i++)
            w[i] = oc_bit(c->valid, i) && c->i32[i + 1] > c->i32[i]
                       ? text_hash(c->chars + c->i32[i], (size_t)(c->i32[i + 1] - c->i32[i])) : MISSING;
        return 0;
    case OC_SYM:
        break;
    }
    uint64_t *of = oc_arena_alloc(&b->arena, (c->dict->n + 1) * sizeof *of);
    if (!of)
        return oc_fail(err, OC_MEMORY, "no memory for keys of rows");
    for (uint32_t i = 0; i < c->dict->n; i++) {
        size_t len = c->dict->off[i + 1] - c->dict->off[i];
        const char *s = oc_kind_word(c->def, c->dict->bytes + c->dict->off[i], len, &len);
        of[i] = len ? text_hash(s, len) : MISSING;
    }
    for (size_t i = 0; i < n; i++)
        w[i] = oc_bit(c->valid, i) ? of[c->i32[i]] : MISSING;
    return 0;
}

static bool is_in(const char *list, const char *name) { return list && oc_words_has(list, ' ', name, strlen(name)); }

/* What makes a series; contract_symbol names all of the option's terms where it is there. */
static bool of_instrument(const char *name)
{
    return is_in("symbol contract_symbol root expiry expires_at strike type style settle interval run path account exchange "
                 "contract_id",
                 name);
}

/* A table of nslot places with what is in this one. */
static int rehash(struct oc_rowkeys *r, uint32_t nslot)
{
    struct oc_rowkeysslot *slot = calloc(nslot, sizeof *slot);

    if (!slot)
        return -1;
    for (uint32_t i = 0; i < r->nslot; i++) {
        uint32_t at = (uint32_t)r->slot[i].h & (nslot - 1);
        while (r->slot[i].h && slot[at].h)
            at = (at + 1) & (nslot - 1);
        if (r->slot[i].h)
            slot[at] = r->slot[i];
    }
    free(r->slot);
    r->slot = slot;
    r->nslot = nslot;
    return 0;
}

/* A number for a new instrument: one that is free, else the next. */
static int number(struct oc_rowkeys *r, int32_t expiry, uint32_t *id)
{
    if (r->n == r->capexpiry && !r->nfree) {
        const uint32_t cap = r->capexpiry ? r->capexpiry + r->capexpiry / 2 : 64;
        int32_t *more = realloc(r->expiry, cap * sizeof *more);
        if (!more)
            return -1;
        r->expiry = more;
        r->capexpiry = cap;
    }
    *id = r->nfree ? r->free[--r->nfree] : r->n++;
    r->expiry[*id] = expiry;
    r->live++;
    return 0;
}

static int find(struct oc_rowkeys *r, uint64_t h, int32_t expiry, uint32_t *out)
{
    if (2 * (r->live + 1) > r->nslot && rehash(r, r->nslot ? 2 * r->nslot : 256))
        return -1;
    h |= h == 0;
    uint32_t at = (uint32_t)h & (r->nslot - 1);
    while (r->slot[at].h && r->slot[at].h != h)
        at = (at + 1) & (r->nslot - 1);
    if (!r->slot[at].h) {
        if (number(r, expiry, &r->slot[at].id))
            return -1;
        r->slot[at].h = h;
    }
    *out = r->slot[at].id;
    return 0;
}

static int room_for_ended(struct oc_rowkeys *r)
{
    if (r->capfree >= r->n)
        return 0;
    uint32_t *ended = realloc(r->ended, r->n * sizeof *ended);
    r->ended = ended ? ended : r->ended;
    uint32_t *more = ended ? realloc(r->free, r->n * sizeof *more) : NULL;
    if (!more)
        return -1;
    r->free = more;
    r->capfree = r->n;
    return 0;
}

/* Instruments whose expiry lies too far before r->date are over. */
static int sweep(struct oc_rowkeys *r)
{
    if (room_for_ended(r))
        return -1;
    for (uint32_t i = 0; i < r->nslot; i++)
        if (r->slot[i].h && r->expiry[r->slot[i].id] < r->date - OC_ROWKEYS_AFTER) {
            r->ended[r->nended++] = r->slot[i].id;
            r->slot[i].h = 0;
            r->live--;
        }
    uint32_t nslot = 256;
    while (nslot < 4 * r->live)
        nslot *= 2;
    return rehash(r, nslot < r->nslot ? nslot : r->nslot);
}

void oc_rowkeys_dropped(struct oc_rowkeys *r)
{
    if (r->nended)
        memcpy(r->free + r->nfree, r->ended, r->nended * sizeof *r->free);
    r->nfree += r->nended;
    r->nended = 0;
}

/* Columns by which contracts end; NULL: they do not. */
struct ends { const struct oc_col *ts, *expiry; };

static struct ends ends_of(const struct oc_rowkeys *r, const struct oc_batch *b)
{
    const struct ends e = { oc_col(b, "ts"), oc_col(b, "expiry") };

    return r->forget && e.ts && e.ts->type == OC_TIME && e.ts->flags & OC_COL_LOADED && e.expiry
                   && e.expiry->type == OC_DATE && e.expiry->flags & OC_COL_LOADED ? e : (struct ends){ 0 };
}

/* The date of the row; 1: it is one later than all before it, 0, -1: memory. */
static int advance(struct oc_rowkeys *r, const struct ends *e, size_t i)
{
    if (!oc_bit(e->ts->valid, i))
        return 0;
    const int32_t date = oc_time_date(e->ts->i64[i]), sure = date < r->before ? date : r->before;
    r->before = date;
    if (sure <= r->date)
        return 0;
    r->date = sure;
    return sweep(r) ? -1 : 1;
}

static int identify(struct oc_rowkeys *r, const struct oc_batch *b, const uint64_t *h, size_t n)
{
    const struct ends e = ends_of(r, b);

    for (size_t i = 0; i < n; i++) {
        const int later = e.ts ? advance(r, &e, i) : 0;
        const int32_t expiry = e.ts && oc_bit(e.expiry->valid, i) ? e.expiry->i32[i] : INT32_MAX;
        if (later < 0)
            return -1;
        if (i + AHEAD < n && r->nslot)      /* a table of many instruments does not stay in the cache */
            __builtin_prefetch(&r->slot[(uint32_t)mix(h[i + AHEAD]) & (r->nslot - 1)]);
        if (i && !later && h[i] == h[i - 1])
            r->instrument[i] = r->instrument[i - 1];
        else if (find(r, mix(h[i]), expiry, &r->instrument[i]))
            return -1;
    }
    return 0;
}

int oc_rowkeys_fill(struct oc_rowkeys *r, struct oc_batch *b, bool contents, struct oc_err *err)
{
    const struct oc_kind *kind = b->schema ? b->schema->kind : NULL;
    const size_t n = b->rows;
    uint64_t *w = oc_arena_alloc(&b->arena, (n + 1) * sizeof *w), *instr = oc_arena_zero(&b->arena, n + 1, sizeof *instr);

    r->hash = contents ? oc_arena_zero(&b->arena, 2 * n + 1, sizeof *r->hash) : NULL;
    r->key = contents ? oc_arena_zero(&b->arena, 2 * n + 1, sizeof *r->key) : NULL;
    r->instrument = oc_arena_alloc(&b->arena, (n + 1) * sizeof *r->instrument);
    if (!w || !instr || (contents && (!r->hash || !r->key)) || !r->instrument)
        return oc_fail(err, OC_MEMORY, "no memory for keys of rows");
    for (size_t j = 0; j < b->ncol; j++) {
        const struct oc_col *c = &b->col[j];
        const bool in_key = contents && kind && is_in(kind->key, c->name), in_instr = of_instrument(c->name);
        if (!(c->flags & OC_COL_LOADED) || !(contents || in_instr))
            continue;
        if (words(b, c, w, err))
            return -1;
        const uint64_t seed = text_hash(c->name, strlen(c->name));
        for (size_t i = 0; i < n; i++) {
            const uint64_t v = mix(w[i] + seed), u = (v ^ v >> 29) * UINT64_C(0xd6e8feb86659fd93);
            if (contents) {
                r->hash[2 * i] += v;
                r->hash[2 * i + 1] += u;
            }
            if (in_key) {
                r->key[2 * i] += v;
                r->key[2 * i + 1] += u;
            }
            instr[i] += in_instr ? v : 0;
        }
    }
    return identify(r, b, instr, n) ? oc_fail(err, OC_MEMORY, "no memory for %u instruments", r->n) : 0;
}

void oc_rowkeys_free(struct oc_rowkeys *r)
{
    free(r->slot);
    free(r->expiry);
    free(r->ended);
    free(r->free);
    *r = (struct oc_rowkeys){ 0 };
}
