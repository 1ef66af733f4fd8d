/* barrows - see barrows.h */
#include "app/barrows.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int add_figures(struct oc_barrows *r, struct oc_err *err)
{
    if (r->capfigure < r->cap) {
        double *p = realloc(r->figure, r->cap * r->nfigure * sizeof *p);
        if (!p)
            return oc_fail(err, OC_MEMORY, "no memory for the figures of %zu bars", r->cap);
        r->figure = p;
        r->capfigure = r->cap;
    }
    for (size_t i = 0; i < r->nfigure; i++)
        r->figure[r->n * r->nfigure + i] = NAN;
    return 0;
}

struct oc_barrow *oc_barrows_add(struct oc_barrows *r, struct oc_err *err)
{
    if (r->n == r->cap) {
        const size_t cap = r->cap ? 2 * r->cap : 1024;
        struct oc_barrow *v = cap <= UINT32_MAX ? realloc(r->v, cap * sizeof *v) : NULL;
        if (!v) {
            oc_fail(err, OC_MEMORY, "no memory for %zu bars of one block", cap);
            return NULL;
        }
        r->v = v;
        r->cap = cap;
    }
    if (r->nfigure && add_figures(r, err))
        return NULL;
    return &r->v[r->n++];
}

static int compare(const struct oc_barrow *a, const struct oc_barrow *b)
{
    if (a->record != b->record)
        return a->record < b->record ? -1 : 1;
    if (a->end != b->end)
        return a->end < b->end ? -1 : 1;
    if (a->symbol != b->symbol)
        return a->symbol < b->symbol ? -1 : 1;
    return a->number < b->number ? -1 : a->number > b->number;
}

/* Stable, from the bottom up; `spare` has room for n. */
static uint32_t *merge_sort(const struct oc_barrow *v, uint32_t *a, uint32_t *spare, size_t n)
{
    for (size_t width = 1; width < n; width *= 2) {
        for (size_t from = 0; from < n; from += 2 * width) {
            const size_t middle = from + width < n ? from + width : n, to = from + 2 * width < n ? from + 2 * width : n;
            size_t i = from, j = middle;
            for (size_t k = from; k < to; k++)
                spare[k] = j >= to || (i < middle && compare(&v[a[i]], &v[a[j]]) <= 0) ? a[i++] : a[j++];
        }
        uint32_t *t = a;
        a = spare;
        spare = t;
    }
    return a;
}

int oc_barrows_sort(struct oc_barrows *r, struct oc_err *err)
{
    if (r->n > r->caporder) {
        uint32_t *p = realloc(r->order, 2 * r->cap * sizeof *p);
        if (!p)
            return oc_fail(err, OC_MEMORY, "no memory for the order of %zu bars", r->n);
        r->order = p;
        r->caporder = r->cap;
    }
    for (size_t i = 0; i < r->n; i++)
        r->order[i] = (uint32_t)i;
    uint32_t *sorted = merge_sort(r->v, r->order, r->order + r->caporder, r->n);
    if (sorted != r->order && r->n)
        memcpy(r->order, sorted, r->n * sizeof *sorted);
    return 0;
}

void oc_barrows_free(struct oc_barrows *r)
{
    free(r->v);
    free(r->order);
    free(r->figure);
    *r = (struct oc_barrows){ 0 };
}
