/*
 * gen.h - what the two generators of synthetic chains share: a random number that is a function of its index,
 * dates, Black's formula on a skewed smile, and the ticks of a quote.
 *
 * The figures only have to look like a market and to be the same on every machine after rounding to ticks, so libm
 * is good enough here; nothing of this is used by the programs.
 */
#ifndef OC_TESTDATA_GEN_H
#define OC_TESTDATA_GEN_H

#include <math.h>
#include <stdint.h>

/* Uniform in [0, 1), a pure function of (seed, index): two rounds of a 64-bit multiply and xor-shift. */
static inline double gen_uniform(uint64_t seed, uint64_t index)
{
    uint64_t x = index * 0xd1342543de82ef95u + seed * 0x2545f4914f6cdd1du + 0x632be59bd9b4e019u;

    for (int round = 0; round < 2; round++) {
        x ^= x >> 32;
        x *= 0xe9846af9b1a615du;
        x ^= x >> 29;
    }
    return (double)(x >> 11) * 0x1p-53;
}

/* Civil date of a day number (days since 1970-01-01), proleptic Gregorian. */
static inline void gen_civil(int day, int *year, int *month, int *dom)
{
    int y = 1970, length;
    static const unsigned char days[12] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

    while (day >= (length = 365 + ((y % 4 == 0 && y % 100 != 0) || y % 400 == 0))) {
        day -= length;
        y++;
    }
    *month = 0;
    while (day >= (length = days[*month] + (*month == 1 && ((y % 4 == 0 && y % 100 != 0) || y % 400 == 0)))) {
        day -= length;
        (*month)++;
    }
    *year = y;
    *month += 1;
    *dom = day + 1;
}

/* An equity smile: atm [1/sqrt(year)] at k = log(strike / forward) = 0, steep puts, a shallow call wing. */
static inline double gen_smile(double atm, double k, double years)
{
    const double z = k / (atm * sqrt(years + 0.02));        /* in standard deviations */
    const double wing = sqrt(1.0 + 0.35 * z * z) - 1.0;

    return atm * (1.0 + 0.30 * wing - 0.085 * z / (1.0 + 0.05 * fabs(z)));
}

struct gen_value { double price, delta, gamma; };   /* currency; by spot; by spot */

/* Black (1976) on the forward; side +1 call, -1 put; df discounts to expiry; spot scales the Greeks. */
static inline struct gen_value gen_black(double side, double spot, double forward, double strike, double years,
                                         double df, double vol)
{
    const double sd = vol * sqrt(years), d1 = log(forward / strike) / sd + 0.5 * sd, d2 = d1 - sd;
    const double n1 = 0.5 * erfc(-side * d1 * M_SQRT1_2), n2 = 0.5 * erfc(-side * d2 * M_SQRT1_2);
    const double carry = df * forward / spot;       /* e^{-qT} */
    struct gen_value v;

    v.price = df * side * (forward * n1 - strike * n2);
    v.delta = side * carry * n1;
    v.gamma = carry * exp(-0.5 * d1 * d1) * 0.3989422804014327 / (spot * sd);
    return v;
}

/* Bid and ask in cents around a value: at least a tick apart, on ticks of 5 cents below 3.00 and 10 above. */
static inline void gen_quote(double value, double half_spread, long *bid, long *ask)
{
    const double low = value - half_spread, high = value + half_spread;
    const long low_tick = low < 3.0 ? 5 : 10, high_tick = high < 3.0 ? 5 : 10;

    *bid = low <= 0.0 ? 0 : (long)floor(low * 100.0 / (double)low_tick) * low_tick;
    *ask = (long)ceil(high * 100.0 / (double)high_tick) * high_tick;
    if (*ask <= *bid)
        *ask = *bid + high_tick;
}

#endif
