/* mccontrol - see mccontrol.h */
#include "sim/mccontrol.h"

#include "math/exp.h"
#include "math/log.h"
#include "math/norm.h"
#include "sim/lanes.h"
#include "sim/payoff_k.h"

#include <math.h>
#include <string.h>

#define K(name) OC_K_PICK(oc_payoff_##name##_k)

double oc_mccontrol_lognormal(double side, double strike, double mean, double variance, double discount)
{
    const double s = sqrt(variance), forward = oc_exp(mean + 0.5 * variance);

    if (!(strike > 0))
        return discount * (side > 0 ? forward - strike : 0);
    if (!(s > 0))
        return discount * fmax(side * (forward - strike), 0);
    const double d1 = (mean - oc_log(strike)) / s + s, d2 = d1 - s;
    return discount * side * (forward * oc_norm_cdf(side * d1) - strike * oc_norm_cdf(side * d2));
}

static double discount_of(const struct oc_mc *m) { return oc_exp(-m->claim.rate * m->claim.years); }

/* ---- geometric average of one asset ------------------------------------------------------------------------ */

/*
 * log G = (done log A + sum_i x_i) / N, x_i = log S(t_i): mean and variance by the covariance min(t_i, t_j), summed from the
 * last fixing back: sum_ij min = sum_i t_i (2 (n - i) - 1), i from 0.
 */
static void geometric_law(const struct oc_mc *m, double *mean, double *variance)
{
    const struct oc_claim *c = &m->claim;
    const struct oc_laid_claim *p = &m->view[0].payoff;
    const double count = c->fixings_done + (double)c->fixings, n = (double)c->fixings;
    double times = 0, covariance = 0;

    for (size_t i = 0; i < c->fixings; i++) {
        times += c->fixing[i];
        covariance += c->fixing[i] * (2 * (n - (double)i) - 1);
    }
    const double past = c->fixings_done > 0 ? c->fixings_done * oc_log(c->average_so_far) : 0;
    *mean = (past + n * oc_log(m->spot[0]) + p->m * times) / count;
    *variance = p->vol * p->vol * covariance / (count * count);
}

static double geometric_asian_mean(const struct oc_mc *m)
{
    double mean, variance;

    geometric_law(m, &mean, &variance);
    return oc_mccontrol_lognormal(m->claim.side, m->claim.strike, mean, variance, discount_of(m));
}

/*
 * E[(A - K) 1(G >= K)]: under the measure that S_i makes, log G has its mean moved by cov(x_i, log G) =
 * vol^2 / N sum_j min(t_i, t_j) = vol^2 / N (sum of t_j up to i + t_i times how many come behind).
 */
static double curran_mean(const struct oc_mc *m)
{
    const struct oc_claim *c = &m->claim;
    const double vol = m->view[0].payoff.vol, count = c->fixings_done + (double)c->fixings;
    double mean, variance, sum, before = 0;

    geometric_law(m, &mean, &variance);
    const double s = sqrt(variance), d = (mean - oc_log(c->strike)) / s;
    sum = (c->fixings_done > 0 ? c->average_so_far * (c->fixings_done / count) : 0) * oc_norm_cdf(d);
    for (size_t i = 0; i < c->fixings; i++) {
        before += c->fixing[i];
        const double cov = vol * vol / count * (before + c->fixing[i] * (double)(c->fixings - 1 - i));
        sum += m->spot[0] * oc_exp(m->walks[0].drift * c->fixing[i]) / count * oc_norm_cdf(d + cov / s);
    }
    return discount_of(m) * (sum - c->strike * oc_norm_cdf(d));
}

/* ---- geometric mean of a basket ---------------------------------------------------------------------------- */

/*
 * Weights of the logarithms are w_a F_a / sum, so that the mean touches the basket where all assets stand at their
 * forwards.
 */
static void basket_weights(const struct oc_mc *m, double *share, double *scale)
{
    double sum = 0;

    for (size_t a = 0; a < m->assets; a++) {
        share[a] = (m->claim.weight ? m->claim.weight[a] : 1) * m->spot[a] * oc_exp(m->walks[a].drift * m->claim.years);
        sum += share[a];
    }
    for (size_t a = 0; a < m->assets; a++)
        share[a] /= sum;
    *scale = sum;
}

