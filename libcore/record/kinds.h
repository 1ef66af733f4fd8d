/*
 * kinds - the column tables that kind.c puts together; each array ends with a row without a name.
 *
 * A kind draws on several tables in order.  Where two of them have a column of one name, the earlier one holds, so
 * a kind states what is special about a shared column (required here, more aliases) in its own first table.
 */
#ifndef OC_RECORD_KINDS_H
#define OC_RECORD_KINDS_H

#include "record/kind.h"

extern const struct oc_coldef oc_kinds_shared[];                /* kinds_shared.c: every kind */

extern const struct oc_coldef oc_kinds_option_quote_head[];     /* kinds_option.c */
extern const struct oc_coldef oc_kinds_option_leg_head[];
extern const struct oc_coldef oc_kinds_option_terms[];          /* option terms and market: quote, contract, leg */
extern const struct oc_coldef oc_kinds_option_contract_terms[]; /* those whose need differs in a contract */
extern const struct oc_coldef oc_kinds_option_quote[];
extern const struct oc_coldef oc_kinds_option_contract[];
extern const struct oc_coldef oc_kinds_option_computed[];       /* written by the programs: quote, contract, leg */

extern const struct oc_coldef oc_kinds_market_curve[];          /* kinds_market.c */
extern const struct oc_coldef oc_kinds_market_dividend[];
extern const struct oc_coldef oc_kinds_market_tick[];
extern const struct oc_coldef oc_kinds_market_bar[];
extern const struct oc_coldef oc_kinds_market_factor[];

extern const struct oc_coldef oc_kinds_book_param[];            /* kinds_book.c */
extern const struct oc_coldef oc_kinds_book_leg[];
extern const struct oc_coldef oc_kinds_book_trade[];
extern const struct oc_coldef oc_kinds_book_scenario[];
extern const struct oc_coldef oc_kinds_book_stat[];

extern const struct oc_coldef oc_kinds_audit_check[];           /* kinds_audit.c */
extern const struct oc_coldef oc_kinds_audit_gap[];
extern const struct oc_coldef oc_kinds_audit_task[];
extern const struct oc_coldef oc_kinds_audit_session[];
extern const struct oc_coldef oc_kinds_audit_reject[];

#endif
