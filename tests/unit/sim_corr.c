/*
 * sim_corr - the correlation that is asked for is that of the prices, whatever drives them: each process beside geometric
 * Brownian motion and beside itself, over one short step.
 */
#include "sim/paths.h"

#include "sim_cases.h"

#include <stdio.h>

#define ASKED 0.6
#define SHORT (1.0 / 3650)      /* years: so short that a variance does not move much within a step */

struct sums { double n, a, b, aa, bb, ab; };

static int add(void *ctx, const struct oc_paths_at *at, struct oc_err *err)
{
    struct sums *s = ctx;

    (void)err;
    for (size_t j = 0; at->step == 1 && j < at->n; j++) {
        const double a = at->x[0][j], b = at->x[1][j];
        s->n++, s->a += a, s->b += b, s->aa += a * a, s->bb += b * b, s->ab += a * b;
    }
    return 0;
}

static double measured(struct oc_walk *walk, uint64_t paths)
{
    const double corr[] = { 1, ASKED, ASKED, 1 };
    struct oc_paths p = { .assets = 2, .walk = walk, .corr = corr, .draws = { .seed = SIM_SEED },
                          .steps = 1, .dt = walk[0].dt };
    struct oc_err err = { 0 };
    struct sums s = { 0 };

    if (oc_paths_open(&p, &err)) {
        test_fail("%s", err.text);
        return 0;
    }
    struct oc_paths_room *r = oc_paths_room(&p, &err);
    for (uint64_t first = 0; r && first < paths; first += OC_LANES)
        CHECK(oc_paths_run(&p, r, first, OC_LANES, add, &s, &err) == 0, "%s", err.text);
    oc_paths_room_free(r);
    oc_paths_close(&p);
    const double cov = s.ab / s.n - s.a / s.n * s.b / s.n;
    return cov / sqrt((s.aa / s.n - s.a / s.n * s.a / s.n) * (s.bb / s.n - s.b / s.n * s.b / s.n));
}

/* Between their jumps, which belong to one underlying alone and lower the correlation, these are diffusions too. */
static const struct sim_case without_jumps[] = {
    { "merton", "volatility=0.15 intensity=0 jump_mean=-0.15 jump_volatility=0.2", 2, SHORT, NULL },
    { "kou", "volatility=0.15 intensity=0 p_up=0.4 eta_up=12 eta_down=8", 2, SHORT, NULL },
    { "bates", "v0=0.04 kappa=1.5 theta=0.06 xi=0.5 rho=-0.7 intensity=0 jump_mean=-0.1 jump_volatility=0.15", 2, SHORT,
      NULL },
    { "bates", "v0=0.04 kappa=1.5 theta=0.06 xi=1 rho=0.9 intensity=0 jump_mean=0 jump_volatility=0.1", 2, SHORT, NULL },
};

/* Jumps apart; replays and bootstraps have no shock of their own. */
static bool is_diffusion(const struct oc_process *p)
{
    static const char *const others[] = { "merton", "kou", "bates", "historical", "bootstrap" };

    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (strcmp(p->name, others[i]) == 0)
            return false;
    return p->normals > 0;
}

static void pair(const struct sim_case *c, bool with_itself, uint64_t paths)
{
    struct sim_case brief = *c;
    const struct sim_case lognormal = { "geometric_brownian", "volatility=0.3", 2, c->dt, NULL };
    const struct oc_process *p;
    struct oc_err err = { 0 };
    char name[100];

    if (oc_process_find(c->process, &p, &err)) {
        test_fail("%s", err.text);
        return;
    }
    /* A discrete process has one length of step, that of its row; the others make a short one. */
    brief.steps = 2;
    brief.dt = p->discrete ? c->dt : SHORT;
    struct sim_case second = with_itself ? *c : lognormal;
    second.steps = 2;
    second.dt = brief.dt;
    struct oc_walk walk[2] = { sim_open(&brief, 0), sim_open(&second, 1) };
    snprintf(name, sizeof name, "sim_corr %s (%.50s) and %s", c->process, c->par,
             with_itself ? "itself" : "a lognormal walk");
    test_begin(name);
    const double got = measured(walk, paths);
    /*
     * 4 standard errors of a correlation of normals, and what one step adds that is not the shock: a volatility that is
     * drawn first, or a scheme's own noise, of the order of the root of the step.
     */
    const double slack = 4 * (1 - ASKED * ASKED) / sqrt((double)paths) + 0.01;
    CHECK(fabs(got - ASKED) < slack, "%.4f, asked %.4f +- %.4f", got, ASKED, slack);
    test_end();
    oc_walk_close(&walk[0]);
    oc_walk_close(&walk[1]);
}

int main(void)
{
    const uint64_t paths = getenv("OC_FULL") ? 1 << 22 : 1 << 16;

    for (size_t i = 0; i < sizeof sim_cases / sizeof *sim_cases; i++) {
        const struct oc_process *p;
        struct oc_err err = { 0 };
        if (oc_process_find(sim_cases[i].process, &p, &err) == 0 && !is_diffusion(p))
            continue;
        pair(&sim_cases[i], false, paths);
        pair(&sim_cases[i], true, paths);
    }
    for (size_t i = 0; i < sizeof without_jumps / sizeof *without_jumps; i++) {
        pair(&without_jumps[i], false, paths);
        pair(&without_jumps[i], true, paths);
    }
    return test_done();
}