static double basket_corr(const struct oc_mc *m, size_t a, size_t b)
{
    return a == b ? 1 : m->corr ? m->corr[a * m->assets + b] : 0;
}

/* log of the control's underlying: log scale + sum share_a (x_a - drift_a T); cov[a]: its covariance with x_a */
static void basket_law(const struct oc_mc *m, double *mean, double *variance, double *cov)
{
    double share[OC_MC_ASSETS], scale;
    const double years = m->claim.years;

    basket_weights(m, share, &scale);
    *mean = oc_log(scale);
    *variance = 0;
    for (size_t a = 0; a < m->assets; a++) {
        const double v = oc_mc_vol(&m->sim[0].walk[a]);
        *mean -= 0.5 * share[a] * v * v * years;
        cov[a] = 0;
        for (size_t b = 0; b < m->assets; b++)
            cov[a] += share[b] * v * oc_mc_vol(&m->sim[0].walk[b]) * basket_corr(m, a, b) * years;
        *variance += share[a] * cov[a];
    }
    *variance = fmax(*variance, 0);
}

static double geometric_basket_mean(const struct oc_mc *m)
{
    double mean, variance, cov[OC_MC_ASSETS];

    basket_law(m, &mean, &variance, cov);
    return oc_mccontrol_lognormal(m->claim.side, m->claim.strike, mean, variance, discount_of(m));
}

/* E[(B - K) 1(G >= K)]; NaN where G has no law to speak of. */
static double curran_basket_mean(const struct oc_mc *m)
{
    double mean, variance, sum = 0, cov[OC_MC_ASSETS];

    basket_law(m, &mean, &variance, cov);
    const double s = sqrt(variance), d = (mean - oc_log(m->claim.strike)) / s;
    for (size_t a = 0; a < m->assets; a++)
        sum += (m->claim.weight ? m->claim.weight[a] : 1) * m->spot[a] * oc_exp(m->walks[a].drift * m->claim.years)
               * oc_norm_cdf(d + cov[a] / s);
    return s > 0 ? discount_of(m) * (sum - m->claim.strike * oc_norm_cdf(d)) : NAN;
}

/* ---- one barrier, watched continuously --------------------------------------------------------------------- */

/* E[max(side (S - strike), 0); a < S < b] */
static double between(double side, double spot, double strike, double a, double b, double years, double drift, double vol)
{
    const double s = vol * sqrt(years), forward = spot * oc_exp(drift * years);
    const double low = side > 0 ? fmax(a, strike) : a, high = side > 0 ? b : fmin(b, strike);
    const double dl = low > 0 ? (oc_log(forward / low) - 0.5 * s * s) / s : INFINITY;
    const double dh = isfinite(high) ? (oc_log(forward / high) - 0.5 * s * s) / s : -INFINITY;

    if (!(low < high))
        return 0;
    return side * (forward * (oc_norm_cdf(dl + s) - oc_norm_cdf(dh + s)) - strike * (oc_norm_cdf(dl) - oc_norm_cdf(dh)));
}

/* By reflection: the price at S less (H / S)^(2 m / vol^2) times that at H^2 / S, of what is paid on the living side. */
double oc_mccontrol_knockout(double side, double spot, double strike, double barrier, bool upper, double years, double drift,
                             double vol)
{
    const double a = upper ? 0 : barrier, b = upper ? barrier : INFINITY;
    const double power = oc_exp((2 * drift / (vol * vol) - 1) * oc_log(barrier / spot));

    return between(side, spot, strike, a, b, years, drift, vol)
           - power * between(side, barrier * barrier / spot, strike, a, b, years, drift, vol);
}

