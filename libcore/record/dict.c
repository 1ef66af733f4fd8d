/*
 * dict - distinct texts, immutable and counted: see batch.h.  One allocation holds the head, the offsets and the
 * bytes, so that dropping the last reference is one free().
 */
#include "record/batch.h"

#include <stdlib.h>
#include <string.h>

struct oc_dict *oc_dict_new(uint32_t n, const uint32_t *off, const char *bytes, struct oc_err *err)
{
    const size_t noff = ((size_t)n + 1) * sizeof *off;
    const size_t nbytes = n ? off[n] - off[0] : 0;
    struct oc_dict *d = malloc(sizeof *d + noff + nbytes + 1);

    if (!d) {
        oc_fail(err, OC_MEMORY, "no memory for a dictionary of %u texts", n);
        return NULL;
    }
    uint32_t *o = (uint32_t *)(void *)(d + 1);
    char *p = (char *)(o + n + 1);
    o[0] = 0;
    for (uint32_t i = 0; i < n; i++)
        o[i + 1] = off[i + 1] - off[0];
    if (nbytes)
        memcpy(p, bytes + off[0], nbytes);
    *d = (struct oc_dict){ .refs = 1, .n = n, .off = o, .bytes = p };
    return d;
}

struct oc_dict *oc_dict_keep(struct oc_dict *d)
{
    if (d)
        __atomic_add_fetch(&d->refs, 1, __ATOMIC_RELAXED);
    return d;
}

void oc_dict_drop(struct oc_dict *d)
{
    if (d && __atomic_sub_fetch(&d->refs, 1, __ATOMIC_ACQ_REL) == 0) {
        free(d->owner);
        free(d);
    }
}
