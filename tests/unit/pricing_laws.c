/* the battery over the registry: parity, bounds, symmetry, homogeneity, Greeks against differences, limits, reasons */
#include "pricing_ref.h"

static struct book b, c;

/* Discount, forward and yield of row i as the market rule gives them, by libm. */
static double discount(size_t i) { return exp(-b.rate[i] * b.years[i]); }

static double forward(size_t i)
{
    return isnan(b.forward[i]) ? b.spot[i] * exp((b.rate[i] - b.yield[i]) * b.years[i]) : b.forward[i];
}

/* Call less put is the discounted forward; its derivatives are the forward's. */
static void parity(const struct oc_pricer *p)
{
    book_random(&b, p, BOOK, 8.0);
    c = b;
    for (size_t i = 0; i < b.n; i++) {
        b.side[i] = 1;
        c.side[i] = -1;
    }
    book_price(&b, p);
    book_price(&c, p);
    for (size_t i = 0; i < b.n; i++) {
        const double D = discount(i), F = forward(i), K = b.strike[i];
        const double gap = b.value[OC_PRICE][i] - c.value[OC_PRICE][i] - D * (F - K);
        /* e^{-rT}, F and both prices carry some ulp of the larger leg each */
        CHECK(fabs(gap) <= 16 * 0x1p-52 * D * (fabs(F) + fabs(K) + b.shift[i]), "%s row %zu: parity off by %g", p->name, i, gap);
        for (int j = OC_GAMMA; j <= OC_VEGA; j++)
            CHECK(fabs(b.value[j][i] - c.value[j][i]) <= 4 * 0x1p-52 * fabs(b.value[j][i]), "%s row %zu: %s of call and put", p->name,
                  i, oc_quantity_name(j));
        const double probability = b.value[OC_PROB_ITM][i] + c.value[OC_PROB_ITM][i];
        CHECK(fabs(probability - 1) <= 8 * 0x1p-52, "%s row %zu: probabilities add to %.17g", p->name, i, probability);
    }
}

/* Intrinsic value <= price <= the leg that is paid for; out of the money positive. */
static void bounds(const struct oc_pricer *p)
{
    const int normal = strcmp(p->name, "bachelier") == 0;

    /* displaced: beyond 8 deviations strike + shift is lost in the strike's last place */
    book_random(&b, p, BOOK, strcmp(p->name, "displaced") == 0 ? 8.0 : 30.0);
    book_price(&b, p);
    for (size_t i = 0; i < b.n; i++) {
        const double D = discount(i), F = forward(i), K = b.strike[i], w = b.side[i], V = b.value[OC_PRICE][i];
        const double slack = 16 * 0x1p-52 * D * (fabs(F) + fabs(K) + b.shift[i]), intrinsic = fmax(0, D * w * (F - K));
        CHECK(b.status[i] == OC_ROW_OK && V >= intrinsic - slack, "%s row %zu: %s %g below %g", p->name, i, oc_row_name(b.status[i]),
              V, intrinsic);
        CHECK(normal || V <= D * ((w > 0 ? F : K) + b.shift[i]) + slack, "%s row %zu: %g too much", p->name, i, V);
        CHECK(w * (F - K) > 0 || V > 0, "%s row %zu: %g out of the money", p->name, i, V);
    }
}

/*
 * A call on F struck at K is a put on K struck at F (Black); mirrored about 0 it is a put on -F struck at -K (Bachelier).
 * In forward form; each price carries some ulp of its legs.
 */
