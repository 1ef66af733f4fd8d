/* mcpnl - oc-mc pnl: the distribution of a book's profit at a horizon */
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
    const char *levels;                     /* --levels LIST of quantiles */
    double multiplier;                      /* NaN: not given */
};

int oc_mc_pnl(struct oc_mc_pnl *p, struct oc_err *err);

#endif
