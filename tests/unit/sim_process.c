/*
 * every process of the registry: the same bits by any cut, on any instruction set, step by step and as a prefix; counts of
 * jumps; absorption; correlation of two underlyings; parameters refused
 */
#include "math/isa.h"
#include "sim/jumps.h"
#include "sim/paths.h"
#include "sim_cases.h"

enum { PATHS = 600, STEPS_MAX = 40, STATE_MAX = 64 };

/* ---- bits -------------------------------------------------------------------------------------------- */
struct tape { double x[PATHS][STEPS_MAX + 1][2], last[PATHS][2 * STATE_MAX]; size_t nstate[2]; };

static int record(void *ctx, const struct oc_paths_at *at, struct oc_err *err)
{
    struct tape *const t = ctx;

    (void)err;
    for (size_t j = 0; j < at->n; j++) {
        t->x[at->first + j][at->step][0] = at->x[0][j];
        t->x[at->first + j][at->step][1] = at->x[1][j];
        double *out = t->last[at->first + j];
        for (int a = 0; a < 2; a++)
            for (size_t i = 0; i < t->nstate[a]; i++)
                *out++ = at->state[a][i][j];
    }
    return 0;
}

static struct tape *run(struct oc_paths *p, size_t cut)
{
    struct tape *const t = calloc(1, sizeof *t);
    struct oc_err err = { 0 };

    t->nstate[0] = p->walk[0].nstate;
    t->nstate[1] = p->walk[1].nstate;
    if (oc_paths_open(p, &err)) {
        test_fail("%s", err.text);
        return t;
    }
    struct oc_paths_room *const r = oc_paths_room(p, &err);
    for (uint64_t first = 0; first < PATHS; first += cut)
        if (oc_paths_run(p, r, first, PATHS - first < cut ? (size_t)(PATHS - first) : cut, record, t, &err))
            test_fail("%s", err.text);
    oc_paths_room_free(r);
    oc_paths_close(p);
    return t;
}

static void same(const char *name, const char *what, const struct tape *a, struct tape *b)
{
    CHECK(memcmp(a, b, sizeof *a) == 0, "%s: other bits %s", name, what);
    free(b);
}

/* One path by single steps, through a state that is stored in between. */
static void stepwise(const struct sim_case *c, struct oc_paths *p, const struct tape *whole)
{
    double state[2 * STATE_MAX];
    struct oc_err err = { 0 };
    const size_t size = p->walk[0].nstate + p->walk[1].nstate;

    if (oc_paths_open(p, &err)) {
        test_fail("%s", err.text);
        return;
    }
    struct oc_paths_room *const r = oc_paths_room(p, &err);
    CHECK(oc_paths_state_size(p) == size && size <= 2 * STATE_MAX, "%s: a state of %zu", c->process, oc_paths_state_size(p));
    for (uint64_t j = 0; j < PATHS; j += 97) {
        oc_paths_begin(p, state);
        for (uint64_t k = 0; k < c->steps; k++) {
            CHECK(oc_paths_step(p, r, j, k, (double)k * c->dt, c->dt, state, &err) == 0, "%s", err.text);
            CHECK(state[0] == whole->x[j][k + 1][0] && state[p->walk[0].nstate] == whole->x[j][k + 1][1],
                  "%s: path %d alone differs at step %d", c->process, (int)j, (int)k + 1);
        }
        CHECK(memcmp(state, whole->last[j], size * sizeof *state) == 0, "%s: path %d alone ends in another state",
              c->process, (int)j);
    }
    oc_paths_room_free(r);
    oc_paths_close(p);
}

