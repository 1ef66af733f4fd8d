/* perf - see perf.h */
#include "risk/perf.h"

#include "math/exp.h"
#include "math/log.h"

#include <math.h>

void oc_perf_add(struct oc_perf *p, double ret)
{
    const double r = p->balance > 0 ? ret : 0, before = p->mean;

    p->balance *= 1 + r;
    if (p->balance <= 0)
        p->balance = 0;
    p->peak = p->balance > p->peak ? p->balance : p->peak;
    const double fall = (p->peak - p->balance) / p->peak;
    p->max_drawdown = fall > p->max_drawdown ? fall : p->max_drawdown;
    p->n++;
    p->mean += (r - p->mean) / (double)p->n;
    p->m2 += (r - before) * (r - p->mean);
    p->down2 += r < 0 ? r * r : 0;
    p->losing = r < 0 ? p->losing + 1 : 0;
    p->longest_losing = p->losing > p->longest_losing ? p->losing : p->longest_losing;
}

static double per_year(const struct oc_perf *p, double years) { return sqrt((double)p->n / years); }

double oc_perf_sharpe(const struct oc_perf *p, double years)
{
    const double sd = p->n > 1 ? sqrt(p->m2 / (double)(p->n - 1)) : 0;

    return sd > 0 ? p->mean / sd * per_year(p, years) : NAN;
}

double oc_perf_sortino(const struct oc_perf *p, double years)
{
    return p->down2 > 0 ? p->mean / sqrt(p->down2 / (double)p->n) * per_year(p, years) : NAN;
}

double oc_perf_calmar(const struct oc_perf *p, double years)
{
    if (!(p->max_drawdown > 0))
        return NAN;
    return (p->balance > 0 ? oc_expm1(oc_log(p->balance) / years) : -1) / p->max_drawdown;
}

/* The rank, 1..n, of level p. */
static size_t rank(size_t n, double p)
{
    const double k = ceil((double)n * p);

    return k < 1 ? 1 : k > (double)n ? n : (size_t)k;
}

double oc_perf_quantile(size_t n, const double *sorted, double p, double z, double *low, double *high)
{
    const double half = z * sqrt((double)n * p * (1 - p));

    if (!n)
        return NAN;
    if (low) {
        const double k = floor((double)n * p - half);
        *low = k < 1 ? NAN : sorted[(size_t)k - 1];
    }
    if (high) {
        const double k = ceil((double)n * p + half) + 1;
        *high = k > (double)n ? NAN : sorted[(size_t)k - 1];
    }
    return sorted[rank(n, p) - 1];
}

void oc_perf_wilson(uint64_t k, uint64_t n, double z, double *low, double *high)
{
    const double N = (double)n, p = (double)k / N, z2 = z * z, d = 1 + z2 / N;
    const double centre = (p + z2 / (2 * N)) / d, half = z / d * sqrt(p * (1 - p) / N + z2 / (4 * N * N));

    *low = k == 0 ? 0 : centre - half;
    *high = k == n ? 1 : centre + half;
}
