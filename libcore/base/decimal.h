/*
 * decimal - the decimal that a double stands for: m * 10^-k with whole m.
 *
 * A price or a size is a decimal that was rounded once, when its text became a double.  The shortest text of the double is
 * that decimal again, as long as it had at most 15 digits; so whole numbers of a unit 10^-k can be added without any error.
 */
#ifndef OC_BASE_DECIMAL_H
#define OC_BASE_DECIMAL_H

#include <stdbool.h>
#include <stdint.h>

enum { OC_DECIMAL_PLACES = 20 };        /* largest k */

struct oc_decimal { int64_t m; int k; };        /* k in 0..OC_DECIMAL_PLACES, as small as it can be */

extern const double oc_decimal_ten[23];         /* 10^i, exact */

/*
 * oc_decimal_of - the decimal of the shortest text of a finite double.
 *   return  0; -1: it has more than OC_DECIMAL_PLACES places, or |v| >= 1e18
 */
int oc_decimal_of(double v, struct oc_decimal *d);

/*
 * oc_decimal_quick - the same in units of 10^-k (k <= 15), where that is quickly seen: *m is right, or false is returned.
 * |m| < 10^15, so that no other decimal of 15 digits has the same double: Steele and White's bound, 15 = floor(52 log10 2).
 */
static inline bool oc_decimal_quick(double v, int k, int64_t *m)
{
    const double t = v * oc_decimal_ten[k];

    if (!(t > -1e15 && t < 1e15))
        return false;
    *m = (int64_t)(t < 0 ? t - 0.5 : t + 0.5);
    return (double)*m / oc_decimal_ten[k] == v;
}

#endif
