/*
 * charfn - see charfn.h.
 *
 * For real w above 1 a call, below 0 a put, is 1/pi times the integral over u > 0 of
 *     Re[ M(s) e^(k (1 - s)) / (s (s - 1)) ],  s = w + i u.
 * w is put where the integrand at u = 0 is least (the saddle point), so that the integral is about as large as its
 * integrand and small values have all their digits.  There s = w + c (i sinh t + bend (cosh t - 1)), c the width of the
 * saddle, makes the integrand fall double exponentially, and the trapezoidal rule in t doubles its digits with each halving
 * of the step; it is halved until two results agree.
 */
#include "pricing/charfn.h"

#include "math/atan.h"
#include "math/exp.h"
#include "math/log.h"
#include "pricing/charfn_model.h"
#include "pricing/iv.h"

#include <math.h>

enum { GRID = 64, FINE = 32, NODES = 16, HALVINGS = 8, CHUNKS = 512 };

static const double pi = 0x1.921fb54442d18p+1;

/* ---- where M is finite ----------------------------------------------------------------------------------- */

/* The time at which E[e^(w X)] of Heston's X becomes infinite, w outside of [0, 1]. */
static double explosion(const struct oc_charfn *m, double w)
{
    const double beta = m->kappa - m->rho * m->xi * w, delta = beta * beta - m->xi * m->xi * w * (w - 1);

    if (delta < 0) {
        const double gamma = sqrt(-delta);
        return 2 / gamma * (pi / 2 + oc_atan(beta / gamma));
    }
    if (beta >= 0)
        return HUGE_VAL;
    const double d = sqrt(delta);
    return d > 0 ? oc_log((beta - d) / (beta + d)) / d : -2 / beta;
}

/* How far beyond 1 (direction +1) or below 0 (-1) a real w may go. */
static double reach(const struct charfn_model *m, int direction)
{
    double far = HUGE_VAL;

    if (m->m.jumps == OC_CHARFN_DOUBLE_EXPONENTIAL && m->m.intensity > 0)
        far = direction > 0 ? m->m.eta_up - 1 : m->m.eta_down;
    if (m->m.diffusion != OC_CHARFN_HESTON)
        return far;
    double in = 0, out = 0x1p-30;
    while (out < 0x1p40 && explosion(&m->m, direction > 0 ? 1 + out : -out) > m->years) {
        in = out;
        out *= 2;
    }
    if (out >= 0x1p40)
        return far;
    for (int i = 0; i < 50; i++) {
        const double mid = (in + out) / 2;
        *(explosion(&m->m, direction > 0 ? 1 + mid : -mid) > m->years ? &in : &out) = mid;
    }
    return in < far ? in : far;
}

/* ---- the contour ----------------------------------------------------------------------------------------- */

static double place(int direction, double distance) { return direction > 0 ? 1 + distance : -distance; }

static double distance_of(double y, double far) { return far < HUGE_VAL ? y / (1 + y / far) : y; }

/* The y among n, from..to in equal ratios, where the integrand is least. */
static double least(const struct charfn_model *m, double k, int direction, double far, double from, double to, int n)
{
    double y[GRID], w[GRID], g[GRID];
    int best = -1;

    for (int i = 0; i < n; i++)
        y[i] = from + (to - from) * i / (n - 1);
    oc_exp_v((size_t)n, y, y);
    for (int i = 0; i < n; i++)
        w[i] = place(direction, distance_of(y[i], far));
    OC_K_PICK(oc_charfn_real_k)(m, k, (size_t)n, w, g);
    for (int i = 0; i < n; i++)
        if (isfinite(g[i]) && (best < 0 || g[i] < g[best]))
            best = i;
    return best < 0 ? NAN : y[best];
}

/* What jumps add to log M at a real w. */
static double jumps_at(const struct charfn_model *m, double w)
{
    struct charfn_model none = *m;
    double with, without;

    none.m.jumps = OC_CHARFN_NO_JUMPS;
    OC_K_PICK(oc_charfn_real_k)(m, 0, 1, &w, &with);
    OC_K_PICK(oc_charfn_real_k)(&none, 0, 1, &w, &without);
    return with - without;
}

static int find_contour(const struct charfn_model *m, double k, int direction, double far, struct charfn_contour *c)
{
    const double from = -14, to = 24, ratio = (to - from) / (GRID - 1);     /* distances e^-14 to e^24 */
    double y = least(m, k, direction, far, from, to, GRID);

    if (isnan(y))
        return -1;
    y = least(m, k, direction, far, oc_log(y) - ratio, oc_log(y) + ratio, FINE);
    if (isnan(y))
        return -1;
    const double d = distance_of(y, far), step = 0.05 * (d < far - d ? d : far - d);
    const double w[3] = { place(direction, d - step), place(direction, d), place(direction, d + step) };
    double g[3];
    OC_K_PICK(oc_charfn_real_k)(m, k, 3, w, g);
    const double curve = (g[0] - 2 * g[1] + g[2]) / (step * step);
    c->w = w[1];
    c->shift = g[1] + oc_log(w[1] * (w[1] - 1));
    c->width = curve > 0 ? 1 / sqrt(curve) : d;
    c->bend = 0;
    c->jumps = jumps_at(m, c->w);
    return isfinite(c->shift) ? 0 : -1;
}

/* ---- the integral ---------------------------------------------------------------------------------------- */

/*
 * Is the integrand over from e^t = e on?  Jumps of nearly one size make it die and revive; what they add to it is at most
 * what they add at the vertex, and on a bent contour what their drift adds to that, so the diffusion's part says when it
 * stays small.
 */
