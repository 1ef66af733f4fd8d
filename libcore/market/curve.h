/*
 * curve - zero rates from points, linear in the logarithm of the discount factor.
 *
 * Rates are continuous, per year; years are those of the points (act/365 where they come from dates or tenors in days).
 * Before the first point the zero rate is the first one's; beyond the last it is the last one's (not the last forward, which
 * a small error of the last two points throws far off).  Discount factors 1 at 0.
 */
#ifndef OC_MARKET_CURVE_H
#define OC_MARKET_CURVE_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum oc_curve_quote { OC_CURVE_ZERO, OC_CURVE_DISCOUNT, OC_CURVE_PAR };

struct oc_curve_point {
    double years;                   /* > 0 */
    double value;                   /* zero rate [1/year, continuous], discount factor, or par rate [1/year] */
    enum oc_curve_quote quote;
    int32_t frequency;              /* of a par rate: coupons a year, 1 2 3 4 6 or 12; else not read */
};

struct oc_curve;

/*
 * oc_curve_build - a curve through n points in any order, of any mixture of quotes.
 *   par     a bond at 1 that pays rate / frequency at years, years - 1 / frequency, ...; a first period that is shorter pays in
 *           proportion; up to one period it is simple interest, which is how Treasury quotes its bills (bond equivalent)
 *   curve   owned by the caller, oc_curve_free()
 *   error   OC_DATA, naming the point: no points, years not above 0 or twice, a value that is not finite, a discount not above
 *           0, a frequency that is none of those, a par rate that no discount factor gives
 */
int oc_curve_build(const struct oc_curve_point *points, size_t n, struct oc_curve **curve, struct oc_err *err);
void oc_curve_free(struct oc_curve *curve);

/* Point i, ascending: its years and -ln of the discount factor, which are all that a curve is.  False: no such point. */
bool oc_curve_node(const struct oc_curve *curve, size_t i, double *years, double *depth);

/* n zero rates, or discount factors, at years (at or below 0: the first zero rate, and the factor it gives). */
void oc_curve_zero(const struct oc_curve *curve, size_t n, const double *years, double *rate);
void oc_curve_discount(const struct oc_curve *curve, size_t n, const double *years, double *factor);

/* The zero rate from then on to `years` later: what is paid for that time today.  from at or below 0: oc_curve_zero. */
double oc_curve_forward(const struct oc_curve *curve, double from, double years);

/* The par rate of a bond as in oc_curve_build. */
double oc_curve_par(const struct oc_curve *curve, double years, int32_t frequency);

/*
 * oc_curve_tenor - "3M", "10Y", "1W", "30D", "1.5M" in years: days / 365, weeks x 7 / 365, months / 12.
 * Returns 0, or -1 if the text is none.
 */
int oc_curve_tenor(const char *p, size_t n, double *years);

#endif
