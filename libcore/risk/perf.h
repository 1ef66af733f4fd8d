/*
 * perf - what a sequence of returns amounts to: growth, drawdown, ratios.
 *
 *   returns       fractional, of the balance before each trade, compounded; balance 1 before the first
 *   max_drawdown  largest fall from a peak so far (1 counts as the first peak), as a fraction of the peak, trade by trade
 *   sharpe        mean / standard deviation (n - 1) of the returns a trade, times sqrt(trades a year); no risk-free rate
 *   sortino       mean / sqrt(mean of min(r, 0)^2), times the same root
 *   calmar        growth a year, balance^(1 / years) - 1, over max_drawdown
 *   Where the divisor is 0 there is no ratio: NaN.  A balance of 0 or less ends the account: it stays at 0.
 */
#ifndef OC_RISK_PERF_H
#define OC_RISK_PERF_H

#include <stddef.h>
#include <stdint.h>

/* The running sums of one sequence; start with OC_PERF_START. */
struct oc_perf {
    double balance, peak, max_drawdown;
    double mean, m2;            /* Welford's */
    double down2;               /* sum of min(r, 0)^2 */
    uint64_t n, losing, longest_losing;     /* run of losses now, and the longest */
};

#define OC_PERF_START { .balance = 1, .peak = 1 }

void oc_perf_add(struct oc_perf *p, double ret);
/* years: that the n returns took, > 0. */
double oc_perf_sharpe(const struct oc_perf *p, double years);
double oc_perf_sortino(const struct oc_perf *p, double years);
double oc_perf_calmar(const struct oc_perf *p, double years);

/*
 * Order statistic of n ascending values at level p in [0, 1]: the smallest value that at least n p of them do not exceed.
 * low, high: the interval of order statistics that covers the quantile with the confidence of z normal deviations (binomial,
 * normal approximation of the ranks); NULL where not wanted.
 */
double oc_perf_quantile(size_t n, const double *sorted, double p, double z, double *low, double *high);
/* Wilson's interval of a share k / n. */
void oc_perf_wilson(uint64_t k, uint64_t n, double z, double *low, double *high);

#endif