/* The shadow of a barrier claim, where it has one; its mean. */
static bool make_shadow(struct oc_mc *m, double *mean)
{
    const struct oc_claim *const c = &m->claim;
    const struct oc_laid_claim *const p = &m->view[0].payoff;
    const bool upper = c->knock == OC_UP_OUT || c->knock == OC_UP_IN;
    const double move = oc_exp(0.5826 * p->vol * sqrt(c->years / (double)c->fixings) * (upper ? 1 : -1));

    if (c->pay != OC_PAY_BARRIER || c->continuous || !(p->vol > 0) || !isfinite(c->strike) || !isnan(c->cash))
        return false;
    m->shadow = *p;
    m->shadow.claim.continuous = true;
    m->shadow.claim.barrier = c->barrier * move;
    m->shadow.claim.rebate = 0;
    m->shadow.claim.knock = upper ? OC_UP_OUT : OC_DOWN_OUT;
    if (upper ? m->spot[0] >= m->shadow.claim.barrier : m->spot[0] <= m->shadow.claim.barrier)
        return false;
    *mean = discount_of(m) * oc_mccontrol_knockout(c->side, m->spot[0], c->strike, m->shadow.claim.barrier, upper, c->years,
                                                   oc_mc_drift(m->sim[0].walk), p->vol);
    return m->shadowed = true;
}

/* ---- which, and their means -------------------------------------------------------------------------------- */

static void add(struct oc_mc *m, enum oc_mc_control kind, double mean)
{
    m->control[m->ncontrol] = kind;
    m->control_mean[m->ncontrol++] = mean;
}

static bool all_lognormal(const struct oc_mc *m)
{
    for (size_t a = 0; a < m->assets; a++)
        if (!oc_mc_lognormal(&m->walks[a]))
            return false;
    return true;
}

static bool positive_weights(const struct oc_mc *m)
{
    for (size_t a = 0; m->claim.weight && a < m->assets; a++)
        if (!(m->claim.weight[a] > 0))
            return false;
    return true;
}

static double forward_mean(const struct oc_mc *m)
{
    double sum = 0;

    for (size_t a = 0; a < m->assets; a++)
        sum += (m->claim.weight ? m->claim.weight[a] : 1) * m->spot[a]
               * oc_exp((m->walks[a].drift - m->claim.rate) * m->claim.years);
    return sum;
}

static double average_mean(const struct oc_mc *m)
{
    const struct oc_claim *c = &m->claim;
    const double count = c->fixings_done + (double)c->fixings;
    double sum = c->fixings_done > 0 ? c->fixings_done * c->average_so_far : 0;

    for (size_t i = 0; i < c->fixings; i++)
        sum += m->spot[0] * oc_exp(m->walks[0].drift * c->fixing[i]);
    return discount_of(m) * sum / count;
}

/* The largest variance of a logarithm at the payment, of the underlyings where it is known. */
double oc_mccontrol_spread(const struct oc_mc *m)
{
    double most = 0;

    for (size_t a = 0; a < m->assets; a++)
        if (oc_mc_lognormal(&m->walks[a]))
            most = fmax(most, oc_mc_vol(&m->walks[a]) * oc_mc_vol(&m->walks[a]) * m->claim.years);
    return most;
}

void oc_mccontrol_choose(struct oc_mc *m)
{
    const struct oc_claim *c = &m->claim;
    const bool lognormal = all_lognormal(m), one = m->assets == 1 && !c->weight;
    double mean;

    if (!(m->how.variance & OC_VR_CONTROL))
        return;
    if (lognormal && c->pay == OC_PAY_ASIAN && !c->geometric && c->strike > 0 && m->view[0].payoff.vol > 0) {
        m->view[0].payoff.logs = true;
        add(m, OC_MC_GEOMETRIC, geometric_asian_mean(m));
        if (c->fixing[c->fixings - 1] > 0)
            add(m, OC_MC_CURRAN, curran_mean(m));
    } else if (lognormal && c->pay == OC_PAY_BASKET && m->assets > 1 && positive_weights(m) && c->strike > 0) {
        add(m, OC_MC_GEOMETRIC, geometric_basket_mean(m));
        if (m->how.from != OC_DRAWS_SOBOL && isfinite(curran_basket_mean(m)))
            add(m, OC_MC_CURRAN, curran_basket_mean(m));
    }
    if (lognormal && one && make_shadow(m, &mean))
        add(m, OC_MC_SHADOW, mean);
    /*
     * Quasi-random points integrate one forward and what is like it to digits already; the coefficient that fits single
     * paths would put errors of the control, small as they are, into a value with smaller ones.
     */
    if (m->how.from == OC_DRAWS_SOBOL && m->assets == 1)
        return;
    /* A price whose mean is made by paths that hardly any run has, e^6 times its square as a variance, steadies nothing. */
    if (oc_mccontrol_spread(m) > 6)
        return;
    if (lognormal && one && c->pay != OC_PAY_VANILLA && c->pay != OC_PAY_ASIAN && isfinite(c->strike)) {
        const struct oc_laid_claim *p = &m->view[0].payoff;
        add(m, OC_MC_VANILLA, oc_mccontrol_lognormal(c->side, c->strike, oc_log(m->spot[0]) + p->m * c->years,
                                                     p->vol * p->vol * c->years, discount_of(m)));
    }
    if (c->pay == OC_PAY_ASIAN && !c->geometric)
        add(m, OC_MC_AVERAGE, average_mean(m));
    else if (m->assets == 1 || c->pay == OC_PAY_BASKET)
        add(m, OC_MC_FORWARD, forward_mean(m));
}

