/*
 * smile - implied volatility as a function of log-moneyness and expiry: flat, quadratic, svi, svi_jw, svi_natural, ssvi,
 * essvi, sabr, and a grid of quotes.
 *
 *   k       log(K / F), F the forward of the expiry (quadratic: log(K / S), as OptionChain-Simulator has it)
 *   w       total variance volatility^2 years
 * Parameters come by expiry (years).  Between two expiries w is linear in time at fixed k, which keeps freedom from calendar
 * arbitrage; before the first and beyond the last the volatility at fixed k is constant.  ssvi and essvi interpolate their
 * parameters instead (.between), which keeps freedom from butterflies too.
 */
#ifndef OC_MODEL_SMILE_H
#define OC_MODEL_SMILE_H

#include "base/err.h"
#include "model/param.h"

#include <stdbool.h>
#include <stddef.h>

enum { OC_SLICE_PARAMS = 8 };

/* years NaN: the one slice of a smile whose parameters belong to every expiry (models with .any_time). */
struct oc_slice {
    double years;
    double p[OC_SLICE_PARAMS];      /* in the order of model->param */
    size_t n;                       /* grid: nodes, ascending k; owned */
    double *k, *v;                  /* log-moneyness, volatility */
};

struct oc_smile_model {
    const char *name, *title;
    const struct oc_param *param;
    bool by_spot;                   /* k is log(K / S) */
    bool any_time;                  /* a slice may stand for every expiry */
    /* Joint conditions on one slice; `strict` adds those under which it has no butterfly arbitrage, where they are known. */
    int (*check)(const struct oc_slice *s, bool strict, struct oc_err *err);
    /* vol[n] at k[n] for years > 0; forward [price] for sabr, else not read.  Not above 0: no volatility there. */
    void (*vol)(const struct oc_slice *s, double forward, size_t n, const double *k, double *vol);
    /* The slice at years, a NULL: before the first, b NULL: beyond the last.  NULL: by total variance as above. */
    void (*between)(const struct oc_slice *a, const struct oc_slice *b, double years, struct oc_slice *out);
};

struct oc_smile {
    const struct oc_smile_model *model;
    size_t n;
    struct oc_slice *slice;         /* [n], ascending years once open, owned (malloc) */
    bool strict;                    /* static arbitrage in the parameters is an error, not a matter of the user */
};

/* OC_USAGE with the nearest name. */
int oc_smile_find(const char *name, const struct oc_smile_model **m, struct oc_err *err);
const struct oc_smile_model *oc_smile_at(size_t i);
/*
 * Sort and check the slices; the model's table names what is missing (NaN).  OC_USAGE: no slice, two for one time, a
 * parameter outside of its domain; where strict, butterfly arbitrage in a slice and calendar arbitrage between two.
 */
int oc_smile_open(struct oc_smile *s, struct oc_err *err);
void oc_smile_close(struct oc_smile *s);
/* vol[n] at log-moneyness k[n] for one expiry, years > 0. */
void oc_smile_vol(const struct oc_smile *s, double years, double forward, size_t n, const double *k, double *vol);
/* Volatility at the money (k = 0): the level that a walk's volatility is compared with. */
double oc_smile_atm(const struct oc_smile *s, double years, double forward);
/* --list-surfaces: name, parameters, title of each model, one a line. */
void oc_smile_line(size_t i, char *out, size_t size);

#endif
