/*
 * payoff_bridge - what happens between two times of the grid: barriers and extrema of a Brownian bridge.  See payoff.h.
 */
#ifndef OC_SIM_PAYOFF_BRIDGE_H
#define OC_SIM_PAYOFF_BRIDGE_H

#include "sim/payoff.h"

/* The step that ends at `at`; vol: shown at `at`, used for the step that follows. */
void oc_payoff_bridge(const struct oc_laid_claim *p, struct oc_payoff_room *r, const struct oc_paths_at *at,
                      const double *vol);

#endif
