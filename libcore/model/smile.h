/*
 * smile - implied volatility as a function of log-moneyness and expiry: flat, quadratic, svi, svi_jw, svi_natural, ssvi, essvi, sabr,
 * and a grid of quotes.
 *
 *   k       log(K / F), F the forward of the expiry (quadratic with `of = spot`: log(K / S), as OptionChain-Simulator has it)
 *   w       total variance volatility^2 years
 * Parameters come by expiry (years) and are interpolated: flat in total variance at fixed k, linear in w between two
 * expiries (which keeps freedom from calendar arbitrage), constant volatility before the first and beyond the last.
 */
#ifndef OC_MODEL_SMILE_H
#define OC_MODEL_SMILE_H

#include "base/err.h"
#include "model/param.h"

#include <stdbool.h>
#include <stddef.h>

enum { OC_SLICE_PARAMS = 8 };

struct oc_slice { double years; double p[OC_SLICE_PARAMS]; };

struct oc_smile_model {
    const char *name, *title;
    const struct oc_param *param;
    bool by_spot;
    /* Conditions on one slice (no butterfly arbitrage where the model knows them; `strict` makes a breach an error). */
    int (*check)(const struct oc_slice *s, bool strict, struct oc_err *err);
    /* vol[n] at k[n]; forward [price] for sabr, else not read */
    void (*vol)(const struct oc_slice *s, double forward, size_t n, const double *k, double *vol);
};

struct oc_smile {
    const struct oc_smile_model *model;
    size_t n;
    struct oc_slice *slice;         /* [n], ascending years, owned */
    bool strict;                    /* static arbitrage in the parameters is an error, not a matter of the user */
};

/* OC_USAGE with the nearest name. */
int oc_smile_find(const char *name, const struct oc_smile_model **m, struct oc_err *err);
const struct oc_smile_model *oc_smile_at(size_t i);
/* Sort and check the slices; the model's table names what is missing. */
int oc_smile_open(struct oc_smile *s, struct oc_err *err);
void oc_smile_close(struct oc_smile *s);
/* vol[n] at log-moneyness k[n] for one expiry, years > 0. */
void oc_smile_vol(const struct oc_smile *s, double years, double forward, size_t n, const double *k, double *vol);
/* Volatility at the money (k = 0): the level that a walk's volatility is compared with. */
double oc_smile_atm(const struct oc_smile *s, double years, double forward);

#endif
