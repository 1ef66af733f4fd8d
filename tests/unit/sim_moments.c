/*
 * moments of every process against closed forms, within 4 standard errors, at 10^6 draws; 10^8 with OC_FULL.
 *
 * Each path gives the figures below at half its life (1) and at its end (2); x is state[0], v is state[1].
 */
#include "sim/blocks.h"
#include "sim/paths.h"
#include "sim_cases.h"

enum figure { X1, X2, X1X1, X2X2, X1X2, GROWTH, V1, V2, V1V1, V2V2, V1V2, FIGURES };
static const char *const figure_names[] = { "E x1", "E x2", "E x1^2", "E x2^2", "E x1 x2", "E S2 / forward", "E v1", "E v2",
                                            "E v1^2",
                                            "E v2^2", "E v1 v2" };

/* ---- what must come out ------------------------------------------------------------------------------ */
struct aim { double of[FIGURES]; };

static double par(const struct oc_walk *w, const char *name)
{
    const int i = oc_param_find(w->process->param, name, strlen(name));

    return i < 0 ? NAN : w->par[i];
}

static double drift(const struct oc_walk *w) { return isnan(par(w, "drift")) ? w->drift : par(w, "drift"); }

static void set(double *of, double m1, double m2, double var1, double var2, double cov)
{
    of[0] = m1, of[1] = m2, of[2] = var1 + m1 * m1, of[3] = var2 + m2 * m2, of[4] = cov + m1 * m2;
}
static void set_x(struct aim *a, double m1, double m2, double var1, double var2, double cov)
{
    set(a->of + X1, m1, m2, var1, var2, cov);
}
static void set_v(struct aim *a, double m1, double m2, double var1, double var2, double cov)
{
    double of[5];

    set(of, m1, m2, var1, var2, cov);
    a->of[V1] = of[0], a->of[V2] = of[1], a->of[V1V1] = of[2], a->of[V2V2] = of[3], a->of[V1V2] = of[4];
}

/* Independent increments: mean and variance a year. */
static void levy(struct aim *a, const struct sim_case *c, double mean, double variance)
{
    const double t = c->dt * (double)c->steps;

    set_x(a, mean * t / 2, mean * t, variance * t / 2, variance * t, variance * t / 2);
}

static void brownian(const struct sim_case *c, const struct oc_walk *w, struct aim *a)
{
    const double s = SIM_SPOT * par(w, "volatility");

    levy(a, c, SIM_SPOT * drift(w), s * s);
    a->of[GROWTH] = NAN;
}

static void geometric(const struct sim_case *c, const struct oc_walk *w, struct aim *a)
{
    const double s = par(w, "volatility");

    levy(a, c, drift(w) - s * s / 2, s * s);
}

/* Log returns of steps with correlation p^|i - j|. */
static void log_returns(const struct sim_case *c, const struct oc_walk *w, struct aim *a)
{
    const double s = par(w, "volatility"), p = par(w, "autocorrelation"), m = par(w, "expected_return") * c->dt;
    const int n = (int)c->steps, h = n / 2;
    double cov[3] = { 0 };      /* first half with itself, all with all, first half with all */

    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) {
            const double r = s * s * c->dt * pow(p, abs(i - j));
            cov[0] += i < h && j < h ? r : 0;
            cov[1] += r;
            cov[2] += i < h ? r : 0;
        }
    set_x(a, m * h, m * n, cov[0], cov[1], cov[2]);
    a->of[GROWTH] = NAN;
}

static void mean_reverting(const struct sim_case *c, const struct oc_walk *w, struct aim *a)
{
    const double k = par(w, "speed"), m = par(w, "mean"), s = m * par(w, "volatility"), t = c->dt * (double)c->steps,
        h = t / 2;
    const double var1 = s * s * (1 - exp(-2 * k * h)) / (2 * k), var2 = s * s * (1 - exp(-2 * k * t)) / (2 * k);

    set_x(a, (m - SIM_SPOT) * (1 - exp(-k * h)), (m - SIM_SPOT) * (1 - exp(-k * t)), var1, var2, var1 * exp(-k * (t - h)));
    a->of[GROWTH] = NAN;
}

