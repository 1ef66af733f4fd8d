/* lsmfit - see lsmfit.h */
#include "sim/lsmfit.h"

#include "sim/lsmk.h"

#include <math.h>
#include <string.h>

enum { N = OC_LSMFIT_CHUNK, PART = 4096, M = OC_LSMFIT_TERMS, SUMS = (M + 1) * (M + 2) / 2 };

/* A function whose square sum beside the functions before it is less than this part of its own has no coefficient. */
static const double dependent = 1e-11;

static void add_term(struct oc_lsmfit_basis *b, size_t f, size_t p, size_t g, size_t q)
{
    if (b->terms < M)
        b->term[b->terms] = (struct oc_lsmfit_term){ { (unsigned char)f, (unsigned char)g },
                                                     { (unsigned char)p, (unsigned char)q } };
    b->terms++;
}

int oc_lsmfit_basis(struct oc_lsmfit_basis *b, size_t features, unsigned functions, struct oc_err *err)
{
    *b = (struct oc_lsmfit_basis){ .features = features, .powers = functions };
    if (functions < 1 || functions > OC_LSMFIT_POWERS)
        return oc_fail(err, OC_USAGE, "basis functions: %u is not within 1 to %d", functions, OC_LSMFIT_POWERS);
    if (features < 1 || features > OC_LSMFIT_FEATURES)
        return oc_fail(err, OC_USAGE, "early exercise: %zu numbers of state; the regression takes 1 to %d", features,
                       OC_LSMFIT_FEATURES);
    for (unsigned p = 0; p < functions; p++)
        add_term(b, 0, p, 0, 0);
    for (size_t f = 1; f < features && functions > 1; f++) {
        for (unsigned p = 1; p <= 2 && p < functions; p++)
            add_term(b, f, p, f, 0);
        for (size_t g = 0; g < f; g++)
            add_term(b, g, 1, f, 1);
        if (features <= 3 && functions > 3) {       /* few enough for products of the third degree */
            add_term(b, 0, 2, f, 1);
            add_term(b, 0, 1, f, 2);
        }
    }
    if (b->terms > M)
        return oc_fail(err, OC_USAGE, "basis functions: %u of %zu numbers of state make %zu functions, more than %d",
                       functions, features, b->terms, M);
    return 0;
}

/* The functions of a chunk as columns. */
struct work {
    double power[OC_LSMFIT_FEATURES][OC_LSMFIT_POWERS][N];
    double product[M][N], mask[N], y[N];
    const double *column[M + 1];
};

static unsigned powers_of(const struct oc_lsmfit_basis *b, size_t f) { return f == 0 || b->powers < 3 ? b->powers : 3; }

static void functions_of(const struct oc_lsmfit_basis *b, const struct oc_lsmfit_rule *rule, size_t n,
                         const double *const feature[], const double *mask, struct work *w)
{
    for (size_t f = 0; f < b->features; f++)
        OC_K_PICK(oc_lsm_powers_k)(n, feature[f], rule->middle[f], rule->scale[f], powers_of(b, f), mask, w->power[f][0]);
    for (size_t t = 0; t < b->terms; t++) {
        const struct oc_lsmfit_term *const k = &b->term[t];
        w->column[t] = w->power[k->feature[0]][k->power[0]];
        if (k->power[1] == 0)
            continue;
        OC_K_PICK(oc_lsm_product_k)(n, w->column[t], w->power[k->feature[1]][k->power[1]], w->product[t]);
        w->column[t] = w->product[t];
    }
}

/* The date for the kernels; several features need their functions of n paths. */
static struct oc_lsm_look look(const struct oc_lsmfit_date *d, size_t n, const double *const feature[], struct work *w)
{
    const bool single = d->basis->features == 1;

