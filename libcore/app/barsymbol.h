/*
 * barsymbol - what is remembered of a symbol between ticks: its units, its sums, its last quote and price, its builders.
 */
#ifndef OC_APP_BARSYMBOL_H
#define OC_APP_BARSYMBOL_H

#include "app/baradjust.h"
#include "app/barfacts.h"
#include "app/barjump.h"
#include "app/barkind.h"
#include "app/barmeta.h"

struct oc_barsymbol {
    char *name;
    size_t length;
    uint32_t number;
    int price_places, size_places;      /* units; they become smaller when a value needs it */
    struct oc_barsum sum;
    bool any;                           /* a tick was seen; last_ts is its instant */
    int64_t last_ts;
    bool sided, quoted;                 /* the last quote has both sides; and is not crossed */
    __int128 bid, ask;                  /* it, in units */
    bool priced;                        /* a trade was: */
    __int128 price;
    int64_t price_ts;                   /* its instant, for metadata */
    int8_t direction;                   /* of the last change of price: +1, -1, 0 none yet */
    int8_t part;                        /* of the last tick */
    int64_t finer; /* length of the bars that come in, as in oc_barspec.step; INT64_MIN: not known yet */
    struct oc_baropen *open;            /* of each spec */
    struct oc_barlimit *limit;
    void **state;
    struct oc_barjump jump;             /* --detect-jumps */
    const struct oc_baradjust_events *adjust;   /* --adjust; NULL: nothing happened to it */
    struct oc_barfacts *facts;          /* --metadata 2 and 3; NULL: not wanted */
    struct oc_barmeta **meta;           /* of each spec, with facts */
};

struct oc_barspecs { size_t n; struct oc_barspec v[64]; const struct oc_barfactopts *facts; };

/* A symbol of its own, or NULL without memory. */
struct oc_barsymbol *oc_barsymbol_new(const struct oc_barspecs *specs, const char *name, size_t length, uint32_t number,
                                      struct oc_err *err);
void oc_barsymbol_free(struct oc_barsymbol *s, const struct oc_barspecs *specs);
/* Units of at least that many decimals.  OC_LIMIT where sums do not fit any more. */
int oc_barsymbol_places(struct oc_barsymbol *s, const struct oc_barspecs *specs, int price, int size, struct oc_err *err);
/* Between the state file and this. */
void oc_barsymbol_keep(struct oc_barkeep *k, struct oc_barsymbol *s, const struct oc_barspecs *specs);

#endif