static void bits(const struct sim_case *c, bool antithetic)
{
    static const size_t cuts[] = { 1, 2, 3, 7, 8, 61, 100, 255 };
    static const double corr[] = { 1, 0.6, 0.6, 1 };
    struct oc_walk walk[2] = { sim_open(c, 0), sim_open(c, 5) };
    const enum oc_isa best = oc_isa();
    struct oc_paths p = { .assets = 2, .walk = walk, .corr = walk[0].process->normals ? corr : NULL,
                          .draws = { .seed = SIM_SEED },
                          .steps = c->steps, .dt = c->dt, .antithetic = antithetic };
    struct tape *const whole = run(&p, OC_LANES);

    for (size_t i = 0; i < sizeof cuts / sizeof cuts[0]; i++)
        same(c->process, "by another cut", whole, run(&p, cuts[i]));
    for (int isa = OC_ISA_AVX512; isa <= OC_ISA_BASE; isa++)
        if (oc_isa_use((enum oc_isa)isa) == 0)
            same(c->process, oc_isa_name((enum oc_isa)isa), whole, run(&p, 100));
    oc_isa_use(best);
    stepwise(c, &p, whole);
    /* The first steps of a longer walk are those of a shorter one. */
    p.steps = c->steps / 2 + 1;
    struct tape *const head = run(&p, OC_LANES);
    for (size_t j = 0; j < PATHS; j++)
        CHECK(memcmp(head->x[j], whole->x[j], (p.steps + 1) * sizeof head->x[j][0]) == 0, "%s: path %zu is no prefix",
              c->process, j);
    free(head);
    p.draws.seed++, walk[0].seed++, walk[1].seed++;
    p.steps = c->steps;
    struct tape *const other = run(&p, OC_LANES);
    CHECK(walk[0].process->normals == 0 || memcmp(other->x, whole->x, sizeof whole->x) != 0, "%s: the seed has no effect",
          c->process);
    free(other);
    free(whole);
    oc_walk_close(&walk[0]);
    oc_walk_close(&walk[1]);
}

/* ---- figures of single steps ------------------------------------------------------------------------- */
/* Counts of jumps in one step against Poisson's law, by chi square. */
static void poisson(double mean)
{
    enum { N = 1 << 20, CELLS = 4000 };
    static double u[OC_LANES], count[OC_LANES];
    static double seen[CELLS];
    double chi = 0, expect = 0, got = 0;
    int df = -1;

    memset(seen, 0, sizeof seen);
    const struct sim_case c = { "merton", "volatility=0 intensity=1 jump_mean=0 jump_volatility=0", 2, 1, NULL };
    struct oc_walk w = sim_open(&c, 3);
    for (uint64_t i = 0; i < N; i += OC_LANES) {
        for (size_t j = 0; j < OC_LANES; j++)
            u[j] = oc_jumps_uniform(&w, i + j, 7, 0);
        const size_t any = oc_jumps_count(OC_LANES, mean, exp(-mean), u, count);
        size_t nonzero = 0;
        for (size_t j = 0; j < OC_LANES; j++) {
            seen[(size_t)fmin(count[j], CELLS - 1)]++;
            nonzero += count[j] > 0;
        }
        CHECK(any == nonzero, "%zu of %zu paths with jumps are told", any, nonzero);
    }
    for (int k = 0; k < CELLS; k++) {       /* cells of at least 25, the rest with the last */
        expect += N * exp(k * log(mean) - mean - lgamma(k + 1.0));
        got += seen[k];
        if (expect < 25)
            continue;
        chi += (got - expect) * (got - expect) / expect;
        df++;
        expect = got = 0;
    }
    /* 4 standard errors of a chi square by Wilson and Hilferty */
    const double limit = df * pow(1 - 2.0 / (9 * df) + 4 * sqrt(2.0 / (9 * df)), 3);
    CHECK(df >= 2 && chi < limit, "mean %g: chi square %.1f of %d degrees, limit %.1f", mean, chi, df, limit);
    oc_walk_close(&w);
}

struct ends { double x[2][1 << 16]; };

static int keep_end(void *ctx, const struct oc_paths_at *at, struct oc_err *err)
{
    struct ends *const e = ctx;

    (void)err;
    for (size_t a = 0; a < 2; a++)
        memcpy(e->x[a] + at->first, at->x[a], at->n * sizeof(double));
    return 0;
}

