/* quantiles, VaR, ES and shares on samples that can be counted by hand */
#include "risk/tail.h"

#include "math/norm.h"
#include "math/philox.h"
#include "test.h"

#include <math.h>
#include <stdlib.h>

enum { N = 200000 };

static double x[N], part[N][3], draw[3][N];

/* Ten profits; the worst are -50, -30, -20, -20. */
static void by_hand(void)
{
    static const double p[10] = { 40, -20, 10, -50, 25, -20, 5, -30, 60, 0 };
    struct oc_err err;
    struct oc_tail t;
    double low, high, e;

    test_begin("risk_tail ten profits by hand");
    CHECK(oc_tail_open(&t, 10, p, false, &err) == 0, "open");
    CHECK(t.sorted[0] == -50 && t.sorted[2] == -20 && t.order[2] == 1 && t.order[3] == 5, "order");
    CHECK(oc_tail_quantile(&t, 0.5, 0, NULL, NULL) == 0, "median %g", oc_tail_quantile(&t, 0.5, 0, NULL, NULL));
    CHECK(oc_tail_quantile(&t, 0.51, 0, NULL, NULL) == 5, "0.51");
    CHECK(oc_tail_var(&t, 0.9, 0, &low, &high) == 50, "VaR 0.9 is %g", oc_tail_var(&t, 0.9, 0, &low, &high));
    CHECK(oc_tail_var(&t, 0.8, 0, &low, &high) == 30, "VaR 0.8 is %g", oc_tail_var(&t, 0.8, 0, &low, &high));
    CHECK(oc_tail_shortfall(&t, 0.8, &e) == 40, "ES 0.8 is %.17g", oc_tail_shortfall(&t, 0.8, &e));
    /* 2.5 paths: (50 + 30 + 0.5 * 20) / 2.5 */
    CHECK(fabs(oc_tail_shortfall(&t, 0.75, &e) - 36) < 1e-13, "ES 0.75 is %.17g", oc_tail_shortfall(&t, 0.75, &e));
    CHECK(oc_tail_shortfall(&t, 0.95, &e) == 50, "less than one path: the worst one, %g", oc_tail_shortfall(&t, 0.95, &e));
    oc_tail_close(&t);
    test_end();
}

/* The error of a mean over antithetic pairs that cancel is 0, of pairs that repeat each other sqrt 2 of the plain one. */
static void pairs(void)
{
    double plain, error;

    test_begin("risk_tail pairs");
    oc_philox_normal(1, 0, 0, N / 2, 0, 1, draw[0], N);
    for (size_t i = 0; i < N / 2; i++) {
        x[2 * i] = draw[0][i];
        x[2 * i + 1] = -draw[0][i];
    }
    CHECK(fabs(oc_tail_mean(N, x, true, &error)) < 1e-15 && error < 1e-15, "opposite: %g", error);
    for (size_t i = 0; i < N / 2; i++)
        x[2 * i + 1] = x[2 * i];
    oc_tail_mean(N, x, false, &plain);
    oc_tail_mean(N, x, true, &error);
    CHECK(fabs(error / plain - sqrt(2)) < 1e-4, "alike: %g times", error / plain);
    test_end();
}

/* Three normal parts: VaR and ES are z and phi(z) / (1 - c) deviations; shares add up, and are by covariance. */
static void normal(void)
{
    static const double a[3] = { 3, -1, 0.5 };      /* one factor each, and the book is their sum: deviation sqrt(10.25) */
    static const double level[] = { 0.9, 0.95, 0.99 };
    struct oc_err err;
    struct oc_tail t;

    test_begin("risk_tail three normal parts");
    oc_philox_normal(5, 0, 0, N, 0, 3, draw[0], N);
    for (size_t i = 0; i < N; i++) {
        x[i] = 0;
        for (int k = 0; k < 3; k++)
            x[i] += part[i][k] = a[k] * draw[k][i];
    }
    CHECK(oc_tail_open(&t, N, x, false, &err) == 0, "open");
    const double sd = sqrt(10.25);
    for (size_t i = 0; i < 3; i++) {
        const double c = level[i], q = oc_norm_icdf(c), es = sd * oc_norm_pdf(q) / (1 - c);
        double low, high, error, sum = 0;
        const double var = oc_tail_var(&t, c, 4, &low, &high), have = oc_tail_shortfall(&t, c, &error);
        CHECK(low <= sd * q && sd * q <= high && high - low < 0.3, "VaR %g: %.4f in %.4f, %.4f; %.4f", c, var, low, high,
              sd * q);
        CHECK(fabs(have - es) < 4 * error && error < 0.05, "ES %g: %.4f +- %.4f, not %.4f", c, have, error, es);
        for (int k = 0; k < 3; k++) {
            const double share = oc_tail_share(&t, c, &part[0][k], 3);
            sum += share;
            /* Euler: a_k^2 / sd^2 of ES; the spread of a part within the tail is at most its own deviation. */
            CHECK(fabs(share - es * a[k] * a[k] / (sd * sd)) < 4 * (error + fabs(a[k]) / sqrt(N * (1 - c))),
                  "share %d at %g: %.4f", k, c, share);
        }
        CHECK(fabs(sum - have) < 1e-12 * have, "shares at %g add to %.15g, not %.15g", c, sum, have);
    }
    oc_tail_close(&t);
    test_end();
}

int main(void)
{
    by_hand();
    pairs();
    normal();
    return test_done();
}
