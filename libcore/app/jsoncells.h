/*
 * jsoncells - the cells of one record, or of one object around records, while a JSON document is read.
 *
 * Cell i is column i of what is asked for.  Those of objects are kept in a scratch file between the two passes over a
 * document.
 */
#ifndef OC_APP_JSONCELLS_H
#define OC_APP_JSONCELLS_H

#include "app/jsonpath.h"
#include "base/buf.h"
#include "record/translate.h"

#include <stdio.h>

/* text[at .. at + n) of its buffer, by the rank-th name of the column; met: names that were there, null or not. */
struct oc_jsoncell { size_t at, n; unsigned rank; bool set; uint64_t met; };
struct oc_jsoncells { struct oc_jsoncell *cell; struct oc_buf text; };

void oc_jsoncells_clear(struct oc_jsoncells *c, size_t n);
/* A value for the column of u; the lower rank stays.  A name that is there twice is refused. */
int oc_jsoncells_set(struct oc_jsoncells *to, const struct oc_translate_how *how, const struct oc_jsonuse *u, const char *s,
                     size_t n, bool null, struct oc_err *err);
/* Append the n cells to a scratch file, which is made where there is none; read the next n into cleared ones. */
int oc_jsoncells_write(const struct oc_jsoncells *c, size_t n, FILE **scratch, struct oc_err *err);
int oc_jsoncells_read(struct oc_jsoncells *c, size_t n, FILE *scratch, struct oc_err *err);

#endif
