/*
 * gen_chain ROWS [SEED] - a synthetic chain CSV for benchmarks, in the manner of vendor files, to stdout.
 *
 * timestamp,symbol,underlying_price,expiry,strike,type,bid,ask,iv,volume,oi - about 81 bytes a row; half-hourly
 * snapshots of six underlyings, each a full grid of expiries, strikes and both types.  The bytes are a function of
 * ROWS and SEED.
 */
#include "gen.h"

#include <stdio.h>
#include <stdlib.h>

struct underlying { const char *symbol; double spot, step, atm; };

static const struct underlying underlyings[] = {
    { "SPX", 5012.4, 25.0, 0.15 }, { "RUT", 2214.8, 10.0, 0.21 }, { "MSFT", 431.7, 5.0, 0.25 },
    { "AAPL", 226.1, 2.5, 0.27 }, { "KO", 64.3, 1.0, 0.16 }, { "TSLA", 247.9, 5.0, 0.55 },
};
static const int expiry_days[] = { 2, 5, 7, 12, 14, 21, 28, 42, 63, 91, 154, 245, 364, 546, 728 };

enum { UNDERLYINGS = sizeof underlyings / sizeof *underlyings, EXPIRIES = sizeof expiry_days / sizeof *expiry_days,
       STRIKES = 50, SLOTS = 13, FIRST_DAY = 20773 };     /* 2026-11-16 */

struct out { char buf[1 << 18]; size_t n; uint64_t seed, draw; long rows_left; };

static double draw(struct out *o) { return gen_uniform(o->seed, o->draw++); }

static void flush(struct out *o)
{
    if (fwrite(o->buf, 1, o->n, stdout) != o->n) {
        perror("gen_chain");
        exit(1);
    }
    o->n = 0;
}

/* One row; prefix holds "timestamp,symbol,underlying_price,expiry,". */
static void row(struct out *o, const char *prefix, double strike, char type, double value, double iv)
{
    long bid, ask;
    const double activity = draw(o);

    gen_quote(value, 0.02 + value * (0.004 + 0.02 * draw(o)), &bid, &ask);
    if (o->n + 256 > sizeof o->buf)
        flush(o);
    o->n += (size_t)snprintf(o->buf + o->n, 256, "%s%.2f,%c,%ld.%02ld,%ld.%02ld,%.6f,%ld,%ld\n", prefix, strike, type,
                             bid / 100, bid % 100, ask / 100, ask % 100, iv,
                             activity < 0.4 ? 0L : (long)(1500.0 * activity * activity * activity),
                             (long)(9000.0 * draw(o) * activity));
    o->rows_left--;
}

/* All strikes of one expiry; the last may be cut by the number of rows asked for. */
static void expiry(struct out *o, const char *stamp, const struct underlying *u, double spot, int day, int days)
{
    int y, m, d;
    char prefix[96];
    const double years = days / 365.0, forward = spot * exp(0.025 * years), df = exp(-0.04 * years);
    const double middle = floor(spot / u->step) * u->step;

    gen_civil(day + days, &y, &m, &d);
    snprintf(prefix, sizeof prefix, "%s,%s,%.2f,%04d-%02d-%02d,", stamp, u->symbol, spot, y, m, d);
    for (int k = 0; k < STRIKES && o->rows_left > 0; k++) {
        const double strike = middle + (k - STRIKES / 2 + (k < STRIKES / 2 ? 1 : 0)) * u->step;
        if (strike <= 0.0)
            continue;
        const double iv = gen_smile(u->atm, log(strike / forward), years) * (0.985 + 0.03 * draw(o));
        row(o, prefix, strike, 'C', gen_black(1.0, spot, forward, strike, years, df, iv).price, iv);
        if (o->rows_left > 0)
            row(o, prefix, strike, 'P', gen_black(-1.0, spot, forward, strike, years, df, iv).price, iv);
    }
}

int main(int argc, char **argv)
{
    static struct out o;
    double spot[UNDERLYINGS];

    if (argc < 2 || (o.rows_left = strtol(argv[1], NULL, 10)) <= 0) {
        fprintf(stderr, "usage: gen_chain ROWS [SEED]\n");
        return 2;
    }
    o.seed = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;
    for (int i = 0; i < UNDERLYINGS; i++)
        spot[i] = underlyings[i].spot;
    o.n = (size_t)snprintf(o.buf, sizeof o.buf, "timestamp,symbol,underlying_price,expiry,strike,type,bid,ask,iv,volume,oi\n");

    for (int snapshot = 0; o.rows_left > 0; snapshot++) {
        int y, m, d;
        char stamp[48];
        const int day = FIRST_DAY + snapshot / SLOTS, minute = 870 + 30 * (snapshot % SLOTS);   /* from 14:30Z */

        gen_civil(day, &y, &m, &d);
        snprintf(stamp, sizeof stamp, "%04d-%02d-%02dT%02d:%02d:00Z", y, m, d, minute / 60, minute % 60);
        for (int i = 0; i < UNDERLYINGS && o.rows_left > 0; i++) {
            spot[i] *= 1.0 + underlyings[i].atm * 0.03 * (draw(&o) - 0.5);
            for (int e = 0; e < EXPIRIES && o.rows_left > 0; e++)
                expiry(&o, stamp, &underlyings[i], spot[i], day, expiry_days[e]);
        }
    }
    flush(&o);
    return fflush(stdout) == 0 ? 0 : 1;
}