static void symmetry(const struct oc_pricer *p)
{
    const int normal = strcmp(p->name, "bachelier") == 0;

    book_random(&b, p, BOOK, 6.0);
    for (size_t i = 0; i < b.n; i++)
        b.forward[i] = forward(i);
    c = b;
    for (size_t i = 0; i < b.n; i++) {
        c.side[i] = -b.side[i];
        c.forward[i] = normal ? -b.forward[i] : b.strike[i];
        c.strike[i] = normal ? -b.strike[i] : b.forward[i];
    }
    book_price(&b, p);
    book_price(&c, p);
    for (size_t i = 0; i < b.n; i++) {
        const double leg = discount(i) * (fabs(b.forward[i]) + fabs(b.strike[i]) + b.shift[i]);
        CHECK(fabs(b.value[OC_PRICE][i] - c.value[OC_PRICE][i]) <= 16 * 0x1p-52 * leg, "%s row %zu: %.17g, mirrored %.17g", p->name, i,
              b.value[OC_PRICE][i], c.value[OC_PRICE][i]);
    }
}

/*
 * Prices scale with the currency: for a power of two exactly in the rationals, and log(A/K), d1, d2 do not see it, so
 * the bits of price and delta agree.
 */
static void homogeneity(const struct oc_pricer *p)
{
    const double scale = 0x1p20;

    book_random(&b, p, BOOK, 8.0);
    c = b;
    for (size_t i = 0; i < b.n; i++) {
        c.spot[i] *= scale;
        c.forward[i] *= scale;
        c.strike[i] *= scale;
        c.shift[i] *= scale;
        if (strcmp(p->name, "bachelier") == 0)
            c.vol[i] *= scale;
    }
    book_price(&b, p);
    book_price(&c, p);
    for (size_t i = 0; i < b.n; i++) {
        CHECK(c.value[OC_PRICE][i] == scale * b.value[OC_PRICE][i], "%s row %zu: price %.17g", p->name, i, b.value[OC_PRICE][i]);
        CHECK(c.value[OC_DELTA][i] == b.value[OC_DELTA][i], "%s row %zu: delta %.17g", p->name, i, b.value[OC_DELTA][i]);
    }
}

/* d(quantity)/d(column) of row i, fourth order central difference with relative step h of size; by fresh pricing. */
static double slope(const struct oc_pricer *p, size_t i, int quantity, size_t column, double h)
{
    static const double at[] = { -2, -1, 1, 2 }, weight[] = { 1.0 / 12, -2.0 / 3, 2.0 / 3, -1.0 / 12 };
    double sum = 0;

    for (int k = 0; k < 4; k++) {
        double in[9] = { b.side[i], b.spot[i], b.forward[i], b.strike[i], b.years[i], b.rate[i], b.yield[i], b.vol[i], b.shift[i] };
        double value;
        unsigned char status;
        struct oc_results r = { .status = &status };
        const struct oc_quotes q = { 1, in, in + 1, in + 2, in + 3, in + 4, in + 5, in + 6, in + 7, in + 8 };
        in[column] += at[k] * h;
        r.value[quantity] = &value;
        p->price(&q, &r);
        sum += weight[k] * value;
    }
    return sum / h;
}

/*
 * Each Greek is the difference of the quantity below it.  Steps of 1/100 of a deviation, or 3e-3 of time and volatility:
 * the fourth order formula is off by h^4 / 30 of the fifth derivative, which within 2.5 deviations is below 1e3 times
 * the quantity over the deviation to the fifth, and rounding by 1e-16 / h: 1e-5 of the quantity over 100 h covers both.
 */