/*
 * Covariance of two underlyings over one step from their states at the start, where only the diffusions are correlated:
 * rho times the product of their deviations, deviation[] of x over the step.
 */
static void correlated(const struct sim_case *c, double d0, const struct sim_case *c2, double d1)
{
    enum { N = 1 << 16 };
    static const double corr[] = { 1, -0.7, -0.7, 1 };
    static struct ends e;
    struct oc_walk walk[2] = { sim_open(c, 0), sim_open(c2, 1) };
    struct oc_paths p = { .assets = 2, .walk = walk, .corr = corr, .draws = { .seed = SIM_SEED }, .steps = 1, .dt = c->dt };
    struct oc_err err = { 0 };
    double m[2] = { 0 }, sum = 0, square = 0;

    CHECK(oc_paths_open(&p, &err) == 0, "%s", err.text);
    struct oc_paths_room *const r = oc_paths_room(&p, &err);
    for (uint64_t first = 0; first < N; first += OC_LANES)
        oc_paths_run(&p, r, first, OC_LANES, keep_end, &e, &err);
    for (int a = 0; a < 2; a++)
        for (size_t j = 0; j < N; j++)
            m[a] += e.x[a][j] / N;
    for (size_t j = 0; j < N; j++) {
        const double y = (e.x[0][j] - m[0]) * (e.x[1][j] - m[1]);
        sum += y;
        square += y * y;
    }
    const double cov = sum / N, error = sqrt((square / N - cov * cov) / N);
    CHECK(fabs(cov + 0.7 * d0 * d1) < 4 * error, "%s and %s: covariance %.6g +- %.2g, not %.6g", c->process, c2->process,
          cov, error,
          -0.7 * d0 * d1);
    oc_paths_room_free(r);
    oc_paths_close(&p);
    oc_walk_close(&walk[0]);
    oc_walk_close(&walk[1]);
}

static void correlations(void)
{
    static const struct sim_case gbm = { "gbm", "volatility=0.3", 2, 0.25, NULL };
    static const struct sim_case price = { "brownian", "volatility=0.1", 2, 0.25, NULL };
    static const struct sim_case ou = { "ou", "speed=2 mean=100 volatility=0.2", 2, 0.25, NULL };
    static const struct sim_case jumps = { "merton", "volatility=0.2 intensity=4 jump_mean=-0.1 jump_volatility=0.1", 2,
                                           0.25, NULL };
    static const struct sim_case kou = { "kou", "volatility=0.2 intensity=4 p_up=0.5 eta_up=10 eta_down=10", 2, 0.25, NULL };
    static const struct sim_case garch = { "garch", "volatility=0.4 alpha=0.1 beta=0.8", 2, 0.25, NULL };
    static const struct sim_case vol = { "custom", "volatility=0.2 vov=0.5 vol_speed=1 vol_mean=0.2", 2, 0.25, NULL };

    correlated(&gbm, 0.15, &price, 5);
    correlated(&ou, 20 * sqrt((1 - exp(-1)) / 4), &jumps, 0.1);
    correlated(&kou, 0.1, &garch, 0.2);
    correlated(&vol, 0.1, &gbm, 0.15);
}

/* A price at 0 stays there, has no volatility, and nothing is below 0. */
static void absorbed(const char *process, const char *par)
{
    const struct sim_case c = { process, par, 40, 0.25, NULL };
    struct oc_walk walk[2] = { sim_open(&c, 0), sim_open(&c, 1) };
    struct oc_paths p = { .assets = 2, .walk = walk, .draws = { .seed = SIM_SEED }, .steps = c.steps, .dt = c.dt };
    struct tape *const t = run(&p, OC_LANES);
    size_t dead = 0;

    for (size_t j = 0; j < PATHS; j++) {
        bool gone = false;
        for (uint64_t k = 0; k <= c.steps; k++) {
            double spot, vol, *state[1] = { &t->x[j][k][0] };
            oc_walk_spot(&walk[0], 1, state[0], &spot);
            walk[0].process->show(&walk[0], 1, state, &vol, NULL, NULL);
            CHECK(spot >= 0 && !(gone && spot != 0), "%s: path %zu at %g in step %d", process, j, spot, (int)k);
            CHECK((spot == 0) == (isnan(vol) != 0), "%s: volatility %g at price %g", process, vol, spot);
            gone = spot == 0;
        }
        dead += gone;
    }
    CHECK(dead > PATHS / 20 && dead < PATHS, "%s: %zu of %d paths at 0", process, dead, PATHS);
    free(t);
}

