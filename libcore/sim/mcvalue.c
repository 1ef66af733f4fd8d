/*
 * mcvalue - figures of all blocks to values and standard errors.
 *
 * Means of columns are adjusted by the controls, v = Y - beta (X - E X), beta by regression over all units; the standard
 * error is that of the residuals with one degree of freedom less for each control, or, with scramblings, that of their
 * means.
 */
#include "sim/mcpriv.h"

#include "math/log.h"
#include "sim/mccontrol.h"

#include <math.h>
#include <stdlib.h>

/* What a group's figures say, or all groups' together. */
struct moments {
    double units;
    double x[OC_MC_CONTROLS], xx[OC_MC_CONTROLS][OC_MC_CONTROLS];
    const double *y;                    /* columns: Y, YY, YX[c] */
};

static void read_moments(const struct oc_mc *m, const double *f, struct moments *s)
{
    s->units = *f++;
    for (size_t c = 0; c < m->ncontrol; c++)
        s->x[c] = *f++;
    for (size_t c = 0; c < m->ncontrol; c++)
        for (size_t d = c; d < m->ncontrol; d++)
            s->xx[c][d] = s->xx[d][c] = *f++;
    s->y = f;
}

/*
 * Solve A beta = b for symmetric A by Cholesky in place; a control that hangs on those before (pivot below 1e-10 of its
 * variance) gets no coefficient.
 */
static size_t solve(size_t n, double a[OC_MC_CONTROLS][OC_MC_CONTROLS], const double *b, double *beta)
{
    double l[OC_MC_CONTROLS][OC_MC_CONTROLS] = { { 0 } }, z[OC_MC_CONTROLS] = { 0 };
    size_t used = 0;

    for (size_t i = 0; i < n; i++) {
        double rest = a[i][i];
        for (size_t j = 0; j < i; j++) {
            double sum = a[i][j];
            for (size_t k = 0; k < j; k++)
                sum -= l[i][k] * l[j][k];
            l[i][j] = l[j][j] > 0 ? sum / l[j][j] : 0;
            rest -= l[i][j] * l[i][j];
        }
        l[i][i] = rest > 1e-10 * a[i][i] ? sqrt(rest) : 0;
        used += l[i][i] > 0;
        double sum = b[i];
        for (size_t j = 0; j < i; j++)
            sum -= l[i][j] * z[j];
        z[i] = l[i][i] > 0 ? sum / l[i][i] : 0;
    }
    for (size_t i = n; i-- > 0;) {
        double sum = z[i];
        for (size_t j = i + 1; j < n; j++)
            sum -= l[j][i] * beta[j];
        beta[i] = l[i][i] > 0 ? sum / l[i][i] : 0;
    }
    return used;
}

/* Coefficients of column y and the sum of squares that the controls explain. */
static size_t regress(const struct oc_mc *m, const struct moments *s, const double *y, double *beta, double *explained)
{
    double a[OC_MC_CONTROLS][OC_MC_CONTROLS], b[OC_MC_CONTROLS];

    for (size_t c = 0; c < m->ncontrol; c++) {
        for (size_t d = 0; d < m->ncontrol; d++)
            a[c][d] = s->xx[c][d] - s->x[c] * s->x[d] / s->units;
        b[c] = y[2 + c] - s->x[c] * y[0] / s->units;
    }
    const size_t used = solve(m->ncontrol, a, b, beta);
    *explained = 0;
    for (size_t c = 0; c < m->ncontrol; c++)
        *explained += beta[c] * b[c];
    return used;
}

static double adjusted(const struct oc_mc *m, const struct moments *s, const double *y, const double *beta)
{
    double v = y[0] / s->units;

    for (size_t c = 0; c < m->ncontrol; c++)
        v -= beta[c] * (s->x[c] / s->units);
    return v;
}

/* Column q of all groups but one; y: 2 + ncontrol doubles for it. */
static struct moments without(const struct oc_mc *m, const struct moments *all, const struct moments *one, size_t q,
                              double *y)
{
    const size_t wide = 2 + m->ncontrol;
    struct moments s = { .units = all->units - one->units, .y = y };

    for (size_t c = 0; c < m->ncontrol; c++) {
        s.x[c] = all->x[c] - one->x[c];
        for (size_t d = 0; d < m->ncontrol; d++)
            s.xx[c][d] = all->xx[c][d] - one->xx[c][d];
    }
    for (size_t i = 0; i < wide; i++)
        y[i] = all->y[q * wide + i] - one->y[q * wide + i];
    return s;
}

/*
 * One column by scramblings: the mean of theirs, and its error by how they differ.  Each takes the coefficients that the
 * others have: its own, fitted to the same few hundred thousand points, bend the value by as much as its error.
 */
static void scrambled(const struct oc_mc *m, const struct moments *all, const struct moments *group, size_t q, double *value,
                      double *error)
{
    double sum = 0, squares = 0;

    for (int pass = 0; pass < 2; pass++)
        for (size_t g = 0; g < m->groups; g++) {
            double y[2 + OC_MC_CONTROLS], beta[OC_MC_CONTROLS] = { 0 }, explained;
            const struct moments rest = without(m, all, &group[g], q, y);
            regress(m, &rest, y, beta, &explained);
            const double v = adjusted(m, &group[g], group[g].y + q * (2 + m->ncontrol), beta);
            if (pass == 0)
                sum += v;
            else
                squares += (v - sum / (double)m->groups) * (v - sum / (double)m->groups);
        }
    *value = sum / (double)m->groups;
    *error = sqrt(squares / (double)(m->groups - 1) / (double)m->groups);
}

