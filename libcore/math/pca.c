/*
 * pca - see pca.h.
 *
 * With X the normalised increments, h the lengths of the steps and A the matrix of their running sums, W = A diag(sqrt h) X.
 * The right singular vectors of A diag(sqrt h) are the map from components to X, and they are the eigenvectors of the
 * inverse of its Gram matrix, which is tridiagonal: 1/h1, 2/h2, 2/h3, ... beside -1/sqrt(h(i) h(i+1)).  Its small
 * eigenvalues are the important ones.
 */
#include "math/pca.h"

#include "math/bridge.h"
#include "math/isa.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

struct oc_pca {
    size_t steps;
    double *map;                /* [steps][steps] increment k from component l */
    double *variance;           /* [steps] descending */
};

/* Rows row and row + 1 of the eigenvectors turn by (c, s); pca.k.c knows this struct. */
struct oc_pca_turn {
    size_t row;
    double c, s;
};

OC_K_DECLARE(void, oc_pca_turn_k, (size_t n, double *vector, size_t ld, size_t turns, const struct oc_pca_turn *turn));
OC_K_DECLARE(void, oc_pca_apply_k,
             (size_t steps, const double *map, size_t n, const double *z, size_t ldz, double *out, size_t ld));

/*
 * Work of the eigenvalue problem: diagonal d, e[i] beside d[i] and d[i + 1], eigenvectors as rows.  Turns of the rows are
 * kept and done many at a time, so that a large matrix goes through the caches once for all of them.
 */
enum { TURNS = 8192 };
struct problem {
    size_t n, ld;               /* ld: from row to row; no power of two, which would put a column into few sets of a cache */
    double *d, *e, *vector;
    size_t turns;
    struct oc_pca_turn turn[TURNS];
};

static void turn_rows(struct problem *p)
{
    OC_K_PICK(oc_pca_turn_k)(p->n, p->vector, p->ld, p->turns, p->turn);
    p->turns = 0;
}

/* Times are taken in units of the whole. */
static void pose(struct problem *p, const double *t)
{
    const size_t n = p->n;
    const double whole = t[n] - t[0];

    for (size_t i = 0; i < n; i++) {
        const double h = (t[i + 1] - t[i]) / whole;
        p->d[i] = (i ? 2.0 : 1.0) / h;
        p->e[i] = i + 1 < n ? -1.0 / sqrt(h * ((t[i + 2] - t[i + 1]) / whole)) : 0.0;
        p->vector[i * p->ld + i] = 1.0;
    }
}

/* The first m >= l where the matrix falls apart behind m. */
static size_t apart(const struct problem *p, size_t l)
{
    size_t m = l;

    while (m + 1 < p->n && fabs(p->e[m]) > 0.5 * DBL_EPSILON * sqrt(fabs(p->d[m])) * sqrt(fabs(p->d[m + 1])))
        m++;
    return m;
}

/* One QL step with an implicit shift on rows l .. m. */
static void sweep(struct problem *p, size_t l, size_t m)
{
    double *const d = p->d, *const e = p->e;
    const double g0 = (d[l + 1] - d[l]) / (2.0 * e[l]), r0 = sqrt(g0 * g0 + 1.0);
    double g = d[m] - d[l] + e[l] / (g0 + (g0 < 0.0 ? -r0 : r0)), s = 1.0, c = 1.0, sum = 0.0;

    for (size_t i = m; i-- > l; ) {
        const double f = s * e[i], b = c * e[i], r = sqrt(f * f + g * g);
        e[i + 1] = r;
        if (r == 0.0) {                     /* falls apart by itself */
            d[i + 1] -= sum;
            e[m] = 0.0;
            return;
        }
        s = f / r;
        c = g / r;
        g = d[i + 1] - sum;
        const double q = (d[i] - g) * s + 2.0 * c * b;
        sum = s * q;
        d[i + 1] = g + sum;
        g = c * q - b;
        p->turn[p->turns++] = (struct oc_pca_turn){ i, c, s };
        if (p->turns == TURNS)
            turn_rows(p);
    }
    d[l] -= sum;
    e[l] = g;
    e[m] = 0.0;
}

/* Eigenvalues in d, eigenvectors in the rows; false if they do not converge (they do: 2 sweeps a row on average). */
static int solve(struct problem *p)
{
    for (size_t l = 0; l < p->n; l++) {
        int sweeps = 0;
        for (size_t m; (m = apart(p, l)) != l; ) {
            if (++sweeps > 60)
                return 0;
            sweep(p, l, m);
        }
    }
    turn_rows(p);
    return 1;
}