/* ---- refusals ---------------------------------------------------------------------------------------- */
static void refused(const char *process, const char *par, const struct oc_simdata *data, const char *words)
{
    const struct sim_case c = { process, par, 4, 0.25, data };
    struct oc_walk w = sim_walk(&c, 0);
    struct oc_err err = { 0 };

    CHECK(oc_walk_open(&w, &err) == -1, "%s %s is taken", process, par);
    CHECK(err.code == OC_USAGE && strstr(err.text, words)
          && strncmp(err.text, w.process->name, strlen(w.process->name)) == 0,
          "%s %s says: %s; not: %s", process, par, err.text, words);
    oc_walk_close(&w);
}

static void refusals(void)
{
    static const double minus[] = { 0, -1, 1, 0 }, vols[] = { 0.2, -0.2 }, rates[] = { 0, 1, 1, 0 };
    const struct oc_simdata bad_rate = { .nregime = 2, .regime_vol = sim_regime_vol, .regime_q = minus };
    const struct oc_simdata bad_vol = { .nregime = 2, .regime_vol = vols, .regime_q = rates };
    struct oc_err err = { 0 };
    const struct oc_process *p;

    refused("gbm", "", NULL, "the parameter volatility is missing");
    refused("gbm", "volatility=-0.1", NULL, "volatility is -0.1, outside of [0, inf)");
    refused("gbm", "volatility=inf", NULL, "outside of");
    refused("log_returns", "volatility=0.2 expected_return=0 autocorrelation=1", NULL,
            "autocorrelation is 1, outside of (-1, 1)");
    refused("mean_reverting", "speed=0 mean=1 volatility=0.2", NULL, "speed is 0");
    refused("merton", "volatility=0.2 intensity=-1 jump_mean=0 jump_volatility=0", NULL, "intensity is -1");
    refused("kou", "volatility=0.2 intensity=1 p_up=0.5 eta_up=1 eta_down=2", NULL, "eta_up is 1, outside of (1, inf)");
    refused("kou", "volatility=0.2 intensity=1 p_up=1.5 eta_up=3 eta_down=2", NULL, "p_up is 1.5");
    refused("heston", "kappa=1 theta=0.04 xi=0.3 rho=0", NULL, "either v0");
    refused("heston", "v0=0.04 volatility=0.2 kappa=1 theta=0.04 xi=0.3 rho=0", NULL, "either v0");
    refused("heston", "v0=0.04 kappa=1 theta=0.04 xi=0.3 rho=-1.1", NULL, "rho is -1.1");
    refused("heston", "v0=0.04 kappa=1 theta=0.04 xi=0 rho=0", NULL, "xi is 0");
    refused("heston", "v0=0.04 kappa=0 theta=0.04 xi=0.3 rho=0", NULL, "kappa is 0");
    refused("heston", "v0=0.04 kappa=1 theta=0 xi=0.3 rho=0", NULL, "theta is 0");
    refused("garch", "volatility=0.2 alpha=0.2 beta=0.8", NULL, "alpha + beta is 1, not below 1");
    refused("garch", "volatility=0.2 omega=1e-6 alpha=0.1 beta=0.8", NULL, "either omega");
    refused("gjr", "volatility=0.2 alpha=0.1 beta=0.8 gamma=0.2", NULL, "alpha + beta + gamma / 2 is 1");
    refused("gjr", "volatility=0.2 alpha=0.1 beta=0.8 gamma=-0.2", NULL, "make the variance negative");
    refused("telegraph", "volatility=0.2 lambda_up=1 lambda_down=1 start=0.5", NULL, "start is 0.5");
    refused("regime", "", NULL, "its data is missing");
    refused("regime", "start=4", &sim_regimes, "start is 4, no state of 1 to 3");
    refused("regime", "", &bad_rate, "q12 is -1");
    refused("regime", "", &bad_vol, "volatility2 is -0.2");
    CHECK(oc_process_find("hestn", &p, &err) == -1 && strstr(err.text, "did you mean 'heston'"), "%s", err.text);
}

