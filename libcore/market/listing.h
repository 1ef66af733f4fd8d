/*
 * listing - the rules by which exchanges list strikes, from data/strikes.tab.
 *
 * A rule is rows of steps; the first row that a strike fits says its step, and the last row fits every strike.  What an
 * exchange lists is in the end at its own discretion: these are the intervals that its rules and its notices name.
 */
#ifndef OC_MARKET_LISTING_H
#define OC_MARKET_LISTING_H

#include "base/err.h"
#include "market/ticks.h"

#include <stdbool.h>
#include <stddef.h>

/* The step of strikes below a price, near the spot, of expiries up to some days away. */
struct oc_listing_row {
    double days;            /* calendar days to expiry, at most */
    double near;            /* |strike / spot - 1| at most */
    double below;           /* the strike lies below */
    struct oc_step_size step;
};

enum { OC_LISTING_ROWS = 32 };

struct oc_listing {
    char name[16];
    size_t n;
    struct oc_listing_row row[OC_LISTING_ROWS];
    struct oc_step_size least;      /* all steps of the rule are multiples of it */
};

/*
 * oc_listing_find - the rule of a name in strikes.tab: spx, spxw, equity, weekly, etf.
 *   error   OC_USAGE, with the names; OC_IO without the table; OC_FORMAT with file and line if it is damaged
 */
int oc_listing_find(const char *name, struct oc_listing *l, struct oc_err *err);
/* The same from the text of a table; path is for messages. */
int oc_listing_read(const char *path, const char *text, size_t n, const char *name, struct oc_listing *l,
                    struct oc_err *err);

/* The step of strikes at a place; days to expiry. */
struct oc_step_size oc_listing_step(const struct oc_listing *l, double spot, double days, double strike);
/* The nearest strike above (up) or below a price that the rule lists; below the lowest: 0. */
double oc_listing_next(const struct oc_listing *l, double spot, double days, double price, bool up);

#endif
