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

/*
 * A source whose bytes come from elsewhere (a member of an archive): read as oc_source_read.  What they are is told by the first
 * ones as in a file.  ctx is taken, also on error.
 */
struct oc_source_pull {
    ptrdiff_t (*read)(void *ctx, void *p, size_t cap, struct oc_err *err);
    void (*close)(void *ctx);
};
struct oc_source *oc_source_from(const char *name, const struct oc_source_pull *pull, void *ctx, size_t max_window,
                                 struct oc_err *err);

/*
 * A source whose bytes are made of another's: a document or a foreign table becomes CSV on its way (oc_work.translate).
 * read and idle are as above, of what is made.  place, where there is one, takes a line of what is made to the line of the
 * file that it came from, and *column to the column (left alone: as it is); passed says that no line before this one is asked
 * for any more.  Both are called by another thread than read may be: a state that both touch wants a lock.
 */
struct oc_source_via {
    const char *format;         /* of what is made; NULL: told by its first bytes */
    ptrdiff_t (*read)(void *state, struct oc_source *from, void *p, size_t cap, struct oc_err *err);
    bool (*idle)(void *state, struct oc_source *from);                  /* NULL: when `from` is */
    uint64_t (*place)(void *state, uint64_t line, unsigned *column);    /* NULL: the same line */
    void (*passed)(void *state, uint64_t line);                         /* NULL: nobody keeps lines */
    void (*close)(void *state);                                         /* NULL: nothing to free */
};
/* Takes `from` and state over, also when it fails (NULL, OC_MEMORY).  Name, size and bytes taken are those of `from`. */
struct oc_source *oc_source_wrap(struct oc_source *from, const struct oc_source_via *via, void *state, struct oc_err *err);
uint64_t oc_source_place(const struct oc_source *s, uint64_t line, unsigned *column);
/* Of what a translated source makes; NULL: not known. */
const char *oc_source_format(const struct oc_source *s);
void oc_source_passed(const struct oc_source *s, uint64_t line);
/* fn sees all bytes that are read from this source: the digest of a file that is translated. */
void oc_source_watch(struct oc_source *s, void (*fn)(void *ctx, const void *p, size_t n), void *ctx);

#endif
