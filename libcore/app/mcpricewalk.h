/*
 * mcpricewalk - how the underlyings of oc-mc price walk: by --model and --params, or as each row says.
 */
#ifndef OC_APP_MCPRICEWALK_H
#define OC_APP_MCPRICEWALK_H

#include "app/mcclaim.h"
#include "app/mcprice.h"

struct oc_mcpricewalk {
    const struct oc_mc_price *p;
    const struct oc_mc_how *how;
    struct oc_walks walks;
    bool modelled;                      /* walks are given; else geometric Brownian motion with the row's iv */
    const struct oc_process *process;   /* whose parameters there are derivatives of */
    double dt;
};

/* OC_USAGE for models that price no options and for options that none of them heeds.  w->walks is the caller's to free. */
int oc_mcpricewalk_read(struct oc_mcpricewalk *w, const struct oc_mc_price *p, const struct oc_mc_how *how,
                        struct oc_err *err);
/*
 * Options that no walk of the command line heeds.  Without --model the rows may name any (a column `model`): these options
 * stand.
 */
int oc_mcpricewalk_check(const struct oc_mcpricewalk *w, bool any, struct oc_err *err);
/*
 * The walk of the claim's asset i, and by which of several models.  Columns symbol and model are loaded.  1; 0: the row is
 * malformed and noted; -1.
 */
int oc_mcpricewalk_make(const struct oc_mcpricewalk *w, struct oc_batch *b, size_t r, const struct oc_mcclaim *c, size_t i,
                        struct oc_walk *out, size_t *index, struct oc_err *err);

#endif
