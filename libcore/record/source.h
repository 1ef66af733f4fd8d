/*
 * source - bytes from a file or pipe, decompressed where the first bytes say so (zstd, gzip).
 *
 * Recognition is by content, on stdin as on files.  UTF-16 and binary that is not ours are refused by name by
 * whoever reads the first bytes; source only undoes compression.  A cut zstd or gzip stream is OC_TRUNCATED.
 */
#ifndef OC_RECORD_SOURCE_H
#define OC_RECORD_SOURCE_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct oc_source;

/* path NULL or "-": stdin.  max_window: zstd window above which a frame is refused (8 MiB by default). */
struct oc_source *oc_source_open(const char *path, size_t max_window, struct oc_err *err);
/*
 * Up to cap bytes into p: > 0 read, 0 end, -1 error.  Blocks only when nothing at all is there.  Concatenated
 * frames and members are read through.
 */
ptrdiff_t oc_source_read(struct oc_source *s, void *p, size_t cap, struct oc_err *err);
/* Would the next read block?  (A pipe or terminal with nothing in it, and nothing decompressed waiting.) */
bool oc_source_idle(struct oc_source *s);
/* Size in bytes of the (compressed) input when it is a regular file, else 0; and how many were taken so far. */
uint64_t oc_source_size(const struct oc_source *s);
uint64_t oc_source_taken(const struct oc_source *s);
const char *oc_source_name(const struct oc_source *s);      /* for messages: the path, or "stdin" */
bool oc_source_compressed(const struct oc_source *s);       /* known after the first read */
void oc_source_close(struct oc_source *s);

#endif
