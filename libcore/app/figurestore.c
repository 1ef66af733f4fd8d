/* figurestore - see figurestore.h.  Runs are sorted by item and block when they are first looked for. */
#include "app/figurestore.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

struct store {
    size_t n, cap;
    struct oc_figurerun *run;
    size_t *order;              /* indexes by item and block; NULL: not made */
};

static struct store *ready(void **store)
{
    return *store ? *store : (*store = calloc(1, sizeof(struct store)));
}

double *oc_figurestore_add(void **store, uint64_t item, uint64_t block, uint64_t n, size_t k, struct oc_err *err)
{
    struct store *s = ready(store);
    double *v = n && k > SIZE_MAX / sizeof *v / n ? NULL : malloc((n * k + 1) * sizeof *v);

    if (s && s->n == s->cap) {
        const size_t cap = s->cap ? 2 * s->cap : 16;
        struct oc_figurerun *more = realloc(s->run, cap * sizeof *more);
        if (more) {
            s->run = more;
            s->cap = cap;
        }
    }
    if (!s || !v || s->n == s->cap) {
        free(v);
        oc_fail(err, OC_MEMORY, "no memory for %llu x %zu figures", (unsigned long long)n, k);
        return NULL;
    }
    free(s->order);
    s->order = NULL;
    s->run[s->n++] = (struct oc_figurerun){ item, block, n, k, v };
    return v;
}

static int by_place(const void *a, const void *b, void *runs)
{
    const struct oc_figurerun *r = runs, *x = &r[*(const size_t *)a], *y = &r[*(const size_t *)b];

    if (x->item != y->item)
        return x->item < y->item ? -1 : 1;
    return x->block < y->block ? -1 : x->block > y->block;
}

/* The order is an aid of the look-up, not part of what the store holds. */
static bool sort(struct store *s)
{
    if (s->order)
        return true;
    if (!(s->order = malloc((s->n + 1) * sizeof *s->order)))
        return false;
    for (size_t i = 0; i < s->n; i++)
        s->order[i] = i;
    qsort_r(s->order, s->n, sizeof *s->order, by_place, s->run);
    return true;
}

const double *oc_figurestore_get(const void *store, uint64_t item, uint64_t block, size_t *k)
{
    struct store *s = (struct store *)(uintptr_t)store;
    size_t low = 0, high = s ? s->n : 0;

    if (!s || !sort(s))
        return NULL;
    while (low < high) {            /* the first run behind (item, block) */
        const size_t mid = (low + high) / 2;
        const struct oc_figurerun *r = &s->run[s->order[mid]];
        if (r->item < item || (r->item == item && r->block <= block))
            low = mid + 1;
        else
            high = mid;
    }
    while (low > 0) {               /* runs may be empty, or one within another where shards overlap */
        const struct oc_figurerun *r = &s->run[s->order[--low]];
        if (r->item != item)
            return NULL;
        if (block - r->block < r->n) {
            *k = r->k;
            return r->v + (block - r->block) * r->k;
        }
    }
    return NULL;
}

/* Do two runs have the same bits where they overlap?  *common: blocks that both have. */
static bool agree(const struct oc_figurerun *a, const struct oc_figurerun *b, uint64_t *common)
{
    const uint64_t from = a->block > b->block ? a->block : b->block;
    const uint64_t ea = a->block + a->n, eb = b->block + b->n, to = ea < eb ? ea : eb;

    *common = to > from ? to - from : 0;
    return !*common || (a->k == b->k && memcmp(a->v + (from - a->block) * a->k, b->v + (from - b->block) * b->k,
                                               *common * a->k * sizeof *a->v) == 0);
}

int oc_figurestore_check(const void *store, uint64_t *twice, uint64_t *items, uint64_t *blocks, struct oc_err *err)
{
    struct store *s = (struct store *)(uintptr_t)store;
    uint64_t common;

    *twice = *items = *blocks = 0;
    if (s && !sort(s))
        return oc_fail(err, OC_MEMORY, "no memory to sort the shards");
    for (size_t i = 0; s && i < s->n; i++) {
        const struct oc_figurerun *r = &s->run[s->order[i]];
        *items = r->item >= *items ? r->item + 1 : *items;
        *blocks = r->block + r->n > *blocks ? r->block + r->n : *blocks;
        for (size_t j = i + 1; j < s->n; j++) {
            const struct oc_figurerun *t = &s->run[s->order[j]];
            if (t->item != r->item || t->block >= r->block + r->n)
                break;
            if (!agree(r, t, &common))
                return oc_fail(err, OC_DATA, "two shards have block %llu of item %llu, with different figures",
                               (unsigned long long)t->block, (unsigned long long)t->item);
            *twice += common;
        }
    }
    return 0;
}

int oc_figurestore_at(const void *store, size_t i, struct oc_figurerun *out)
{
    const struct store *s = store;

    if (!s || i >= s->n)
        return 0;
    *out = s->run[i];
    return 1;
}

void oc_figurestore_free(void *store)
{
    struct store *s = store;

    for (size_t i = 0; s && i < s->n; i++)
        free(s->run[i].v);
    if (s) {
        free(s->run);
        free(s->order);
    }
    free(s);
}
