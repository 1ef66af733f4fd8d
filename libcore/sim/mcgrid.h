/*
 * mcgrid - the times that a simulation of a claim stops at, and what each is for.
 *
 * The union of the fixings and the payment, every gap cut into equal steps where the process is no exact transition, and
 * into its own periods where it is discrete by nature.
 */
#ifndef OC_SIM_MCGRID_H
#define OC_SIM_MCGRID_H

#include "sim/claim.h"

struct oc_mcgrid {
    uint64_t steps;
    double *t;                  /* [steps + 1] years, owned */
    unsigned char *mark;        /* [steps + 1] enum oc_mark, owned */
};

enum { OC_MCGRID_MAX = 1 << 20 };       /* steps */

/* Longest step where max_dt is 0: of processes without an exact transition; a life has 4 steps at least. */
#define OC_MCGRID_DT (1.0 / 50)

/*
 * walks: process and dt are read.  OC_USAGE where fixings do not fall on the periods of a discrete process; OC_LIMIT above
 * OC_MCGRID_MAX steps.
 */
int oc_mcgrid_make(struct oc_mcgrid *g, const struct oc_claim *c, size_t assets, const struct oc_walk *walks, double max_dt,
                   struct oc_err *err);
void oc_mcgrid_free(struct oc_mcgrid *g);

#endif
