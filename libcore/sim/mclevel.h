/*
 * mclevel - a block of paths of one level of multilevel Monte Carlo (mcmlmc.h): the same normals on two grids.
 */
#ifndef OC_SIM_MCLEVEL_H
#define OC_SIM_MCLEVEL_H

#include "sim/mcmlmc.h"

/* The walk on one grid. */
struct oc_mclevel_grid {
    uint64_t steps;
    double *t, *constants;              /* [steps + 1], [steps * nconst] */
    unsigned char *mark;
    struct oc_laid_claim claim;
};

struct oc_mlmc {
    struct oc_walk walk;
    size_t first, nlevel;               /* levels first .. nlevel - 1: the one of values, those of differences */
    bool average;                       /* the control is the average, else the price at the end */
    double control, control_from, control_mean;     /* discounted: control * what varies + control_from; 0: none */
    struct oc_mclevel_grid grid[OC_MLMC_LEVELS];
    double share[OC_MLMC_LEVELS];       /* of the blocks, sum 1 */
};

/* Figures of a block: paths; sums of values, their squares, controls less their mean, squares, products. */
enum { OC_LEVEL_N, OC_LEVEL_Y, OC_LEVEL_YY, OC_LEVEL_X, OC_LEVEL_XX, OC_LEVEL_XY };

/* A thread's memory; NULL with OC_MEMORY. */
void *oc_mclevel_open(const struct oc_mc *m, struct oc_err *err);
void oc_mclevel_close(void *room);
/* n <= OC_BLOCK paths from `first` on: values on the first level, differences on the others. */
void oc_mclevel_block(void *room, size_t level, uint64_t first, size_t n, double *figures);

#endif
