/*
 * gen_market - synthetic trades and bars for benchmarks, to stdout.
 *
 *   gen_market trades ROWS   Tardis.dev's layout of trades: eight contracts that alternate at random, 24 hours a day
 *   gen_market minutes YEARS one-minute bars of one share, 09:30 to 16:00 New York time from 2015-01-02 on every Monday
 *                           to Friday, canonical columns; one bar in 2000 is left out
 *
 * Prices are multiples of a quarter and sizes whole, so sums of doubles are exact in any order and another program's
 * can be compared for equality.  No two trades have one instant, so the first and the last of a minute are certain.
 */
#include "gen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SYMBOLS = 8, FIRST_DAY = 20454 /* 2026-01-01 */, FIRST_BAR_DAY = 16437 /* 2015-01-02, a Friday */ };

static uint64_t draws;
static double draw(void) { return gen_uniform(85, draws++); }

/* A price in quarters takes a step of -2..2, and stays away from 0. */
static void move(long *quarters)
{
    *quarters += (long)(5 * draw()) - 2;
    if (*quarters < 400)
        *quarters = 400;
}

/* 70 ms apart in the mean, so about eleven days a ten million. */
static void trades(long rows)
{
    static const char *const names[SYMBOLS] = { "XBTUSD", "ETHUSD", "SOLUSD", "XRPUSD", "ADAUSD", "LTCUSD", "BCHUSD",
                                                "DOTUSD" };
    long price[SYMBOLS], us = FIRST_DAY * 86400000000L;

    for (int i = 0; i < SYMBOLS; i++)
        price[i] = 4000L * (i + 2);
    puts("exchange,symbol,timestamp,local_timestamp,id,side,price,amount");
    for (long n = 0; n < rows; n++) {
        const int i = (int)(SYMBOLS * draw() * draw());
        const double burst = draw();
        us += 1 + (long)(280000 * burst * burst * burst);
        move(&price[i]);
        const long received = us + 2000 + (long)(9000 * draw());
        printf("bitmex,%s,%ld,%ld,%08lx-8d50-4c1e-9d5b-%012lx,%s,%ld.%02ld,%ld\n", names[i], us, received, (unsigned long)n,
               (unsigned long)us & 0xffffffffffff, draw() < 0.5 ? "buy" : "sell", price[i] / 4,
               price[i] % 4 * 25, 1 + (long)(1000 * draw() * draw()));
    }
}

/* Days since 1970 of the Sunday of that number (1 first) in the month, whose first day is FIRST. */
static int sunday(int first, int number)
{
    return first + (10 - first % 7) % 7 + 7 * (number - 1);     /* 1970-01-04 was a Sunday */
}

/* Minutes that New York is behind UTC at noon of the day: second Sunday of March to first of November is summer. */
static int behind(int day)
{
    static const short before[13] = { 0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334 };
    int y, m, d;

    gen_civil(day, &y, &m, &d);
    const int leap = y % 4 == 0;        /* true until 2099 */
    const int january = day - before[m] - (m > 2 && leap) - (d - 1);
    return day >= sunday(january + 59 + leap, 2) && day < sunday(january + 304 + leap, 1) ? 240 : 300;
}

static void minutes(long years)
{
    long price = 800;
    const int last = FIRST_BAR_DAY + (int)(years * 1461 / 4);

    puts("symbol,interval,ts,open,high,low,close,volume");
    for (int day = FIRST_BAR_DAY; day < last; day++) {
        int y, m, d;
        if ((day + 4) % 7 == 0 || (day + 4) % 7 == 6)
            continue;
        gen_civil(day, &y, &m, &d);
        for (int k = 0; k < 390; k++) {
            const int at = 570 + k + behind(day);
            const long open = price, up = (long)(3 * draw()), down = (long)(3 * draw());
            move(&price);
            if (draw() < 0.0005)
                continue;
            const long high = (open > price ? open : price) + up, low = (open < price ? open : price) - down;
            printf("ABC,1m,%04d-%02d-%02dT%02d:%02d:00Z,%ld.%02ld,%ld.%02ld,%ld.%02ld,%ld.%02ld,%ld\n", y, m, d, at / 60,
                   at % 60, open / 4, open % 4 * 25, high / 4, high % 4 * 25, low / 4, low % 4 * 25, price / 4,
                   price % 4 * 25, 1000 + (long)(9000 * draw()));
        }
    }
}

int main(int argc, char **argv)
{
    const long n = argc == 3 ? strtol(argv[2], NULL, 10) : 0;

    if (n > 0 && strcmp(argv[1], "trades") == 0)
        trades(n);
    else if (n > 0 && strcmp(argv[1], "minutes") == 0)
        minutes(n);
    else {
        fprintf(stderr, "usage: gen_market trades ROWS | minutes YEARS\n");
        return 2;
    }
    return fflush(stdout) == 0 && !ferror(stdout) ? 0 : 1;
}