/* A period of a discrete process cannot be cut, nor begin without its length. */
static void periods(void)
{
    static const double t[] = { 0, 0.25, 0.4 };
    const struct sim_case c = { "garch", "volatility=0.2 alpha=0.1 beta=0.8", 4, 0.25, NULL };
    struct oc_walk w = sim_open(&c, 0);
    struct oc_paths p = { .assets = 1, .walk = &w, .steps = 2, .t = t };
    struct oc_err err = { 0 };

    CHECK(oc_paths_open(&p, &err) == -1 && strstr(err.text, "garch walks by periods of 0.25 years, not by steps of 0.15"),
          "%s", err.text);
    w = sim_walk(&c, 0);
    w.dt = 0;
    CHECK(oc_walk_open(&w, &err) == -1 && strstr(err.text, "period (dt) is 0"), "%s", err.text);
}

/*
 * A step beyond which the price has no expectation under the scheme, at once and in single steps; and steps out of reason.
 */
static void too_long(void)
{
    const struct sim_case c = { "heston", "v0=0.04 kappa=1 theta=0.04 xi=1 rho=0.9", 4, 0.25, NULL };
    struct oc_walk w = sim_open(&c, 0);
    struct oc_paths p = { .assets = 1, .walk = &w, .steps = 2, .dt = 2 };
    struct oc_err err = { 0 };
    double state[2];

    CHECK(oc_paths_open(&p, &err) == -1 && strstr(err.text, "heston: a step of 2 years is too long"), "%s", err.text);
    p.dt = 0.25;
    CHECK(oc_paths_open(&p, &err) == 0, "%s", err.text);
    struct oc_paths_room *const r = oc_paths_room(&p, &err);
    oc_paths_begin(&p, state);
    CHECK(oc_paths_step(&p, r, 0, 0, 0, 0.25, state, &err) == 0, "%s", err.text);
    CHECK(oc_paths_step(&p, r, 0, 1, 0, 2, state, &err) == -1 && strstr(err.text, "too long"), "%s", err.text);
    CHECK(oc_paths_step(&p, r, 0, 1, 0, 101, state, &err) == -1 && strstr(err.text, "at most 100"), "%s", err.text);
    oc_paths_room_free(r);
    oc_paths_close(&p);
}

/* Switches are numbered from the addresses behind a step: a step that may have more than there are is refused, not begun. */
static void too_many(void)
{
    const struct sim_case c = { "telegraph", "volatility=0.2 lambda_up=1e4 lambda_down=1e4 vol_multiplier_up=2", 2, 0.5,
                                NULL };
    static const double vol[] = { 0.1, 0.3 }, rates[] = { 0, 1e4, 2, 0 };
    const struct oc_simdata data = { .nregime = 2, .regime_vol = vol, .regime_q = rates };
    const struct sim_case two = { "regime", "start=1", 2, 4, &data };
    struct oc_walk w = sim_open(&c, 0);
    struct oc_paths p = { .assets = 1, .walk = &w, .steps = 2, .dt = 4 };
    struct oc_err err = { 0 };

    CHECK(oc_paths_open(&p, &err) == -1 && strstr(err.text, "take shorter steps"), "%s", err.text);
    p.dt = 3;
    CHECK(oc_paths_open(&p, &err) == 0, "%s", err.text);
    oc_paths_close(&p);
    oc_walk_close(&w);
    w = sim_open(&two, 0);
    p = (struct oc_paths){ .assets = 1, .walk = &w, .steps = 2, .dt = 4 };
    CHECK(oc_paths_open(&p, &err) == -1 && strstr(err.text, "regime: a step of 4 years has up to 40000 switches"), "%s",
          err.text);
    oc_walk_close(&w);
}

