/*
 * mc - the value of a claim by simulation: figures a block of paths, summed in the order of blocks.
 *
 * A job is opened once (grid of times, step constants, control, importance shift, Sobol plan), gives `figures` doubles a
 * block, which a shard stores as they are, and is closed with the totals of all blocks, from whatever shards they came.
 */
#ifndef OC_SIM_MC_H
#define OC_SIM_MC_H

#include "sim/blocks.h"
#include "sim/claim.h"

struct oc_mc;                           /* a job: constant once opened, shared by threads */

/*
 * walks: [assets], opened by the job (process, par, data, spot, drift given); corr as in paths.h.
 * OC_USAGE where the claim, the process and how do not go together; OC_DATA where they would each alone: a process without
 * paths between two times that are to be watched, early exercise on quasi-random paths; *out owned by the caller.
 */
int oc_mc_open(const struct oc_claim *claim, size_t assets, const struct oc_walk *walks, const double *corr,
               const struct oc_mc_how *how, struct oc_mc **out, struct oc_err *err);
/* Of how alone: what no claim can be valued with.  0, or -1 with OC_USAGE. */
int oc_mc_check(const struct oc_mc_how *how, struct oc_err *err);
void oc_mc_close(struct oc_mc *m);
size_t oc_mc_figures(const struct oc_mc *m);            /* doubles a block */
/* The figures of blocks from .. to - 1 of `paths` paths. */
int oc_mc_blocks(const struct oc_mc *m, uint64_t paths, uint64_t from, uint64_t to, double *figures, struct oc_err *err);
/* The value from the figures of all blocks in index order. */
int oc_mc_value(const struct oc_mc *m, uint64_t paths, uint64_t blocks, const double *figures, struct oc_mc_value *out,
                struct oc_err *err);
/* All of it in one go, with target_stderr and seconds: the number of paths it came to is in out. */
int oc_mc_run(struct oc_mc *m, struct oc_mc_value *out, struct oc_err *err);

#endif
