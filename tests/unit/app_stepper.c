/*
 * app_stepper - a chain that walks: resumed from bytes at any step, cut short, and damaged; cash dividends; volatilities by
 * the model against published ones.
 */
#include "app/step.h"
#include "base/time.h"
#include "test.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static struct oc_io io = OC_IO_DEFAULT;
static struct oc_instants instants;

static struct oc_step plan(const char **model, uint64_t steps)
{
    io = (struct oc_io)OC_IO_DEFAULT;
    instants = (struct oc_instants){ .has_ts = true, .ts = INT64_C(1797541200) * OC_TIME_SECOND }; /* 2026-12-17T21:00:00Z */
    return (struct oc_step){
        .chain = { .symbol = "XYZ", .spot = 100, .vol = 0.2, .rate = 0.03, .dividend_yield = 0.01, .strikes = "5",
                   .schedule = "weekly:2,2027-12-17", .chain_size = "4" },
        .model = { 1, model }, .clock = "calendar", .stick = "delta", .greek_units = "textbook", .step = "1d",
        .steps = steps, .paths = 1, .to = UINT64_MAX, .dt = NAN, .io = &io, .instants = &instants };
}

static const char *models[] = {
    "geometric_brownian:volatility=0.2", "heston:v0=0.04,kappa=2,theta=0.04,xi=0.5,rho=-0.7", "brownian:volatility=0.1",
    "merton:volatility=0.15,intensity=20,jump_mean=-0.02,jump_volatility=0.05", "garch:volatility=0.2,alpha=0.05,beta=0.9",
    "telegraph:volatility=0.2,lambda_up=20,lambda_down=20,vol_multiplier_up=1.5,vol_multiplier_down=0.5",
    "sabr:alpha=0.2,beta=1,nu=0.5,rho=-0.3", "rough_bergomi:hurst=0.1,eta=1.5,rho=-0.7,xi=0.04",
};

static int same_state(const struct oc_step_state *a, const struct oc_step_state *b)
{
    return a->path == b->path && a->step == b->step && a->ts == b->ts && a->nstate == b->nstate && a->npinned == b->npinned
           && memcmp(a->state, b->state, a->nstate * sizeof *a->state) == 0
           && (a->npinned == 0 || memcmp(a->pinned, b->pinned, a->npinned * sizeof *a->pinned) == 0);
}

/* The same figures: the state of a process that remembers its path is as long as the plan. */
static int same_seen(const struct oc_stepper *a, const struct oc_step_state *x, const struct oc_stepper *b,
                     const struct oc_step_state *y)
{
    struct oc_step_seen u, v;
    struct oc_err err = { 0 };

    CHECK(oc_step_see(a, x, &u, &err) == 0 && oc_step_see(b, y, &v, &err) == 0, "%s", err.text);
    return memcmp(&u.spot, &v.spot, 8) == 0 && memcmp(&u.volatility, &v.volatility, 8) == 0 && x->ts == y->ts
           && (x->nstate != y->nstate || same_state(x, y));
}

/* Each step from the bytes of the one before, by a plan of more steps: the same as straight on. */
static void resume_one(const char *model, const char *ladder)
{
    const char *one[1] = { model };
    struct oc_step p = plan(one, 30);
    struct oc_stepper a = { 0 }, b = { 0 };
    struct oc_step_state x = { 0 }, y = { 0 };
    struct oc_err err = { 0 };

    p.chain.ladder = ladder;
    if (oc_step_open(&p, &a, &err)) {
        test_fail("%s: %s", model, err.text);
        return;
    }
    p.steps = 50;
    CHECK(oc_step_open(&p, &b, &err) == 0, "%s: %s", model, err.text);
    CHECK(strcmp(a.run, b.run) == 0, "%s: the run of 30 steps is %s, that of 50 %s", model, a.run, b.run);
    struct oc_paths_room *ra = oc_paths_room(&a.paths, &err), *rb = oc_paths_room(&b.paths, &err);
    CHECK(oc_step_begin(&a, 3, &x, &err) == 0 && oc_step_begin(&b, 3, &y, &err) == 0, "%s: %s", model, err.text);
    for (int k = 1; k < 30; k++) {
        struct oc_buf bytes = { 0 };
        CHECK(oc_step_advance(&a, ra, &x, &err) == 1, "%s: step %d: %s", model, k, err.text);
        CHECK(oc_step_state_put(&y, &bytes) == 0, "no memory");
        oc_step_state_free(&y);
        CHECK(oc_step_state_get(&b, bytes.p, bytes.n, &y, &err) == 0, "%s: %s", model, err.text);
        CHECK(oc_step_advance(&b, rb, &y, &err) == 1, "%s: step %d: %s", model, k, err.text);
        CHECK(same_seen(&a, &x, &b, &y), "%s: step %d differs", model, k);
        oc_buf_free(&bytes);
    }
    CHECK(oc_step_advance(&a, ra, &x, &err) == 0, "%s: a step behind the last", model);
    CHECK(oc_step_advance(&b, rb, &y, &err) == 1, "%s: no step 30 of 50", model);
    oc_step_state_free(&x);
    oc_step_state_free(&y);
    oc_paths_room_free(ra);
    oc_paths_room_free(rb);
    oc_stepper_close(&a);
    oc_stepper_close(&b);
}

