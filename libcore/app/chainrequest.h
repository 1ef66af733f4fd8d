/* chainrequest - an OptionChain-Simulator request as a plan of a chain: see chainspec.h for the rules that it keeps. */
#ifndef OC_APP_CHAINREQUEST_H
#define OC_APP_CHAINREQUEST_H

#include "app/chainspec.h"
#include "app/ocsjson.h"

/* Into *w what its options leave open (numbers, symbol) and, where nothing else says it, into *p calendar and schedule. */
int oc_chainrequest_fill(const struct oc_ocsjson *r, struct oc_chain_words *w, int64_t ts, struct oc_chain_plan *p,
                         struct oc_err *err);
/* What only a request has: smile, spread, ladder and the walk's steps, seed and clock; options stand above. */
void oc_chainrequest_rest(const struct oc_ocsjson *r, const struct oc_chain_words *w, struct oc_chain_plan *p);

#endif
