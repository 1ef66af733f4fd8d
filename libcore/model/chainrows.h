/*
 * chainrows - the volatilities of a chain, and the layout of its rows: what chain.c and chainrows.c share.
 */
#ifndef OC_MODEL_CHAINROWS_H
#define OC_MODEL_CHAINROWS_H

#include "model/chain.h"

/*
 * Volatility of n strikes of one expiry, as the spec's smile and sticking rule or the walk's model say.  OC_DATA naming the
 * strike where one is not above 0.
 */
int oc_chainrows_vol(const struct oc_chain_spec *s, const struct oc_chain_at *at, const struct oc_chain_slice *e, size_t n,
                     const double *strike, double *vol, struct oc_err *err);

#endif