static void differences(const struct oc_pricer *p)
{
    enum { SPOT = 1, FORWARD, STRIKE, YEARS, RATE, YIELD, VOL };
    static const struct { int greek, of; size_t column; double sign; } rule[] = {
        { OC_DELTA, OC_PRICE, SPOT, 1 }, { OC_GAMMA, OC_DELTA, SPOT, 1 }, { OC_SPEED, OC_GAMMA, SPOT, 1 },
        { OC_VEGA, OC_PRICE, VOL, 1 }, { OC_VANNA, OC_DELTA, VOL, 1 }, { OC_VOMMA, OC_VEGA, VOL, 1 },
        { OC_ZOMMA, OC_GAMMA, VOL, 1 }, { OC_ULTIMA, OC_VOMMA, VOL, 1 }, { OC_THETA, OC_PRICE, YEARS, -1 },
        { OC_CHARM, OC_DELTA, YEARS, -1 }, { OC_COLOR, OC_GAMMA, YEARS, -1 }, { OC_VETA, OC_VEGA, YEARS, -1 },
        { OC_RHO, OC_PRICE, RATE, 1 }, { OC_PHI, OC_PRICE, YIELD, 1 }, { OC_DUAL_DELTA, OC_PRICE, STRIKE, 1 },
        { OC_DUAL_GAMMA, OC_DUAL_DELTA, STRIKE, 1 },
    };

    book_random(&b, p, 300, 2.5);
    book_price(&b, p);
    for (size_t i = 0; i < b.n; i++) {
        const int spot_form = isnan(b.forward[i]), normal = strcmp(p->name, "bachelier") == 0;
        /* a hundredth of a deviation of the underlying, and the rate and yield that move the forward by as much */
        const double s = b.vol[i] * sqrt(b.years[i]), small = 0.01 * fmin(1, s);
        const double F_step = normal ? 0.01 * s : small * (forward(i) + b.shift[i]);
        const double K_step = normal ? 0.01 * s : small * (b.strike[i] + b.shift[i]);
        const double r_step = fmin(F_step / forward(i), 0.01) / b.years[i];
        const double step[] = { 0, F_step, F_step, K_step, 3e-3 * b.years[i], r_step, r_step, 3e-3 * b.vol[i] };
        for (size_t k = 0; k < sizeof rule / sizeof *rule; k++) {
            if ((rule[k].column == SPOT || rule[k].column == YIELD) && !spot_form)
                continue;
            const double want = rule[k].sign * slope(p, i, rule[k].of, rule[k].column, step[rule[k].column]);
            const double got = b.value[rule[k].greek][i], scale = fabs(b.value[rule[k].of][i]) / (100 * step[rule[k].column]);
            CHECK(fabs(got - want) <= 1e-5 * (fabs(got) + scale), "%s row %zu %s: %.12g, difference %.12g (scale %g)", p->name, i,
                  oc_quantity_name(rule[k].greek), got, want, scale);
        }
        /* by the forward, the market's view of a forward row; the difference of two prices is good to 1e-6 or so here */
        if (!spot_form) {
            const double want = slope(p, i, OC_PRICE, FORWARD, step[FORWARD]), got = b.value[OC_DELTA_FWD][i];
            CHECK(fabs(got - want) <= 1e-6, "%s row %zu delta_fwd: %.12g, difference %.12g", p->name, i, got, want);
            CHECK(b.value[OC_PHI][i] == 0, "%s row %zu: phi in forward form", p->name, i);
        }
    }
}

/* Volatility to 0: price and Greeks become the sure forward's, and are it at 0. */
static void limits(const struct oc_pricer *p)
{
    book_random(&b, p, 900, 3.0);
    for (size_t i = 0; i < b.n; i++)
        b.vol[i] = b.years[i] = 1;
    for (size_t i = 0; i < b.n; i++)        /* some 10 % away from the forward, whichever form */
        b.strike[i] = forward(i) * (i % 2 ? 0.9 : 1.1);
    c = b;
    for (size_t i = 0; i < b.n; i++) {
        b.vol[i] = 0;
        c.vol[i] = 1e-4;                    /* a thousand deviations off (normal: more) */
    }
    book_price(&b, p);
    book_price(&c, p);
    for (size_t i = 0; i < b.n; i++) {
        CHECK(b.status[i] == OC_ROW_OK && c.status[i] == OC_ROW_OK, "%s row %zu: %s", p->name, i, oc_row_name(b.status[i]));
        for (int j = 0; j < OC_QUANTITIES; j++) {
            if (j == OC_ELASTICITY && b.value[OC_PRICE][i] == 0)
                continue;
            const double x = b.value[j][i], y = c.value[j][i], scale = fabs(x) + b.strike[i] * (j == OC_PRICE || j == OC_THETA || j == OC_RHO);
            CHECK(fabs(x - y) <= 32 * 0x1p-52 * scale, "%s row %zu %s: %.17g, near 0 %.17g", p->name, i, oc_quantity_name(j), x, y);
        }
    }
}

