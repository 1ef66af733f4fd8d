/*
 * tradelog - trade records as fractional returns: what oc-mc trades draws from.
 *
 * A row with a profit is one result; net profit is pnl_net, else pnl - fee + swap (a fee or swap column that the log
 * lacks counts as none).  The balance before it is balance - net profit where the log has balances, else the initial
 * balance and what was earned since.  Rows are put in the order of ts, equal instants as they come.
 */
#ifndef OC_APP_TRADELOG_H
#define OC_APP_TRADELOG_H

#include "app/instants.h"
#include "record/run.h"
#include "risk/resample.h"

struct oc_tradelog_in {
    double initial_balance;         /* NaN: the log must have balances */
    double multiplier;              /* NaN: a column must say it, where risk is money */
    const struct oc_rules *rules;   /* what needs to be known of risk; NULL: nothing */
    const struct oc_instants *instants;     /* --tz: where days begin; UTC without */
};

/* Of the log as it is, in currency. */
struct oc_tradelog_sums { double net, max_drawdown; uint64_t wins, losses; };

/* path NULL: stdin.  OC_DATA with the position for a row that lacks what is needed; OC_COLUMN for a column. */
int oc_tradelog_read(const struct oc_tradelog_in *in, struct oc_io *io, const char *path, struct oc_tradelog *log,
                     struct oc_tradelog_sums *sums, struct oc_err *err);
void oc_tradelog_free(struct oc_tradelog *log);

#endif
