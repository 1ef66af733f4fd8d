/*
 * mcmlmc - multilevel Monte Carlo: many paths of few steps, and few of many.
 *
 *     E P_L = E P_0 + sum over l of E (P_l - P_(l-1)),    level l has twice the steps of level l - 1
 * where the two of a difference walk by the same normals, a long step by (z + z') / sqrt 2 of its halves.  Level 0 has four
 * steps to the life (more where there are more fixings), the last one steps of at most max_dt, so the bias is that of the
 * last level, as without levels.
 *
 * A pilot of 1024 paths a level, with random numbers of its own, gives the variances.  They say with which level to begin:
 * where differences do not fall faster than their cost grows (few levels, pay-offs that jump), with a later one, in the end
 * with the last, which is plain simulation.  Blocks go to levels by shares ~ sqrt(variance / steps).  Which block has which
 * level depends on those shares only, not on how many blocks there are: the first ones go to the levels in turn, each later
 * one to the level that lacks most.  So runs extend, and shards merge, as without levels.
 *
 * The control, the price at the end or the average, serves each level by itself: its mean is known on every grid, so a
 * difference of it has mean 0.  Without it the first level has so much more variance than plain simulation with a control
 * that few steps do not make up for it.
 *   claims   one asset, not watched continuously; no derivatives, no variance reduction but the control
 *   figures  paths, sums of values and squares, of the control and squares, of products of a block
 *   source   Giles, "Multilevel Monte Carlo path simulation", Oper. Res. 56 (2008)
 */
#ifndef OC_SIM_MCMLMC_H
#define OC_SIM_MCMLMC_H

#include "sim/mcpriv.h"

enum { OC_MLMC_LEVELS = 12, OC_MLMC_FIGURES = 6 };

/* Open m->levels for the claim and walks that m keeps, with the pilot.  OC_USAGE where levels do not go with them. */
int oc_mcmlmc_open(struct oc_mc *m, struct oc_err *err);
void oc_mcmlmc_close(struct oc_mlmc *l);
int oc_mcmlmc_blocks(const struct oc_mc *m, uint64_t paths, uint64_t from, uint64_t to, double *figures, struct oc_err *err);
int oc_mcmlmc_value(const struct oc_mc *m, uint64_t blocks, const double *figures, struct oc_mc_value *out,
                    struct oc_err *err);

#endif