    if (d->rule && !single)
        functions_of(d->basis, d->rule, n, feature, NULL, w);
    return (struct oc_lsm_look){ .side = d->side, .strike = d->strike, .discount = d->discount, .single = single,
                                 .middle = d->rule ? d->rule->middle[0] : 0, .scale = d->rule ? d->rule->scale[0] : 0,
                                 .terms = d->rule ? d->basis->terms : 0, .coef = d->rule ? d->rule->coef : NULL,
                                 .column = w->column };
}

void oc_lsmfit_decide(const struct oc_lsmfit_date *d, size_t n, const double *const feature[], const double *alive,
                      double *take, double *got)
{
    struct work w;
    const struct oc_lsm_look l = look(d, n, feature, &w);

    OC_K_PICK(oc_lsm_decide_k)(n, &l, feature[0], alive, take, got);
    if (d->rule && d->rule->never)
        memset(take, 0, n * sizeof *take);
}

static double sum_of(size_t n, const double *x)
{
    double s = 0;

    for (size_t j = 0; j < n; j++)
        s += x[j];
    return s;
}

double oc_lsmfit_stop(const struct oc_lsmfit_date *d, size_t number, size_t n, const double *const feature[],
                      const struct oc_lsmfit_paths *paths)
{
    struct work w;

    if (d->rule && d->rule->never)
        return sum_of(n, paths->alive);
    const struct oc_lsm_look l = look(d, n, feature, &w);
    return OC_K_PICK(oc_lsm_stop_k)(n, &l, (double)number, feature[0], paths->alive, paths->cash, paths->x, paths->when);
}

/*
 * Coefficients from the packed products of the functions and, in the last row, of the functions with what is explained.
 * Cholesky by rows; a function that the ones before it explain is left out, so that what remains is well conditioned.
 */
static void solve(size_t m, const double *sum, double *coef)
{
    double l[M][M], z[M];
    bool out[M];

    for (size_t i = 0; i < m; i++) {
        const double *const g = sum + i * (i + 1) / 2;
        for (size_t j = 0; j < i; j++) {
            double s = g[j];
            for (size_t k = 0; k < j; k++)
                s = fma(-l[i][k], l[j][k], s);
            l[i][j] = out[j] ? 0 : s / l[j][j];
        }
        double s = g[i], r = sum[m * (m + 1) / 2 + i];
        for (size_t k = 0; k < i; k++) {
            s = fma(-l[i][k], l[i][k], s);
            r = fma(-l[i][k], z[k], r);
        }
        out[i] = !(s > dependent * g[i]);
        l[i][i] = out[i] ? 1 : sqrt(s);
        z[i] = out[i] ? 0 : r / l[i][i];
    }
    for (size_t i = m; i-- > 0;) {
        double s = z[i];
        for (size_t k = i + 1; k < m; k++)
            s = fma(-l[k][i], coef[k], s);
        coef[i] = out[i] ? 0 : s / l[i][i];
    }
}

static void point(const struct oc_lsmfit_given *g, size_t date, size_t first, const double *feature[])
{
    for (size_t f = 0; f < g->basis->features; f++)
        feature[f] = g->state + (date * g->basis->features + f) * g->paths + first;
}

/* The range of each feature over the paths in the money; false where none is. */
static bool scale(const struct oc_lsmfit_given *g, size_t date, struct oc_lsmfit_rule *rule)
{
    double low[OC_LSMFIT_FEATURES], high[OC_LSMFIT_FEATURES], count = 0;
    const double *feature[OC_LSMFIT_FEATURES];

    for (size_t f = 0; f < g->basis->features; f++) {
        low[f] = INFINITY;
        high[f] = -INFINITY;
    }
    point(g, date, 0, feature);
    OC_K_PICK(oc_lsm_range_k)(g->paths, g->side, g->strike, g->basis->features, feature, low, high, &count);
    for (size_t f = 0; count > 0 && f < g->basis->features; f++) {
        rule->middle[f] = low[f] + (high[f] - low[f]) * 0.5;
        rule->scale[f] = high[f] > low[f] ? 2 / (high[f] - low[f]) : 0;
    }
    return count > 0;
}

