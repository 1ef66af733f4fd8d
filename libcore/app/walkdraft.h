/*
 * walkdraft - a walk being put together, name by name, from a spec, from records, from a request.
 *
 * A name may be given once, whoever gives it; a name that the process does not have is refused with the nearest one.
 */
#ifndef OC_APP_WALKDRAFT_H
#define OC_APP_WALKDRAFT_H

#include "app/params.h"
#include "app/walkdata.h"

struct oc_walkdraft {
    const struct oc_process *process;
    double par[OC_PARAM_MAX];       /* NaN: not given */
    double dt;                      /* years a step; NaN */
    char symbol[32];
    struct oc_walkdata data;
    struct oc_walk_market market;
};

/* OC_USAGE: no such process, no such symbol.  What it holds is freed by oc_walkdata_free(&d->data). */
int oc_walkdraft_open(struct oc_walkdraft *d, const char *model, const char *symbol, struct oc_err *err);
int oc_walkdraft_symbol(struct oc_walkdraft *d, const char *symbol, struct oc_err *err);
/* A value that belongs to the slice and strike (NaN: to all). */
int oc_walkdraft_value(struct oc_walkdraft *d, const char *name, double value, double years, double strike,
                       struct oc_err *err);
int oc_walkdraft_text(struct oc_walkdraft *d, const char *name, const char *text, struct oc_err *err);

#endif
