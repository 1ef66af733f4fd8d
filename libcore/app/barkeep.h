/*
 * barkeep - the state of a run as text, written and read by the same calls, so that neither can forget a field.
 *
 *     oc-bars state 2
 *     NAME VALUE              one line a field, in a fixed order; doubles as shortest text, wide numbers in hexadecimal
 *     ...
 *     sha256 HEX              of all bytes before this line
 *
 * Reading checks version, digest and every name: a file that was cut, changed or made by other code is refused.
 */
#ifndef OC_APP_BARKEEP_H
#define OC_APP_BARKEEP_H

#include "base/buf.h"
#include "base/err.h"
#include "base/wide.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct oc_barkeep {
    bool reading;
    struct oc_buf text;         /* written so far, or the whole file */
    size_t at;                  /* reading: place in it */
    size_t end;                 /* reading: of what the digest covers */
    bool bad;                   /* reading: something was not as it should be */
    char why[120];
};

int oc_barkeep_load(struct oc_barkeep *k, const char *path, struct oc_err *err);
/* The same of bytes in memory, which are copied; path is for messages. */
int oc_barkeep_read(struct oc_barkeep *k, const char *path, const void *bytes, size_t n, struct oc_err *err);
/* Whole or not at all. */
int oc_barkeep_save(struct oc_barkeep *k, const char *path, struct oc_err *err);
void oc_barkeep_begin(struct oc_barkeep *k);
void oc_barkeep_free(struct oc_barkeep *k);

/* Reading: a value that was read cannot be.  Else nothing. */
void oc_barkeep_doubt(struct oc_barkeep *k, const char *name, bool impossible);
void oc_barkeep_i64(struct oc_barkeep *k, const char *name, int64_t *v);
void oc_barkeep_int(struct oc_barkeep *k, const char *name, int *v);
void oc_barkeep_i8(struct oc_barkeep *k, const char *name, int8_t *v);
void oc_barkeep_bool(struct oc_barkeep *k, const char *name, bool *v);
void oc_barkeep_f64(struct oc_barkeep *k, const char *name, double *v);
void oc_barkeep_i128(struct oc_barkeep *k, const char *name, __int128 *v);
void oc_barkeep_wide(struct oc_barkeep *k, const char *name, struct oc_wide *v);
/* A text of the run: written; read, it is compared, and a difference is told as "NAME was X and is Y". */
void oc_barkeep_same(struct oc_barkeep *k, const char *name, const char *text);
/* A text to remember: *len bytes; reading it points into k->text. */
void oc_barkeep_text(struct oc_barkeep *k, const char *name, const char **text, size_t *len);

#endif
