/* rowkeys - see rowkeys.h.  A mixing is a bijection of 64 bits, so two values of one column never meet in it. */
#include "app/rowkeys.h"

#include "base/words.h"
#include "record/kind.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

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

static int32_t grow(struct oc_rowkeys *r)
{
    const uint32_t nslot = r->nslot ? 2 * r->nslot : 256;
    uint64_t *slot = calloc(nslot, sizeof *slot);
    uint32_t *id = calloc(nslot, sizeof *id);

    if (!slot || !id) {
        free(slot);
        free(id);
        return -1;
    }
    for (uint32_t i = 0; i < r->nslot; i++) {
        uint32_t at = (uint32_t)r->slot[i] & (nslot - 1);
        while (r->slot[i] && slot[at])
            at = (at + 1) & (nslot - 1);
        if (r->slot[i]) {
            slot[at] = r->slot[i];
            id[at] = r->id[i];
        }
    }
    free(r->slot);
    free(r->id);
    r->slot = slot;
    r->id = id;
    r->nslot = nslot;
    return 0;
}

static int find(struct oc_rowkeys *r, uint64_t h, uint32_t *out)
{
    if (2 * (r->n + 1) > r->nslot && grow(r))
        return -1;
    h |= h == 0;
    uint32_t at = (uint32_t)h & (r->nslot - 1);
    while (r->slot[at] && r->slot[at] != h)
        at = (at + 1) & (r->nslot - 1);
    if (!r->slot[at]) {
        r->slot[at] = h;
        r->id[at] = r->n++;
    }
    *out = r->id[at];
    return 0;
}

static int identify(struct oc_rowkeys *r, const uint64_t *h, size_t n, struct oc_err *err)
{
    for (size_t i = 0; i < n; i++) {
        if (i && h[i] == h[i - 1])
            r->instrument[i] = r->instrument[i - 1];
        else if (find(r, mix(h[i]), &r->instrument[i]))
            return oc_fail(err, OC_MEMORY, "no memory for %u instruments", r->n);
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
    return identify(r, instr, n, err);
}

void oc_rowkeys_free(struct oc_rowkeys *r)
{
    free(r->slot);
    free(r->id);
    *r = (struct oc_rowkeys){ 0 };
}
