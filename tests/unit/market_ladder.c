/* market_ladder - strikes and ticks: complete ladders, decimals, listing rules, prices on ticks */
#include "market/ladder.h"

#include "test.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void snap(void)
{
    static const struct { double x, step; } t[] = {
        { 1e-9, 0.01 }, { 0.0299, 0.01 }, { 0.03, 0.05 }, { 0.075, 0.10 }, { 0.749, 0.5 }, { 0.75, 1 }, { 1.75, 2.5 },
            { 7.5, 10 }, { 17.4, 10 },
        { 17.5, 25 }, { 124, 100 }, { 125, 150 }, { 175, 200 }, { 225, 250 }, { 1e9, 250 }
    };

    test_begin("ladder: the nearest usual step, ties to the larger");
    for (size_t i = 0; i < sizeof t / sizeof *t; i++)
        CHECK(oc_ladder_snap(t[i].x) == t[i].step, "%g: %g, not %g", t[i].x, oc_ladder_snap(t[i].x), t[i].step);
    test_end();
}

static void automatic(void)
{
    struct oc_ladder l = { .how = OC_LADDER_AUTO, .size = 30 };
    struct oc_err err;
    double step, k[61];
    size_t n;

    test_begin("ladder: automatic interval, 2 k sigma sqrt(T) S / (N - 1)");
    /* S 100, sigma 20 %, T 30/365, N 61: 2 x 4 x 0.2 x 0.28670 x 100 / 60 = 0.7645, between 0.5 and 1, nearer to 1 */
    CHECK(oc_ladder_auto(&l, 100, 0.2, 30 / 365.0, &step, &err) == 0 && step == 1, "%g", step);
    CHECK(oc_ladder_strikes(&l, 100, 0.2, 30 / 365.0, k, &n, &err) == 0 && n == 61 && k[0] == 70 && k[30] == 100
          && k[60] == 130,
          "%zu from %g to %g", n, k[0], k[60]);
    /* S 5000, 18 %, a quarter, N 61: 8 x 0.18 x 0.5 x 5000 / 60 = 60, nearer to 50 than to 100 */
    CHECK(oc_ladder_auto(&l, 5000, 0.18, 0.25, &step, &err) == 0 && step == 50, "%g", step);
    l.size = 0;
    CHECK(oc_ladder_auto(&l, 100, 0.2, 1, &step, &err) == -1 && err.code == OC_USAGE, "one strike has an interval");
    test_end();
}

/* Far expiries: all strikes, with the largest usual step that has them. */
static void complete(void)
{
    static const double usual[] = { 0.01, 0.05, 0.10, 0.25, 0.5, 1, 2.5, 5, 10, 25, 50, 100, 150, 200, 250 };
    static double k[401];
    struct oc_ladder l = { .how = OC_LADDER_AUTO };
    struct oc_err err;
    double step;
    size_t n;

    test_begin("ladder: an automatic ladder is complete however far the expiry");
    for (unsigned i = 0; i < 4000; i++) {
        const double spot = 5 + 0.61803 * (i % 997) * (1 + i % 13), vol = 0.05 + 0.01 * (i % 211), years = 0.003 * (1 + i % 1709);
        l.size = 1 + i % 200;
        if (spot < 0.0151 * (l.size + 1))
            continue;                                   /* not even cents have room */
        CHECK(oc_ladder_auto(&l, spot, vol, years, &step, &err) == 0
              && oc_ladder_strikes(&l, spot, vol, years, k, &n, &err) == 0, "%s", err.text);
        CHECK(n == 2 * l.size + 1 && k[0] > 0, "spot %g, %g, %g years, %u: %zu from %g", spot, vol, years, l.size, n, k[0]);
        const double want = oc_ladder_snap(8 * vol * sqrt(years) * spot / (2.0 * l.size));
        CHECK(step <= want, "%g, not %g", step, want);
        for (size_t u = 0; u < sizeof usual / sizeof *usual; u++)
            CHECK(!(usual[u] > step && usual[u] <= want) || floor(spot / usual[u] + 0.5) <= l.size,
                  "spot %g, %u: %g, and %g would do", spot, l.size, step, usual[u]);
    }
    /* by hand: 50 at 64 % for two years with one strike on each side wants 8 x 0.64 x 1.414 x 50 / 2 = 181, 200; 25 is the
       largest with 50 - 25 above 0 */
    l.size = 1;
    CHECK(oc_ladder_auto(&l, 50, 0.64, 2, &step, &err) == 0 && step == 25, "%g", step);
    /* 0.04 and five strikes: cents, and what lies above 0 */
    l.size = 5;
    CHECK(oc_ladder_auto(&l, 0.04, 0.64, 2, &step, &err) == 0 && step == 0.01, "%g", step);
    CHECK(oc_ladder_strikes(&l, 0.04, 0.64, 2, k, &n, &err) == 0 && n == 9 && k[0] == 0.01, "%zu from %g", n, k[0]);
    test_end();
}

