/* mcprice - oc-mc price: contracts valued by simulation, a row each */
#ifndef OC_APP_MCPRICE_H
#define OC_APP_MCPRICE_H

#include "app/mc.h"
#include "sim/claim.h"

struct oc_mc_price {
    struct oc_mc_words *words;
    /* where they are not given: target_stderr, seconds NaN; replicates and the counts of early exercise all bits set */
    struct oc_mc_how how;
    const char *variance;               /* --variance auto|none|LIST */
    const char *numbers;                /* --numbers pseudo|inversion|sobol */
    const char *order;                  /* --order plain|bridge|pca; NULL: not given */
    const char *greeks, *greek_units, *greeks_by;
    const char *max_dt;                 /* --max-dt */
    const char *basket;                 /* --basket FILE */
    unsigned exercise_dates;            /* --exercise-dates a year, for American */
    bool upper;                         /* --upper-bound */
};

int oc_mc_price(struct oc_mc_price *p, struct oc_err *err);

#endif
