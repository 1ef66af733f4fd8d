/*
 * pricer - European option prices and Greeks on columns of doubles.
 *
 * A pricer sees arrays, never records: one row is one option.  NaN in an input means "not given", NaN in an
 * output means "no answer", and the status byte of the row says why.  Every row is computed by itself: the bits of
 * a result depend on the row's numbers only, not on n, on its place, on the neighbours or on the instruction set.
 *
 * Conventions (all models)
 *   side            +1 call, -1 put
 *   rates, yields   continuously compounded, 1/year; years and times in years; prices in currency units
 *   market          if a row has a forward, forward and rate rule and dividend_yield is not read; else spot, rate
 *                   and dividend_yield are needed, and the forward is spot e^((rate - yield) years)
 *   discount        e^(-rate years)
 *
 * Greeks: V is the price, S spot, F forward, K strike, T years, v volatility, r rate, q yield.
 *   spot form       derivatives hold the other five of (S, K, T, v, r, q) fixed; rho and phi move the forward too
 *   forward form    F is held fixed in theta, charm, color, veta, rho and phi: rho is discounting only, -T V, and
 *                   phi is 0.  With a spot, dF/dS = F/S scales delta, gamma, speed, vanna, zomma, charm and color;
 *                   without one the underlying is the forward itself (S := F), as for options on futures
 *   units           vega per 1.00 of volatility, rho and phi per 1.00 of rate, theta and the like per year
 *   time            theta, charm, color, veta are derivatives by calendar time, that is -d/dT
 *   zero            has no sign: no result is -0
 */
#ifndef OC_PRICING_PRICER_H
#define OC_PRICING_PRICER_H

#include "base/err.h"

#include <stddef.h>

/* Input columns, each n long, borrowed.  A NULL column is one of NaN (not given). */
struct oc_quotes {
    size_t n;
    const double *side;             /* +1 call, -1 put */
    const double *spot;             /* price */
    const double *forward;          /* price, to the row's expiry */
    const double *strike;           /* price */
    const double *years;            /* time to expiry, > 0 */
    const double *rate;             /* 1/year, to expiry */
    const double *dividend_yield;   /* 1/year, all carry */
    const double *vol;              /* 1/sqrt(year); price/sqrt(year) for bachelier */
    const double *shift;            /* price; displaced only: the model is lognormal in F + shift, K + shift */
};

/* What a pricer can compute, in the order of COLUMNS.md. */
enum oc_quantity {
    OC_PRICE, OC_DELTA, OC_GAMMA, OC_VEGA, OC_THETA, OC_RHO, OC_PHI,
    OC_VANNA,           /* d delta / dv */
    OC_VOMMA,           /* d vega / dv */
    OC_CHARM,           /* -d delta / dT */
    OC_SPEED,           /* d gamma / dS */
    OC_ZOMMA,           /* d gamma / dv */
    OC_COLOR,           /* -d gamma / dT */
    OC_VETA,            /* -d vega / dT */
    OC_ULTIMA,          /* d vomma / dv */
    OC_ELASTICITY,      /* delta S / V; no answer (NaN) where V is 0 */
    OC_DUAL_DELTA,      /* dV / dK */
    OC_DUAL_GAMMA,      /* d2V / dK2 */
    OC_PROB_ITM,        /* risk-neutral probability to end in the money */
    OC_DELTA_FWD,       /* dV / dF, discounted */
    OC_GAMMA_FWD,       /* d2V / dF2 */
    OC_QUANTITIES
};

/* Why a row has no answer; oc_row_name gives the reason word of COLUMNS.md ("ok" for OC_ROW_OK). */
enum oc_row {
    OC_ROW_OK, OC_ROW_EXPIRED, OC_ROW_BAD_INPUT, OC_ROW_OUT_OF_DOMAIN, OC_ROW_BELOW_INTRINSIC,
    OC_ROW_ABOVE_MAXIMUM, OC_ROW_NO_BID, OC_ROW_NO_CONVERGENCE, OC_ROW_UNSUPPORTED
};

/* Output columns, each n long, the caller's; NULL: not wanted.  They must not overlap the inputs. */
struct oc_results {
    double *value[OC_QUANTITIES];
    unsigned char *status;          /* enum oc_row for each row; must be given */
};

/* How well to invert: to the last digits that the inputs carry, or to 1e-13. */
enum oc_accuracy { OC_IV_FULL, OC_IV_FAST };

/*
 * One model.  price fills the wanted columns of out and every status.  Rows, in this order of precedence:
 *   bad-input       side not +1 or -1; an input that the row needs is missing or infinite
 *   expired         years <= 0
 *   out-of-domain   volatility < 0; a spot beside the forward that cannot scale the Greeks (0; for bsm and black76
 *                   outside of [1e-100, 1e100]); for the lognormal models an underlying or a strike (plus shift)
 *                   outside of [1e-100, 1e100] or a total volatility above 1e6; |rate years| or |yield years| >= 700
 *   ok              the rest.  At volatility 0 (or a total volatility below 1e-70, or a strike over 1e70 deviations
 *                   away) the price is the discounted intrinsic value of the forward and the Greeks are the limits;
 *                   where these do not exist (forward equal to strike) the price is 0, the Greeks NaN and the status
 *                   out-of-domain
 */
struct oc_pricer {
    const char *name;       /* as --model takes it */
    const char *title;
    const char *exercise;   /* styles it prices: "E" */
    const char *params;     /* columns it needs besides the market: "vol", "vol shift" */
    void (*price)(const struct oc_quotes *q, const struct oc_results *out);
    /* Volatility that gives the discounted prices price[q->n], q->vol not read; rows as iv.h states. */
    void (*implied)(const struct oc_quotes *q, const double *price, enum oc_accuracy accuracy, double *vol,
                    unsigned char *status);
};

/* The pricer of that name in *p, or -1 with OC_USAGE and the nearest name if one is near. */
int oc_pricer_find(const char *name, const struct oc_pricer **p, struct oc_err *err);

/* The i-th pricer in the order of pricers.def; NULL past the last. */
const struct oc_pricer *oc_pricer_at(size_t i);

/* "price", "delta", ..., the column's name; NULL out of range. */
const char *oc_quantity_name(int quantity);

/* The quantity of that name, or -1. */
int oc_quantity_find(const char *name);

const char *oc_row_name(int status);

#endif
