/* slurp - see slurp.h. */
#include "app/slurp.h"

#include "record/runstats.h"
#include "record/source.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* Up to `most` bytes: 0 that was all, 1 there is more, -1. */
static int fill(const char *path, size_t window, size_t most, struct oc_buf *out, struct oc_err *err)
{
    enum { PIECE = 1 << 16 };
    struct oc_source *s = oc_source_open(path, window, err);
    ptrdiff_t got = s ? 1 : -1;
    size_t n = 0;

    while (got > 0 && n <= most) {
        if (oc_buf_room(out, PIECE)) {
            oc_fail(err, OC_MEMORY, "no memory for %s", path);
            got = -1;
            break;
        }
        got = oc_source_read(s, out->p + out->n, PIECE, err);
        out->n += got > 0 ? (size_t)got : 0;
        n += got > 0 ? (size_t)got : 0;
    }
    oc_source_close(s);
    return got < 0 ? -1 : got > 0;
}

static size_t window_of(const struct oc_io *io) { return io->max_window ? io->max_window : (size_t)8 << 20; }

static int digest(const char *path, struct oc_io *io, const struct oc_buf *b, size_t from, struct oc_err *err)
{
    struct oc_tally *t = oc_run_digests(io) ? calloc(1, sizeof *t) : NULL;

    if (!oc_run_digests(io))
        return 0;
    if (!t)
        return oc_fail(err, OC_MEMORY, "no memory for a digest");
    snprintf(t->name, sizeof t->name, "%s", strcmp(path, "-") == 0 ? "stdin" : path);
    oc_sha256_init(&t->sha);
    oc_tally_add(t, b->p + from, b->n - from);
    oc_each_digest(io, t);
    return 0;
}

int oc_slurp(const char *path, struct oc_io *io, size_t most, struct oc_buf *out, struct oc_err *err)
{
    const size_t from = out->n;
    const int rc = fill(path, window_of(io), most, out, err);

    if (rc < 0)
        return -1;
    if (rc > 0 || out->n - from > most) {
        oc_fail(err, OC_LIMIT, "the file is larger than %zu bytes", most);
        return oc_at(err, path, 0, 0);
    }
    return digest(path, io, out, from, err);
}

int oc_slurp_head(const char *path, const struct oc_io *io, size_t most, struct oc_buf *out, struct oc_err *err)
{
    struct stat st;

    if (strcmp(path, "-") == 0 || (stat(path, &st) == 0 && !S_ISREG(st.st_mode)))
        return 0;
    return fill(path, window_of(io), most, out, err) < 0 ? -1 : 1;
}
