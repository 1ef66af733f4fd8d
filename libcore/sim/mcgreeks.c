/* mcgreeks - see mcgreeks.h */
#include "sim/mcgreeks.h"

#include "sim/mcadjoint.h"

#include <math.h>
#include <string.h>

static struct oc_mc_column *add(struct oc_mc *m, int quantity, enum oc_mc_by by)
{
    struct oc_mc_column *const c = &m->column[m->ncolumn++];

    *c = (struct oc_mc_column){ .quantity = quantity, .by = by };
    return c;
}

static int term(struct oc_mc *m, struct oc_mc_column *c, double coef, const struct oc_mc_bump *b, struct oc_err *err)
{
    size_t view;

    if (oc_mc_world(m, b, &view, err))
        return -1;
    c->view[c->nterm] = view;
    c->coef[c->nterm++] = coef;
    return 0;
}

/* ---- differences ------------------------------------------------------------------------------------------- */

static int first_difference(struct oc_mc *m, struct oc_mc_column *c, double step, const struct oc_mc_bump *up,
                            const struct oc_mc_bump *down, struct oc_err *err)
{
    return term(m, c, 0.5 / step, up, err) || term(m, c, -0.5 / step, down, err) ? -1 : 0;
}

static int second_difference(struct oc_mc *m, struct oc_mc_column *c, double step, const struct oc_mc_bump *up,
                             const struct oc_mc_bump *down, struct oc_err *err)
{
    const double k = 1 / (step * step);

    return term(m, c, k, up, err) || term(m, c, -2 * k, &(struct oc_mc_bump){ 0 }, err) || term(m, c, k, down, err) ? -1 : 0;
}

/* Place of `volatility` among the parameters, from 1, and its step; OC_USAGE for processes that have none. */
static int volatility_of(const struct oc_mc *m, enum oc_quantity q, size_t *par, double *step, struct oc_err *err)
{
    const int i = oc_param_find(m->walks[0].process->param, "volatility", 10);

    for (size_t a = 0; a < m->assets; a++)
        if (i < 0 || m->walks[a].process != m->walks[0].process || isnan(m->walks[a].par[i]) || !m->walks[a].process->exact)
            return oc_fail(err, OC_USAGE,
                           "%s has no one volatility to take %s by; derivatives by its parameters are to be had "
                           "(--greeks params)",
                           m->walks[a].process->name, oc_quantity_name((int)q));
    *par = (size_t)i + 1;
    *step = fmin(0.01, 0.1 * m->walks[0].par[i]);
    return *step > 0 ? 0 : oc_fail(err, OC_USAGE, "a volatility of 0 has no bump for %s", oc_quantity_name((int)q));
}

static int bump_spot(struct oc_mc *m, struct oc_mc_column *c, struct oc_err *err)
{
    const double h = c->quantity == OC_GAMMA || !oc_payoff_smooth(&m->claim) ? 0.01 : 0.001;
    const struct oc_mc_bump up = { .spot = h }, down = { .spot = -h };

    for (size_t a = 1; a < m->assets; a++)
        if (m->spot[a] != m->spot[0])
            return oc_fail(err, OC_USAGE,
                           "%s: the assets have spots of their own, so there is no one derivative by the spot",
                           oc_quantity_name(c->quantity));
    return (c->quantity == OC_DELTA ? first_difference : second_difference)(m, c, h * m->spot[0], &up, &down, err);
}

static int bump_vol(struct oc_mc *m, struct oc_mc_column *c, struct oc_err *err)
{
    size_t par;
    double h;

    if (volatility_of(m, (enum oc_quantity)c->quantity, &par, &h, err))
        return -1;
    const struct oc_mc_bump up = { .par = par, .by = h }, down = { .par = par, .by = -h };
    return (c->quantity == OC_VEGA ? first_difference : second_difference)(m, c, h, &up, &down, err);
}

static int bump_vanna(struct oc_mc *m, struct oc_mc_column *c, struct oc_err *err)
{
    const double s = 0.01;
    size_t par;
    double h;

    if (volatility_of(m, OC_VANNA, &par, &h, err))
        return -1;
    for (int i = 0; i < 4; i++) {
        const double a = i & 1 ? -1 : 1, b = i & 2 ? -1 : 1;
        const struct oc_mc_bump both = { .spot = a * s, .par = par, .by = b * h };
        if (term(m, c, a * b / (4 * s * m->spot[0] * h), &both, err))
            return -1;
    }
    return 0;
}

static int bump_time(struct oc_mc *m, struct oc_mc_column *c, struct oc_err *err)
{
    double first = m->claim.years;

    for (size_t i = m->claim.fixings; i-- > 0;)
        if (m->claim.fixing[i] > 0)
            first = m->claim.fixing[i];
    for (size_t a = 0; a < m->assets; a++)
        if (m->walks[a].process->discrete)
            return oc_fail(err, OC_USAGE, "%s walks by periods: it has no theta", m->walks[a].process->name);
    const double h = fmin(1.0 / 365, first / 2);
    return first_difference(m, c, h, &(struct oc_mc_bump){ .years = -h }, &(struct oc_mc_bump){ .years = h }, err);
}

