/*
 * root - what is known of option roots: underlying, settlement, exercise, calendar, multiplier, from data/roots.tab.
 *
 * A root decides how its options settle (SPX at the opening, SPXW at the closing); a symbol alone does not.
 */
#ifndef OC_MARKET_ROOT_H
#define OC_MARKET_ROOT_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct oc_root {
    char root[16], underlying[16], calendar[16];
    int32_t settle;             /* as market/expiry.h: OC_EXPIRY_PM, OC_EXPIRY_AM, or minutes */
    char style;                 /* E or A */
    bool has_multiplier;
    double multiplier;          /* units of the underlying in a contract */
};

struct oc_roots;

/* The table that ships with the tools.  OC_IO without it, OC_FORMAT with file and line if it is damaged. */
int oc_root_open(struct oc_roots **roots, struct oc_err *err);
void oc_root_free(struct oc_roots *roots);

/* As oc_root_open from text; path is for messages. */
int oc_root_read(const char *path, const char *text, size_t n, struct oc_roots **roots, struct oc_err *err);

/* The row of a root, or NULL if it is not listed.  A '^' or '$' that vendors put before an index is passed over. */
const struct oc_root *oc_root_find(const struct oc_roots *roots, const char *root, size_t n);

/*
 * The terms of a listed root that the table lacks: those of an option on a share or fund, American, PM, calendar XNYS.
 * The multiplier is not known: it is 100 for most, and something else after a split or merger (AAPL7).
 */
const struct oc_root *oc_root_other(void);

const char *oc_root_version(const struct oc_roots *roots);
size_t oc_root_count(const struct oc_roots *roots);

#endif
