/*
 * terms - the contract terms of option rows as arrays: side, strike, style, time to expiry.
 *
 * Columns are read by the rules of COLUMNS.md: a contract_symbol fills what is empty and must not contradict; time to
 * expiry is `years`, else expires_at - ts, else (expiry, settle, calendar) - ts; a missing ts is --ts; settlement,
 * calendar and style come from the row, else from the option, else from the table of roots.
 */
#ifndef OC_APP_TERMS_H
#define OC_APP_TERMS_H

#include "app/instants.h"
#include "market/root.h"
#include "market/years.h"
#include "record/batch.h"

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

enum { OC_TERMS_CALENDARS = 16 };

struct oc_terms {
    const struct oc_instants *instants; /* --ts */
    const struct oc_roots *roots;
    const char *calendar;               /* --calendar; NULL: not given */
    enum oc_years_count day_count;       /* --day-count */
    bool products;                      /* strike and type may lack: who knows the product says whether it needs them */
    /* calendars opened so far; the array only grows, under the lock */
    pthread_mutex_t lock;
    struct oc_calendar *open[OC_TERMS_CALENDARS];
    size_t nopen;
};

/* Arrays of b->rows in the batch's arena.  NaN: the row is malformed and noted as such, or has no time to expiry yet. */
struct oc_term_rows {
    double *side;           /* +1 call, -1 put */
    double *strike;
    double *years;          /* <= 0: expired */
    char *style;            /* E, A, B */
    struct oc_term_reading *reading;        /* for oc_terms_dates; of the batch's arena */
};

/*
 * Read the terms of a batch.  Missing or unreadable ones are noted as malformed rows; a column that is lacking
 * altogether is OC_COLUMN, with the columns and options that would supply it.
 */
int oc_terms_read(struct oc_terms *t, struct oc_batch *b, struct oc_term_rows *out, struct oc_err *err);
/*
 * Years from the row's ts to n dates of a column of its own (column: its name), each at the hour when an option of the row
 * would expire; days without trading are malformed.  1; 0: noted as malformed; -1.
 */
int oc_terms_dates(const struct oc_term_rows *rows, size_t r, const char *column, size_t n, const int32_t *date,
                   double *years);
/* What a row says of its expiry beside the time to it: contracts that agree in this differ by side and strike alone. */
struct oc_term_slice {
    const char *symbol, *root;      /* of the batch's dictionaries; NULL with a length of 0: not known */
    size_t nsymbol, nroot;
    bool dated;                     /* there is a date of expiry */
    int32_t expiry, settle;         /* market/expiry.h; settle is read only where dated */
};
/* root: the row's, else its contract symbol's, else the symbol where the table of roots has it.  r: a well-formed row. */
void oc_terms_slice(const struct oc_term_rows *rows, size_t r, struct oc_term_slice *out);
/* The row's instant, --ts where it has none.  false: neither. */
bool oc_terms_ts(const struct oc_term_rows *rows, size_t r, int64_t *ts);
void oc_terms_close(struct oc_terms *t);

#endif
