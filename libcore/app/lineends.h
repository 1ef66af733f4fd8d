/*
 * lineends - a line that ends in several carriage returns and a line feed ends in one on its way to the reader.
 *
 * CR CR LF is what a file with CR LF becomes when a program that takes LF for the line end writes it again: whole files of
 * vendors are so.  2 to 8 returns right before a line feed become one, in a quoted cell too; any other byte stays.
 */
#ifndef OC_APP_LINEENDS_H
#define OC_APP_LINEENDS_H

#include "record/source.h"

/* A source that does so in place of *src; on error *src is closed and NULL. */
int oc_lineends_mend(struct oc_source **src, struct oc_err *err);

#endif