/* What vanishes is 0 without a sign: puts far out, forwards given, at the money, no rates, no volatility. */
static void unsigned_zero(const struct oc_pricer *p)
{
    size_t zeros = 0;

    book_random(&b, p, BOOK, 60.0);
    for (size_t i = 0; i < b.n; i++) {
        if (i % 3 == 0)
            b.rate[i] = b.yield[i] = 0;
        if (i % 5 == 0)
            b.strike[i] = isnan(b.forward[i]) ? b.spot[i] : b.forward[i];
        if (i % 7 == 0)
            b.vol[i] = 0;
    }
    book_price(&b, p);
    for (size_t i = 0; i < b.n; i++)
        for (int j = 0; j < OC_QUANTITIES; j++) {
            zeros += b.value[j][i] == 0;
            CHECK(b.value[j][i] != 0 || !signbit(b.value[j][i]), "%s row %zu: %s is -0", p->name, i, oc_quantity_name(j));
        }
    CHECK(zeros > b.n, "%s: only %zu zeros, which shows nothing", p->name, zeros);
}

static enum oc_row reason(const struct oc_pricer *p, const double *in, double *price)
{
    struct oc_quotes q = { 1, in, in + 1, in + 2, in + 3, in + 4, in + 5, in + 6, in + 7, in + 8 };
    unsigned char status = 99;
    double delta;
    struct oc_results r = { .status = &status };

    r.value[OC_PRICE] = price;
    r.value[OC_DELTA] = &delta;
    p->price(&q, &r);
    CHECK((status == OC_ROW_OK) == !isnan(delta), "%s: %s with delta %g", p->name, oc_row_name(status), delta);
    CHECK(status == OC_ROW_OK || status == OC_ROW_OUT_OF_DOMAIN || isnan(*price), "%s: %s with price %g", p->name,
          oc_row_name(status), *price);
    return (enum oc_row)status;
}

