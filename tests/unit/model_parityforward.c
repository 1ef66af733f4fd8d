/* parityforward: what exact prices were made of comes back, wild pairs are named and do no harm, no answer where none is */
#include "model/parityforward.h"
#include "test.h"

#include <math.h>
#include <stdint.h>
#include <string.h>

enum { MOST = 400 };

static struct oc_parity_pair pair[MOST];
static bool outlier[MOST];
static double work[6 * MOST];
static struct oc_parity_fit fit;

static const struct oc_parity_how usual = { .method = OC_PARITY_MID, .discount = NAN, .near = INFINITY, .min_pairs = 4,
                                            .max_outliers = 0.25 };

static uint64_t state;

/* In [-1, 1). */
static double draw(void)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (double)(int64_t)state * 0x1p-63;
}

/* n strikes around F; the split of C - P on the two sides is a put of some width; spreads as a share of the price. */
static void make(size_t n, double F, double D, double step, double spread)
{
    for (size_t i = 0; i < n; i++) {
        const double K = F * 0.99 + ((double)i - (double)n / 2) * step, put = 0.05 * F * exp((K / F - 1) * 6);
        const double call = put + D * (F - K), c = spread * fabs(call) / 2, p = spread * put / 2;
        pair[i] = (struct oc_parity_pair){ K, call - c, call + c, put - p, put + p };
    }
}

static enum oc_parity_status run(const struct oc_parity_how *how, size_t n)
{
    return oc_parityforward_fit(how, n, pair, work, outlier, &fit);
}

static void exact(void)
{
    static const struct { double F, D, step; size_t n; } of[] = {
        { 5000, 0.99, 25, 81 }, { 5000, 1.004, 5, 400 }, { 3910.25, 0.99983, 5, 94 }, { 1.08, 0.97, 0.005, 41 },
        { 100, 0.5, 1, 30 }, { 60000, 1, 1000, 4 }, { 42, 0.999999, 0.5, 5 },
    };

    test_begin("parityforward: exact prices give forward and discount back");
    for (size_t i = 0; i < sizeof of / sizeof *of; i++)
        for (double spread = 0; spread < 0.1; spread += 0.04) {
            make(of[i].n, of[i].F, of[i].D, of[i].step, spread);
            struct oc_parity_how how = usual;
            for (int given = 0; given < 2; given++) {
                how.discount = given ? of[i].D : NAN;
                const enum oc_parity_status s = run(&how, of[i].n);
                CHECK(s == OC_PARITY_OK && fit.outliers == 0 && fit.pairs == of[i].n, "case %zu: status %d, %zu outliers",
                      i, s, fit.outliers);
                /* prices of size F are rounded to 1e-16 of it, the slope spans n steps */
                CHECK(fabs(fit.forward / of[i].F - 1) < 1e-13, "case %zu: forward %.17g", i, fit.forward);
                CHECK(fabs(fit.discount / of[i].D - 1) < 1e-12, "case %zu: discount %.17g", i, fit.discount);
                CHECK(fit.low <= fit.forward * (1 + 1e-13) && fit.high >= fit.forward * (1 - 1e-13),
                      "case %zu: %.17g %.17g", i, fit.low, fit.high);
            }
        }
    test_end();
}

/* Errors within a tenth of the spread, and some pairs shifted by several spreads. */
static void wild(void)
{
    test_begin("parityforward: planted pairs are named, all and alone, and do not move the rest");
    for (int seed = 1; seed <= 200; seed++) {
        bool planted[MOST] = { false };
        const size_t n = 12 + (size_t)(seed % 7) * 20;
        size_t count = 0;
        state = (uint64_t)seed * 7919;
        make(n, 5000, 0.98, 20, 0.02);
        for (size_t i = 0; i < n; i++) {
            const double s = (pair[i].call_ask - pair[i].call_bid + pair[i].put_ask - pair[i].put_bid) / 2;
            double shift = 0.1 * s * draw();
            if (draw() > 0.8 && count < n / 8) {
                planted[i] = true;
                count++;
                shift = (draw() > 0 ? 1 : -1) * (3 + draw()) * s;
            }
            pair[i].call_bid += shift;
            pair[i].call_ask += shift;
        }
        CHECK(run(&usual, n) == OC_PARITY_OK, "seed %d", seed);
        CHECK(fit.outliers == count, "seed %d: %zu named, %zu planted", seed, fit.outliers, count);
        for (size_t i = 0; i < n; i++)
            CHECK(outlier[i] == planted[i], "seed %d strike %g", seed, pair[i].strike);
        CHECK(fabs(fit.forward - 5000) < 1.5, "seed %d: forward %g", seed, fit.forward);
        CHECK(fit.low <= fit.forward && fit.forward <= fit.high, "seed %d: bounds %g %g", seed, fit.low, fit.high);
        struct oc_parity_how how = usual;
        how.method = OC_PARITY_EXECUTABLE;
        CHECK(run(&how, n) == OC_PARITY_OK && fit.forward == (fit.low + fit.high) / 2, "seed %d: executable %g", seed,
              fit.forward);
    }
    test_end();
}

/* A pair that is wrong within its own wide quotes: nobody can trade against it, so it is no outlier, and weighs nothing. */
static void silent(void)
{
    test_begin("parityforward: a wrong mid inside a wide quote weighs nothing");
    make(41, 5000, 0.98, 20, 0.05);
    pair[20].call_bid += 10;
    pair[20].call_ask += 10;
    pair[12].put_bid += 5;
    pair[12].put_ask += 5;
    CHECK(run(&usual, 41) == OC_PARITY_OK && fit.outliers == 0, "%zu outliers", fit.outliers);
    CHECK(fabs(fit.forward - 5000) < 1e-8, "forward %.12g", fit.forward);
    test_end();
}

