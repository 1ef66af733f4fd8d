/*
 * chainocs - the layout of OptionChain-Simulator's export (dataset option_chains): one row a strike.
 *
 * Columns step, simulated_at, symbol, expires_at, labels, days_to_expiration, strike, implied_volatility, call_bid,
 * call_ask, call_mid, call_delta, put_bid, put_ask, put_mid, put_delta, gamma.  Numbers are shortest round-trip decimals,
 * what is not known is empty, labels are joined by |, lines end in CR LF (the run's .crlf).  A bid of 0 is 0: no quote is
 * withdrawn.
 */
#ifndef OC_APP_CHAINOCS_H
#define OC_APP_CHAINOCS_H

#include "app/chaincols.h"

enum { OC_CHAINOCS_LABELS = 66 * OC_RULE_MAX };

/* The labels of the rules whose bits are set, in their order; returns the length, no NUL. */
size_t oc_chainocs_labels(const struct oc_schedule *s, uint64_t rules, char out[OC_CHAINOCS_LABELS]);

int oc_chainocs_fill(const struct oc_chaincols *c, const struct oc_chain_at *at, const struct oc_chain_rows *list,
                     const struct oc_chain_rows *r, struct oc_batch *out, struct oc_err *err);

#endif
