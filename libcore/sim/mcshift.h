/*
 * mcshift - importance sampling: a constant drift of the Brownian motion that brings paths to where the claim pays.
 *
 * Along the straight paths z_k = m sqrt(dt_k / T), m maximises log payoff - m^2 / 2, found on a grid and refined; so the
 * shift is a function of the claim and the process alone, the same in every shard.  Rare draws of the process on that one
 * path are those of path 0, other normals 0, uniforms 1/2.
 *   source  Glasserman, Heidelberger, Shahabuddin, "Asymptotically optimal importance sampling and stratification for
 *           pricing path-dependent options", Math. Finance 9 (1999)
 */
#ifndef OC_SIM_MCSHIFT_H
#define OC_SIM_MCSHIFT_H

#include "sim/mcpriv.h"

/* Set m->shift and hand it to the simulations; none where m is near 0 or the claim pays on no such path.  One asset. */
int oc_mcshift_choose(struct oc_mc *m, struct oc_err *err);
/* Deep out of the money: the forward is more than 2 standard deviations from paying. */
bool oc_mcshift_worth(const struct oc_mc *m);

#endif
