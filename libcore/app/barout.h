/* barout - closed bars as columns of a batch. */
#ifndef OC_APP_BAROUT_H
#define OC_APP_BAROUT_H

#include "app/bars.h"

/* b->rows, sorted, into `out`; origins too where there are records behind them. */
int oc_barout_columns(struct oc_bars *b, struct oc_batch *out, bool origins, struct oc_err *err);

#endif
