/*
 * gen_cboe [LINES] - a synthetic index chain in the layout of Cboe's delayed quote table, to stdout;
 * testdata/spx_synthetic.csv is what it writes.  With LINES, for benchmarks, the chain comes again and again, with other
 * noise, until there are so many.
 *
 * Friday 2026-11-20 at 4:15 PM New York time: the series of that day have expired at the close, weeklies (SPXW) settle
 * at the close of their day, the third Friday has morning-settled SPX as well, and 2026-11-27 is a half day.  The
 * market behind the quotes: spot 5012.40, rate 3.9 %, dividend yield 1.3 %, continuous; a skewed smile.  Calls and
 * puts stand on one line; far puts have no bid; deep rows carry no IV, as in the exchange's file.
 */
#include "gen.h"

#include <stdio.h>
#include <stdlib.h>

static const double spot = 5012.40, rate = 0.039, dividend_yield = 0.013;

/* Expiry as printed and as in the symbol; settlement is hours after 2026-11-20 16:15 New York time. */
struct series { const char *date, *code, *root; double hours, atm, step; int below, above; };

static const struct series table[] = {
    { "Fri Nov 20 2026", "261120", "SPXW",    -0.25, 0.10, 25, 10,  8 },
    { "Mon Nov 23 2026", "261123", "SPXW",    71.75, 0.12, 25, 14, 10 },
    { "Wed Nov 25 2026", "261125", "SPXW",   119.75, 0.13, 25, 16, 12 },
    { "Fri Nov 27 2026", "261127", "SPXW",   164.75, 0.12, 25, 16, 12 },     /* closes at 13:00 */
    { "Fri Dec 04 2026", "261204", "SPXW",   335.75, 0.13, 25, 20, 14 },
    { "Fri Dec 18 2026", "261218", "SPX",    665.25, 0.14, 50, 18, 12 },     /* opens at 9:30 */
    { "Fri Dec 18 2026", "261218", "SPXW",   671.75, 0.14, 50, 18, 12 },
    { "Fri Jan 15 2027", "270115", "SPX",   1337.25, 0.15, 50, 22, 14 },
    { "Fri Mar 19 2027", "270319", "SPX",   2848.25, 0.16, 100, 18, 12 },    /* daylight time by then */
    { "Thu Jun 17 2027", "270617", "SPX",   5008.25, 0.17, 100, 20, 14 },    /* the 18th is a holiday */
    { "Fri Dec 17 2027", "271217", "SPX",   9401.25, 0.18, 200, 14, 10 },
};

static uint64_t draws;
static double draw(void) { return gen_uniform(2026, draws++); }

/* One side of a line: symbol,last,net,bid,ask,volume,iv,delta,gamma,open interest. */
static void side(const struct series *s, char type, double strike, double years)
{
    const double sign = type == 'C' ? 1.0 : -1.0, activity = draw();
    struct gen_value v = { sign * (spot - strike) > 0.0 ? sign * (spot - strike) : 0.0, 0.0, 0.0 };
    double iv = 0.0;
    long bid, ask;

    if (years > 0.0) {
        const double forward = spot * exp((rate - dividend_yield) * years);
        iv = gen_smile(s->atm, log(strike / forward), years);
        v = gen_black(sign, spot, forward, strike, years, exp(-rate * years), iv);
    }
    gen_quote(v.price, 0.04 + 0.003 * v.price + 0.05 * draw(), &bid, &ask);
    const int quoted = bid > 0 && years > 0.0 && fabs(v.delta) < 0.995;
    const double last = activity < 0.3 ? 0.0 : v.price * (0.97 + 0.06 * draw());

    printf("%s%s%c%08ld,%g,%g,%g,%g,%ld,%.4g,%.4f,%.4f,%ld", s->root, s->code, type, (long)(strike * 1000.0 + 0.5),
           floor(last * 20.0 + 0.5) / 20.0, floor(last * (draw() - 0.5) * 4.0) / 20.0 + 0.0, (double)bid / 100.0,
           (double)ask / 100.0, last > 0.0 ? (long)(3000.0 * activity * activity * draw()) : 0L, quoted ? iv : 0.0,
           quoted ? v.delta : 0.0, quoted ? v.gamma : 0.0, (long)(20000.0 * draw() * activity));
}

/* The whole chain, or as many lines of it as are left. */
static void chain(long *left)
{
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        const struct series *s = &table[i];
        const double middle = floor(spot / s->step) * s->step, years = s->hours / 8760.0;
        for (int k = -s->below; k <= s->above && *left > 0; k++, --*left) {
            const double strike = middle + k * s->step;
            printf("%s,", s->date);
            side(s, 'C', strike, years);
            printf(",%.2f,", strike);
            side(s, 'P', strike, years);
            printf("\n");
        }
    }
}

int main(int argc, char **argv)
{
    long once = 1000000, lines = argc > 1 ? strtol(argv[1], NULL, 10) : 0;

    printf("\nSynthetic 500 Index,Last: %.2f,Change: 12.85\n"
           "\"Date: November 20, 2026, 4:15 PM EST\",Bid: 5011.95,Ask: 5012.85,Size: 1*1,Volume: 0\n"
           "Expiration Date,Calls,Last Sale,Net,Bid,Ask,Volume,IV,Delta,Gamma,Open Interest,Strike,"
           "Puts,Last Sale,Net,Bid,Ask,Volume,IV,Delta,Gamma,Open Interest\n", spot);
    if (argc == 1)
        chain(&once);
    while (lines > 0)
        chain(&lines);
    return fflush(stdout) == 0 && !ferror(stdout) ? 0 : 1;
}
