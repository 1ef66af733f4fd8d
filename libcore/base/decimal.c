/* decimal - see decimal.h */
#include "base/decimal.h"

#include "base/num.h"

#include <math.h>
#include <string.h>

const double oc_decimal_ten[23] = { 1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                    1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22 };

/* The exponent behind the 'e' of a printed number; 0 where there is none. */
static int exponent(const char *s, size_t n)
{
    const char *e = memchr(s, 'e', n);
    int64_t x = 0;

    if (e)
        oc_num_i64(e + 1, n - (size_t)(e + 1 - s), &x);
    return (int)x;
}

int oc_decimal_of(double v, struct oc_decimal *d)
{
    char text[OC_NUM_PRINT_MAX];
    int64_t m = 0;
    int places = 0;
    bool behind = false;

    if (!(fabs(v) < 1e18))
        return -1;
    const size_t n = oc_num_print_f64(text, v);
    for (size_t i = 0; i < n && text[i] != 'e'; i++) {
        if (text[i] == '.')
            behind = true;
        if (text[i] < '0' || text[i] > '9')
            continue;
        m = 10 * m + (text[i] - '0');           /* 18 digits at most: 17, or a whole number below 1e18 */
        places += behind;
    }
    places -= exponent(text, n);
    for (; places > 0 && m % 10 == 0; places--)
        m /= 10;
    for (; places < 0; places++)
        m *= 10;
    if (places > OC_DECIMAL_PLACES && m)
        return -1;
    *d = (struct oc_decimal){ v < 0 ? -m : m, m ? places : 0 };
    return 0;
}
