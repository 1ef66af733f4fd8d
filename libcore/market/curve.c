/* curve - see curve.h.  Kept as -ln of the discount factor at the points, so that zero = that / years. */
#include "market/curve.h"

#include "math/exp.h"
#include "math/log.h"

#include <math.h>
#include <stdlib.h>

#define MAX_YEARS 1000.0

struct node { double years, depth; };       /* depth = -ln discount */

struct oc_curve { size_t n; struct node node[]; };

/* -ln discount at t in the first n nodes, linear from (0, 0) on, with the last zero rate beyond them. */
static double depth(const struct node *node, size_t n, double t)
{
    size_t lo = 0, hi = n;                  /* node[lo - 1].years < t <= node[hi].years */

    while (lo < hi) {
        const size_t mid = (lo + hi) / 2;
        if (node[mid].years < t)
            lo = mid + 1;
        else
            hi = mid;
    }
    if (lo == 0 || lo == n) {
        const struct node *end = lo ? &node[n - 1] : &node[0];
        return end->depth / end->years * t;
    }
    const struct node *a = &node[lo - 1], *b = &node[lo];
    return a->depth + (t - a->years) / (b->years - a->years) * (b->depth - a->depth);
}

/* ---- par rates ------------------------------------------------------------------------------------------------ */

/* Payments of a bond of t years; a remainder below a thousandth of a period (rounded years) is no period. */
static int32_t payments(double t, int32_t frequency)
{
    const int32_t whole = (int32_t)(t * frequency);

    return t * frequency - whole > 1e-3 || whole == 0 ? whole + 1 : whole;
}

/* The date of payment j, counted back from the last (0), and the part of the rate it pays. */
static double payment(double t, int32_t frequency, int32_t count, int32_t j, double *part)
{
    const double at = t - (double)j / frequency;

    *part = j == count - 1 ? at : 1.0 / frequency;
    return at;
}

/*
 * Solve for x = -ln discount at p->years: the value of the bond less 1 falls with x where the rate is not below zero, and is
 * convex, so Newton's steps from the flat guess do not leave.  Payments beyond the last node lie on the line from it to x.
 */
static bool solve_par(const struct node *node, size_t n, const struct oc_curve_point *p, double *x)
{
    const struct node last = n ? node[n - 1] : (struct node){ 0, 0 };
    const int32_t count = payments(p->years, p->frequency);

    if (count == 1) {
        *x = oc_log1p(p->value * p->years);
        return isfinite(*x);
    }
    *x = p->value * p->years;
    for (int step = 0; step < 60; step++) {
        double value = oc_exp(-*x), slope = -value, part;
        value -= 1;
        for (int32_t j = count - 1; j >= 0; j--) {
            const double t = payment(p->years, p->frequency, count, j, &part);
            const double w = t > last.years ? (t - last.years) / (p->years - last.years) : 0;
            const double d = t > last.years ? last.depth + w * (*x - last.depth) : depth(node, n, t);
            const double pay = p->value * part * oc_exp(-d);
            value += pay;
            slope -= w * pay;
        }
        const double move = value / slope;
        *x -= move;
        /* 4 ulp of x, or of 1 where x is small: below, rounding moves it to and fro */
        if (fabs(move) <= 1e-15 * (fabs(*x) > 1 ? fabs(*x) : 1))
            return true;
        if (!(fabs(*x) < 700))
            return false;
    }
    return false;
}

/* ---- building ------------------------------------------------------------------------------------------------- */

static int by_years(const void *a, const void *b)
{
    const double x = ((const struct oc_curve_point *)a)->years, y = ((const struct oc_curve_point *)b)->years;

    return (x > y) - (x < y);
}

static bool frequency_ok(int32_t f) { return f == 1 || f == 2 || f == 3 || f == 4 || f == 6 || f == 12; }

/* What is wrong with a point behind one at `before` years, or NULL. */
static const char *check(const struct oc_curve_point *p, double before)
{
    if (!(p->years > 0) || !(p->years <= MAX_YEARS))
        return "its years are not above 0 and at most 1000";
    if (p->years == before)
        return "it is given twice";
    if (!isfinite(p->value))
        return "its value is not finite";
    if (p->quote == OC_CURVE_DISCOUNT && !(p->value > 0))
        return "its discount factor is not above 0";
    if (p->quote == OC_CURVE_PAR && !frequency_ok(p->frequency))
        return "its par rate needs a frequency of 1, 2, 3, 4, 6 or 12";
    return NULL;
}