static void even(void)
{
    struct oc_ladder l = { .how = OC_LADDER_STEP };
    struct oc_err err;
    static double k[2001];
    size_t n;

    test_begin("ladder: complete, decimal, half up, above 0");
    static const double steps[] = { 0.01, 0.05, 0.1, 0.25, 0.3, 0.5, 1, 2.5, 5, 1 / 3.0, 150 };
    for (size_t s = 0; s < sizeof steps / sizeof *steps; s++)
        for (double spot = 1.013; spot < 1e5; spot *= 3.7) {
            l.step = steps[s];
            l.size = 40;
            if (oc_ladder_strikes(&l, spot, NAN, 1, k, &n, &err)) {
                CHECK(floor(spot / l.step + 0.5) + 40 < 1, "step %g, spot %g: %s", l.step, spot, err.text);
                continue;
            }
            const double anchor = floor(spot / l.step + 0.5), want = anchor > 40 ? 81 : anchor + 40;
            CHECK((double)n == want, "step %g, spot %g: %zu strikes, not %g", l.step, spot, n, want);
            for (size_t i = 0; i < n; i++) {
                char text[40];
                snprintf(text, sizeof text, "%.9f", k[i]);
                CHECK(k[i] > 0 && (i == 0 || k[i] > k[i - 1]), "strike %zu: %.17g", i, k[i]);
                if (s != 9)
                    CHECK(strtod(text, NULL) == k[i], "%.17g is no short decimal", k[i]);
            }
        }
    l.step = 5;
    l.size = 1;
    CHECK(oc_ladder_strikes(&l, 102.5, NAN, 1, k, &n, &err) == 0 && n == 3 && k[1] == 105, "half up: %g", k[1]);
    CHECK(oc_ladder_strikes(&l, 1, NAN, 1, k, &n, &err) == 0 && n == 1 && k[0] == 5, "near 0: %zu, %g", n, k[0]);
    l.size = 0;
    CHECK(oc_ladder_strikes(&l, 1, NAN, 1, k, &n, &err) == -1 && err.code == OC_USAGE, "a ladder without strikes");
    CHECK(oc_ladder_strikes(&l, -1, NAN, 1, k, &n, &err) == -1, "a spot below 0");
    l.step = 125e-16;
    l.size = 5;
    CHECK(oc_ladder_strikes(&l, 100, NAN, 1, k, &n, &err) == -1, "a step of half an ulp");
    l.step = 1e-300;
    CHECK(oc_ladder_strikes(&l, 100, NAN, 1, k, &n, &err) == -1, "a step that is too fine");
    test_end();
}

static void listed(void)
{
    static const char *const names[] = { "spx", "spxw", "equity", "weekly", "etf" };
    struct oc_ladder l = { .how = OC_LADDER_LISTED, .size = 200 };
    struct oc_err err;
    static double k[503];
    size_t n;

    test_begin("ladder: listing rules are complete and on their steps");
    for (size_t r = 0; r < 5; r++) {
        CHECK(oc_listing_find(names[r], &l.listing, &err) == 0, "%s: %s", names[r], err.text);
        for (double spot = 3.3; spot < 2e4; spot *= 2.3)
            for (double days = 1; days < 1500; days *= 3) {
                CHECK(oc_ladder_strikes(&l, spot, NAN, days / 365, k, &n, &err) == 0, "%s", err.text);
                size_t above = 0, below = 0;
                for (size_t i = 0; i < n; i++) {
                    const struct oc_step_size s = oc_listing_step(&l.listing, spot, days, k[i]);
                    CHECK(oc_ticks_multiple(s, floor(k[i] * s.scale / s.units + 0.5)) == k[i],
                          "%s at %g: %g is off its step", names[r],
                          spot, k[i]);
                    CHECK(i == 0 || k[i] > k[i - 1], "%s at %g: %g after %g", names[r], spot, k[i], i ? k[i - 1] : 0);
                    above += k[i] > spot;
                    below += k[i] < spot;
                }
                const double lowest = oc_listing_step(&l.listing, spot, days, 0.01).units
                                      / oc_listing_step(&l.listing, spot, days, 0.01).scale;
                CHECK(above >= 200 && (below >= 200 || k[0] <= lowest), "%s at %g, %g days: %zu above, %zu below from %g",
                      names[r],
                      spot, days, above, below, k[0]);
            }
    }
    /* shares: 5 above 50, 1 below, so that 49 follows 50 */
    l.size = 4;
    oc_listing_find("equity", &l.listing, &err);
    oc_ladder_strikes(&l, 51, NAN, 1, k, &n, &err);
    CHECK(n == 9 && k[4] == 50 && k[3] == 49 && k[0] == 46 && k[5] == 55, "%zu: %g %g %g", n, k[3], k[4], k[5]);
    CHECK(oc_listing_find("spxx", &l.listing, &err) == -1 && err.code == OC_USAGE && strstr(err.text, "spxw"), "%s",
          err.text);
    test_end();
    test_begin("ladder: what the spx rule lists round 5000, by hand");
    l.size = 3;
    oc_listing_find("spx", &l.listing, &err);
    oc_ladder_strikes(&l, 5001, NAN, 20 / 365.0, k, &n, &err);
    CHECK(n == 7 && k[0] == 4985 && k[3] == 5000 && k[6] == 5015, "%zu from %g to %g", n, k[0], k[6]);
    l.size = 251;       /* 5 points up to 6251 (25 %), then 25 */
    oc_ladder_strikes(&l, 5001, NAN, 20 / 365.0, k, &n, &err);
    CHECK(n == 503 && k[501] == 6250 && k[502] == 6275, "%zu, %g, %g", n, k[501], k[502]);
    test_end();
}

