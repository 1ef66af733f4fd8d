/*
 * payoff - passes over the columns of a pay-off, n <= 256 paths: see payoff.c for what they mean.
 *
 * Plain loops that the compiler turns into vectors; each has additions, multiplications, comparisons and selections only,
 * in the order written, so the bits are the same in each instruction set.
 */
#include "math/vec.h"
#include "sim/payoff_k.h"

/* a NaN in the first stays one */
#define MAX(a, b) ((a) < (b) ? (b) : (a))
#define MIN(a, b) ((a) > (b) ? (b) : (a))

/* out = k max(side (s - strike), 0) */
void OC_K(oc_payoff_vanilla_k)(size_t n, double side, double strike, double k, const double *restrict s,
                               double *restrict out)
{
    for (size_t j = 0; j < n; j++) {
        const double v = side * (s[j] - strike);
        out[j] = k * MAX(v, 0.0);
    }
}

/* out = k max(side (a - b), 0) */
void OC_K(oc_payoff_spread_k)(size_t n, double side, double k, const double *restrict a, const double *restrict b,
                              double *restrict out)
{
    for (size_t j = 0; j < n; j++) {
        const double v = side * (a[j] - b[j]);
        out[j] = k * MAX(v, 0.0);
    }
}

/* out = k where side (s - strike) > 0; times s where asset */
void OC_K(oc_payoff_digital_k)(size_t n, double side, double strike, double k, int asset, const double *restrict s,
                               double *restrict out)
{
    for (size_t j = 0; j < n; j++) {
        const double v = asset ? k * s[j] : k;
        out[j] = side * (s[j] - strike) <= 0.0 ? 0.0 : v;
    }
}

/* sum += a */
void OC_K(oc_payoff_add_k)(size_t n, const double *restrict a, double *restrict sum)
{
    for (size_t j = 0; j < n; j++)
        sum[j] += a[j];
}

/* sum += k a */
void OC_K(oc_payoff_axpy_k)(size_t n, double k, const double *restrict a, double *restrict sum)
{
    for (size_t j = 0; j < n; j++)
        sum[j] += k * a[j];
}

/* out = a + k b; out may be b */
void OC_K(oc_payoff_linear_k)(size_t n, double a, double k, const double *b, double *out)
{
    for (size_t j = 0; j < n; j++)
        out[j] = a + k * b[j];
}

/* sum += a b */
void OC_K(oc_payoff_dot_k)(size_t n, const double *restrict a, const double *restrict b, double *restrict sum)
{
    for (size_t j = 0; j < n; j++)
        sum[j] += a[j] * b[j];
}

/* best = the larger of best and a in the sense of sign (+1 maximum, -1 minimum) */
void OC_K(oc_payoff_best_k)(size_t n, double sign, const double *restrict a, double *restrict best)
{
    for (size_t j = 0; j < n; j++)
        best[j] = sign * (a[j] - best[j]) > 0.0 ? a[j] : best[j];
}

/* The same, and what comes with the extremum: time t and w. */
void OC_K(oc_payoff_best3_k)(size_t n, double sign, double t, const double *restrict a, const double *restrict w,
                             double *restrict best, double *restrict best_t, double *restrict best_w)
{
    for (size_t j = 0; j < n; j++) {
        const int better = sign * (a[j] - best[j]) > 0.0;
        best[j] = better ? a[j] : best[j];
        best_t[j] = better ? t : best_t[j];
        best_w[j] = better ? w[j] : best_w[j];
    }
}

/*
 * Paths beyond a level are hit: paid += k alive, alive = 0, where sign (level - s) >= 0 (sign +1: from above, a lower
 * barrier; -1: an upper one).
 */
void OC_K(oc_payoff_hit_k)(size_t n, double sign, double level, double k, const double *restrict s, double *restrict alive,
                           double *restrict paid)
{
    for (size_t j = 0; j < n; j++) {
        const double a = alive[j];
        const int hit = sign * (level - s[j]) >= 0.0;
        paid[j] = hit ? paid[j] + k * a : paid[j];
        alive[j] = hit ? 0.0 : a;
    }
}

/* alive *= survive, paid += k alive (1 - survive), k[j] discounts the instant */
void OC_K(oc_payoff_survive_k)(size_t n, const double *restrict survive, const double *restrict k, double *restrict alive,
                               double *restrict paid)
{
    for (size_t j = 0; j < n; j++) {
        const double a = alive[j];
        paid[j] += k[j] * a * (1.0 - survive[j]);
        alive[j] = a * survive[j];
    }
}