static const char *add_node(struct oc_curve *c, const struct oc_curve_point *p)
{
    const char *why = check(p, c->n ? c->node[c->n - 1].years : 0);
    double x = 0;

    if (why)
        return why;
    switch (p->quote) {
    case OC_CURVE_ZERO: x = p->value * p->years; break;
    case OC_CURVE_DISCOUNT: x = -oc_log(p->value); break;
    case OC_CURVE_PAR:
        if (!solve_par(c->node, c->n, p, &x))
            return "no discount factor gives its par rate";
        break;
    }
    if (!(fabs(x) < 700))
        return "its discount factor is beyond all measure";
    c->node[c->n++] = (struct node){ p->years, x };
    return NULL;
}

int oc_curve_build(const struct oc_curve_point *points, size_t n, struct oc_curve **curve, struct oc_err *err)
{
    if (n == 0)
        return oc_fail(err, OC_DATA, "a curve needs a point");
    if (n > 1000000)
        return oc_fail(err, OC_LIMIT, "a curve of %zu points is more than 1,000,000", n);
    struct oc_curve_point *sorted = malloc(n * sizeof *sorted);
    struct oc_curve *c = malloc(sizeof *c + n * sizeof c->node[0]);
    int rc = sorted && c ? 0 : oc_fail(err, OC_MEMORY, "out of memory for a curve");

    if (rc == 0) {
        c->n = 0;
        for (size_t i = 0; i < n; i++)
            sorted[i] = points[i];
        qsort(sorted, n, sizeof *sorted, by_years);
    }
    for (size_t i = 0; rc == 0 && i < n; i++) {
        const char *why = add_node(c, &sorted[i]);
        if (why)
            rc = oc_fail(err, OC_DATA, "the point of the curve at %g years: %s", sorted[i].years, why);
    }
    free(sorted);
    if (rc) {
        free(c);
        return -1;
    }
    *curve = c;
    return 0;
}

void oc_curve_free(struct oc_curve *curve) { free(curve); }

bool oc_curve_node(const struct oc_curve *curve, size_t i, double *years, double *depth)
{
    if (i >= curve->n)
        return false;
    *years = curve->node[i].years;
    *depth = curve->node[i].depth;
    return true;
}

/* ---- reading off ---------------------------------------------------------------------------------------------- */

void oc_curve_zero(const struct oc_curve *curve, size_t n, const double *years, double *rate)
{
    const struct node first = curve->node[0];

    for (size_t i = 0; i < n; i++)
        rate[i] = years[i] > first.years ? depth(curve->node, curve->n, years[i]) / years[i] : first.depth / first.years;
}

void oc_curve_discount(const struct oc_curve *curve, size_t n, const double *years, double *factor)
{
    for (size_t i = 0; i < n; i++)
        factor[i] = oc_exp(-depth(curve->node, curve->n, years[i]));
}

double oc_curve_forward(const struct oc_curve *curve, double from, double years)
{
    double rate;

    if (from > 0 && years > 0)
        return (depth(curve->node, curve->n, from + years) - depth(curve->node, curve->n, from)) / years;
    oc_curve_zero(curve, 1, &years, &rate);
    return rate;
}

double oc_curve_par(const struct oc_curve *curve, double years, int32_t frequency)
{
    const int32_t count = payments(years, frequency);
    double annuity = 0, part;

    for (int32_t j = count - 1; j >= 0; j--) {
        const double t = payment(years, frequency, count, j, &part);
        annuity += part * oc_exp(-depth(curve->node, curve->n, t));
    }
    return -oc_expm1(-depth(curve->node, curve->n, years)) / annuity;
}

int oc_curve_tenor(const char *p, size_t n, double *years)
{
    int64_t x = 0, scale = 1;
    size_t i = 0, count = 0;
    bool point = false;

    for (; i < n && ((p[i] >= '0' && p[i] <= '9') || (p[i] == '.' && !point && count)); i++) {
        if (p[i] == '.') {
            point = true;
            continue;
        }
        if (++count > 9)
            return -1;
        x = x * 10 + (p[i] - '0');
        scale *= point ? 10 : 1;
    }
    if (i + 1 != n || x == 0 || (p[i - 1] == '.'))
        return -1;
    const double units = (double)x / (double)scale;
    switch (p[i] | 32) {
    case 'd': *years = units / 365; return 0;
    case 'w': *years = units * 7 / 365; return 0;
    case 'm': *years = units / 12; return 0;
    case 'y': *years = units; return 0;
    default: return -1;
    }
}
