/* mctrades - see mctrades.h */
#include "app/mctrades.h"

int oc_mc_trades(struct oc_mc_trades *p, struct oc_err *err)
{
    (void)p;
    return oc_fail(err, OC_USAGE, "oc-mc trades is not built in");
}