struct rank { double value; size_t row; };

static int by_value(const void *a, const void *b)
{
    const struct rank *const x = a, *const y = b;

    return x->value != y->value ? (x->value > y->value) - (x->value < y->value) : (x->row > y->row) - (x->row < y->row);
}

/* Rows in order of importance become columns of the map. */
static void arrange(struct oc_pca *p, const struct problem *q, double whole, struct rank *rank)
{
    const size_t n = p->steps;

    for (size_t i = 0; i < n; i++)
        rank[i] = (struct rank){ q->d[i], i };
    qsort(rank, n, sizeof *rank, by_value);
    for (size_t l = 0; l < n; l++) {
        const double *const v = q->vector + rank[l].row * q->ld, sign = v[0] < 0.0 ? -1.0 : 1.0;
        p->variance[l] = whole / rank[l].value;
        for (size_t k = 0; k < n; k++)
            p->map[k * n + l] = sign * v[k];
    }
}

/* The eigenvalues are right to 2^-53 of the largest, that is of 4 / the shortest step; the least is above 1. */
static int even(size_t n, const double *t, struct oc_err *err)
{
    for (size_t k = 0; k < n; k++)
        if (t[k + 1] - t[k] < 1e-10 * (t[n] - t[0]))
            return oc_fail(err, OC_USAGE,
                           "principal components of a path of %.17g with a step of %.17g (the %zuth): a step may not be "
                           "shorter than 1e-10 of the whole; take the bridge", t[n] - t[0], t[k + 1] - t[k], k + 1);
    return 0;
}

static struct oc_pca *room(size_t n)
{
    struct oc_pca *const p = calloc(1, sizeof *p);

    if (!p)
        return NULL;
    p->steps = n;
    p->map = calloc(n * n, sizeof *p->map);
    p->variance = calloc(n, sizeof *p->variance);
    if (p->map && p->variance)
        return p;
    oc_pca_close(p);
    return NULL;
}

/* Work for n steps; NULL, or NULL in it, without memory */
static struct problem *problem(size_t n)
{
    struct problem *const q = calloc(1, sizeof *q);

    if (!q)
        return NULL;
    q->n = n;
    q->ld = (n + 15) / 8 * 8;
    q->d = calloc(n, sizeof *q->d);
    q->e = calloc(n, sizeof *q->e);
    q->vector = calloc(n * q->ld, sizeof *q->vector);
    return q;
}

static void problem_free(struct problem *q)
{
    if (!q)
        return;
    free(q->d);
    free(q->e);
    free(q->vector);
    free(q);
}

struct oc_pca *oc_pca_open(size_t steps, const double *t, struct oc_err *err)
{
    if (steps < 1 || steps > OC_PCA_STEPS) {
        oc_fail(err, OC_USAGE, "principal components of a path of %zu steps: 1 to %d can be had; take the bridge", steps,
                OC_PCA_STEPS);
        return NULL;
    }
    if (oc_bridge_grid(steps, t, err) || even(steps, t, err))
        return NULL;
    struct oc_pca *p = room(steps);
    struct problem *const q = problem(steps);
    struct rank *const rank = calloc(steps, sizeof *rank);
    int rc = 0;
    if (!p || !q || !q->d || !q->e || !q->vector || !rank) {
        rc = oc_fail(err, OC_MEMORY, "out of memory for %zu steps", steps);
    } else {
        pose(q, t);
        if (solve(q))
            arrange(p, q, t[steps] - t[0], rank);
        else
            rc = oc_fail(err, OC_INTERNAL, "the principal components of a path of %zu steps do not converge", steps);
    }
    problem_free(q);
    free(rank);
    if (rc == 0)
        return p;
    oc_pca_close(p);
    return NULL;
}

void oc_pca_close(struct oc_pca *p)
{
    if (!p)
        return;
    free(p->map);
    free(p->variance);
    free(p);
}

double oc_pca_variance(const struct oc_pca *p, size_t l)
{
    return p->variance[l];
}

void oc_pca_apply(const struct oc_pca *p, size_t n, const double *z, size_t ldz, double *out, size_t ld)
{
    OC_K_PICK(oc_pca_apply_k)(p->steps, p->map, n, z, ldz, out, ld);
}