static void locked(void)
{
    test_begin("parityforward: locked quotes on ticks");
    make(61, 5000, 0.98, 20, 0);
    for (size_t i = 0; i < 61; i++) {
        pair[i].call_bid = pair[i].call_ask = round(pair[i].call_bid * 100) / 100;
        pair[i].put_bid = pair[i].put_ask = round(pair[i].put_bid * 100) / 100;
    }
    CHECK(run(&usual, 61) == OC_PARITY_OK && fit.outliers == 0, "%zu outliers", fit.outliers);
    CHECK(fabs(fit.forward - 5000) < 0.005, "forward %.12g", fit.forward);
    pair[30].call_bid = pair[30].call_ask += 0.10;
    CHECK(run(&usual, 61) == OC_PARITY_OK && fit.outliers == 1 && outlier[30], "%zu outliers", fit.outliers);
    test_end();
}

static void none(void)
{
    struct oc_parity_how how = usual;

    test_begin("parityforward: what has no answer has none");
    make(3, 5000, 0.98, 20, 0.02);
    CHECK(run(&usual, 3) == OC_PARITY_FEW && isnan(fit.forward) && isnan(fit.discount), "three pairs");
    CHECK(run(&usual, 0) == OC_PARITY_FEW, "no pairs");
    how.min_pairs = 1;
    CHECK(run(&how, 1) == OC_PARITY_FEW, "one pair has no slope");
    how.discount = 0.98;
    CHECK(run(&how, 1) == OC_PARITY_OK && fabs(fit.forward - 5000) < 1e-9, "one pair and a rate: %g", fit.forward);
    make(20, 5000, -0.98, 20, 0.02);
    CHECK(run(&usual, 20) == OC_PARITY_DOMAIN && isnan(fit.forward), "a slope the wrong way");
    make(20, 5000, 0.98, 20, 0.002);
    for (size_t i = 0; i < 20; i++) {       /* nothing agrees with anything */
        const double shift = 400 * (i % 2 ? 1 : -1) * (1 + 0.3 * (double)(i * i % 7));
        pair[i].call_bid += shift;
        pair[i].call_ask += shift;
    }
    const enum oc_parity_status s = run(&usual, 20);
    CHECK(s != OC_PARITY_OK && isnan(fit.forward), "noise: status %d, forward %g", s, fit.forward);
    test_end();
}

/* The stated errors are those that a thousand chains show; bisquare and taper cost some of them. */
static void errors(void)
{
    enum { N = 60, CHAINS = 1000 };
    double forward = 0, discount = 0, told_forward = 0, told_discount = 0;

    test_begin("parityforward: standard errors");
    state = 99;
    for (int k = 0; k < CHAINS; k++) {
        make(N, 5000, 0.98, 10, 0.03);
        for (size_t i = 0; i < N; i++) {
            const double s = (pair[i].call_ask - pair[i].call_bid + pair[i].put_ask - pair[i].put_bid) / 2;
            const double shift = 0.1 * s * (draw() + draw() + draw());      /* deviation 0.1 s */
            pair[i].call_bid += shift;
            pair[i].call_ask += shift;
        }
        CHECK(run(&usual, N) == OC_PARITY_OK, "chain %d", k);
        forward += (fit.forward - 5000) * (fit.forward - 5000) / CHAINS;
        discount += (fit.discount - 0.98) * (fit.discount - 0.98) / CHAINS;
        told_forward += fit.forward_stderr * fit.forward_stderr / CHAINS;
        told_discount += fit.discount_stderr * fit.discount_stderr / CHAINS;
    }
    CHECK(told_forward / forward > 0.6 && told_forward / forward < 1.4, "forward: %g told, %g seen", sqrt(told_forward),
          sqrt(forward));
    CHECK(told_discount / discount > 0.6 && told_discount / discount < 1.4, "discount: %g told, %g seen",
          sqrt(told_discount), sqrt(discount));
    test_end();
}

static void near(void)
{
    struct oc_parity_how how = usual;

    test_begin("parityforward: strikes near the money alone");
    make(101, 100, 0.99, 1, 0.01);
    for (size_t i = 0; i < 101; i++)        /* puts in the money are worth more by early exercise */
        if (pair[i].strike > 112) {
            pair[i].put_bid += 1;
            pair[i].put_ask += 1;
        }
    how.near = 0.1;
    how.discount = 0.99;
    CHECK(run(&how, 101) == OC_PARITY_OK && fit.pairs == 20, "%zu pairs", fit.pairs);
    CHECK(fabs(fit.forward - 100) < 1e-9, "forward %.12g", fit.forward);
    test_end();
}

static void vix(void)
{
    struct oc_parity_how how = usual;

    test_begin("parityforward: the Cboe's single strike");
    make(41, 1962.9, 0.99998, 5, 0.05);
    how.method = OC_PARITY_VIX;
    how.discount = 0.99998;
    how.min_pairs = 1;
    pair[3].call_bid += 100;                /* no business of the strike at the money */
    pair[3].call_ask += 100;
    CHECK(run(&how, 41) == OC_PARITY_OK && fabs(fit.forward - 1962.9) < 1e-9, "forward %.12g", fit.forward);
    CHECK(fit.low < fit.forward && fit.forward < fit.high && isnan(fit.residual), "%g %g", fit.low, fit.high);
    test_end();
}

int main(void)
{
    exact();
    wild();
    silent();
    locked();
    none();
    errors();
    near();
    vix();
    return test_done();
}
