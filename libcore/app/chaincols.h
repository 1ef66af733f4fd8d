/*
 * chaincols - the rows of chains as columns: quote records, two rows a strike.
 *
 * For one chain (oc-chain) and for those of several steps of a walk (oc-step), which share their texts: these are
 * dictionaries made once; all else is copied or filled in passes.
 */
#ifndef OC_APP_CHAINCOLS_H
#define OC_APP_CHAINCOLS_H

#include "app/chainspec.h"
#include "record/batch.h"

struct oc_chaincols {
    const struct oc_chain_plan *plan;
    bool market_units;              /* theta_day, vega_pct, ... */
    bool contract_symbol;           /* append OSI names */
    struct oc_dict *symbol, *root, *settle, *type, *style;
    size_t nsettle;
    int32_t settle_of[OC_RULE_MAX]; /* text i of settle, and of root unless the plan has one root */
};

/* plan must outlive cols; the other fields are the caller's to set before. */
int oc_chaincols_open(struct oc_chaincols *c, const struct oc_chain_plan *plan, struct oc_err *err);
void oc_chaincols_close(struct oc_chaincols *c);

/* OC_USAGE where a name is wanted that cannot exist, before anything is written. */
int oc_chaincols_check(const struct oc_chaincols *c, const struct oc_chain_rows *list, struct oc_err *err);

/* Rows of a chain and what they share: `rows` of what `list` lists (which may be the same struct). */
struct oc_chain_view {
    int64_t ts;
    double spot;
    const struct oc_chain_rows *list, *rows;
};

/* Their columns, one chain behind the other, behind those that out has; n 0: the columns alone. */
int oc_chaincols_fill(const struct oc_chaincols *c, size_t n, const struct oc_chain_view *view, struct oc_batch *out,
                      struct oc_err *err);

#endif
