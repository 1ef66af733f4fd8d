/* arrow_dict - see arrow_dict.h. */
#include "record/arrow_dict.h"
#include "record/arrow_part.h"

#include <stdlib.h>
#include <string.h>

enum { TEXTS_MAX = 65536, BYTES_MAX = 1 << 20, BYTES_FEW = 1 << 14 };

void oc_arrow_dict_turn(struct oc_arrow_dict *d)
{
    const bool mostly_new = 2 * (size_t)(d->tab.n - d->before) > d->rows && d->tab.nbytes > BYTES_FEW;

    d->before = d->tab.n;
    d->rows = 0;
    if (d->tab.n <= TEXTS_MAX && d->tab.nbytes <= BYTES_MAX && !mostly_new)
        return;
    d->before = 0;
    oc_symtab_clear(&d->tab);
    d->sent = 0;
    d->started = false;
    oc_dict_drop(d->last);
    d->last = NULL;
    d->nmap = d->same = 0;
}

/* Does the new dictionary begin with all of the old one?  (So it does when a stream of ours sends a grown one.) */
static bool continues(const struct oc_dict *old, const struct oc_dict *now)
{
    return old && now->n >= old->n && memcmp(now->off, old->off, ((size_t)old->n + 1) * sizeof *old->off) == 0
        && memcmp(now->bytes, old->bytes, old->off[old->n]) == 0;
}

/* Make `map` one of this dictionary. */
static int follow(struct oc_arrow_dict *d, struct oc_dict *now, struct oc_err *err)
{
    if (now == d->last)
        return 0;
    if (!continues(d->last, now))
        d->nmap = d->same = 0;
    if (now->n > d->capmap) {
        int32_t *map = realloc(d->map, now->n * sizeof *map);
        if (!map)
            return oc_fail(err, OC_MEMORY, "no memory for the dictionary of an Arrow column");
        d->map = map;
        d->capmap = now->n;
    }
    while (d->nmap < now->n)
        d->map[d->nmap++] = -1;
    oc_dict_drop(d->last);
    d->last = oc_dict_keep(now);
    return 0;
}

bool oc_arrow_dict_below(const int32_t *v, size_t n, uint32_t bound)
{
    uint32_t any = 0;           /* the top bit of an index, or of its distance to the last allowed one */
    size_t i = 0;

    if (bound == 0 || bound > INT32_MAX)
        return n == 0;
    for (; i + 16 <= n; i += 16)
        for (size_t k = 0; k < 16; k++)
            any |= (uint32_t)v[i + k] | (bound - 1 - (uint32_t)v[i + k]);
    for (; i < n; i++)
        any |= (uint32_t)v[i] | (bound - 1 - (uint32_t)v[i]);
    return any >> 31 == 0;
}

/* The number of entry i of the current batch dictionary, taken in now. */
static int32_t take(struct oc_arrow_dict *d, const struct oc_col *c, size_t i, struct oc_err *err)
{
    const char *s = c->dict->bytes + c->dict->off[i];
    const size_t n = c->dict->off[i + 1] - c->dict->off[i];

    if (!oc_arrow_part_utf8(s, n))
        return oc_fail(err, OC_DATA, "column '%s': '%.*s' is not UTF-8, which Arrow requires", c->name,
                       (int)(n < 40 ? n : 40), s);
    const int32_t id = oc_symtab_id(&d->tab, s, n);
    if (id < 0)
        return oc_fail(err, OC_MEMORY, "no memory for the dictionary of column '%s'", c->name);
    d->map[i] = id;
    return id;
}

const int32_t *oc_arrow_dict_map(struct oc_arrow_dict *d, const struct oc_col *c, size_t from, size_t n, int32_t *room,
                                 struct oc_err *err)
{
    const int32_t *index = c->i32 + from;

    d->rows += n;
    if (follow(d, c->dict, err))
        return NULL;
    if (oc_arrow_dict_below(index, n, d->same))
        return index;               /* missing rows hold 0 in both */
    for (size_t i = 0; i < n; i++) {
        room[i] = 0;
        if (!oc_bit(c->valid, from + i))
            continue;
        int32_t id = d->map[index[i]];
        if (id < 0 && (id = take(d, c, (size_t)index[i], err)) < 0)
            return NULL;
        room[i] = id;
    }
    while (d->same < d->nmap && d->map[d->same] == (int32_t)d->same)
        d->same++;
    return room;
}

bool oc_arrow_dict_grown(const struct oc_arrow_dict *d) { return !d->started || d->tab.n > d->sent; }

void oc_arrow_dict_sent(struct oc_arrow_dict *d)
{
    d->started = true;
    d->sent = d->tab.n;
}

void oc_arrow_dict_free(struct oc_arrow_dict *d)
{
    oc_symtab_free(&d->tab);
    oc_dict_drop(d->last);
    free(d->map);
    *d = (struct oc_arrow_dict){ 0 };
}