/* The products of several features' functions, chunk by chunk. */
static void products(const struct oc_lsmfit_given *g, size_t date, const double *cash, const struct oc_lsmfit_rule *rule,
                     double *sum, struct work *w)
{
    const size_t m = g->basis->terms;
    const double *feature[OC_LSMFIT_FEATURES];

    for (size_t j = 0; j < g->paths; j += N) {
        const size_t n = g->paths - j < N ? g->paths - j : N;
        point(g, date, j, feature);
        OC_K_PICK(oc_lsm_mask_k)(n, g->side, g->strike, feature[0], w->mask);
        functions_of(g->basis, rule, n, feature, w->mask, w);
        memset(w->y, 0, sizeof w->y);
        memcpy(w->y, cash + j, n * sizeof *w->y);
        w->column[m] = w->y;
        OC_K_PICK(oc_lsm_gram_k)(n, m + 1, w->column, sum);
    }
}

/* The same products of one feature's functions, from their moments. */
static void single_products(const struct oc_lsmfit_given *g, size_t date, const double *cash,
                            const struct oc_lsmfit_rule *rule, double *sum)
{
    const size_t m = g->basis->terms;
    const struct oc_lsm_look l = { .side = g->side, .strike = g->strike, .single = true, .middle = rule->middle[0],
                                   .scale = rule->scale[0], .terms = m };
    double moment[3 * OC_LSMFIT_POWERS] = { 0 };

    for (size_t j = 0; j < g->paths; j += PART)
        OC_K_PICK(oc_lsm_moments_k)(g->paths - j < PART ? g->paths - j : PART, &l, g->state + date * g->paths + j, cash + j,
                                    moment);
    for (size_t i = 0; i < m; i++)
        for (size_t j = 0; j <= i; j++)
            sum[i * (i + 1) / 2 + j] = 0.5 * (moment[i + j] + moment[i - j]);
    memcpy(sum + m * (m + 1) / 2, moment + 2 * m - 1, m * sizeof *sum);
}

static void regress(const struct oc_lsmfit_given *g, size_t date, const double *cash, struct oc_lsmfit_rule *rule,
                    struct work *w)
{
    double sum[SUMS] = { 0 };

    *rule = (struct oc_lsmfit_rule){ 0 };
    rule->never = !scale(g, date, rule);
    if (rule->never)
        return;
    if (g->basis->features == 1)
        single_products(g, date, cash, rule, sum);
    else
        products(g, date, cash, rule, sum, w);
    solve(g->basis->terms, sum, rule->coef);
}

/* Who exercises at a date gets its pay-off instead of what he had. */
static void update(const struct oc_lsmfit_given *g, size_t date, const struct oc_lsmfit_rule *rule, double *cash,
                   struct work *w)
{
    const struct oc_lsmfit_date d = { g->basis, rule, g->side, g->strike, g->discount[date] };
    const double *feature[OC_LSMFIT_FEATURES];

    if (rule && rule->never)
        return;
    for (size_t j = 0; j < g->paths; j += N) {
        const size_t n = g->paths - j < N ? g->paths - j : N;
        point(g, date, j, feature);
        const struct oc_lsm_look l = look(&d, n, feature, w);
        OC_K_PICK(oc_lsm_update_k)(n, &l, feature[0], cash + j);
    }
}

void oc_lsmfit_induct(const struct oc_lsmfit_given *g, struct oc_lsmfit_rule *rule, double *cash)
{
    struct work w;

    memset(cash, 0, g->paths * sizeof *cash);
    memset(&rule[g->dates - 1], 0, sizeof *rule);
    update(g, g->dates - 1, NULL, cash, &w);
    for (size_t d = g->dates - 1; d-- > 0;) {
        regress(g, d, cash, &rule[d], &w);
        update(g, d, &rule[d], cash, &w);
    }
}
