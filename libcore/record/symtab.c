/*
 * symtab - see symtab.h.  Linear probing at a load below one half; 32 bits of the hash are kept beside each text,
 * so that growing does not read the texts and a probe compares bytes only where the hash agrees.
 */
#include "record/symtab.h"

#include <stdlib.h>
#include <string.h>

/* Eight bytes a step, mixed by multiplication; order of bytes as they lie, so equal on one machine is all it says. */
static uint32_t hash_text(const char *s, size_t n)
{
    uint64_t h = 0x9e3779b97f4a7c15u ^ n;
    uint64_t w;

    while (n >= 8) {
        memcpy(&w, s, 8);
        h = (h ^ w) * 0xd6e8feb86659fd93u;
        h ^= h >> 32;
        s += 8;
        n -= 8;
    }
    w = 0;
    memcpy(&w, s, n);
    h = (h ^ w) * 0xd6e8feb86659fd93u;
    h ^= h >> 32;
    h *= 0xd6e8feb86659fd93u;
    return (uint32_t)(h >> 32);
}

static int rehash(struct oc_symtab *t)
{
    const uint32_t nslot = t->nslot ? 2 * t->nslot : 64;
    uint32_t *slot = calloc(nslot, sizeof *slot);
    uint32_t *hash = realloc(t->hash, nslot / 2 * sizeof *hash);

    if (hash)
        t->hash = hash;
    if (!slot || !hash) {
        free(slot);
        return -1;
    }
    for (uint32_t i = 0; i < t->n; i++) {
        uint32_t k = t->hash[i] & (nslot - 1);
        while (slot[k])
            k = (k + 1) & (nslot - 1);
        slot[k] = i + 1;
    }
    free(t->slot);
    t->slot = slot;
    t->nslot = nslot;
    return 0;
}

static int append(struct oc_symtab *t, const char *s, size_t n)
{
    if (t->n + 2 > t->capoff) {
        const uint32_t cap = t->capoff ? 2 * t->capoff : 64;
        uint32_t *off = realloc(t->off, cap * sizeof *off);
        if (!off)
            return -1;
        off[0] = 0;
        t->off = off;
        t->capoff = cap;
    }
    if (t->nbytes + n + 8 > t->capbytes) {
        size_t cap = t->capbytes ? 2 * t->capbytes : 1024;
        while (cap < t->nbytes + n + 8)
            cap *= 2;
        char *p = realloc(t->bytes, cap);
        if (!p || cap > UINT32_MAX / 2)
            return -1;
        t->bytes = p;
        t->capbytes = cap;
    }
    memcpy(t->bytes + t->nbytes, s, n);
    t->nbytes += n;
    t->off[++t->n] = (uint32_t)t->nbytes;
    return 0;
}

int32_t oc_symtab_id(struct oc_symtab *t, const char *s, size_t n)
{
    if (2 * (t->n + 1) > t->nslot && rehash(t))
        return -1;
    const uint32_t h = hash_text(s, n);
    uint32_t k = h & (t->nslot - 1);
    for (; t->slot[k]; k = (k + 1) & (t->nslot - 1)) {
        const uint32_t i = t->slot[k] - 1;
        if (t->hash[i] == h && t->off[i + 1] - t->off[i] == n && memcmp(t->bytes + t->off[i], s, n) == 0)
            return (int32_t)i;
    }
    if (append(t, s, n))
        return -1;
    t->hash[t->n - 1] = h;
    t->slot[k] = t->n;
    return (int32_t)t->n - 1;
}

struct oc_dict *oc_symtab_dict(const struct oc_symtab *t, struct oc_err *err)
{
    static const uint32_t none[1] = { 0 };

    return oc_dict_new(t->n, t->n ? t->off : none, t->bytes ? t->bytes : "", err);
}

void oc_symtab_clear(struct oc_symtab *t)
{
    t->n = 0;
    t->nbytes = 0;
    if (t->slot)
        memset(t->slot, 0, t->nslot * sizeof *t->slot);
}

void oc_symtab_free(struct oc_symtab *t)
{
    free(t->off);
    free(t->bytes);
    free(t->slot);
    free(t->hash);
    *t = (struct oc_symtab){ 0 };
}
