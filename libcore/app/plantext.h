/*
 * plantext - the text of what a simulation's figures depend on, and the id of the run that is made from it.
 *
 * Numbers are written so that they read back to the same bits; one that is missing has no digits.
 */
#ifndef OC_APP_PLANTEXT_H
#define OC_APP_PLANTEXT_H

#include "base/buf.h"
#include "base/err.h"

#include <stddef.h>
#include <stdint.h>

enum { OC_PLANTEXT_RUN = 13 };          /* 12 hexadecimal digits and a NUL */

/* " name=value" each */
void oc_plantext_number(struct oc_buf *out, const char *name, double v);
void oc_plantext_integer(struct oc_buf *out, const char *name, int64_t v);
void oc_plantext_numbers(struct oc_buf *out, const char *name, size_t n, const double *v);
/* The first 12 hexadecimal digits of the SHA-256 of the text, which is freed.  OC_MEMORY where it was not written whole. */
int oc_plantext_run(struct oc_buf *text, char run[OC_PLANTEXT_RUN], struct oc_err *err);

#endif
