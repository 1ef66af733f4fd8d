/* mcpnl - see mcpnl.h */
#include "app/mcpnl.h"

int oc_mc_pnl(struct oc_mc_pnl *p, struct oc_err *err)
{
    (void)p;
    return oc_fail(err, OC_USAGE, "oc-mc pnl is not built in");
}
