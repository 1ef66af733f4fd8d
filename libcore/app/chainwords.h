/* chainwords - single options of a chain as text: ladders, spreads, Greeks. */
#ifndef OC_APP_CHAINWORDS_H
#define OC_APP_CHAINWORDS_H

#include "model/chain.h"

/* --strikes: an interval, auto, or a rule of strikes.tab.  NULL: auto. */
int oc_chainwords_strikes(const char *text, struct oc_ladder *l, struct oc_err *err);
/* --chain-size N.  NULL: 30. */
int oc_chainwords_size(const char *text, struct oc_ladder *l, struct oc_err *err);
/* --spread WIDTH or NAME=VALUE,...; NULL: 0, so that quotes are a tick wide. */
int oc_chainwords_spread(const char *text, struct oc_spread *s, struct oc_err *err);
/* --ladder rolling|pinned.  NULL: rolling. */
int oc_chainwords_pinned(const char *text, bool *pinned, struct oc_err *err);
/* --greeks into want; the price always. */
int oc_chainwords_greeks(const char *text, bool want[OC_QUANTITIES], struct oc_err *err);
/* --smile SKEW,CURVE with --vol, or --vol alone, as a smile that is not open yet. */
int oc_chainwords_smile(const char *text, double vol, struct oc_smile *s, struct oc_err *err);

#endif
