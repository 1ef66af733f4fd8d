/*
 * Heston by simulation against Fourier prices: Andersen's three cases and public rows.
 *
 * The scheme has a bias that falls with the step; what is allowed for it (last column, absolute) is stated for the step that
 * is used, 1/16 year; 2^20 scrambled Sobol points showed none above it.
 */
#include "mc_help.h"

#include <stdbool.h>

struct market { double years, rate, yield, v0, kappa, theta, xi, rho; };

static struct oc_walk heston(const struct market *m)
{
    struct oc_walk w = a_walk("heston", 100, m->rate - m->yield);

    set_par(&w, "v0", m->v0), set_par(&w, "kappa", m->kappa), set_par(&w, "theta", m->theta);
    set_par(&w, "xi", m->xi), set_par(&w, "rho", m->rho);
    return w;
}

static struct oc_mc_value call(const struct market *m, double strike, double max_dt, uint64_t paths)
{
    const struct oc_walk w = heston(m);
    const struct oc_claim c = { NO_CLAIM, .pay = OC_PAY_VANILLA, .side = 1, .strike = strike, .years = m->years,
                                .rate = m->rate };
    struct oc_mc_how how = a_how(paths);
    struct oc_err err;

    how.max_dt = max_dt;
    how.from = OC_DRAWS_SOBOL;
    how.order = OC_ORDER_BRIDGE;
    const struct oc_mc_value v = value_of(&c, 1, &w, NULL, &how, &err);
    CHECK(err.code == OC_OK, "%s", err.text);
    return v;
}

/* Prices by Lewis's integral, 1e-9; K = 140 of the first two are in print. */
static const struct { const char *name; struct market m; double strike, price, bias; } at[] = {
    { "Andersen I", { 10, 0, 0, .04, .5, .04, 1, -.9 }, 70, 35.8497697, 0.01 },
    { "Andersen I", { 10, 0, 0, .04, .5, .04, 1, -.9 }, 100, 13.0846701, 0.01 },
    { "Andersen I", { 10, 0, 0, .04, .5, .04, 1, -.9 }, 140, 0.29577444, 0.01 },
    { "Andersen II", { 15, 0, 0, .04, .3, .04, .9, -.5 }, 70, 37.1696647, 0.01 },
    { "Andersen II", { 15, 0, 0, .04, .3, .04, .9, -.5 }, 100, 16.6492229, 0.01 },
    { "Andersen II", { 15, 0, 0, .04, .3, .04, .9, -.5 }, 140, 5.13819049, 0.01 },
    { "Andersen III", { 5, 0, 0, .09, 1, .09, 1, -.3 }, 70, 38.7720441, 0.01 },
    { "Andersen III", { 5, 0, 0, .09, 1, .09, 1, -.3 }, 100, 21.7952877, 0.01 },
    { "Andersen III", { 5, 0, 0, .09, 1, .09, 1, -.3 }, 140, 9.98306782, 0.01 },
    { "Lewis", { 1, .01, .02, .04, 4, .25, 1, -.5 }, 100, 16.070154917, 0.01 },
    { "Broadie Kaya", { 5, .05, 0, .09, 2, .09, 1, -.3 }, 100, 34.99975835, 0.01 },
    { "Fang Oosterlee", { 1, 0, 0, .0175, 1.5768, .0398, .5751, -.5711 }, 100, 5.78515545, 0.01 },
};

/* Levels: the same price, less error for the same work; in pieces the same bits; differences shrink with the step. */
static void levels(void)
{
    const struct oc_walk w = heston(&at[9].m);
    const struct oc_claim c = { NO_CLAIM, .pay = OC_PAY_VANILLA, .side = 1, .strike = at[9].strike, .years = 1,
                                .rate = 0.01 };
    struct oc_mc_how how = a_how(1 << 18);
    struct oc_err err = { 0 };
    struct oc_mc *m = NULL;
    struct oc_mc_value v = { .value = { NAN } }, cut = v;
    enum { BLOCKS = (1 << 18) / OC_BLOCK };

    test_begin("mc levels");
    how.max_dt = 1.0 / 64;
    how.multilevel = true;
    how.variance = 0;
    CHECK(oc_mc_open(&c, 1, &w, NULL, &how, &m, &err) == 0 && oc_mc_run(m, &v, &err) == 0, "%s", err.text);
    NEAR(v, OC_PRICE, at[9].price, 0.005, "levels");
    if (m) {
        const size_t k = oc_mc_figures(m);
        double *const f = malloc(BLOCKS * k * sizeof *f);
        for (uint64_t b = BLOCKS; b > 0; b -= 16)
            CHECK(oc_mc_blocks(m, how.paths, b - 16, b, f + (b - 16) * k, &err) == 0, "%s", err.text);
        CHECK(oc_mc_value(m, how.paths, BLOCKS, f, &cut, &err) == 0, "%s", err.text);
        CHECK(memcmp(cut.value, v.value, sizeof v.value[0]) == 0 && cut.error[0] == v.error[0], "%.17g in pieces, %.17g",
              cut.value[0], v.value[0]);
        free(f);
    }
    oc_mc_close(m);
    /* plain paths of the last level: 64 steps each, where levels have most of their paths at 4 */
    how.multilevel = false;
    how.paths = 1 << 15;
    const struct oc_mc_value plain = value_of(&c, 1, &w, NULL, &how, &err);
    CHECK(v.error[0] < 0.7 * plain.error[0], "levels +- %g, plain paths +- %g", v.error[0], plain.error[0]);
    if (getenv("SHOW"))
        printf("# levels %.6f +- %.2g, plain %.6f +- %.2g\n", v.value[0], v.error[0], plain.value[0], plain.error[0]);
    /* with the control: less error than a quarter as many plain paths, of 64 steps each, with theirs */
    how.variance = OC_VR_AUTO;
    how.multilevel = true;
    how.paths = 1 << 18;
    const struct oc_mc_value less = value_of(&c, 1, &w, NULL, &how, &err);
    NEAR(less, OC_PRICE, at[9].price, 0.005, "levels with a control");
    CHECK(less.error[0] < 0.6 * v.error[0], "levels +- %g with a control, %g without", less.error[0], v.error[0]);
    how.multilevel = false;
    how.paths = 1 << 16;
    const struct oc_mc_value same = value_of(&c, 1, &w, NULL, &how, &err);
    CHECK(less.error[0] < same.error[0], "levels +- %g, plain paths with a control +- %g", less.error[0], same.error[0]);
    if (getenv("SHOW"))
        printf("# with a control: levels +- %.2g, plain +- %.2g\n", less.error[0], same.error[0]);
    struct oc_walk g = a_gbm(100, 0, 0.2);
    how.multilevel = true;
    v = value_of(&c, 1, &g, NULL, &how, &err);
    CHECK(err.code == OC_DATA && strstr(err.text, "exact"), "%s", err.text);
    test_end();
}

int main(void)
{
    const bool full = getenv("OC_FULL") && *getenv("OC_FULL");

    test_begin("mc heston");
    for (size_t i = 0; i < sizeof at / sizeof *at; i++) {
        const struct oc_mc_value v = call(&at[i].m, at[i].strike, 1.0 / 16, full ? 1 << 20 : 1 << 14);
        NEAR(v, OC_PRICE, at[i].price, at[i].bias, at[i].name);
        if (getenv("SHOW"))
            printf("# %s K=%g: %.6f +- %.1g bias %+.5f\n", at[i].name, at[i].strike, v.value[0], v.error[0],
                   v.value[0] - at[i].price);
    }
    test_end();
    levels();
    return test_done();
}