/*
 * Mean and covariances of v^2 of a normal process, and from them those of the log price, which takes v at the steps' starts.
 */
static void custom(const struct sim_case *c, const struct oc_walk *w, struct aim *a)
{
    const double v0 = par(w, "volatility"), k = par(w, "vol_speed"), mean = par(w, "vol_mean"), s = par(w, "vov"),
        dt = c->dt;
    const int n = (int)c->steps, h = n / 2;
    double m[65], var[65], x[2] = { 0 }, cov[3] = { 0 };

    for (int i = 0; i <= n; i++) {
        m[i] = mean + (v0 - mean) * exp(-k * dt * i);
        var[i] = s * s * (1 - exp(-2 * k * dt * i)) / (2 * k);
    }
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) {
            const double r = exp(-k * dt * abs(i - j)) * var[i < j ? i : j];
            const double noise = i == j ? (m[i] * m[i] + var[i]) * dt : 0;
            const double b = noise + 0.25 * dt * dt * (2 * r * r + 4 * m[i] * m[j] * r);
            cov[0] += i < h && j < h ? b : 0;
            cov[1] += b;
            cov[2] += i < h ? b : 0;
            if (j == 0)
                x[1] += (drift(w) - 0.5 * (m[i] * m[i] + var[i])) * dt;
            if (j == 0 && i < h)
                x[0] = x[1];
        }
    set_x(a, x[0], x[1], cov[0], cov[1], cov[2]);
    set_v(a, m[h], m[n], var[h], var[n], exp(-k * dt * (n - h)) * var[h]);
}

static void merton(const struct sim_case *c, const struct oc_walk *w, struct aim *a)
{
    const double s = par(w, "volatility"), l = par(w, "intensity"), m = par(w, "jump_mean"), d = par(w, "jump_volatility");

    levy(a, c, drift(w) - s * s / 2 - l * (exp(m + d * d / 2) - 1) + l * m, s * s + l * (m * m + d * d));
    set_v(a, l * c->dt, l * c->dt, l * c->dt, l * c->dt, 0);
}

static void kou(const struct sim_case *c, const struct oc_walk *w, struct aim *a)
{
    const double s = par(w, "volatility"), l = par(w, "intensity"), p = par(w, "p_up");
    const double u = par(w, "eta_up"), d = par(w, "eta_down");
    const double growth = p * u / (u - 1) + (1 - p) * d / (d + 1) - 1;

    levy(a, c, drift(w) - s * s / 2 - l * growth + l * (p / u - (1 - p) / d),
         s * s + 2 * l * (p / (u * u) + (1 - p) / (d * d)));
    set_v(a, l * c->dt, l * c->dt, l * c->dt, l * c->dt, 0);
}

/*
 * Exact in the variance whatever the step; the log price has no closed form under the scheme but that its growth is exact.
 */
static void heston(const struct sim_case *c, const struct oc_walk *w, struct aim *a)
{
    const double s = par(w, "volatility"), v0 = isnan(s) ? par(w, "v0") : s * s, k = par(w, "kappa"), m = par(w, "theta");
    const double xi = par(w, "xi"), t = c->dt * (double)c->steps;
    double mean[2], var[2];

    for (int i = 0; i < 2; i++) {
        const double e = exp(-k * t * (i + 1) / 2);
        mean[i] = m + (v0 - m) * e;
        var[i] = v0 * xi * xi / k * (e - e * e) + m * xi * xi / (2 * k) * (1 - e) * (1 - e);
    }
    set_v(a, mean[0], mean[1], var[0], var[1], var[0] * exp(-k * t / 2));
}

/*
 * h' = omega + h g(z): E h and E h^2 by recursion with the first two moments of g.  For a symmetric g the log price is
 * uncorrelated with later variances, so its variance is that of the noise plus a quarter of that of the sum of the h.
 */
