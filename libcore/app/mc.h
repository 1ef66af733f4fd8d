/*
 * mc - what the commands of oc-mc share: the options of a simulation, and where its figures come from and go to.
 */
#ifndef OC_APP_MC_H
#define OC_APP_MC_H

#include "app/figures.h"
#include "app/instants.h"
#include "app/params.h"
#include "record/run.h"

#include <stdbool.h>
#include <stdint.h>

struct oc_mc_words {
    struct oc_walk_words walk;              /* --model --params --corr */
    double spot, rate, dividend_yield;      /* NaN: not given */
    const char *calendar, *day_count;
    uint64_t paths;                         /* --paths; 0: not given */
    double confidence;                      /* --confidence */
    const char *step;                       /* --dt: years, or 1d 1h 30m */
    bool antithetic;
    struct oc_io *io;
    struct oc_instants *instants;
    struct oc_figures *figures;             /* computed here, in part for a shard, or read from shards */
};

/* "1d", "6h", "30m", "15s", "0.004" (years), "1/252" in years of 365 days; OC_USAGE where the text is none. */
int oc_mc_duration(const char *option, const char *text, double *years, struct oc_err *err);

#endif
