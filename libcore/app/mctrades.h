/* mctrades - oc-mc trades: a trade log resampled */
#ifndef OC_APP_MCTRADES_H
#define OC_APP_MCTRADES_H

#include "app/mc.h"
#include "cli/opt.h"

struct oc_mc_trades {
    struct oc_mc_words *words;
    const char *method;                     /* --method permutation|bootstrap|stationary|block */
    double block;                           /* --block: (mean) length */
    double initial_balance;                 /* NaN: not given */
    const char *rules;                      /* --rules FILE or a name that ships */
    struct oc_words rule;                   /* --rule NAME=VALUE, repeated */
    double ruin;                            /* --ruin: drawdown that counts as ruin, a fraction */
    uint64_t trades;                        /* --trades: length of a resampled log; 0: as many as there are */
    double multiplier;                      /* --multiplier; NaN: not given */
};

int oc_mc_trades(struct oc_mc_trades *t, struct oc_err *err);

#endif