static void garch(const struct sim_case *c, const struct oc_walk *w, struct aim *a)
{
    const double alpha = par(w, "alpha"), beta = par(w, "beta"), gamma = isnan(par(w, "gamma")) ? 0 : par(w, "gamma");
    const double s = par(w, "volatility"), g1 = alpha + gamma / 2 + beta;
    const double g2 = 3 * alpha * alpha + 3 * alpha * gamma + 1.5 * gamma * gamma + beta * beta
                      + 2 * beta * (alpha + gamma / 2);
    const double omega = isnan(s) ? par(w, "omega") : (1 - g1) * s * s * c->dt;
    const int n = (int)c->steps, half = n / 2;
    double m[65], sq[65], sum[2] = { 0 }, cov[3] = { 0 };

    m[0] = isnan(par(w, "h0")) ? omega / (1 - g1) : par(w, "h0");
    sq[0] = m[0] * m[0];
    for (int i = 0; i < n; i++) {
        m[i + 1] = omega + g1 * m[i];
        sq[i + 1] = omega * omega + 2 * omega * g1 * m[i] + g2 * sq[i];
    }
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) {
            const int first = i < j ? i : j;
            const double b = (i == j ? m[i] : 0) + 0.25 * pow(g1, abs(i - j)) * (sq[first] - m[first] * m[first]);
            cov[0] += i < half && j < half ? b : 0;
            cov[1] += b;
            cov[2] += i < half ? b : 0;
            if (j == 0)
                sum[1] += drift(w) * c->dt - 0.5 * m[i];
            if (j == 0 && i < half)
                sum[0] = sum[1];
        }
    set_x(a, sum[0], sum[1], cov[0], cov[1], cov[2]);
    if (gamma != 0)
        a->of[X1X1] = a->of[X2X2] = a->of[X1X2] = NAN;
    const double var = sq[half] - m[half] * m[half];
    set_v(a, m[half], m[n], var, sq[n] - m[n] * m[n], pow(g1, n - half) * var);
}

/* ---- states that switch: moments by the equations of the chain, with Runge and Kutta ---- */
struct chain {
    int n;
    double variance[3], mu[3], q[3][3];     /* q with its diagonal */
};
/*
 * For each state i: P(i), E x [i], E x^2 [i], E S / S(0) [i], and two that start at half time: E x1 [i now], E x1 (x - x1)
 * [i].
 */
enum { P, EX, EXX, ES, Y, YX, PARTS };

static void slope(const struct chain *g, const double in[PARTS][3], double out[PARTS][3])
{
    for (int i = 0; i < g->n; i++) {
        const double m = g->mu[i] - g->variance[i] / 2;
        for (int k = 0; k < PARTS; k++) {
            out[k][i] = 0;
            for (int j = 0; j < g->n; j++)
                out[k][i] += in[k][j] * g->q[j][i];
        }
        out[EX][i] += m * in[P][i];
        out[EXX][i] += 2 * m * in[EX][i] + g->variance[i] * in[P][i];
        out[ES][i] += g->mu[i] * in[ES][i];
        out[YX][i] += m * in[Y][i];
    }
}

static void forward(const struct chain *g, double t, double y[PARTS][3])
{
    enum { N = 4000 };
    const double h = t / N;
    double k[4][PARTS][3], at[PARTS][3];

    for (int s = 0; s < N; s++) {
        slope(g, (const double(*)[3])y, k[0]);
        for (int r = 1; r < 4; r++) {
            for (int i = 0; i < PARTS * 3; i++)
                (&at[0][0])[i] = (&y[0][0])[i] + h * (r == 3 ? 1 : 0.5) * (&k[r - 1][0][0])[i];
            slope(g, (const double(*)[3])at, k[r]);
        }
        for (int i = 0; i < PARTS * 3; i++)
            (&y[0][0])[i] += h / 6 * ((&k[0][0][0])[i] + 2 * (&k[1][0][0])[i] + 2 * (&k[2][0][0])[i] + (&k[3][0][0])[i]);
    }
}