/* ---- values ------------------------------------------------------------------------------------------------ */

/* The geometric average into tmp[0]. */
static void geometric_average(const struct oc_mc *m, struct oc_payoff_room *r, size_t n)
{
    const struct oc_claim *c = &m->claim;
    const double count = c->fixings_done + (double)c->fixings;
    const double past = c->fixings_done > 0 ? c->fixings_done * oc_log(c->average_so_far) : 0;

    K(linear)(n, (past + (double)c->fixings * oc_log(m->spot[0])) / count, 1 / count, r->sum_x, r->tmp[0]);
    oc_exp_v(n, r->tmp[0], r->tmp[0]);
}

/* The geometric mean of a basket into tmp[0]. */
static void geometric_mean(const struct oc_mc *m, const struct oc_paths_at *at, struct oc_payoff_room *r)
{
    double share[OC_MC_ASSETS], scale;
    const uint64_t end = m->view[0].payoff.steps;

    basket_weights(m, share, &scale);
    oc_lanes_fill(at->n, oc_log(scale), r->tmp[0]);
    for (size_t a = 0; a < m->assets; a++) {
        const double k = (r->adjust ? r->adjust[end * m->assets + a] : 0) - m->walks[a].drift * m->claim.years;
        K(linear)(at->n, k, 1.0, at->x[a], r->tmp[1]);
        K(axpy)(at->n, share[a], r->tmp[1], r->tmp[0]);
    }
    oc_exp_v(at->n, r->tmp[0], r->tmp[0]);
}

void oc_mccontrol_value(const struct oc_mc *m, size_t i, const struct oc_paths_at *at, struct oc_payoff_room *r,
                        struct oc_payoff_room *shadow, double *out)
{
    const size_t n = at->n;
    const struct oc_claim *c = &m->claim;
    const double count = c->fixings_done + (double)c->fixings;
    const double past = c->fixings_done > 0 ? c->average_so_far * (c->fixings_done / count) : 0;

    const double d = discount_of(m);
    const bool basket = c->pay == OC_PAY_BASKET;

    switch (m->control[i]) {
    case OC_MC_SHADOW:
        oc_payoff_value(&m->shadow, shadow, n, out);
        break;
    case OC_MC_AVERAGE:
        K(linear)(n, d * past, d / count, r->sum, out);
        break;
    case OC_MC_FORWARD:
        K(linear)(n, 0.0, d, r->s, out);
        break;
    case OC_MC_VANILLA:
        K(vanilla)(n, m->claim.side, m->claim.strike, d, r->s, out);
        break;
    case OC_MC_GEOMETRIC:
        basket ? geometric_mean(m, at, r) : geometric_average(m, r, n);
        K(vanilla)(n, c->side, c->strike, d, r->tmp[0], out);
        break;
    case OC_MC_CURRAN:
        basket ? geometric_mean(m, at, r) : geometric_average(m, r, n);
        for (size_t j = 0; j < n; j++)
            out[j] = r->tmp[0][j] < c->strike ? 0 : d * ((basket ? r->s[j] : past + r->sum[j] / count) - c->strike);
        break;
    }
}
