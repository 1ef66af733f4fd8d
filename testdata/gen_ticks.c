/*
 * gen_ticks [ROWS [SYMBOLS]] - synthetic trades with the quote at each, to stdout: a random walk in cents, about 100 a second.
 *
 * testdata/ticks.csv is 400 rows of two symbols; benchmarks take more.  Sizes, spreads and waiting times only have to look
 * like a market.
 */
#include "gen.h"

#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
    const long rows = argc > 1 ? atol(argv[1]) : 400;
    const int symbols = argc > 2 ? atoi(argv[2]) : 2;
    long t = 1795185000000, *price = malloc((size_t)symbols * sizeof *price);     /* ms; 2026-11-20T14:30:00Z */
    uint64_t k = 0;

    if (!price)
        return 1;
    for (int i = 0; i < symbols; i++)
        price[i] = 10000;
    puts("ts,symbol,price,size,bid,ask");
    for (long i = 0; i < rows; i++) {
        const int s = (int)(symbols * gen_uniform(7, k++));
        const double move = gen_uniform(7, k++);
        const int below = (int)(3 * gen_uniform(7, k++)), above = (int)(3 * gen_uniform(7, k++));
        t += (long)(20 * gen_uniform(7, k++));
        price[s] += (move < 0.25) - (move > 0.75);
        printf("%ld,S%d,%.2f,%d,%.2f,%.2f\n", t, s, (double)price[s] / 100, 1 + (int)(500 * gen_uniform(7, k++)),
               (double)(price[s] - below) / 100, (double)(price[s] + above) / 100);
    }
    free(price);
    return 0;
}