/* Corners of Heston's domain: every number stays a number, and the variance above 0. */
static void corners(void)
{
    static const char *const par[] = {
        "v0=0 kappa=1e-6 theta=1e-8 xi=1e-4 rho=-1", "v0=0 kappa=1e-6 theta=1e-8 xi=20 rho=-1",
            "v0=100 kappa=50 theta=10 xi=20 rho=0",
        "v0=1e-12 kappa=1e-6 theta=1e-8 xi=1e-4 rho=1", "v0=0.04 kappa=1000 theta=0.04 xi=1e-4 rho=1",
            "v0=0 kappa=1 theta=1 xi=50 rho=-1",
    };
    static const double dt[] = { 1e-9, 1e-4, 0.01, 1 };

    for (size_t i = 0; i < 4 * sizeof par / sizeof par[0]; i++) {
        const struct sim_case c = { "heston", par[i / 4], 32, dt[i % 4], NULL };
        struct oc_walk walk[2] = { sim_open(&c, 0), sim_open(&c, 1) };
        struct oc_paths p = { .assets = 2, .walk = walk, .draws = { .seed = SIM_SEED }, .steps = c.steps, .dt = c.dt };
        struct tape *const t = run(&p, OC_LANES);
        for (size_t j = 0; j < PATHS; j++)
            CHECK(isfinite(t->last[j][0]) && isfinite(t->last[j][1]) && t->last[j][1] >= 0,
                  "%s dt %g: path %zu ends at x %g, v %g",
                  c.par, c.dt, j, t->last[j][0], t->last[j][1]);
        free(t);
    }
}

/* May price: the walk's own drift, and a martingale by it. */
static void prices(void)
{
    static const struct { const char *process, *par; bool prices; } list[] = {
        { "gbm", "volatility=0.2", true }, { "gbm", "volatility=0.2 drift=0.05", true },
        { "gbm", "volatility=0.2 drift=0.1", false },
        { "brownian", "volatility=0.2", false }, { "log_returns", "volatility=0.2 expected_return=0.05", false },
    };
    for (size_t i = 0; i < sizeof list / sizeof list[0]; i++) {
        struct oc_walk w = sim_open(&(struct sim_case){ list[i].process, list[i].par, 4, 0.25, NULL }, 0);
        CHECK(oc_walk_prices(&w) == list[i].prices, "%s %s", list[i].process, list[i].par);
    }
    struct oc_walk w = sim_open(&(struct sim_case){ "regime", "", 4, 0.25, &sim_regimes }, 0);
    CHECK(!oc_walk_prices(&w), "regime with drifts of its own");
    oc_walk_close(&w);
}

int main(void)
{
    test_begin("sim_process same bits by any cut, instruction set, step by step and as a prefix");
    for (int i = 0; i < SIM_CASES; i++)
        bits(&sim_cases[i], i % 2 != 0);
    test_end();
    test_begin("sim_process counts of jumps");
    poisson(0.02);
    poisson(0.9);
    poisson(30);
    poisson(2500);
    test_end();
    test_begin("sim_process correlation");
    correlations();
    test_end();
    test_begin("sim_process absorption at 0");
    absorbed("brownian", "volatility=0.4");
    absorbed("mean_reverting", "speed=0.3 mean=60 volatility=0.6");
    test_end();
    test_begin("sim_process corners of Heston's domain");
    corners();
    test_end();
    test_begin("sim_process refusals");
    refusals();
    periods();
    too_long();
    too_many();
    prices();
    test_end();
    return test_done();
}
