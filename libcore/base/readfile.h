/* readfile - a whole file, or the standard input, as one text in memory. */
#ifndef OC_BASE_READFILE_H
#define OC_BASE_READFILE_H

#include "base/buf.h"
#include "base/err.h"

#include <stddef.h>

/* Append the bytes of a file to out.  OC_IO if it cannot be opened or read, OC_LIMIT if it has more than `most` bytes. */
int oc_readfile(const char *path, size_t most, struct oc_buf *out, struct oc_err *err);
/* The same of an input as the command line names it: NULL and "-" are the standard input. */
int oc_readfile_input(const char *path, size_t most, struct oc_buf *out, struct oc_err *err);

#endif