static void resume(void)
{
    test_begin("app_stepper resumed from bytes");
    for (size_t i = 0; i < sizeof models / sizeof *models; i++)
        resume_one(models[i], i % 2 ? "pinned" : "rolling");
    test_end();
}

/* Every byte of a state counts, and so does its length. */
static void damaged(void)
{
    struct oc_step p = plan(models + 1, 30);
    struct oc_step_state x = { 0 }, y = { 0 };
    struct oc_buf bytes = { 0 };
    struct oc_err err = { 0 };
    struct oc_stepper s = { 0 };

    test_begin("app_stepper damaged bytes");
    p.chain.ladder = "pinned";
    CHECK(oc_step_open(&p, &s, &err) == 0 && oc_step_begin(&s, 0, &x, &err) == 0, "%s", err.text);
    CHECK(oc_step_state_put(&x, &bytes) == 0 && oc_step_state_get(&s, bytes.p, bytes.n, &y, &err) == 0, "%s", err.text);
    CHECK(same_state(&x, &y), "the bytes give another state");
    for (size_t i = 0; i < bytes.n; i++) {
        bytes.p[i] ^= 1;
        CHECK(oc_step_state_get(&s, bytes.p, bytes.n, &y, &err) == -1 && err.code == OC_FORMAT, "byte %zu does not count",
              i);
        bytes.p[i] ^= 1;
        CHECK(oc_step_state_get(&s, bytes.p, i, &y, &err) == -1 && err.code == OC_FORMAT, "%zu bytes are enough", i);
    }
    CHECK(same_state(&x, &y), "a refused state was taken in part");
    oc_stepper_close(&s);
    struct oc_step q = plan(models, 30);
    CHECK(oc_step_open(&q, &s, &err) == 0, "%s", err.text);
    CHECK(oc_step_state_get(&s, bytes.p, bytes.n, &y, &err) == -1, "Heston's state is taken for a geometric Brownian one");
    oc_stepper_close(&s);
    oc_step_state_free(&x);
    oc_step_state_free(&y);
    oc_buf_free(&bytes);
    test_end();
}

/*
 * A walk that does nothing but grow: the spot falls by the dividend at its instant, and at expiry it is what the forward of
 * step 0 said.
 */
