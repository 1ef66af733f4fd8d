/* bridge - see bridge.h.  Open intervals wait in a heap, the one with the largest variance on top. */
#include "math/bridge.h"

#include "math/isa.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>

enum { TILE = 256 };

/* W(at) = a W(left) + b W(right) + c Z; times are counted from 1, W of row k - 1 is that of time k, and of time 0 it is 0 */
struct node {
    size_t at, left, right;
    double a, b, c;
};

struct oc_bridge {
    size_t steps;
    struct node *node;          /* [steps] in order of importance */
    double *scale;              /* [steps] 1 / sqrt(length) */
};

OC_K_DECLARE(void, oc_bridge_node_k,
             (size_t n, const double c[3], const double *left, const double *right, const double *z, double *out));
OC_K_DECLARE(void, oc_bridge_scale_k, (size_t n, double scale, const double *before, double *w));

int oc_bridge_grid(size_t steps, const double *t, struct oc_err *err)
{
    for (size_t k = 0; k < steps; k++)
        if (!(t[k] >= -DBL_MAX && t[k + 1] > t[k] && t[k + 1] <= DBL_MAX))
            return oc_fail(err, OC_USAGE, "times do not ascend: %.17g, then %.17g (step %zu)", t[k], t[k + 1], k + 1);
    return 0;
}

/* ---- the order ------------------------------------------------------------------------------------ */

/* An interval of times left .. right with at least one between them, of which `at` is best. */
struct gap {
    size_t left, at, right;
    double variance;
};

static int before(const struct gap *x, const struct gap *y)
{
    return x->variance > y->variance || (x->variance == y->variance && x->left < y->left);
}

static double variance(const double *t, size_t l, size_t m, size_t r)
{
    return (t[m] - t[l]) * ((t[r] - t[m]) / (t[r] - t[l]));
}

/* The variance rises up to the middle and falls behind it: the best time is next to it. */
static struct gap gap_of(const double *t, size_t l, size_t r)
{
    const double middle = t[l] + 0.5 * (t[r] - t[l]);
    size_t lo = l, hi = r;

    while (hi - lo > 1) {
        const size_t m = lo + (hi - lo) / 2;
        if (t[m] <= middle)
            lo = m;
        else
            hi = m;
    }
    const int later = lo == l || (hi < r && variance(t, l, hi, r) > variance(t, l, lo, r));
    const size_t at = later ? hi : lo;
    return (struct gap){ l, at, r, variance(t, l, at, r) };
}

static void push(struct gap *heap, size_t *n, struct gap g)
{
    size_t i = (*n)++;

    for (; i > 0 && before(&g, &heap[(i - 1) / 2]); i = (i - 1) / 2)
        heap[i] = heap[(i - 1) / 2];
    heap[i] = g;
}

static struct gap pop(struct gap *heap, size_t *n)
{
    const struct gap top = heap[0], last = heap[--*n];
    size_t i = 0;

    for (size_t k; (k = 2 * i + 1) < *n; i = k) {
        k += k + 1 < *n && before(&heap[k + 1], &heap[k]);
        if (!before(&heap[k], &last))
            break;
        heap[i] = heap[k];
    }
    heap[i] = last;
    return top;
}

static void order(struct oc_bridge *b, const double *t, struct gap *heap)
{
    const size_t end = b->steps;
    size_t open = 0;

    b->node[0] = (struct node){ end, 0, 0, 0.0, 0.0, sqrt(t[end] - t[0]) };
    if (end > 1)
        push(heap, &open, gap_of(t, 0, end));
    for (size_t i = 1; i < end; i++) {
        const struct gap g = pop(heap, &open);
        const double whole = t[g.right] - t[g.left];
        b->node[i] = (struct node){
            g.at, g.left, g.right, (t[g.right] - t[g.at]) / whole, (t[g.at] - t[g.left]) / whole, sqrt(g.variance)
        };
        if (g.at - g.left > 1)
            push(heap, &open, gap_of(t, g.left, g.at));
        if (g.right - g.at > 1)
            push(heap, &open, gap_of(t, g.at, g.right));
    }
}

struct oc_bridge *oc_bridge_open(size_t steps, const double *t, struct oc_err *err)
{
    if (steps < 1) {
        oc_fail(err, OC_USAGE, "a path of no steps");
        return NULL;
    }
    if (oc_bridge_grid(steps, t, err))
        return NULL;
    struct oc_bridge *const b = calloc(1, sizeof *b);
    struct gap *const heap = calloc(steps, sizeof *heap);
    if (b && (b->node = calloc(steps, sizeof *b->node)) && (b->scale = calloc(steps, sizeof *b->scale)) && heap) {
        b->steps = steps;
        order(b, t, heap);
        for (size_t k = 0; k < steps; k++)
            b->scale[k] = 1.0 / sqrt(t[k + 1] - t[k]);
        free(heap);
        return b;
    }
    oc_fail(err, OC_MEMORY, "out of memory for %zu steps", steps);
    oc_bridge_close(b);
    free(heap);
    return NULL;
}

void oc_bridge_close(struct oc_bridge *b)
{
    if (!b)
        return;
    free(b->node);
    free(b->scale);
    free(b);
}

/* ---- the map -------------------------------------------------------------------------------------- */

void oc_bridge_apply(const struct oc_bridge *b, size_t n, const double *z, size_t ldz, double *out, size_t ld)
{
    static const double zero[TILE];

    for (size_t j = 0, m; j < n; j += m) {
        m = n - j < TILE ? n - j : TILE;
        for (size_t i = 0; i < b->steps; i++) {
            const struct node *const v = &b->node[i];
            const double c[3] = { v->a, v->b, v->c };
            OC_K_PICK(oc_bridge_node_k)(m, c, v->left ? out + (v->left - 1) * ld + j : zero,
                                        v->right ? out + (v->right - 1) * ld + j : zero, z + i * ldz + j,
                                        out + (v->at - 1) * ld + j);
        }
        for (size_t k = b->steps; k-- > 0; )
            OC_K_PICK(oc_bridge_scale_k)(m, b->scale[k], k ? out + (k - 1) * ld + j : zero, out + k * ld + j);
    }
}