/* One column: its value and standard error; NaN where there are too few units. */
static void column(const struct oc_mc *m, const struct moments *all, const struct moments *group, size_t q, double *value,
                   double *error)
{
    if (m->groups > 1) {
        scrambled(m, all, group, q, value, error);
        return;
    }
    const size_t wide = 2 + m->ncontrol;
    const double *const y = all->y + q * wide;
    double beta[OC_MC_CONTROLS] = { 0 }, explained;
    const size_t used = regress(m, all, y, beta, &explained);
    const double n = all->units, free = n - 1 - (double)used;

    *value = adjusted(m, all, y, beta);
    const double rest = y[1] - y[0] * y[0] / n - explained;
    *error = free >= 1 ? sqrt(fmax(rest, 0) / free / n) : NAN;
}

/* ---- is the error one to go by? ---------------------------------------------------------------------------- */

/* Nothing moves, or all is decided at the start, or by what was seen before. */
static bool settled(const struct oc_mc *m)
{
    const struct oc_claim *const c = &m->claim;
    bool still = true;

    for (size_t a = 0; a < m->assets; a++)
        still &= oc_mc_lognormal(&m->walks[a]) && oc_mc_vol(&m->walks[a]) == 0;
    const bool two = c->pay == OC_PAY_DOUBLE_BARRIER, up = c->knock == OC_UP_OUT || c->knock == OC_UP_IN;
    const bool beyond = two ? m->spot[0] <= c->barrier || m->spot[0] >= c->barrier2
                        : up ? m->spot[0] >= c->barrier : m->spot[0] <= c->barrier;

    const bool seen = c->pay == OC_PAY_LOOKBACK_FIXED && c->side * (c->extremum - c->strike) > 0;   /* pays already */

    return still || (c->knock && c->continuous && beyond) || seen;
}

/*
 * Paths that all pay the same, nothing as a rule, do not say how rare others are.  4e-15: the rounding of the sums.  Blocks
 * whose moments are matched may agree in what they pay.
 */
static bool all_alike(const struct oc_mc *m, double n, double sum, double squares)
{
    const bool same = squares - sum * sum / n <= 4e-15 * squares && !(m->how.variance & OC_VR_MOMENTS);

    return (squares == 0 || same) && !settled(m);
}

/*
 * A mean that is known and that the paths miss by more than 8 of their own standard errors: they lack the rare ones that
 * it is made of (high volatilities over long times), or the steps are too long.  1e-9: rounding.
 */
static bool misses(const struct oc_mc *m, const struct moments *all)
{
    for (size_t c = 0; c < m->ncontrol && !m->shift; c++) {
        const double n = all->units, mean = all->x[c] / n, slack = 1e-9 * m->control_mean[c];
        const double variance = fmax(all->xx[c][c] - all->x[c] * mean, 0) / (n - 1) / n;
        const bool known = m->control[c] == OC_MC_FORWARD || m->control[c] == OC_MC_AVERAGE;
        if (known && mean * mean > 64 * variance + slack * slack)
            return true;
    }
    return false;
}

/*
 * What is paid has no bound, and the square of a price has a mean of e^(volatility^2 years) times that of the price: above
 * the number of paths a run lacks the paths that the value is made of, and its error says nothing of them.
 */
static bool too_wild(const struct oc_mc *m, uint64_t paths)
{
    const struct oc_claim *const c = &m->claim;
    const bool bounded = c->pay == OC_PAY_DIGITAL_CASH || (c->side < 0 && c->pay != OC_PAY_DIGITAL_ASSET
                                                            && c->pay != OC_PAY_LOOKBACK_FLOAT) || !isnan(c->cap);

    return !bounded && !m->shift && oc_mccontrol_spread(m) > oc_log((double)paths);
}

static bool no_error(const struct oc_mc *m, uint64_t paths, const struct moments *all)
{
    const size_t wide = 2 + m->ncontrol;

    for (size_t q = 0; q < m->ncolumn; q++)
        if (m->column[q].quantity == OC_PRICE && all_alike(m, all->units, all->y[q * wide], all->y[q * wide + 1]))
            return true;
    return misses(m, all) || too_wild(m, paths);
}

int oc_mcvalue_of(const struct oc_mc *m, uint64_t blocks, const double *figures, struct oc_mc_value *out, struct oc_err *err)
{
    const size_t each = m->figures / m->groups;
    double *const total = calloc(m->figures + each, sizeof *total), *const sum = total ? total + m->figures : NULL;
    struct moments *const group = calloc(m->groups, sizeof *group), all;

    if (!total || !group) {
        free(total);
        free(group);
        return oc_fail(err, OC_MEMORY, "no memory for the sums of a value");
    }
    oc_blocks_total((size_t)blocks, m->figures, figures, total);
    for (size_t g = 0; g < m->groups; g++) {
        read_moments(m, total + g * each, &group[g]);
        for (size_t i = 0; i < each; i++)
            sum[i] += total[g * each + i];
    }
    read_moments(m, sum, &all);
    /* Blocks whose moments are matched are one unit each, and may be few. */
    out->freedom = m->groups > 1 ? (double)(m->groups - 1)
                   : m->how.variance & OC_VR_MOMENTS ? all.units - 1 - (double)m->ncontrol : INFINITY;
    for (size_t q = 0; q < m->ncolumn; q++) {
        const struct oc_mc_column *c = &m->column[q];
        double *const value = c->quantity < 0 ? &out->par[c->par] : &out->value[c->quantity];
        double *const error = c->quantity < 0 ? &out->par_error[c->par] : &out->error[c->quantity];
        column(m, &all, group, q, value, error);
    }
    if (no_error(m, out->paths, &all))
        out->status = OC_ROW_NO_CONVERGENCE;
    free(total);
    free(group);
    return 0;
}