static double total(const struct chain *g, const double *part)
{
    double sum = 0;

    for (int i = 0; i < g->n; i++)
        sum += part[i];
    return sum;
}

static void switching(const struct sim_case *c, const struct chain *g, int start, struct aim *a)
{
    const double t = c->dt * (double)c->steps;
    double y[PARTS][3] = { 0 }, m[2], sq[2], v[2] = { 0 }, vv[2] = { 0 };

    y[P][start] = y[ES][start] = 1;
    for (int half = 0; half < 2; half++) {
        forward(g, t / 2, y);
        m[half] = total(g, y[EX]);
        sq[half] = total(g, y[EXX]);
        for (int i = 0; i < g->n; i++) {
            v[half] += i * y[P][i];
            vv[half] += i * i * y[P][i];
        }
        if (half == 0)
            memcpy(y[Y], y[EX], sizeof y[Y]);
    }
    set_x(a, m[0], m[1], sq[0] - m[0] * m[0], sq[1] - m[1] * m[1], sq[0] + total(g, y[YX]) - m[0] * m[1]);
    set_v(a, v[0], v[1], vv[0] - v[0] * v[0], vv[1] - v[1] * v[1], 0);
    a->of[V1V2] = NAN;
    a->of[GROWTH] = total(g, y[ES]) / exp(SIM_DRIFT * t);
}

static void telegraph(const struct sim_case *c, const struct oc_walk *w, struct aim *a)
{
    const double s = par(w, "volatility"), d = s * par(w, "vol_multiplier_down"), u = s * par(w, "vol_multiplier_up");
    const double up = par(w, "lambda_up"), down = par(w, "lambda_down");
    const struct chain g = { 2, { d * d, u * u }, { drift(w), drift(w) }, { { -up, up }, { down, -down } } };

    switching(c, &g, (int)par(w, "start"), a);
}

static void regime(const struct sim_case *c, const struct oc_walk *w, struct aim *a)
{
    struct chain g = { .n = 3 };

    for (int i = 0; i < 3; i++) {
        g.variance[i] = sim_regime_vol[i] * sim_regime_vol[i];
        g.mu[i] = isnan(sim_regime_drift[i]) ? drift(w) : sim_regime_drift[i];
        for (int j = 0; j < 3; j++) {
            g.q[i][j] += i == j ? 0 : sim_regime_q[3 * i + j];
            g.q[i][i] -= i == j ? 0 : sim_regime_q[3 * i + j];
        }
    }
    switching(c, &g, (int)par(w, "start") - 1, a);
}

/* ---- files and grids ---- */
static void historical(const struct sim_case *c, const struct oc_walk *w, struct aim *a)
{
    const double *const p = w->data.price;

    set_x(a, p[c->steps / 2], p[c->steps], 0, 0, 0);       /* its x is the price itself */
}

/* Returns i and j of a path follow each other in the file with a known probability, and else are independent. */
static void bootstrap(const struct sim_case *c, const struct oc_walk *w, struct aim *a)
{
    const int m = (int)w->data.nprice - 1, n = (int)c->steps, half = n / 2, block = (int)par(w, "block");
    double r[64], mean = 0, cov[3] = { 0 };

    for (int i = 0; i < m; i++) {
        r[i] = log(w->data.price[i + 1] / w->data.price[i]);
        mean += r[i] / m;
    }
    for (int i = 0; i < n; i++)
        for (int j = 0; j < n; j++) {
            const int lag = abs(i - j);
            const double together = par(w, "circular") == 1 ? i / block == j / block : pow(1 - 1.0 / block, lag);
            double b = 0;
            for (int k = 0; k < m; k++)
                b += together * (r[k] - mean) * (r[(k + lag) % m] - mean) / m;
            cov[0] += i < half && j < half ? b : 0;
            cov[1] += b;
            cov[2] += i < half ? b : 0;
        }
    set_x(a, mean * half, mean * n, cov[0], cov[1], cov[2]);
}

