/*
 * pricecall - call the model of each row: rows of one model are gathered, priced together, and scattered back.
 */
#ifndef OC_APP_PRICECALL_H
#define OC_APP_PRICECALL_H

#include "app/pricein.h"

/*
 * Values of all rows at the volatilities vol[], into those of out that are not NULL; status[] of each row, an enum oc_row.
 * Rows without a model get NaN and OC_ROW_UNSUPPORTED.  0, -1.
 */
int oc_pricecall_value(struct oc_pricein *w, const double *vol, double *const out[OC_QUANTITIES], unsigned char *status);
/* Volatilities that give the prices, into iv[], and status[]; as above. */
int oc_pricecall_implied(struct oc_pricein *w, const double *price, double *iv, unsigned char *status);

#endif
