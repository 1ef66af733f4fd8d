/* barstate - the file of --state: options and columns of the run, then every symbol (barkeep.h has its form). */
#ifndef OC_APP_BARSTATE_H
#define OC_APP_BARSTATE_H

#include "app/bars.h"

/*
 * Go on from the file; a run of which there is none begins.  OC_USAGE where it is of other options or columns, or another run
 * has it: two that went on from one state would both write the bars that it holds open.
 */
int oc_barstate_load(struct oc_bars *b, struct oc_err *err);
/* After the run, whose outcome is rc: replaced when all was written, if nobody else did so.  Returns rc, or -1. */
int oc_barstate_save(struct oc_bars *b, int rc, struct oc_err *err);

#endif