/* A flat grid is geometric Brownian motion; another one has but its growth. */
static void local_vol(const struct sim_case *c, const struct oc_walk *w, struct aim *a)
{
    if (w->data.vol == sim_flat_vol)
        levy(a, c, drift(w) - 0.3 * 0.3 / 2, 0.3 * 0.3);
}

/* The volatility is lognormal whatever the price does. */
static void sabr(const struct sim_case *c, const struct oc_walk *w, struct aim *a)
{
    const double m = par(w, "alpha"), nu = par(w, "nu"), t = c->dt * (double)c->steps;

    set_v(a, m, m, m * m * (exp(nu * nu * t / 2) - 1), m * m * (exp(nu * nu * t) - 1), m * m * (exp(nu * nu * t / 2) - 1));
    a->of[GROWTH] = 1;
}

/* The mean of the variance is the forward variance. */
static void rough(const struct sim_case *c, const struct oc_walk *w, struct aim *a)
{
    (void)w;
    a->of[V1] = sim_xi[c->dt * (double)c->steps / 2 > sim_xi_t[0]];
    a->of[V2] = sim_xi[c->dt * (double)c->steps > sim_xi_t[0]];
}

static const struct {
    const char *process;
    void (*aim)(const struct sim_case *c, const struct oc_walk *w, struct aim *a);
} aims[] = {
    { "brownian", brownian }, { "geometric_brownian", geometric }, { "log_returns", log_returns }, { "custom", custom },
    { "mean_reverting", mean_reverting }, { "merton", merton }, { "kou", kou }, { "heston", heston }, { "bates", heston },
    { "garch", garch }, { "gjr", garch }, { "telegraph", telegraph }, { "regime", regime },
    { "sabr", sabr }, { "local_vol", local_vol }, { "rough_bergomi", rough }, { "historical", historical },
    { "bootstrap", bootstrap },
};
enum { AIMS = sizeof aims / sizeof aims[0] };

/* ---- what does come out ------------------------------------------------------------------------------ */
struct job { struct oc_paths p; double growth; };
struct room { struct oc_paths_room *r; const struct job *job; double x[2][OC_LANES], v[2][OC_LANES]; };

static void *open_room(void *ctx, struct oc_err *err)
{
    struct room *const r = calloc(1, sizeof *r);

    r->job = ctx;
    r->r = oc_paths_room(&r->job->p, err);
    return r;
}
static void close_room(void *room)
{
    oc_paths_room_free(((struct room *)room)->r);
    free(room);
}

static int see(void *ctx, const struct oc_paths_at *at, struct oc_err *err)
{
    struct room *const r = ctx;
    const uint64_t steps = r->job->p.steps;

    (void)err;
    for (int i = 0; i < 2; i++)
        if (at->step == (i ? steps : steps / 2))
            for (size_t j = 0; j < at->n; j++) {
                r->x[i][j] = at->x[0][j];
                r->v[i][j] = r->job->p.walk[0].nstate > 1 ? at->state[0][1][j] : 0.0;
            }
    return 0;
}

/* Added to f. */
static void figures_of(const struct room *r, size_t j, double growth, double *f)
{
    const double x1 = r->x[0][j], x2 = r->x[1][j], v1 = r->v[0][j], v2 = r->v[1][j];
    const double of[FIGURES] = { x1, x2, x1 * x1, x2 * x2, x1 * x2, growth, v1, v2, v1 * v1, v2 * v2, v1 * v2 };

    for (int k = 0; k < FIGURES; k++)
        f[k] += of[k];
}

