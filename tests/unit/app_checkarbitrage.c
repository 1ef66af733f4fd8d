/*
 * app_checkarbitrage - how far a forward may be off: the tightest bounds of the pairs that hold it, and of no others.
 */
#include "app/checkarbitrage.h"
#include "test.h"

#include <math.h>

enum { N = 3 };

/* Pairs around F = 100 at discount 1: sold at F - low, bought at F + high. */
static void make(struct oc_arbitrage_strike *x, double strike, double low, double high)
{
    const double put = 5, call = put + 100 - strike;

    *x = (struct oc_arbitrage_strike){ strike, { call - low, call + high, 0 }, { put, put, 1 } };
}

static void slack(void)
{
    struct oc_arbitrage_strike x[N];
    struct oc_arbitrage_slice s = { .years = 0.5, .forward = 100, .discount = 1, .n = N, .strike = x };

    make(&x[0], 90, 0.30, 0.50);
    make(&x[1], 100, 0.10, 0.40);
    make(&x[2], 110, 0.20, 0.20);
    CHECK(fabs(oc_checkarbitrage_slack(&s, SIZE_MAX) - 0.20) < 1e-12, "the wider of the tightest bounds: %g",
          oc_checkarbitrage_slack(&s, SIZE_MAX));
    CHECK(fabs(oc_checkarbitrage_slack(&s, 2) - 0.40) < 1e-12, "without the third: %g", oc_checkarbitrage_slack(&s, 2));
    make(&x[2], 110, -3, 3.2);          /* sold above the forward: this is what parity is to find, not a bound */
    CHECK(fabs(oc_checkarbitrage_slack(&s, SIZE_MAX) - 0.40) < 1e-12, "a pair that does not hold it: %g",
          oc_checkarbitrage_slack(&s, SIZE_MAX));
    x[0].call.bid = x[1].put.ask = NAN;
    CHECK(isnan(oc_checkarbitrage_slack(&s, SIZE_MAX)), "no pair with all sides");
    s.forward = NAN;
    CHECK(isnan(oc_checkarbitrage_slack(&s, SIZE_MAX)), "no forward");
}

/* A find's doubt grows with the distance of its strikes, where the discount is by parity. */
static void doubt(void)
{
    struct oc_arbitrage_strike x[N];
    struct oc_arbitrage_slice s = { .years = 0.5, .forward = 100, .discount = 1, .slack = 0.1, .n = N, .strike = x };
    double d = 0.001;
    const struct oc_arbitragegroup g = { .n = 1, .slice = &s, .doubt = &d, .kinds = ~0u };

    for (uint32_t i = 0; i < N; i++) {
        make(&x[i], 90 + 10 * (double)i, 0.1, 0.1);
        x[i].call.row = 2 * i;
        x[i].put.row = 2 * i + 1;
    }
    struct oc_arbitrage_find f = { .kind = OC_ARBITRAGE_BOX, .n = 4, 
                                   .leg = { { -1, 1, 0 }, { 1, 1, 1 }, { 1, 1, 4 }, { -1, 1, 5 } } };
    CHECK(fabs(oc_checkarbitrage_doubt(&g, &f) - 0.02) < 1e-12, "box of 90 and 110: %g", oc_checkarbitrage_doubt(&g, &f));
    f = (struct oc_arbitrage_find){ .kind = OC_ARBITRAGE_VERTICAL, .n = 2, .leg = { { -1, 1, 2 }, { 1, 1, 0 } } };
    CHECK(oc_checkarbitrage_doubt(&g, &f) == 0, "a call above one of a lower strike needs no discount");
    f = (struct oc_arbitrage_find){ .kind = OC_ARBITRAGE_VERTICAL, .n = 2, .leg = { { -1, 1, 0 }, { 1, 1, 2 } } };
    CHECK(fabs(oc_checkarbitrage_doubt(&g, &f) - 0.01) < 1e-12, "the other half does: %g", oc_checkarbitrage_doubt(&g, &f));
    s.american = true;
    CHECK(oc_checkarbitrage_doubt(&g, &f) == 0, "American options: at discount 1");
}

int main(void)
{
    test_begin("slack of a forward");
    slack();
    test_end();
    test_begin("doubt of a find");
    doubt();
    test_end();
    return test_done();
}
