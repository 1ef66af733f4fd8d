/*
 * mcclaim - contract rows as claims for simulation: products, fixings, barriers, baskets.
 *
 * Fixings of a row: `monitoring` evenly spaced over the life, the last at expiry (0 or absent: continuous); of an average
 * `fixings` in all, of which `fixings_done` are over; the rest evenly from first_fixing_years to expiry, or, where that is
 * absent, over the life.  Cliquet: `fixings` (else `monitoring`) periods; cash is its notional, else the spot, times
 * `participation`.  Baskets: `assets` with the row's spot, iv and dividend_yield each and one corr; or two assets by
 * spot2, iv2, dividend_yield2 with quantity1, quantity2 as weights; or those of --basket, for which the row needs none of
 * its own.  An American right may be exercised now and then at dates evenly over the life.
 */
#ifndef OC_APP_MCCLAIM_H
#define OC_APP_MCCLAIM_H

#include "app/pricein.h"
#include "sim/claim.h"
#include "sim/mc.h"

enum { OC_MCCLAIM_ASSETS = 64, OC_MCCLAIM_AMERICAN = 10 };

/* The assets of --basket FILE. */
struct oc_mcbasket {
    size_t n;
    char symbol[OC_MCCLAIM_ASSETS][32];
    double spot[OC_MCCLAIM_ASSETS], iv[OC_MCCLAIM_ASSETS], yield[OC_MCCLAIM_ASSETS], weight[OC_MCCLAIM_ASSETS];
    double corr[OC_MCCLAIM_ASSETS * OC_MCCLAIM_ASSETS];         /* of --corr; 0 of pairs that it does not name */
};

/* The columns of a batch that claims are made of; NULL where the input has none. */
struct oc_mcclaim_rows {
    struct oc_pricein in;               /* terms and market */
    const double *iv, *spot, *yield;    /* the row's own cells */
    struct oc_symcol style, product, barrier_type, pay_at, average;
    struct oc_intcol monitoring, fixings, fixings_done, assets, exercise_dates;
    const double *barrier, *barrier2, *rebate, *cash, *start, *moneyness, *average_so_far, *first_fixing, *extremum, *cap,
                 *floor, *local_cap, *local_floor, *participation, *spot2, *yield2, *iv2, *quantity1, *quantity2, *corr;
    struct oc_col weights, fixing_dates;        /* copies, as columns move when others are added; name NULL: none */
    unsigned exercises_a_year;          /* for American exercise; OC_MCCLAIM_AMERICAN a life at least */
    bool spot_given, yield_given;       /* an option supplies what cells lack */
    const struct oc_mcbasket *basket;   /* NULL: none */
};

struct oc_mcclaim {
    struct oc_claim claim;              /* arrays in the batch's arena */
    size_t assets;
    double spot[OC_MCCLAIM_ASSETS], drift[OC_MCCLAIM_ASSETS], iv[OC_MCCLAIM_ASSETS];
    double weight[OC_MCCLAIM_ASSETS];
    double *corr;                       /* assets x assets; NULL: given by the command line, or one asset */
    const char *symbol[OC_MCCLAIM_ASSETS];      /* of --basket; NULL: the row's own */
};

/* Bind the columns; in.p, in.b, in.err are set.  0, -1. */
int oc_mcclaim_bind(struct oc_mcclaim_rows *rows);
/* 1: a claim; 0: none, *status says why, or the row was noted as malformed; -1. */
int oc_mcclaim_make(struct oc_mcclaim_rows *rows, size_t r, struct oc_mcclaim *out, enum oc_row *status);

#endif
