/*
 * claim - a product as numbers: what a path pays, and when.
 *
 * The Monte Carlo engines (mc.h, lsm.h) see this and the walks; they know no records.  Times are years from the start,
 * amounts are in price units, undiscounted.  A claim on several assets takes their weighted sum, best or worst.
 */
#ifndef OC_SIM_CLAIM_H
#define OC_SIM_CLAIM_H

#include "base/err.h"
#include "pricing/pricer.h"
#include "sim/paths.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum oc_payoff {
    OC_PAY_VANILLA, OC_PAY_DIGITAL_CASH, OC_PAY_DIGITAL_ASSET, OC_PAY_BARRIER, OC_PAY_DOUBLE_BARRIER, OC_PAY_ASIAN,
    OC_PAY_LOOKBACK_FIXED, OC_PAY_LOOKBACK_FLOAT, OC_PAY_CLIQUET, OC_PAY_BASKET, OC_PAY_BEST, OC_PAY_WORST,
    OC_PAY_FORWARD_START
};
enum oc_knock { OC_KNOCK_NONE, OC_DOWN_OUT, OC_DOWN_IN, OC_UP_OUT, OC_UP_IN, OC_KNOCK_OUT, OC_KNOCK_IN };

struct oc_claim {
    enum oc_payoff pay;
    double side;                        /* +1 call, -1 put */
    double strike, cash;
    double years;                       /* of the payment, > 0 */
    double rate;                        /* discounting, 1/year */
    enum oc_knock knock;
    double barrier, barrier2, rebate;   /* lower (or only), upper; rebate paid at hit or at expiry */
    bool rebate_at_expiry;
    bool continuous;                    /* barrier, extremum watched between fixings too (Brownian bridge; log processes) */
    size_t fixings;                     /* observation times besides the payment */
    const double *fixing;               /* [fixings] years, ascending, > 0 (0 allowed: the spot counts); borrowed */
    bool geometric;                     /* asian */
    double average_so_far, fixings_done;/* seasoned */
    double extremum;                    /* seasoned; NaN: none */
    double moneyness;                   /* forward start, cliquet: strike / spot at the start of each period */
    double share;                       /* cliquet: part of the sum that is paid; 0: all of it */
    double cap, floor, local_cap, local_floor;      /* cliquet; NaN: none */
    const double *weight;               /* [assets] basket; NULL: one asset */
    size_t exercises;                   /* early exercise: number of dates, last at expiry; 0: European */
    const double *exercise;             /* [exercises] years, ascending; borrowed */
    bool american;                      /* exercise dates stand for a continuum */
};

/* How the value is to be had. */
enum oc_variance { OC_VR_ANTITHETIC = 1, OC_VR_CONTROL = 2, OC_VR_MOMENTS = 4, OC_VR_IMPORTANCE = 8, OC_VR_AUTO = 256 };
enum oc_greek_by { OC_GREEK_AUTO, OC_GREEK_PATHWISE, OC_GREEK_LIKELIHOOD, OC_GREEK_ADJOINT, OC_GREEK_BUMP };

struct oc_mc_how {
    uint64_t paths;                     /* > 0; 0: until target_stderr or seconds says enough */
    double target_stderr;               /* price; 0: none */
    double seconds;                     /* 0: none.  The only place where a clock is read; the paths it came to are told */
    unsigned variance;                  /* enum oc_variance */
    enum oc_draws_from from;
    enum oc_draws_order order;
    unsigned replicates;                /* Sobol: independent scramblings, >= 2 */
    bool multilevel;
    double max_dt;                      /* years: processes that are no exact transition take steps of at most this */
    uint64_t seed;
    unsigned threads;
    enum oc_greek_by greek_by;
    bool want[OC_QUANTITIES];           /* OC_PRICE always */
    bool lenient;                       /* a derivative that has no estimator is left out (NaN), not refused */
    bool want_par;                      /* derivatives by the parameters of the process too; one asset */
    /* early exercise */
    unsigned basis;                     /* basis functions of the regression */
    uint64_t fit_paths;                 /* paths of the regression, independent of those of the value */
    uint64_t dual_paths;                /* Andersen-Broadie upper bound: outer paths, 0 none */
    unsigned dual_inner;
};

struct oc_mc_value {
    double value[OC_QUANTITIES], error[OC_QUANTITIES];      /* standard errors; NaN where not computed */
    double par[OC_PARAM_MAX], par_error[OC_PARAM_MAX];      /* derivatives by parameters, in the order of process->param */
    double upper, upper_error;          /* dual bound; NaN: none */
    double freedom;                     /* degrees of freedom of the errors; infinite where they are many */
    uint64_t paths;                     /* used */
    unsigned char status;               /* enum oc_row; OC_ROW_NO_CONVERGENCE: the errors are none to go by */
};

#endif
