/*
 * price - values, Greeks and implied volatilities for the options of a stream: what oc-price does beyond its options.
 *
 * Where the numbers come from (COLUMNS.md, rule 7): a row with a forward needs that and a rate; any other spot, rate and
 * dividend yield.  A cell stands above its option; a cell that is empty is filled from the option or the curve; what
 * neither gives makes the row malformed.  Rows that expired, or that ask for what no model here does, need nothing.
 */
#ifndef OC_APP_PRICE_H
#define OC_APP_PRICE_H

#include "app/terms.h"
#include "market/curve.h"
#include "model/spec.h"
#include "pricing/pricer.h"
#include "record/run.h"

#include <stdbool.h>
#include <stdio.h>

enum { OC_PRICE_SIDES = 4 };                /* bid mid ask last of --iv-sides */

struct oc_price {
    struct oc_terms terms;
    const struct oc_pricer *model;          /* NULL: auto */
    double volatility, shift;               /* of the model's spec; NaN: not given */
    double spot, forward, rate, dividend_yield;     /* options; NaN: not given */
    struct oc_curve *curve;                 /* --curve; NULL: none */
    bool iv;                                /* imply volatility, and use it for the Greeks */
    const char *price_from;                 /* bid mid ask last mark price */
    bool side[OC_PRICE_SIDES];              /* iv_bid iv_mid iv_ask iv_last are wanted */
    enum oc_accuracy accuracy;
    const char *vol_from;                   /* column of the volatility, "iv" */
    bool want[OC_QUANTITIES];
    bool market_units;                      /* theta_day, vega_pct, ... in place of the textbook's */
};

/* --model SPEC into model, volatility and shift. */
int oc_price_model(struct oc_price *p, const char *spec, struct oc_err *err);
/* --greeks none|first|all|LIST into want; forward: delta and gamma by the forward, under their own names. */
int oc_price_greeks(struct oc_price *p, const char *list, bool forward, struct oc_err *err);
/* The column of a quantity and what its textbook value is divided by, in the textbook's or the market's units. */
double oc_price_unit(bool market, int quantity, const char **name);
/* --iv-sides LIST of bid, mid, ask, last. */
int oc_price_sides(struct oc_price *p, const char *list, struct oc_err *err);
/* --curve FILE of curve records into p->curve. */
int oc_price_curve(struct oc_price *p, struct oc_io *io, const char *path, struct oc_err *err);
/* The step; ctx is a struct oc_price. */
int oc_price_step(void *ctx, struct oc_batch *b, struct oc_err *err);
void oc_price_close(struct oc_price *p);
/* --list-models. */
int oc_price_list(FILE *out, const char *value, struct oc_err *err);

#endif
