/* mcprice - see mcprice.h */
#include "app/mcprice.h"

int oc_mc_price(struct oc_mc_price *p, struct oc_err *err)
{
    (void)p;
    return oc_fail(err, OC_USAGE, "oc-mc price is not built in");
}