static void dividends(void)
{
    const char *still[1] = { "geometric_brownian:volatility=1e-9" };
    struct oc_step p = plan(still, 366);
    struct oc_chain_rows rows = { 0 };
    struct oc_step_state st = { 0 };
    struct oc_step_seen seen;
    struct oc_err err = { 0 };
    struct oc_stepper s = { 0 };
    double forward = NAN, before = 0;
    char path[] = "/tmp/oc-dividends-XXXXXX.csv";
    const int fd = mkstemps(path, 4);

    test_begin("app_stepper cash dividends");
    FILE *f = fd < 0 ? NULL : fdopen(fd, "w");
    CHECK(f, "%s cannot be written", path);
    fprintf(f,
            "symbol,ex_date,amount,dividend_type\nXYZ,2027-03-10,1.25,cash\nXYZ,2027-09-08,2,cash\nXYZ,2028-09-08,3,cash\n");
    fclose(f);
    p.chain.dividends = path;
    p.chain.dividend_yield = 0; /* beside a yield the chain's forwards are those of later dividends to their yield only */
    CHECK(oc_step_open(&p, &s, &err) == 0 && oc_step_begin(&s, 0, &st, &err) == 0, "%s", err.text);
    struct oc_paths_room *room = oc_paths_room(&s.paths, &err);
    CHECK(oc_step_chain(&s, &st, &rows, &err) == 0, "%s", err.text);
    for (size_t i = 0; i < rows.nslice; i++)
        if (rows.slice[i].years == 1)
            forward = rows.slice[i].forward;
    int falls = 0;
    for (int k = 0; k < 365; k++) {
        CHECK(oc_step_see(&s, &st, &seen, &err) == 0, "%s", err.text);
        const double fell = before * exp(0.03 / 365) - seen.spot;
        /* 0.5 day's interest on 3 at most, by when in the day it is paid */
        if (k && fabs(fell) > 0.01)
            CHECK(fabs(fell - (falls++ ? 2 : 1.25)) < 3e-4, "step %d falls by %g", k, fell);
        before = seen.spot;
        CHECK(oc_step_advance(&s, room, &st, &err) == 1, "%s", err.text);
    }
    CHECK(falls == 2, "%d falls", falls);
    CHECK(oc_step_see(&s, &st, &seen, &err) == 0, "%s", err.text);
    /* the dividend of 2028 is in the forward as in the spot; 1e-9 of volatility over a year, five deviations */
    CHECK(fabs(seen.spot - forward) < 100 * 5e-9, "spot %.12g at expiry, forward %.12g", seen.spot, forward);
    oc_chain_free(&rows);
    oc_step_state_free(&st);
    oc_paths_room_free(room);
    oc_stepper_close(&s);
    remove(path);
    test_end();
}

/* Volatility of a strike in a year, by the model at step 0. */
static double by_model(const char *model, double spot, const char *strikes, double strike)
{
    const char *one[1] = { model };
    struct oc_step p = plan(one, 2);
    struct oc_chain_rows rows = { 0 };
    struct oc_step_state st = { 0 };
    struct oc_err err = { 0 };
    struct oc_stepper s = { 0 };
    double iv = NAN;

    p.chain.spot = spot;
    p.chain.vol = NAN;
    p.chain.rate = p.chain.dividend_yield = 0;
    p.chain.strikes = strikes;
    p.stick = "model";
    if (oc_step_open(&p, &s, &err)) {
        test_fail("%s: %s", model, err.text);
        return NAN;
    }
    CHECK(oc_step_begin(&s, 0, &st, &err) == 0 && oc_step_chain(&s, &st, &rows, &err) == 0, "%s: %s", model, err.text);
    for (size_t i = 0; i < rows.n; i++)
        if (rows.years[i] == 1 && rows.strike[i] == strike)
            iv = rows.iv[i];
    oc_chain_free(&rows);
    oc_step_state_free(&st);
    oc_stepper_close(&s);
    return iv;
}

static void sticks(void)
{
    static const char forde[] = "heston:v0=0.04,kappa=1.15,theta=0.04,xi=0.2,rho=-0.4";
    struct oc_step p = plan(models + 4, 2);
    struct oc_err err = { 0 };
    struct oc_stepper s = { 0 };

    test_begin("app_stepper volatilities of the model");
    /* Forde, Jacquier and Lee's parameters; value and tolerance of row hestoniv-006 of the reference values, T = 1 */
    CHECK(fabs(by_model(forde, 100, "10", 80) - 0.2127275920953156) < 2e-6, "%.17g", by_model(forde, 100, "10", 80));
    CHECK(by_model(models[0], 100, "10", 80) == 0.2, "%.17g", by_model(models[0], 100, "10", 80));
    /* Hagan's formula at the money with beta 1: alpha (1 + (rho nu alpha / 4 + (2 - 3 rho^2) nu^2 / 24) T) */
    CHECK(fabs(by_model(models[6], 100, "10", 100) - 0.2 * (1 - 0.3 * 0.5 * 0.2 / 4 + (2 - 3 * 0.09) * 0.25 / 24)) < 1e-12,
          "%.17g", by_model(models[6], 100, "10", 100));
    /* most of it is not worth a number: strikes of 20 deviations in eight days are still listed */
    CHECK(by_model(forde, 100, "20", 20) > 0.2, "%.17g", by_model(forde, 100, "20", 20));
    p.stick = "model";
    CHECK(oc_step_open(&p, &s, &err) == -1 && err.code == OC_USAGE && strstr(err.text, "garch"), "garch: %s", err.text);
    test_end();
}

int main(void)
{
    resume();
    damaged();
    dividends();
    sticks();
    return test_done();
}
