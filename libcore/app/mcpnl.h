/*
 * mcpnl - oc-mc pnl: the distribution of a book's profit at a horizon.
 *
 * The market is the main input (bookmarket.h), the book --legs and --leg (legs.h), the walk --model; pnlsim.h says how a leg
 * is revalued and tail.h what the figures are.  Stat records: value (the book's worth now), mean, sd, quantile, var, es (of
 * the book, and with leg_id the leg's share in it), prob_profit, prob_touch of each option's strike.
 */
#ifndef OC_APP_MCPNL_H
#define OC_APP_MCPNL_H

#include "app/mc.h"
#include "cli/opt.h"

struct oc_mc_pnl {
    struct oc_mc_words *words;
    const char *legs;                       /* --legs FILE */
    struct oc_words leg;                    /* --leg TEXT, repeated */
    const char *horizon;                    /* --horizon 10d | INSTANT */
    const char *stick;                      /* --stick strike|delta */
    const char *levels;                     /* --levels LIST of quantiles; VaR and ES at those from 0.9 on */
    double multiplier;                      /* NaN: not given */
    bool european;                          /* --as-european: legs of other styles too */
};

int oc_mc_pnl(struct oc_mc_pnl *p, struct oc_err *err);

#endif
