/*
 * bookmarket - the market that a book of legs lives in: option rows of one instant, and which of them each leg is.
 *
 * A leg takes its terms, market and volatility from the one row that it matches; none, or several, is an error that names
 * the leg.  Cells stand above options: spot, rate, dividend_yield (or forward), multiplier.
 */
#ifndef OC_APP_BOOKMARKET_H
#define OC_APP_BOOKMARKET_H

#include "app/legs.h"
#include "app/mc.h"
#include "app/terms.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct oc_bookrow {
    char symbol[32], root[24];
    bool has_date, has_instant, inverse;
    int32_t date;
    int64_t expires_at;
    double side, strike, years, spot, forward, rate, yield, iv, multiplier;
    char style;
};

/* One underlying of the book.  drift: rate less yield at its nearest expiry; also: another that rows of it have, or NaN. */
struct oc_bookasset { char symbol[32]; double spot, drift, also; };

struct oc_bookmarket {
    struct oc_mc_words *words;          /* --spot --rate --dividend-yield --calendar --day-count, input */
    struct oc_roots *roots;
    struct oc_terms terms;
    size_t n, cap;
    struct oc_bookrow *row;
    bool has_ts;
    int64_t ts;                         /* of all rows */
    size_t nasset;
    struct oc_bookasset asset[OC_ASSETS_MAX];
};

/* A leg with everything that it takes to value it. */
struct oc_bookleg {
    const struct oc_leg *leg;
    size_t asset;
    double units;                       /* quantity times multiplier */
    double side, strike, years, rate, yield, iv;        /* of options */
    double entry, now;                  /* price paid, else worth now; worth now */
    /* quotes of the expiry: volatility vol[i] at log(strike / spot) k[i], ascending; owned */
    size_t nsmile;
    double *k, *vol;
    double twice;                       /* a strike of which one side has two volatilities: the smile is none; NaN */
};

/* Read the input; w is the caller's, zeroed.  Free it whatever comes back. */
int oc_bookmarket_read(struct oc_bookmarket *m, struct oc_mc_words *words, struct oc_err *err);
/*
 * Match n legs into out[n], and list the underlyings.
 *   multiplier   of units where neither the leg nor the row nor the table of roots has one; NaN: none
 *   european     legs of style A and B count as European; else they are refused
 */
int oc_bookmarket_match(struct oc_bookmarket *m, const struct oc_legs *legs, double multiplier, bool european,
                        struct oc_bookleg *out, struct oc_err *err);
void oc_bookmarket_free(struct oc_bookmarket *m, size_t n, struct oc_bookleg *legs);

#endif
