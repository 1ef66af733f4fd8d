/*
 * bench pricing - time per option of prices, Greeks and implied volatility on columns, for each instruction set.
 *
 * bsm on 4,096 random contracts (all columns differ from row to row) and on a chain (runs of 128 rows share time, rate
 * and yield); implied volatility on ../shared/reference/iv_sets.csv if it is there, else on our own testdata.  The least
 * of many repetitions, since others only add to it.
 */
#include "math/isa.h"
#include "pricing/iv.h"
#include "pricing/pricer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { N = 4096, REPEATS = 300 };

static double side[N], spot[N], strike[N], years[N], rate[N], yield[N], vol[N], price[N], forward[N];
static double value[OC_QUANTITIES][N];
static unsigned char status[N];
static size_t rows;
static struct oc_results results = { .status = status };

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return 1e9 * (double)t.tv_sec + (double)t.tv_nsec;
}

static double uniform(double a, double b) { return a + (b - a) * ((double)rand() / ((double)RAND_MAX + 1)); }

/* Contracts: each row its own terms, or runs of one expiry. */
static void contracts(size_t run)
{
    srand(1);
    rows = N;
    for (size_t i = 0; i < N; i++) {
        const size_t head = i - i % run;
        side[i] = i % 2 ? 1 : -1;
        spot[i] = 100;
        strike[i] = uniform(60, 160);
        years[i] = i == head ? uniform(0.02, 2) : years[head];
        rate[i] = i == head ? uniform(0.01, 0.05) : rate[head];
        yield[i] = i == head ? uniform(0, 0.03) : yield[head];
        vol[i] = uniform(0.1, 0.6);
    }
}

/* Prices to invert, undiscounted; returns the name of where they are from. */
static const char *prices(void)
{
    static const char *const path[] = { "../shared/reference/iv_sets.csv", "testdata/iv_black.kat" };
    char line[256], type, set[16];
    double F, K, T, p;

    for (int k = 0; k < 2; k++) {
        FILE *const f = fopen(path[k], "r");
        rows = 0;
        while (f && rows < N && fgets(line, sizeof line, f))
            if (sscanf(line, "%15[a-z],%c,%lf,%lf,%lf,%lf", set, &type, &F, &K, &T, &p) == 6
                || (T = 1, sscanf(line, "%c %lf %lf %lf", &type, &F, &K, &p) == 4)) {
                side[rows] = type == 'C' ? 1 : -1;
                forward[rows] = F;
                strike[rows] = K;
                years[rows] = T;
                price[rows++] = p;
            }
        if (f)
            fclose(f);
        if (rows)
            return k ? "testdata" : "iv_sets";
    }
    return NULL;
}

static void run_price(const char *model)
{
    struct oc_err err;
    const struct oc_pricer *p;
    const struct oc_quotes q = { .n = rows, .side = side, .spot = spot, .strike = strike, .years = years, .rate = rate,
                                 .dividend_yield = yield, .vol = vol };

    if (oc_pricer_find(model, &p, &err) == 0)
        p->price(&q, &results);
}

static void run_bsm(void) { run_price("bsm"); }
static void run_bachelier(void) { run_price("bachelier"); }
static void run_full(void) { oc_iv_black(rows, side, forward, strike, years, price, OC_IV_FULL, value[0], status); }
static void run_fast(void) { oc_iv_black(rows, side, forward, strike, years, price, OC_IV_FAST, value[0], status); }
static void run_normal(void) { oc_iv_bachelier(rows, side, forward, strike, years, price, value[0], status); }

static void report(const char *what, void (*run)(void), const char *note)
{
    for (int i = OC_ISA_AVX512; i <= OC_ISA_BASE; i++) {
        double best = 1e300;
        if (oc_isa_use((enum oc_isa)i))
            continue;
        for (int k = 0; k < (i == OC_ISA_BASE ? 5 : REPEATS); k++) {
            const double t = now();
            run();
            const double d = now() - t;
            best = d < best ? d : best;
        }
        printf("pricing %s ns_per_option %.2f isa=%s n=%zu%s%s\n", what, best / (double)rows, oc_isa_name((enum oc_isa)i), rows,
               note ? " on=" : "", note ? note : "");
    }
}

static void want(int count)
{
    for (int j = 0; j < OC_QUANTITIES; j++)
        results.value[j] = j < count ? value[j] : NULL;
}

int main(void)
{
    contracts(1);
    want(1);
    report("bsm price", run_bsm, NULL);
    want(OC_RHO + 1);
    report("bsm price+5", run_bsm, NULL);
    contracts(128);
    report("bsm price+5 chain", run_bsm, NULL);
    contracts(1);
    want(OC_QUANTITIES);
    report("bsm all", run_bsm, NULL);
    for (size_t i = 0; i < N; i++)
        vol[i] *= spot[i];
    report("bachelier all", run_bachelier, NULL);
    const char *const from = prices();
    if (!from) {
        fprintf(stderr, "bench pricing: no prices to invert\n");
        return 1;
    }
    report("iv", run_full, from);
    report("iv fast", run_fast, from);
    report("iv bachelier", run_normal, from);
    return 0;
}
