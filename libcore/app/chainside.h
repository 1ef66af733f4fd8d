/* chainside - what a chain needs from files and tables: cash dividends, rates, roots. */
#ifndef OC_APP_CHAINSIDE_H
#define OC_APP_CHAINSIDE_H

#include "app/chainspec.h"

/* --dividends FILE of dividend records: the plan's symbol's amounts by ex-date.  What is no amount of cash is refused. */
int oc_chainside_dividends(struct oc_chain_plan *p, const char *path, struct oc_io *io, struct oc_err *err);
/* --curve FILE of curve records, dates counted from ts. */
int oc_chainside_curve(struct oc_chain_plan *p, const char *path, struct oc_io *io, struct oc_err *err);
/* Roots of the symbol by settlement and, where `calendar` is NULL, the calendar; opens it. */
int oc_chainside_roots(struct oc_chain_plan *p, const char *root, const char *calendar, struct oc_err *err);

#endif
