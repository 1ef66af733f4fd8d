/* checkequal - see checkequal.h. */
#include "app/checkequal.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { AHEAD = 12 };        /* rows whose places are fetched before they are looked at */

static int seen_grow(struct oc_seenset *t, uint64_t run)
{
    const size_t nslot = t->nslot ? 2 * t->nslot : 256;
    struct oc_seen *slot = calloc(nslot, sizeof *slot);

    if (!slot)
        return -1;
    for (size_t i = 0; i < t->nslot; i++) {
        if (t->slot[i].run != run)
            continue;
        size_t at = t->slot[i].h[0] & (nslot - 1);
        while (slot[at].run)
            at = (at + 1) & (nslot - 1);
        slot[at] = t->slot[i];
    }
    free(t->slot);
    t->slot = slot;
    t->nslot = nslot;
    return 0;
}

/* The record of this run that has the digest, or NULL after taking it in.  Slots of other runs count as empty. */
static const struct oc_seen *seen(struct oc_seenset *t, uint64_t run, const uint64_t h[2], const uint64_t other[2], int *rc)
{
    if (2 * (t->n + 1) > t->nslot && seen_grow(t, run)) {
        *rc = -1;
        return NULL;
    }
    size_t at = h[0] & (t->nslot - 1);
    for (; t->slot[at].run == run; at = (at + 1) & (t->nslot - 1))
        if (t->slot[at].h[0] == h[0] && t->slot[at].h[1] == h[1])
            return &t->slot[at];
    t->slot[at] = (struct oc_seen){ { h[0], h[1] }, { other[0], other[1] }, run };
    t->n++;
    return NULL;
}

/*
 * Nearly every row has a key that its run had not, and so a content that it had not: one look.  The first content of a key
 * stands beside it, the others among the contents.
 */
static int equal(struct oc_checking *k, struct oc_checkequal *c, size_t i, bool conflict)
{
    const uint64_t *h = k->hash + 2 * i, *key = conflict ? k->key + 2 * i : h;
    int rc = 0;
    const struct oc_seen *first = seen(&c->keys, c->run, key, h, &rc);

    if (!first)
        return rc;
    const bool same = first->other[0] == h[0] && first->other[1] == h[1];
    if (same || seen(&c->contents, c->run, h, h, &rc)) {
        if (oc_checking_on(k, OC_CHECK_duplicate))
            oc_check_hit(k, OC_CHECK_duplicate, i, NULL, NAN, NAN, "equal to a record of the same instant");
    } else if (rc == 0) {
        oc_check_hit(k, OC_CHECK_conflict, i, NULL, NAN, NAN, "the key of a record of the same instant, with other content");
    }
    return rc;
}

void oc_checkequal_rows(struct oc_checking *k, struct oc_checkequal *c)
{
    const struct oc_intcol *ts = &k->c.ts;
    const bool conflict = oc_checking_on(k, OC_CHECK_conflict) && k->key;
    int rc = 0;

    if (!k->hash)
        return;
    oc_checking_seen(k, OC_CHECK_duplicate, k->n);
    oc_checking_seen(k, OC_CHECK_conflict, conflict ? k->n : 0);
    for (size_t i = 0; i < k->n && rc == 0; i++) {
        const int64_t t = ts->v ? ts->v[i] : 0;
        if (t != c->ts || !c->run) {
            c->ts = t;
            c->run++;
            c->contents.n = c->keys.n = 0;
        }
        if (i + AHEAD < k->n && c->keys.nslot)
            __builtin_prefetch(&c->keys.slot[(conflict ? k->key : k->hash)[2 * (i + AHEAD)] & (c->keys.nslot - 1)], 1);
        if (oc_checking_good(k, i))
            rc = equal(k, c, i, conflict);
    }
    if (rc)
        k->rc = oc_fail(k->err, OC_MEMORY, "no memory for the rows of an instant");
}

void oc_checkequal_free(struct oc_checkequal *c)
{
    free(c->contents.slot);
    free(c->keys.slot);
    *c = (struct oc_checkequal){ 0 };
}