static int bump_rate(struct oc_mc *m, struct oc_mc_column *c, struct oc_err *err)
{
    const double h = 1e-4, rate = c->quantity == OC_RHO ? h : 0, drift = c->quantity == OC_RHO ? h : -h;

    return first_difference(m, c, h, &(struct oc_mc_bump){ .drift = drift, .rate = rate },
                            &(struct oc_mc_bump){ .drift = -drift, .rate = -rate }, err);
}

static int bump_strike(struct oc_mc *m, struct oc_mc_column *c, struct oc_err *err)
{
    const double h = (c->quantity == OC_DUAL_DELTA && oc_payoff_smooth(&m->claim) ? 0.001 : 0.01) * m->claim.strike;

    if (!(m->claim.strike > 0))
        return oc_fail(err, OC_USAGE, "%s: the claim has no strike", oc_quantity_name(c->quantity));
    return (c->quantity == OC_DUAL_DELTA ? first_difference : second_difference)(
        m, c, h, &(struct oc_mc_bump){ .strike = h }, &(struct oc_mc_bump){ .strike = -h }, err);
}

static int bump(struct oc_mc *m, struct oc_mc_column *c, struct oc_err *err)
{
    switch (c->quantity) {
    case OC_DELTA: case OC_GAMMA: return bump_spot(m, c, err);
    case OC_VEGA: case OC_VOMMA: return bump_vol(m, c, err);
    case OC_VANNA: return bump_vanna(m, c, err);
    case OC_THETA: return bump_time(m, c, err);
    case OC_RHO: case OC_PHI: return bump_rate(m, c, err);
    case OC_DUAL_DELTA: case OC_DUAL_GAMMA: return bump_strike(m, c, err);
    default: return oc_fail(err, OC_USAGE, "%s is not estimated by simulation", oc_quantity_name(c->quantity));
    }
}

/* A term that is left out, with its view in none, where the world does not exist.  1; 0: none, *err says why; -1. */
static int term_if(struct oc_mc *m, struct oc_mc_column *c, double coef, const struct oc_mc_bump *b, struct oc_err *err)
{
    const size_t nsim = m->nsim, nview = m->nview;

    if (term(m, c, coef, b, err) == 0)
        return 1;
    oc_mc_worlds_back(m, nsim, nview);
    return err->code == OC_USAGE ? 0 : -1;
}

/*
 * By a parameter: centred, or, where its domain ends within h, from the inside by three points, whose error is as small:
 * f' = (3 f(0) - 4 f(-h) + f(-2h)) / 2h.
 */
static int parameter_difference(struct oc_mc *m, struct oc_mc_column *c, double h, struct oc_err *err)
{
    const size_t par = c->par + 1;
    struct oc_err why = { 0 }, other = { 0 };
    const int up = term_if(m, c, 0.5 / h, &(struct oc_mc_bump){ .par = par, .by = h }, &why);
    const int down = up < 0 ? -1 : term_if(m, c, -0.5 / h, &(struct oc_mc_bump){ .par = par, .by = -h }, &other);

    if (up + down == 2)
        return 0;
    if (up < 0 || down < 0 || up + down == 0) {
        *err = up >= 0 && down < 0 ? other : why;
        return -1;
    }
    const double in = up ? h : -h;
    c->coef[0] = 2 / in;                        /* of the view at `in`, which is there */
    return term(m, c, -1.5 / in, &(struct oc_mc_bump){ 0 }, err)
           || term(m, c, -0.5 / in, &(struct oc_mc_bump){ .par = par, .by = 2 * in }, err) ? -1 : 0;
}

/* Every parameter that the walk was given, or that has a default; 1 % of its size, or 0.001 where it is 0. */
static int bump_parameters(struct oc_mc *m, struct oc_err *err)
{
    const struct oc_process *const p = m->walks[0].process;

    if (m->assets != 1)
        return m->how.lenient ? 0 : oc_fail(err, OC_USAGE, "derivatives by parameters are for one asset");
    for (size_t i = 0; i < oc_param_count(p->param); i++) {
        const double v = m->walks[0].par[i], h = isnan(v) || v == 0 ? 0.001 : 0.01 * fabs(v);
        if (isnan(v) || (int)i == oc_param_find(p->param, "drift", 5))
            continue;
        struct oc_mc_column *const c = add(m, -1, OC_MC_COMBINE);
        c->par = i;
        if (parameter_difference(m, c, h, err))
            return oc_while(err, "derivative by %s", p->param[i].names);
    }
    return 0;
}

/* ---- along the path ---------------------------------------------------------------------------------------- */

static bool first_order(int q)
{
    return q == OC_DELTA || q == OC_GAMMA || q == OC_VEGA || q == OC_THETA || q == OC_RHO || q == OC_PHI;
}

