/*
 * pricein - what a batch gives to the pricers: models, market, volatility, as arrays; and which rows lack something.
 *
 * COLUMNS.md, rules 6 and 7.  A column stands above its option cell by cell; what nothing supplies is an error when the
 * whole column lacks, else a malformed row; but where status says that a program before had no answer for the cell, so has
 * this row none, and is not malformed.
 */
#ifndef OC_APP_PRICEIN_H
#define OC_APP_PRICEIN_H

#include "app/price.h"
#include "pricing/pricer.h"

/* One batch on its way. */
struct oc_pricein {
    const struct oc_price *p;
    struct oc_batch *b;
    struct oc_err *err;
    struct oc_term_rows terms;
    struct oc_quotes q;
    const struct oc_pricer **model;         /* per row; NULL: unsupported */
    const struct oc_pricer *only;           /* the one model of all rows, else NULL */
    unsigned char *status;                  /* of the row, enum oc_row */
    unsigned char *side_status[OC_PRICE_SIDES];     /* of --iv-sides */
    const char *side_told[OC_PRICE_SIDES];  /* names of those columns */
    const struct oc_pricer *shifts;         /* the model that needs a shift */
    double *inverse_spot;                   /* spot of rows priced in coin; NULL: no such column */
    const struct oc_col *before;            /* status of the input, what programs before said; NULL: none */
    const char **told;                      /* per row: the column that the reason in status is about */
};

/* An array of a row each in the batch's arena; NULL, with the error set. */
double *oc_pricein_array(struct oc_pricein *w);
/* A column of numbers, its empty cells filled from an option; *out is NULL when there is neither.  0, -1. */
int oc_pricein_column(struct oc_pricein *w, const char *name, double option, const double **out);
/* Models, products, market and coin rows, from the terms in w.  0, -1. */
int oc_pricein_read(struct oc_pricein *w);
/* Note row i as malformed where it has an answer to give, but not the inputs, and nobody said why.  vol: or NULL.  0, -1. */
int oc_pricein_check(struct oc_pricein *w, size_t i, const double *vol);

#endif
