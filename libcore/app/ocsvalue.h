/*
 * ocsvalue - the values of a request of OptionChain-Simulator, each with its place for messages.
 *
 * All return 0, or -1 with OC_FORMAT and the path of the field.
 */
#ifndef OC_APP_OCSVALUE_H
#define OC_APP_OCSVALUE_H

#include "app/ocsjson.h"

#include <jansson.h>

/* Where we are, and what is filled. */
struct oc_ocsplace {
    struct oc_ocsjson *r;
    char path[160];                 /* "method.Heston.kappa" */
    struct oc_err *err;
};

int oc_ocsvalue_wrong(const struct oc_ocsplace *p, const char *what);
/* The same place one level down. */
struct oc_ocsplace oc_ocsvalue_below(const struct oc_ocsplace *p, const char *name);
/* There is no such field; the nearest of n names. */
int oc_ocsvalue_unknown(const struct oc_ocsplace *p, const char *name, size_t n, const char *const names[]);

/* A number, or a text that is one. */
int oc_ocsvalue_number(const struct oc_ocsplace *p, const json_t *v, double *out);
/* A whole number from 0 to 2^64 - 1; above 2^63 - 1 as text. */
int oc_ocsvalue_count(const struct oc_ocsplace *p, const json_t *v, uint64_t *out);
/* A word without blanks, below size bytes. */
int oc_ocsvalue_text(const struct oc_ocsplace *p, const json_t *v, char *out, size_t size);
/* "Day", or {"Custom": periods a year}. */
int oc_ocsvalue_frame(const struct oc_ocsplace *p, const json_t *v, double *periods);
/* RFC 3339 with an offset, into p->r->start_at. */
int oc_ocsvalue_instant(const struct oc_ocsplace *p, const json_t *v);
/* HH:MM or HH:MM:SS, into p->r->expiration_time. */
int oc_ocsvalue_clock(const struct oc_ocsplace *p, const json_t *v);

#endif
