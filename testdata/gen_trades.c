/*
 * gen_trades - a synthetic log of round trips in micro futures, to stdout; testdata/trades.csv is what it writes.
 *
 * 160 trades of 2025 on an account of 50,000: one to three contracts of multiplier 5, a stop each, fees, an overnight swap now
 * and then, the balance after each row.  Prices are in ticks of a quarter, money in cents, so the file is exact.
 */
#include "gen.h"

#include <stdio.h>

static uint64_t draws;
static double draw(void) { return gen_uniform(160, draws++); }

/* 20 letters of RFC 3339; seconds since 1970. */
static void print_instant(long t)
{
    int year, month, day;

    gen_civil((int)(t / 86400), &year, &month, &day);
    printf("%04d-%02d-%02dT%02ld:%02ld:%02ldZ", year, month, day, t / 3600 % 24, t / 60 % 60, t % 60);
}

int main(void)
{
    long balance = 5000000, day = 20090 * 86400L;       /* cents; 2025-01-02 */

    puts("trade_id,ts,open_ts,symbol,side,quantity,open_price,stop,price,pnl,fee,swap,multiplier,balance");
    for (int i = 1; i <= 160; i++) {
        const int quantity = 1 + (int)(3 * draw()), buy = draw() < 0.6;
        double normal = -6;
        for (int k = 0; k < 12; k++)
            normal += draw();
        long move = (long)(4 * (9 * normal + 1.6));     /* quarters, for the holder */
        const long risk = 32 + (long)(24 * draw()), open = 20000 + (long)(160 * sin(i / 9.0)) + (long)(16 * draw());
        if (move < -risk)
            move = -risk;
        if (i % 3 == 1)
            day += (day / 86400 + 4) % 7 == 5 ? 3 * 86400 : 86400;      /* Friday's next is Monday */
        const long at = day + 52200 + (i - 1) % 3 * 5400 + (long)(900 * draw()), end = at + 600 + (long)(2500 * draw());
        const long pnl = move * 125 * quantity, fee = 250 * quantity, swap = i % 11 == 0 ? -85 : 0;
        balance += pnl - fee + swap;
        const long close = buy ? open + move : open - move, stop = buy ? open - risk : open + risk;
        printf("T%03d,", i);
        print_instant(end);
        putchar(',');
        print_instant(at);
        printf(",MES,%c,%d,%.2f,%.2f,%.2f,%.2f,%.2f,%.2f,5,%.2f\n", buy ? 'B' : 'S', quantity, (double)open / 4, (double)stop / 4,
               (double)close / 4, (double)pnl / 100, (double)fee / 100, (double)swap / 100, (double)balance / 100);
    }
    return 0;
}