static void reasons(const struct oc_pricer *p)
{
    /* side spot forward strike years rate yield vol shift, and what is wrong with it */
    static const struct { double in[9]; enum oc_row want; int lognormal; } row[] = {
        { { 1, 100, NAN, 100, 1, 0.01, 0, 0.2, 0 }, OC_ROW_OK, 0 },
        { { 0.5, 100, NAN, 100, 1, 0.01, 0, 0.2, 0 }, OC_ROW_BAD_INPUT, 0 },
        { { 1, NAN, NAN, 100, 1, 0.01, 0, 0.2, 0 }, OC_ROW_BAD_INPUT, 0 },
        { { 1, 100, NAN, NAN, 1, 0.01, 0, 0.2, 0 }, OC_ROW_BAD_INPUT, 0 },
        { { 1, 100, NAN, 100, NAN, 0.01, 0, 0.2, 0 }, OC_ROW_BAD_INPUT, 0 },
        { { 1, 100, NAN, 100, 1, NAN, 0, 0.2, 0 }, OC_ROW_BAD_INPUT, 0 },
        { { 1, 100, NAN, 100, 1, 0.01, NAN, 0.2, 0 }, OC_ROW_BAD_INPUT, 0 },
        { { 1, 100, NAN, 100, 1, 0.01, 0, NAN, 0 }, OC_ROW_BAD_INPUT, 0 },
        { { 1, INFINITY, NAN, 100, 1, 0.01, 0, 0.2, 0 }, OC_ROW_BAD_INPUT, 0 },
        { { 1, NAN, 100, 100, 1, 0.01, NAN, 0.2, 0 }, OC_ROW_OK, 0 },
        { { 1, 100, NAN, 100, 0, 0.01, 0, 0.2, 0 }, OC_ROW_EXPIRED, 0 },
        { { 1, 100, NAN, 100, -1, 0.01, 0, 0.2, 0 }, OC_ROW_EXPIRED, 0 },
        { { 1, 100, NAN, 100, 1, 0.01, 0, -0.2, 0 }, OC_ROW_OUT_OF_DOMAIN, 0 },
        { { 1, 100, NAN, 100, 1, 701, 701, 0.2, 0 }, OC_ROW_OUT_OF_DOMAIN, 0 },
        { { 1, 100, NAN, 100, 1, 0, 0, 0, 0 }, OC_ROW_OUT_OF_DOMAIN, 0 },
        { { 1, 0, 100, 100, 1, 0.01, NAN, 0.2, 0 }, OC_ROW_OUT_OF_DOMAIN, 0 },
        { { 1, INFINITY, 100, 100, 1, 0.01, NAN, 0.2, 0 }, OC_ROW_BAD_INPUT, 0 },
        { { 1, -100, NAN, 100, 1, 0.01, 0, 0.2, 0 }, OC_ROW_OUT_OF_DOMAIN, 1 },
        { { 1, 100, NAN, 0, 1, 0.01, 0, 0.2, 0 }, OC_ROW_OUT_OF_DOMAIN, 1 },
        { { 1, 100, NAN, -5, 1, 0.01, 0, 0.2, 0 }, OC_ROW_OUT_OF_DOMAIN, 1 },
    };

    for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
        const int normal = strcmp(p->name, "bachelier") == 0;
        const enum oc_row want = row[i].lognormal && normal ? OC_ROW_OK : row[i].want;
        double price = 1;
        const enum oc_row got = reason(p, row[i].in, &price);
        CHECK(got == want, "%s case %zu: %s, not %s", p->name, i, oc_row_name((int)got), oc_row_name((int)want));
    }
}

/* Names: found, nearest, complete. */
static void registry(void)
{
    const struct oc_pricer *p;
    struct oc_err err = { 0 };

    test_begin("pricing_laws registry");
    CHECK(oc_pricer_find("bsm", &p, &err) == 0 && strcmp(p->name, "bsm") == 0, "bsm is not found");
    CHECK(oc_pricer_find("bachelir", &p, &err) == -1 && err.code == OC_USAGE, "a wrong name is accepted");
    CHECK(strstr(err.text, "'bachelier'") != NULL, "no hint in: %s", err.text);
    for (size_t m = 0; oc_pricer_at(m); m++)
        CHECK(oc_pricer_at(m)->title && oc_pricer_at(m)->exercise && oc_pricer_at(m)->params && oc_pricer_at(m)->implied,
              "pricer %zu is not complete", m);
    for (int j = 0; j < OC_QUANTITIES; j++)
        CHECK(oc_quantity_find(oc_quantity_name(j)) == j, "quantity %d", j);
    CHECK(oc_quantity_find("none") == -1 && oc_quantity_name(OC_QUANTITIES) == NULL, "unknown quantities");
    CHECK(strcmp(oc_row_name(OC_ROW_ABOVE_MAXIMUM), "above-maximum") == 0, "reason words");
    test_end();
}

int main(void)
{
    static const struct { const char *name; void (*check)(const struct oc_pricer *p); } law[] = {
        { "parity", parity }, { "bounds", bounds }, { "symmetry", symmetry }, { "homogeneity", homogeneity },
        { "differences", differences }, { "limits", limits }, { "zero", unsigned_zero },
        { "reasons", reasons },
    };

    registry();
    for (size_t m = 0; oc_pricer_at(m); m++)
        for (size_t k = 0; k < sizeof law / sizeof *law; k++) {
            char name[80];
            snprintf(name, sizeof name, "pricing_laws %s %s", oc_pricer_at(m)->name, law[k].name);
            test_begin(name);
            law[k].check(oc_pricer_at(m));
            test_end();
        }
    return test_done();
}
