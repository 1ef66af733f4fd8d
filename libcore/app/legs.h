/*
 * legs - the positions of a book: leg records, and legs as words of a command line.
 *
 * A leg names its contract by whatever tells it from others: contract_symbol, or type, strike and expiry (expiry, expires_at
 * or years), with root and symbol where they are needed.  What is known of the contract besides is found in the market
 * (bookmarket.h).  The text form is QTY:CONTRACT[@PRICE], with the contract's name as market/symbol.h reads it; what is
 * no such name is the symbol of an underlying: 10:SPY@501.20.
 */
#ifndef OC_APP_LEGS_H
#define OC_APP_LEGS_H

#include "cli/opt.h"
#include "record/run.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct oc_leg {
    char id[64];                    /* leg_id, else the text form or the contract's name, else "leg N" */
    double quantity;                /* contracts, signed; units of an underlying */
    double entry;                   /* price paid or received; NaN: none given */
    double multiplier;              /* NaN: not given */
    double beta;                    /* of the underlying; NaN: not given */
    bool underlying;                /* type U */
    char symbol[32], root[24];      /* "": not given */
    char style;                     /* 0: not given */
    double side, strike;            /* options: +1 call, -1 put; price */
    bool has_date, has_instant;
    int32_t date;                   /* of expiry, days since 1970 */
    int64_t expires_at;             /* ns UTC */
    double years;                   /* stated; NaN: not given */
};

struct oc_legs { size_t n, cap; struct oc_leg *v; };

/*
 * The records of a file (NULL: none), then the words.  OC_USAGE for a word that is no leg, OC_DATA with the row for a record
 * that names no contract or no quantity; a book without legs is an error too.
 */
int oc_legs_read(struct oc_legs *l, struct oc_io *io, const char *path, const struct oc_words *words, struct oc_err *err);
void oc_legs_free(struct oc_legs *l);

#endif
