/*
 * mcpricehow - what the options of oc-mc price say of how a value is to be had.
 */
#ifndef OC_APP_MCPRICEHOW_H
#define OC_APP_MCPRICEHOW_H

#include "app/mcprice.h"

/* OC_USAGE for words that mean nothing and for options that contradict each other. */
int oc_mcpricehow_read(const struct oc_mc_price *p, struct oc_mc_how *h, struct oc_err *err);

#endif
