/*
 * barmeta - figures of a bar beyond its prices: --metadata 2 (spread, execution, classification) and 3 (toxicity, impact,
 * variance).  The table in barmeta.c names them; oc-bars(1) has their formulas.
 *
 * Spreads are counted one by one, so their quantiles are exact: memory grows with the number of different spreads in a bar.
 * Sums of doubles run tick by tick from the beginning of the bar, so that they do not depend on how the input was cut.
 */
#ifndef OC_APP_BARMETA_H
#define OC_APP_BARMETA_H

#include "app/barfacts.h"
#include "app/barkeep.h"

#include <stddef.h>
#include <stdint.h>

enum { OC_BARMETA_MOST = 40 };

struct oc_barmetacol {
    const char *name;
    int tier;
    char type;                  /* f, i; s: the regime */
};

/* Ends with a NULL name; at most OC_BARMETA_MOST. */
extern const struct oc_barmetacol oc_barmeta_cols[];
extern const char *const oc_barmeta_regime[];   /* "range" "trend" "jump", NULL */

struct oc_barmeta;

struct oc_barmeta *oc_barmeta_new(void);
void oc_barmeta_free(struct oc_barmeta *m);             /* NULL accepted */
/* A new bar begins. */
void oc_barmeta_fresh(struct oc_barmeta *m);
/* Ticks of the bar.  -1: no memory. */
int oc_barmeta_take(struct oc_barmeta *m, const struct oc_barfact *t, size_t n, double round_lot);
/* The figures of the bar as it is, in the order of the table; open to close and money for impact per money. */
void oc_barmeta_figures(const struct oc_barmeta *m, double open, double close, double dollar, int price_places, double *out);
/* The bar is closed at that price. */
void oc_barmeta_closed(struct oc_barmeta *m, double close);
int oc_barmeta_rescale(struct oc_barmeta *m, int price);
void oc_barmeta_keep(struct oc_barkeep *k, struct oc_barmeta *m);

#endif
