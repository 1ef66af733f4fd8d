/*
 * checktrade - tier 1 of `trade` rows with a stop, which are signals: is the risk that they state sane?  A batch of so many
 * signals as the limit of `signals` says has a check record of its own.
 *
 * The entry is open_price of a round trip, else price; side B or S of the opening.
 */
#ifndef OC_APP_CHECKTRADE_H
#define OC_APP_CHECKTRADE_H

#include "app/checking.h"
#include "record/side.h"

#include <stdint.h>

struct oc_checktrade {
    struct oc_side *side;           /* --checks; NULL: batches are counted only */
    uint64_t signals, failed;       /* of the batch under way */
    uint64_t before;                /* signals of the batches before */
};

void oc_checktrade_rows(struct oc_checking *k, struct oc_checktrade *t);
int oc_checktrade_end(struct oc_checktrade *t, struct oc_checks *checks, struct oc_err *err);

#endif