static int is_over(const struct charfn_model *m, double k, const struct charfn_contour *c, double e, double small)
{
    double g;

    if (m->m.jumps == OC_CHARFN_NO_JUMPS)
        return 1;
    OC_K_PICK(oc_charfn_size_k)(m, k, c, 1, &e, &g);
    const double aside = c->width * c->bend * ((e + 1 / e) / 2 - 1);
    return oc_exp(g + c->jumps + fabs(m->drift * m->m.intensity * m->years * aside)) <= small;
}

/*
 * Sum over t = first, first + step, ... of the integrand times du/dt, until a run of nodes is small against `scale` or
 * against what it has itself come to.
 */
static double sum(const struct charfn_model *m, double k, const struct charfn_contour *c, double first, double step,
                  double scale)
{
    double e[NODES], f[NODES], total = 0;

    for (int j = 0; j < CHUNKS; j++) {
        double most = 0;
        for (int i = 0; i < NODES; i++)
            e[i] = first + step * (j * NODES + i);
        oc_exp_v(NODES, e, e);
        OC_K_PICK(oc_charfn_line_k)(m, k, c, NODES, e, f);
        for (int i = 0; i < NODES; i++) {
            if (isnan(f[i]))
                return NAN;
            total += first == 0 && i == 0 && j == 0 ? f[i] / 2 : f[i];
            if (i >= NODES / 2 && fabs(f[i]) > most)
                most = fabs(f[i]);
        }
        if (fabs(total) > scale)
            scale = fabs(total);
        if (!(most > 1e-17 * scale) && is_over(m, k, c, e[NODES - 1], 1e-17 * scale))
            return total;
    }
    return NAN;
}

static double integral(const struct charfn_model *m, double k, const struct charfn_contour *c)
{
    double step = 0.25, total = sum(m, k, c, 0, step, 0);

    for (int i = 0; i < HALVINGS && !isnan(total); i++) {
        const double old = total;
        total += sum(m, k, c, step / 2, step, fabs(total));
        step /= 2;
        if (fabs(total - 2 * old) <= 1e-11 * fabs(total)) {      /* the old one was of half as many nodes */
            const double v = oc_exp(c->shift) * (total * step * c->width / pi);
            return v > 1e-290 ? v : 0;
        }
    }
    return NAN;
}

/*
 * Far up the vertical line Heston's integrand falls as e^(-A sqrt(1 - rho^2) u) and turns as e^(-i (k + A rho) u),
 * A = (v0 + kappa theta T) / xi.  Where it turns much faster than it falls, no step is fine enough; a contour that bends
 * away from the vertical, round the branch cut on the real axis, makes the turning a falling.
 */
static double bend(const struct charfn_model *m, double k, int direction)
{
    if (m->m.diffusion != OC_CHARFN_HESTON)
        return 0;
    const double turn = k + (m->m.v0 + m->m.kappa * m->m.theta * m->years) / m->m.xi * m->m.rho;
    return direction * turn > 0 ? direction * 0.5 : 0;
}

static double value(const struct charfn_model *m, double k, int direction, double far)
{
    struct charfn_contour c;

    if (find_contour(m, k, direction, far, &c))
        return NAN;
    if (c.shift < -667.8)           /* M(w) e^(k (1 - w)) is more than the value, as the pay-off is less than e^(w X + k (1 - w)) */
        return 0;
    double v = integral(m, k, &c);
    c.bend = isnan(v) ? bend(m, k, direction) : 0;
    for (int i = 0; i < 3 && isnan(v) && c.bend != 0; i++, c.bend /= 2)
        v = integral(m, k, &c);
    return v;
}

static struct charfn_model prepare(const struct oc_charfn *m, double years)
{
    struct charfn_model f = { .m = *m, .years = years };

    if (m->jumps == OC_CHARFN_NORMAL)
        f.drift = oc_expm1(m->jump_mean + 0.5 * m->jump_volatility * m->jump_volatility);
    else if (m->jumps == OC_CHARFN_DOUBLE_EXPONENTIAL)
        f.drift = m->p_up / (m->eta_up - 1) - (1 - m->p_up) / (m->eta_down + 1);
    return f;
}

void oc_charfn_value(const struct oc_charfn *m, double years, size_t n, const double *side, const double *k, double *out)
{
    const struct charfn_model f = prepare(m, years);
    const double up = reach(&f, 1), down = reach(&f, -1);

    for (size_t i = 0; i < n; i++)
        out[i] = side[i] > 0 ? value(&f, k[i], 1, up) : value(&f, k[i], -1, down);
}

void oc_charfn_vol(const struct oc_charfn *m, double years, size_t n, const double *k, double *vol)
{
    enum { ROWS = 64 };
    double side[ROWS], strike[ROWS], price[ROWS], one[ROWS], time[ROWS];
    unsigned char status[ROWS];

    for (size_t i = 0; i < n; i += ROWS) {
        const size_t rows = n - i < ROWS ? n - i : ROWS;
        for (size_t j = 0; j < rows; j++) {
            side[j] = k[i + j] > 0 ? 1 : -1;
            one[j] = 1;
            time[j] = years;
        }
        oc_exp_v(rows, k + i, strike);
        oc_charfn_value(m, years, rows, side, k + i, price);
        oc_iv_black(rows, side, one, strike, time, price, OC_IV_FULL, vol + i, status);
        for (size_t j = 0; j < rows; j++)
            if (price[j] == 0)
                vol[i + j] = 0;
            else if (status[j] != OC_ROW_OK)
                vol[i + j] = NAN;
    }
}
