/* the Monte Carlo engine against closed forms and its own identities */
#include "mc_help.h"

#include "pricing/pricer.h"

/* Black-Scholes-Merton by the pricer. */
static double bsm(int quantity, double side, double s, double k, double t, double r, double q, double vol)
{
    const struct oc_pricer *p;
    struct oc_err err;
    unsigned char status;
    double v = NAN;
    struct oc_results out = { .status = &status };
    const struct oc_quotes in = { .n = 1, .side = &side, .spot = &s, .strike = &k, .years = &t, .rate = &r, .dividend_yield = &q,
                                  .vol = &vol };

    if (oc_pricer_find("bsm", &p, &err))
        return NAN;
    out.value[quantity] = &v;
    p->price(&in, &out);
    return v;
}

static void european(void)
{
    const struct oc_walk w = a_gbm(100, 0.05 - 0.02, 0.3);
    struct oc_err err;

    test_begin("mc european");
    for (int i = 0; i < 8; i++) {
        const double side = i & 1 ? -1 : 1, strike = i & 2 ? 120 : 95;
        const struct oc_claim c = { NO_CLAIM, .pay = OC_PAY_VANILLA, .side = side, .strike = strike, .years = 0.75, .rate = 0.05 };
        struct oc_mc_how how = a_how(200000);
        how.variance = i & 4 ? OC_VR_AUTO : 0;
        const struct oc_mc_value v = value_of(&c, 1, &w, NULL, &how, &err);
        CHECK(err.code == OC_OK, "%s", err.text);
        NEAR(v, OC_PRICE, bsm(OC_PRICE, side, 100, strike, 0.75, 0.05, 0.02, 0.3), 0, "european");
        CHECK(v.error[OC_PRICE] < 0.06 && v.error[OC_PRICE] > 1e-4 && v.paths == 200000, "stderr %g", v.error[OC_PRICE]);
    }
    test_end();
}

int main(void)
{
    european();
    return test_done();
}
