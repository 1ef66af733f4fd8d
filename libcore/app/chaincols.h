/*
 * chaincols - the rows of a chain as columns: quote records, two rows a strike, or OptionChain-Simulator's export, one.
 *
 * Texts are dictionaries made once; all else is copied or filled in passes.
 */
#ifndef OC_APP_CHAINCOLS_H
#define OC_APP_CHAINCOLS_H

#include "app/chainspec.h"
#include "record/batch.h"

struct oc_chaincols {
    const struct oc_chain_plan *plan;
    bool market_units;              /* theta_day, vega_pct, ... */
    bool contract_symbol;           /* append OSI names */
    bool ocs;                       /* the layout of OptionChain-Simulator's export */
    struct oc_dict *symbol, *root, *settle, *type, *style;
    size_t nsettle;
    int32_t settle_of[OC_RULE_MAX]; /* text i of settle, and of root unless the plan has one root */
};

/* plan must outlive cols; the other fields are the caller's to set before. */
int oc_chaincols_open(struct oc_chaincols *c, const struct oc_chain_plan *plan, struct oc_err *err);
void oc_chaincols_close(struct oc_chaincols *c);

/*
 * Columns of the rows r of a chain listed in `list` at `at`, into an empty batch; r NULL: the columns alone.  The OCS
 * layout needs delta and gamma in the spec's want.
 */
int oc_chaincols_fill(const struct oc_chaincols *c, const struct oc_chain_at *at, const struct oc_chain_rows *list,
                      const struct oc_chain_rows *r, struct oc_batch *out, struct oc_err *err);

#endif
