/* tail - see tail.h */
#include "risk/tail.h"

#include "risk/perf.h"

#include <math.h>
#include <stdlib.h>

struct entry { double x; size_t path; };

static int by_value(const void *a, const void *b)
{
    const struct entry *p = a, *q = b;

    if (p->x != q->x)
        return p->x < q->x ? -1 : 1;
    return p->path < q->path ? -1 : p->path > q->path;
}

int oc_tail_open(struct oc_tail *t, size_t n, const double *x, bool pairs, struct oc_err *err)
{
    struct entry *e = n <= SIZE_MAX / sizeof *e ? malloc((n + 1) * sizeof *e) : NULL;

    *t = (struct oc_tail){ .n = n, .x = x, .pairs = pairs };
    t->sorted = e ? malloc((n + 1) * sizeof *t->sorted) : NULL;
    t->order = e ? malloc((n + 1) * sizeof *t->order) : NULL;
    if (!t->sorted || !t->order) {
        free(e);
        oc_tail_close(t);
        return oc_fail(err, OC_MEMORY, "no memory to sort %zu paths", n);
    }
    for (size_t i = 0; i < n; i++)
        e[i] = (struct entry){ x[i], i };
    qsort(e, n, sizeof *e, by_value);
    for (size_t i = 0; i < n; i++) {
        t->sorted[i] = e[i].x;
        t->order[i] = e[i].path;
    }
    free(e);
    return 0;
}

void oc_tail_close(struct oc_tail *t)
{
    free(t->sorted);
    free(t->order);
    t->sorted = NULL;
    t->order = NULL;
}

/* A value of each path (or of each path's x below a bound) for the sums below. */
struct figure { const double *x; double below, scale; bool count; };

static double at(const struct figure *f, size_t i)
{
    if (f->scale == 0)
        return f->x[i];
    if (f->count)
        return f->x[i] <= f->below;
    return f->x[i] < f->below ? (f->below - f->x[i]) * f->scale : 0;
}

/* Neumaier's sum: what is rounded off is added at the end, so cancelling profits and losses keep their digits. */
struct sum { double hi, lo; };

static void add(struct sum *s, double x)
{
    const double t = s->hi + x;

    s->lo += fabs(s->hi) >= fabs(x) ? (s->hi - t) + x : (x - t) + s->hi;
    s->hi = t;
}

static double mean_of(size_t n, const struct figure *f, bool pairs, double *error)
{
    const size_t step = pairs ? 2 : 1, units = n / step;
    struct sum s = { 0, 0 }, q = { 0, 0 };

    for (size_t i = 0; i < n; i++)
        add(&s, at(f, i));
    const double mean = (s.hi + s.lo) / (double)n;
    for (size_t i = 0; i + step <= n; i += step) {
        const double d = (pairs ? 0.5 * (at(f, i) + at(f, i + 1)) : at(f, i)) - mean;
        add(&q, d * d);
    }
    *error = units > 1 ? sqrt((q.hi + q.lo) / (double)(units - 1) / (double)units) : NAN;
    return mean;
}

double oc_tail_mean(size_t n, const double *x, bool pairs, double *error)
{
    return mean_of(n, &(struct figure){ .x = x }, pairs, error);
}

double oc_tail_quantile(const struct oc_tail *t, double p, double z, double *low, double *high)
{
    double widen = 1, error;

    if (t->pairs) {         /* the count of paths below the quantile varies by pairs */
        const double q = oc_perf_quantile(t->n, t->sorted, p, 0, NULL, NULL), plain = sqrt(p * (1 - p) / (double)t->n);
        mean_of(t->n, &(struct figure){ .x = t->x, .below = q, .scale = 1, .count = true }, true, &error);
        widen = plain > 0 && error >= 0 ? error / plain : 1;
    }
    return oc_perf_quantile(t->n, t->sorted, p, z * widen, low, high);
}

/* Paths in the tail of level c: n (1 - c), which is a whole number where it misses one by no more than c's own rounding. */
static double mass_of(const struct oc_tail *t, double c)
{
    const double m = (double)t->n * (1 - c), whole = floor(m + 0.5);

    return fabs(m - whole) <= (double)t->n * 0x1p-52 && whole > 0 ? whole : m;
}

/* The level of the path on the edge of the tail, in the middle of its step. */
static double edge_level(const struct oc_tail *t, double c) { return (ceil(mass_of(t, c)) - 0.5) / (double)t->n; }

double oc_tail_var(const struct oc_tail *t, double c, double z, double *low, double *high)
{
    double worst, best;
    const double q = oc_tail_quantile(t, edge_level(t, c), z, &worst, &best);

    *low = -best;
    *high = -worst;
    return -q;
}

double oc_tail_share(const struct oc_tail *t, double c, const double *part, size_t stride)
{
    const double mass = mass_of(t, c), whole = floor(mass), rest = mass - whole;
    const size_t k = (size_t)whole < t->n ? (size_t)whole : t->n - 1;
    struct sum s = { 0, 0 };

    for (size_t i = 0; i < k; i++)
        add(&s, -part[t->order[i] * stride]);
    add(&s, -rest * part[t->order[k] * stride]);
    return (s.hi + s.lo) / mass;
}

double oc_tail_shortfall(const struct oc_tail *t, double c, double *error)
{
    const double q = oc_perf_quantile(t->n, t->sorted, edge_level(t, c), 0, NULL, NULL);

    mean_of(t->n, &(struct figure){ .x = t->x, .below = q, .scale = 1 / (1 - c) }, t->pairs, error);
    return oc_tail_share(t, c, t->x, 1);
}