static int block(void *ctx, void *room, uint64_t number, uint64_t first, size_t n, double *figures, struct oc_err *err)
{
    const struct job *const job = ctx;
    struct room *const r = room;
    double spot[OC_LANES];

    (void)number;
    memset(figures, 0, 2 * FIGURES * sizeof *figures);
    for (size_t i = 0; i < n; i += OC_LANES) {
        const size_t m = n - i < OC_LANES ? n - i : OC_LANES;
        if (oc_paths_run(&job->p, r->r, first + i, m, see, r, err))
            return -1;
        oc_walk_spot(&job->p.walk[0], m, r->x[1], spot);
        /* What is independent is a pair, if there are pairs. */
        const size_t pair = job->p.antithetic ? 2 : 1;
        for (size_t j = 0; j + pair <= m; j += pair) {
            double f[FIGURES] = { 0 };
            for (size_t at = j; at < j + pair; at++)
                figures_of(r, at, spot[at] * job->growth, f);
            for (int k = 0; k < FIGURES; k++) {
                const double mean = f[k] / (double)pair;
                figures[k] += mean;
                figures[FIGURES + k] += mean * mean;
            }
        }
    }
    return 0;
}

static void compare(const struct sim_case *c, const struct aim *a, uint64_t paths, const double *sum)
{
    const double n = (double)paths;
    int known = 0;

    for (int k = 0; k < FIGURES; k++) {
        if (isnan(a->of[k]))
            continue;
        known++;
        const double mean = sum[k] / n, error = sqrt(fmax(sum[FIGURES + k] / n - mean * mean, 0) / n);
        /* Figures without noise agree to rounding of n sums. */
        CHECK(fabs(mean - a->of[k]) <= 4 * error + 1e-12 * fabs(a->of[k]),
              "%s %s: %s is %.9g +- %.2g, not %.9g: %.1f errors",
              c->process, c->par, figure_names[k], mean, error, a->of[k], (mean - a->of[k]) / error);
    }
    CHECK(known > 0, "%s has no moment to compare", c->process);
}

static void moments(const struct sim_case *c, uint64_t draws, bool antithetic)
{
    struct oc_walk w = sim_open(c, 0);
    struct job job = { .p = { .assets = 1, .walk = &w, .draws = { .seed = SIM_SEED }, .steps = c->steps, .dt = c->dt,
                              .antithetic = antithetic } };
    const struct oc_blocks work = { open_room, close_room, block, &job, 2 * FIGURES, 0 };
    const uint64_t paths = draws / c->steps, blocks = oc_blocks_of(paths);
    double *const of_block = calloc(blocks * 2 * FIGURES, sizeof *of_block), sum[2 * FIGURES];
    struct oc_err err = { 0 };
    struct aim a;
    bool found = false;

    job.growth = exp(-drift(&w) * c->dt * (double)c->steps) / SIM_SPOT;
    for (int k = 0; k < FIGURES; k++)
        a.of[k] = NAN;
    a.of[GROWTH] = w.process->risk_neutral ? 1.0 : NAN;
    for (size_t i = 0; i < AIMS; i++)
        if (strcmp(aims[i].process, w.process->name) == 0) {
            aims[i].aim(c, &w, &a);
            found = true;
        }
    CHECK(found, "%s has no moments here", w.process->name);
    if (oc_paths_open(&job.p, &err) || oc_blocks(&work, paths, 0, blocks, of_block, &err))
        test_fail("%s: %s", c->process, err.text);
    oc_blocks_total(blocks, 2 * FIGURES, of_block, sum);
    compare(c, &a, antithetic ? paths / 2 : paths, sum);
    oc_paths_close(&job.p);
    oc_walk_close(&w);
    free(of_block);
}

int main(void)
{
    const uint64_t draws = getenv("OC_FULL") ? 100000000 : 1000000;

    for (size_t i = 0; oc_process_at(i); i++) {
        const struct oc_process *const o = oc_process_at(i), *p;
        char name[100];
        int n = 0;
        struct oc_err err;

        snprintf(name, sizeof name, "sim_moments %s", o->name);
        test_begin(name);
        for (int k = 0; k < SIM_CASES; k++)
            if (oc_process_find(sim_cases[k].process, &p, &err) == 0 && p == o) {
                moments(&sim_cases[k], draws, n++ % 2 != 0);
            }
        CHECK(n > 0, "%s has no case in sim_cases.h", o->name);
        test_end();
    }
    return test_done();
}
