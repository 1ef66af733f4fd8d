/*
 * depth - sizes, volume and open interest of a simulated market: plausible, and a function of the contract and the step.
 *
 * Each figure is floor(-mean log u) + least with u uniform from a Philox call whose address is the contract, so that it does
 * not depend on which other strikes are listed, on blocks or on threads.  The mean falls with the distance from the money in
 * deviations, d = |log(K/F)| / (vol sqrt(years)), and with time:
 *     shape          e^(-d) / (1 + years)
 *     size           1 + 60 shape, each side; 0 at the bid where there is no bid
 *     volume         2000 shape (of the session of the step)
 *     open interest  10000 shape (the draw is the contract's own and stays from step to step)
 * The scales are those of a liquid index option, and of no market in particular.
 */
#ifndef OC_MODEL_DEPTH_H
#define OC_MODEL_DEPTH_H

#include <stddef.h>
#include <stdint.h>

struct oc_depth_at { uint64_t seed, step; int32_t date, settle; double years, forward; };

/* n rows of one expiry; log_money = log(K/F), vol > 0, bid: columns of the rows. */
void oc_depth_fill(const struct oc_depth_at *at, size_t n, const double *side, const double *strike, const double *log_money,
                   const double *vol, const double *bid, double *bid_size, double *ask_size, double *volume,
                   double *open_interest);

#endif
