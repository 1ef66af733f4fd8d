/*
 * symbol - names of option contracts.
 *
 *   OSI (OCC)     SPXW220610C00800000: root of 1 to 6 capitals and digits, YYMMDD (20YY), C or P, strike x 1000 in 8 digits;
 *                 the root padded with blanks to 6 characters (21 in all) or not; a vendor's "O:" in front is read
 *   decimal       .SPXW220610C800.5: the strike as it is, a point in front
 *   crypto        BTC-22MAY20-9250-P (Deribit; 0d625 is a strike of 0.625), BTC-USD-240329-70000-C (OKX, Binance)
 *   letter        A1016J25, SPXW1128A1075-E (before 2010's reform, at Cboe until 2011): root, YYDD (20YY), a letter for month and
 *                 side (A to L calls, M to X puts), the strike as it is; what Cboe's tables write around it, as in
 *                 "11 Jan 1075.00 (SPXW1128A1075-E)", is read; the expiry is the day of the name, a Saturday for monthly ones
 *   futures       ESZ24 C5000: product, month letter, one or two digits of the year, strike as it is; the expiry is not in it
 */
#ifndef OC_MARKET_SYMBOL_H
#define OC_MARKET_SYMBOL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define OC_SYMBOL_MAX 64        /* room that oc_symbol_print() may use */

enum oc_symbol_form { OC_SYMBOL_OSI, OC_SYMBOL_PADDED, OC_SYMBOL_DECIMAL, OC_SYMBOL_CRYPTO, OC_SYMBOL_FUTURE,
                      OC_SYMBOL_LETTER };

struct oc_symbol {
    enum oc_symbol_form form;
    char root[24];              /* SPXW, BTC, BTC-USD, ES; NUL-terminated */
    size_t root_len;
    bool has_expiry;            /* false for futures */
    int32_t expiry;             /* days since 1970 */
    char type;                  /* C or P */
    double strike;              /* currency; the decimal of the name, correctly rounded */
    int32_t year, month;        /* of delivery, futures only; the year is 2024 or, of one digit, 4 */
};

/* NULL, or why it is no name of an option, as a clause.  Letters must be capitals, except the d of a decimal strike. */
const char *oc_symbol_parse(const char *p, size_t n, struct oc_symbol *out);

/*
 * oc_symbol_print - the name in a form (not FUTURE, not LETTER), without a NUL.
 *   return  its length, or 0 if the form cannot hold it: a root of another alphabet or length, a year outside 2000 to 2099,
 *           a strike that is not a whole number of thousandths up to 99999.999 (OSI), or has more than 9 decimals
 */
size_t oc_symbol_print(char out[OC_SYMBOL_MAX], const struct oc_symbol *s, enum oc_symbol_form form);

#endif
