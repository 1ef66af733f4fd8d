/* mcpaths - see mcpaths.h */
#include "app/mcpaths.h"

int oc_mc_paths(struct oc_mc_paths *p, struct oc_err *err)
{
    (void)p;
    return oc_fail(err, OC_USAGE, "oc-mc paths is not built in");
}