/* sum += the return side (s / start - moneyness), not below low, not above high; start = s */
void OC_K(oc_payoff_return_k)(size_t n, double side, double moneyness, double low, double high, const double *restrict s,
                              double *restrict start, double *restrict sum)
{
    for (size_t j = 0; j < n; j++) {
        const double v = side * (s[j] / start[j] - moneyness), a = MAX(v, low);
        sum[j] += MIN(a, high);
        start[j] = s[j];
    }
}

/* out = k min(max(a, low), high) */
void OC_K(oc_payoff_clip_k)(size_t n, double k, double low, double high, const double *restrict a, double *restrict out)
{
    for (size_t j = 0; j < n; j++) {
        const double v = MAX(a[j], low);
        out[j] = k * MIN(v, high);
    }
}

/* Exponents of the bridge's probability of crossing h, and whether an end is beyond: out <= 0, 0 where it is. */
void OC_K(oc_payoff_cross_k)(size_t n, double sign, double h, double dt, const double *restrict x0,
                             const double *restrict x1, const double *restrict vol, double *restrict out)
{
    for (size_t j = 0; j < n; j++) {
        const double a = sign * (x0[j] - h), b = sign * (x1[j] - h), e = -2.0 * a * b / (vol[j] * vol[j] * dt);
        out[j] = a > 0.0 && b > 0.0 ? e : 0.0;
    }
}

/*
 * Exponents of the m-th pair of images of a bridge between two levels: straight and reflected.  low < high: the levels,
 * width = high - low.
 */
void OC_K(oc_payoff_image_k)(size_t n, double m, double low, double width, double dt, const double *restrict x0,
                             const double *restrict x1, const double *restrict vol, double *restrict straight,
                             double *restrict mirror)
{
    const double mw = m * width;

    for (size_t j = 0; j < n; j++) {
        const double a = x0[j] - low, b = x1[j] - low, k = -2.0 / (vol[j] * vol[j] * dt);
        straight[j] = k * mw * (mw + b - a);
        mirror[j] = k * (mw + a) * (mw + b);
    }
}

/* Survival of the bridge from its sum of images: 0 where an end is outside or the step is so wide that none survives. */
void OC_K(oc_payoff_within_k)(size_t n, double low, double high, double dt, const double *restrict x0,
                              const double *restrict x1, const double *restrict vol, double *restrict sum)
{
    const double wide = 8.0 * (high - low) * (high - low);

    for (size_t j = 0; j < n; j++) {
        const double v = MAX(sum[j], 0.0), s = vol[j] * vol[j] * dt;
        const int in = x0[j] > low && x0[j] < high && x1[j] > low && x1[j] < high && s < wide;
        sum[j] = in ? MIN(v, 1.0) : 0.0;
    }
}

/* Extremum of a bridge: (x0 + x1 + sign sqrt((x1 - x0)^2 - 2 vol^2 dt l)) / 2 with l = log of a uniform. */
void OC_K(oc_payoff_extreme_k)(size_t n, double sign, double dt, const double *restrict x0, const double *restrict x1,
                               const double *restrict vol, const double *restrict l, double *restrict out)
{
    for (size_t j = 0; j < n; j++) {
        const double d = x1[j] - x0[j];
        out[j] = 0.5 * (x0[j] + x1[j] + sign * __builtin_sqrt(d * d - 2.0 * vol[j] * vol[j] * dt * l[j]));
    }
}

/* Sums over a block in 32 fixed lanes and a tree: of a b, or of a where b is NULL. */
enum { LANES = 32, V = LANES / W };

static double tree(vd *acc, size_t n, const double *a, const double *b)
{
    double lane[LANES], one[W];

    for (int v = 0; v < V; v++)
        v_st(lane + v * W, acc[v]);
    for (size_t j = 0; j < n; j++) {        /* what is left of the block */
        vd sum = v_set(lane[j]) + v_set(a[j]);
        if (b)
            sum = v_fma(v_set(a[j]), v_set(b[j]), v_set(lane[j]));
        v_st(one, sum);
        lane[j] = one[0];
    }
    for (int h = LANES / 2; h > 0; h /= 2)
        for (int j = 0; j < h; j++)
            lane[j] += lane[j + h];
    return lane[0];
}

double OC_K(oc_payoff_total_k)(size_t n, const double *a, const double *b)
{
    vd acc[V];
    size_t i = 0;

    for (int v = 0; v < V; v++)
        acc[v] = v_set(0.0);
    for (; !b && i + LANES <= n; i += LANES)
        for (size_t v = 0; v < V; v++)
            acc[v] = acc[v] + v_ld(a + i + v * W);
    for (; b && i + LANES <= n; i += LANES)
        for (size_t v = 0; v < V; v++)
            acc[v] = v_fma(v_ld(a + i + v * W), v_ld(b + i + v * W), acc[v]);
    return tree(acc, n - i, a + i, b ? b + i : NULL);
}
