/*
 * mcbasket - the assets of --basket FILE: rows of symbol, spot, iv, dividend_yield and weight, all of which must be there.
 */
#ifndef OC_APP_MCBASKET_H
#define OC_APP_MCBASKET_H

#include "app/mcclaim.h"

int oc_mcbasket_read(struct oc_mcbasket *k, struct oc_io *io, const char *path, struct oc_err *err);
/* --corr A,B=RHO. */
int oc_mcbasket_corr(struct oc_mcbasket *k, const char *text, struct oc_err *err);

#endif