static void tables(void)
{
    static const struct { const char *text, *why; } bad[] = {
        { "oc-strikes 2 x\n", "begins with" }, { "oc-strikes 1 x\nspx - - 5\n", "a row is" },
            { "oc-strikes 1 x\nspx - - - 0\n", "step" },
        { "oc-strikes 1 x\nspx - - - -\n", "step" }, { "oc-strikes 1 x\nspx -1 - - 5\n", "numbers above 0" },
        { "oc-strikes 1 x\nspx 30 - - 2\nspx - - - 5\n", "no multiples" },
        { "oc-strikes 1 x\nspx 30 - - 0.1\nspx - - - 5000\n", "10000 times" },
        { "oc-strikes 1 x\nspx 30 - - 5\n", "does not fit every strike" },
        { "oc-strikes 1 x\nabc - - - 5\n", "no listing rule" }
    };
    struct oc_listing l;
    struct oc_err err;

    test_begin("ladder: damaged tables of strikes are refused");
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        err.text[0] = '\0';
        CHECK(oc_listing_read("t", bad[i].text, strlen(bad[i].text), "spx", &l, &err) == -1 && strstr(err.text, bad[i].why),
              "%s: %s", bad[i].text, err.text);
    }
    test_end();
}

static void ticks(void)
{
    static const char *const bad[] = { "", "0", "-1", "x", "0.05<3", "0.05<3,0.10<2,1", "0.05,0.10", "0.05<,1",
                                       "0.05<3.01,0.10",
                                       "1e-12", "0.05<3,,0.1", "0.3<1,0.5" };
    struct oc_ticks t;
    struct oc_err err;

    test_begin("ticks: prices on ticks, both sides of each limit");
    CHECK(oc_ticks_parse("0.05<3,0.10", &t, &err) == 0, "%s", err.text);
    for (int i = 0; i < 2000; i++) {
        const double x = i * 0.00713, d = oc_ticks_down(&t, x), u = oc_ticks_up(&t, x), size = x < 3 ? 0.05 : 0.10;
        CHECK(d <= x && u >= x && u - d < size + 1e-12 && oc_ticks_size(&t, x) == size, "%g: %.17g %.17g", x, d, u);
        char text[40];
        snprintf(text, sizeof text, "%.2f", d);
        CHECK(strtod(text, NULL) == d, "%.17g is no decimal", d);
    }
    for (int i = 0; i <= 200; i++) {                    /* a tick is its own floor and ceiling */
        const double x = i < 60 ? i * 5 / 100.0 : i * 10 / 100.0;
        CHECK(oc_ticks_down(&t, x) == x && oc_ticks_up(&t, x) == x, "%.17g: %.17g %.17g", x, oc_ticks_down(&t, x),
              oc_ticks_up(&t, x));
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CHECK(oc_ticks_parse(bad[i], &t, &err) == -1 && err.code == OC_USAGE, "'%s' was taken", bad[i]);
    test_end();
}

int main(void)
{
    snap();
    automatic();
    complete();
    even();
    listed();
    tables();
    ticks();
    return test_done();
}