/* The laws of geometric Brownian motion apply to the paths as they are. */
static bool lawful(const struct oc_mc *m)
{
    return m->assets == 1 && m->view[0].payoff.vol > 0 && !(m->how.variance & OC_VR_MOMENTS);
}

/* By the parameters: one sweep where there is one, and it is not refused. */
static int parameters(struct oc_mc *m, struct oc_err *err)
{
    const struct oc_process *const p = m->walks[0].process;
    const bool sweep = oc_mcadjoint_has(m), wanted = m->how.greek_by == OC_GREEK_ADJOINT;

    if (wanted && !sweep)
        return m->how.lenient
                   ? 0
                   : oc_fail(err, OC_USAGE, "derivatives of %s by parameters of %s have no adjoint estimator; bump has",
                             oc_payoff_name(m->claim.pay), p->name);
    if (!wanted && !(sweep && m->how.greek_by == OC_GREEK_AUTO))
        return bump_parameters(m, err);
    for (size_t i = 0; i < oc_param_count(p->param); i++)
        if (oc_mcadjoint_gives(m, -1, i) && (int)i != oc_param_find(p->param, "drift", 5))
            add(m, -1, OC_MC_ADJOINT)->par = i;
    m->view[0].payoff.gradient = true;
    return 0;
}

static bool has_pathwise(const struct oc_mc *m, int q)
{
    return lawful(m) && first_order(q) && oc_payoff_gradient(&m->claim, m->assets);
}

static bool has_likelihood(const struct oc_mc *m, int q)
{
    const bool at_start = m->claim.fixings > 0 && m->claim.fixing[0] <= 0;
    const bool spot_in = m->claim.pay == OC_PAY_CLIQUET;

    return lawful(m) && first_order(q) && !oc_payoff_watches(&m->claim) && !at_start && !spot_in;
}

static int choose(const struct oc_mc *m, int q, enum oc_mc_by *by, struct oc_err *err)
{
    const bool path = has_pathwise(m, q), density = has_likelihood(m, q);

    switch (m->how.greek_by) {
    case OC_GREEK_AUTO:
        *by = path ? OC_MC_PATHWISE : density && !oc_payoff_smooth(&m->claim) ? OC_MC_LIKELIHOOD : OC_MC_COMBINE;
        return 0;
    case OC_GREEK_PATHWISE:
        *by = OC_MC_PATHWISE;
        return path ? 0
                    : oc_fail(err, OC_USAGE, "%s of %s under %s has no pathwise estimator; bump has", oc_quantity_name(q),
                              oc_payoff_name(m->claim.pay), m->walks[0].process->name);
    case OC_GREEK_LIKELIHOOD:
        *by = OC_MC_LIKELIHOOD;
        return density ? 0 : oc_fail(err, OC_USAGE, "%s of %s under %s has no likelihood-ratio estimator; bump has",
                                     oc_quantity_name(q), oc_payoff_name(m->claim.pay), m->walks[0].process->name);
    case OC_GREEK_ADJOINT:
        *by = OC_MC_ADJOINT;
        return oc_mcadjoint_has(m) && oc_mcadjoint_gives(m, q, 0) ? 0
                   : oc_fail(err, OC_USAGE, "%s of %s under %s has no adjoint estimator; bump has", oc_quantity_name(q),
                             oc_payoff_name(m->claim.pay), m->walks[0].process->name);
    default:
        *by = OC_MC_COMBINE;
        return 0;
    }
}

/* One column, or none with the reason: no world that was begun for it stays. */
static int plan_one(struct oc_mc *m, int q, enum oc_mc_by *by, struct oc_err *err)
{
    const size_t nsim = m->nsim, nview = m->nview;

    if (choose(m, q, by, err))
        return -1;
    struct oc_mc_column *const c = add(m, q, *by);
    if (*by != OC_MC_COMBINE || bump(m, c, err) == 0)
        return 0;
    m->ncolumn--;
    oc_mc_worlds_back(m, nsim, nview);
    return -1;
}

int oc_mcgreeks_plan(struct oc_mc *m, struct oc_err *err)
{
    struct oc_mc_column *const price = add(m, OC_PRICE, OC_MC_COMBINE);
    bool along = false;

    if (term(m, price, 1, &(struct oc_mc_bump){ 0 }, err))
        return -1;
    for (int q = 0; q < OC_QUANTITIES; q++) {
        enum oc_mc_by by;
        if (q == OC_PRICE || !m->how.want[q])
            continue;
        if (plan_one(m, q, &by, err) == 0) {
            along |= by == OC_MC_PATHWISE || by == OC_MC_LIKELIHOOD;
            m->view[0].payoff.gradient |= by == OC_MC_ADJOINT;
            continue;
        }
        if (!m->how.lenient || err->code != OC_USAGE)
            return -1;
        *err = (struct oc_err){ 0 };
    }
    m->view[0].payoff.sensitive = along;
    return m->how.want_par ? parameters(m, err) : 0;
}
