/*
 * source - see source.h.  Plain bytes go from read() straight to the caller; compressed ones pass through one input
 * buffer and the decoder's window.  All that is known of the format is its magic number: what a decoder refuses, or
 * what it still waits for when the input ends, is the error.
 */
#include "record/source.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>
#include <zstd_errors.h>

enum { CHUNK = 64 * 1024, PIPE = 1 << 20 };

enum coding { UNKNOWN, PLAIN, ZSTD, GZIP };

struct oc_source {
    int fd;
    bool owned;                 /* close it: not stdin */
    char *name;
    enum coding coding;
    uint64_t size, taken;
    unsigned char *in;          /* CHUNK bytes: compressed input, or the first bytes before the coding is known */
    size_t pos, n;
    bool eof;                   /* read() has returned 0 */
    bool inside;                /* a frame or member is begun and not ended */
    bool full;                  /* the decoder filled the caller's room: it may hold more */
    size_t max_window;
    ZSTD_DCtx *zstd;
    z_stream gzip;
    bool gzip_ready;
    const struct oc_source_pull *pull;      /* in place of fd */
    void *pulled;
    struct oc_source *from;     /* of a wrapped source; all above is unused then */
    const struct oc_source_via *via;
    void *state;
    void (*watch)(void *ctx, const void *p, size_t n);
    void *watch_ctx;
};

/* The error that is there is about this file. */
static int named(const struct oc_source *s, struct oc_err *err) { return oc_at(err, s->name, 0, 0); }

/* ---- bytes of the file ------------------------------------------------------------------------------------- */

static void wait_readable(int fd)
{
    struct pollfd p = { .fd = fd, .events = POLLIN };

    (void)poll(&p, 1, -1);      /* an error shows at the next read */
}

static ptrdiff_t read_pulled(struct oc_source *s, void *p, size_t cap, struct oc_err *err)
{
    const ptrdiff_t n = s->pull->read(s->pulled, p, cap, err);

    s->eof = n == 0;
    if (n > 0)
        __atomic_fetch_add(&s->taken, (uint64_t)n, __ATOMIC_RELAXED);
    return n < 0 ? named(s, err) : n;
}

static ptrdiff_t read_fd(struct oc_source *s, void *p, size_t cap, struct oc_err *err)
{
    if (s->pull)
        return read_pulled(s, p, cap, err);
    for (;;) {
        const ssize_t n = read(s->fd, p, cap);
        if (n >= 0) {
            s->eof = n == 0;
            /* others ask for it while the reader goes on */
            __atomic_fetch_add(&s->taken, (uint64_t)n, __ATOMIC_RELAXED);
            return n;
        }
        if (errno == EAGAIN)            /* somebody made the descriptor non-blocking */
            wait_readable(s->fd);
        else if (errno != EINTR)
            break;
    }
    oc_fail_errno(err, OC_IO, "cannot be read");
    return named(s, err);
}

/* More compressed input behind what is left of it.  0 at the end, -1 on error. */
static ptrdiff_t fill(struct oc_source *s, struct oc_err *err)
{
    if (s->pos == s->n)
        s->pos = s->n = 0;
    if (s->n == CHUNK) {
        memmove(s->in, s->in + s->pos, s->n - s->pos);
        s->n -= s->pos;
        s->pos = 0;
    }
    const ptrdiff_t k = read_fd(s, s->in + s->n, CHUNK - s->n, err);
    if (k > 0)
        s->n += (size_t)k;
    return k;
}

/* ---- recognition ------------------------------------------------------------------------------------------- */

static bool begins(const struct oc_source *s, const char *magic, size_t n)
{
    return memcmp(s->in, magic, s->n < n ? s->n : n) == 0;
}

/* Reads only while what is there could still be a magic number. */
static int recognise(struct oc_source *s, struct oc_err *err)
{
    for (;;) {
        const bool zstd = begins(s, "\x28\xb5\x2f\xfd", 4), gzip = begins(s, "\x1f\x8b", 2);
        /* a skippable frame in front, as pzstd writes it */
        const bool skip = s->n >= 1 && (s->in[0] & 0xf0) == 0x50 && (s->n < 2 || memcmp(s->in + 1, "\x2a\x4d\x18",
                                                                     s->n < 4 ? s->n - 1 : 3) == 0);
        if (s->n && !zstd && !gzip && !skip) {
            s->coding = PLAIN;
            return 0;
        }
        if ((zstd || skip) && s->n >= 4) {
            s->coding = ZSTD;
            return 0;
        }
        if (gzip && s->n >= 2) {
            s->coding = GZIP;
            return 0;
        }
        const ptrdiff_t k = fill(s, err);
        if (k < 0)
            return -1;
        if (k == 0) {
            s->coding = PLAIN;
            return 0;
        }
    }
}

/* ---- decoders ---------------------------------------------------------------------------------------------- */

static int truncated(const struct oc_source *s, const char *what, struct oc_err *err)
{
    oc_fail(err, OC_TRUNCATED, "the file is cut: its %s stream has no end", what);
    return named(s, err);
}

static int no_memory(const struct oc_source *s, struct oc_err *err)
{
    oc_fail(err, OC_MEMORY, "no memory to decompress");
    return named(s, err);
}

static int zstd_ready(struct oc_source *s, struct oc_err *err)
{
    if (s->zstd)
        return 0;
    s->zstd = ZSTD_createDCtx();
    if (!s->zstd)
        return no_memory(s, err);
    int log = 10;                       /* the least that zstd knows */
    while (log < 31 && (size_t)1 << (log + 1) <= s->max_window)
        log++;
    const size_t rc = ZSTD_DCtx_setParameter(s->zstd, ZSTD_d_windowLogMax, log);
    if (ZSTD_isError(rc))
        return oc_fail(err, OC_INTERNAL, "zstd: %s", ZSTD_getErrorName(rc));
    return 0;
}

static int zstd_refused(const struct oc_source *s, size_t rc, struct oc_err *err)
{
    switch (ZSTD_getErrorCode(rc)) {
    case ZSTD_error_frameParameter_windowTooLarge:
        oc_fail(err, OC_LIMIT, "needs a zstd window above --max-window (%zu bytes)", s->max_window);
        break;
    case ZSTD_error_memory_allocation: return no_memory(s, err);
    case ZSTD_error_prefix_unknown:
        oc_fail(err, OC_FORMAT, "there is something else behind the zstd stream");
        break;
    default: oc_fail(err, OC_FORMAT, "damaged zstd stream: %s", ZSTD_getErrorName(rc)); break;
    }
    return named(s, err);
}

static ptrdiff_t read_zstd(struct oc_source *s, void *p, size_t cap, struct oc_err *err)
{
    ZSTD_outBuffer out = { p, cap, 0 };

    if (zstd_ready(s, err))
        return -1;
    for (;;) {
        if (s->pos == s->n && !s->full) {
            if (s->eof || fill(s, err) <= 0)
                return s->eof ? (s->inside ? truncated(s, "zstd", err) : 0) : -1;
        }
        ZSTD_inBuffer in = { s->in, s->n, s->pos };
        const size_t rc = ZSTD_decompressStream(s->zstd, &out, &in);
        if (ZSTD_isError(rc))
            return zstd_refused(s, rc, err);
        /* a call that took and gave nothing, between frames, begins none: rc is then the size of a header */
        if (in.pos != s->pos || out.pos)
            s->inside = rc != 0;
        s->pos = in.pos;
        s->full = out.pos == out.size && rc != 0;
        if (out.pos)
            return (ptrdiff_t)out.pos;
    }
}

static int gzip_refused(const struct oc_source *s, enum oc_code code, const char *why, struct oc_err *err)
{
    oc_fail(err, code, "gzip: %s", why);
    return named(s, err);
}

static ptrdiff_t read_gzip(struct oc_source *s, void *p, size_t cap, struct oc_err *err)
{
    z_stream *z = &s->gzip;

    if (!s->gzip_ready && inflateInit2(z, 15 + 16) != Z_OK)
        return no_memory(s, err);
    s->gzip_ready = true;
    z->next_out = p;
    z->avail_out = cap < (1U << 30) ? (uInt)cap : 1U << 30;
    const uInt room = z->avail_out;
    for (;;) {
        if (s->pos == s->n && !s->full) {
            if (s->eof || fill(s, err) <= 0)
                return s->eof ? (s->inside ? truncated(s, "gzip", err) : 0) : -1;
        }
        if (!s->inside) {               /* a member begins: both bytes of its magic number decide */
            if (s->n - s->pos < 2 && !s->eof && fill(s, err) < 0)
                return -1;
            if (s->in[s->pos] != 0x1f || (s->n - s->pos > 1 && s->in[s->pos + 1] != 0x8b))
                return gzip_refused(s, OC_FORMAT, "there is something else behind the gzip stream", err);
            s->inside = true;
        }
        z->next_in = s->in + s->pos;
        z->avail_in = (uInt)(s->n - s->pos);
        const int rc = inflate(z, Z_NO_FLUSH);
        s->pos = s->n - z->avail_in;
        if (rc == Z_STREAM_END) {
            s->inside = false;
            if (inflateReset(z) != Z_OK)
                return gzip_refused(s, OC_INTERNAL, "zlib cannot begin the next member", err);
        } else if (rc == Z_MEM_ERROR) {
            return no_memory(s, err);
        } else if (rc != Z_OK && rc != Z_BUF_ERROR) {
            return gzip_refused(s, OC_FORMAT, z->msg ? z->msg : "damaged gzip stream", err);
        }
        s->full = z->avail_out == 0 && s->inside;
        if (z->avail_out < room)
            return (ptrdiff_t)(room - z->avail_out);
    }
}

/* ---- interface --------------------------------------------------------------------------------------------- */

struct oc_source *oc_source_open(const char *path, size_t max_window, struct oc_err *err)
{
    struct oc_source *s = calloc(1, sizeof *s);
    struct stat st;

    if (path && strcmp(path, "-") == 0)
        path = NULL;
    if (s)
        s->fd = -1;
    if (!s || !(s->name = strdup(path ? path : "stdin")) || !(s->in = malloc(CHUNK))) {
        oc_fail(err, OC_MEMORY, "no memory to open %s", path ? path : "stdin");
        oc_source_close(s);
        return NULL;
    }
    s->max_window = max_window;
    s->owned = path != NULL;
    s->fd = path ? open(path, O_RDONLY | O_CLOEXEC) : STDIN_FILENO;
    if (s->fd < 0 || fstat(s->fd, &st)) {
        oc_fail_errno(err, OC_IO, "cannot be opened");
        goto fail;
    }
    if (S_ISDIR(st.st_mode)) {
        oc_fail(err, OC_IO, "is a directory");
        goto fail;
    }
    s->size = S_ISREG(st.st_mode) && st.st_size > 0 ? (uint64_t)st.st_size : 0;
    if (S_ISFIFO(st.st_mode))
        (void)fcntl(s->fd, F_SETPIPE_SZ, PIPE);     /* only faster: refused above a user's quota, no matter */
    return s;
fail:
    named(s, err);
    oc_source_close(s);
    return NULL;
}

struct oc_source *oc_source_from(const char *name, const struct oc_source_pull *pull, void *ctx, size_t max_window,
                                 struct oc_err *err)
{
    struct oc_source *s = calloc(1, sizeof *s);

    if (!s || !(s->name = strdup(name)) || !(s->in = malloc(CHUNK))) {
        oc_fail(err, OC_MEMORY, "no memory to open %s", name);
        if (s)
            s->fd = -1;
        oc_source_close(s);
        pull->close(ctx);
        return NULL;
    }
    s->fd = -1;
    s->max_window = max_window;
    s->pull = pull;
    s->pulled = ctx;
    return s;
}

static ptrdiff_t read_any(struct oc_source *s, void *p, size_t cap, struct oc_err *err)
{
    if (s->via)
        return s->via->read(s->state, s->from, p, cap, err);
    if (s->coding == UNKNOWN && recognise(s, err))
        return -1;
    if (s->coding == ZSTD)
        return read_zstd(s, p, cap, err);
    if (s->coding == GZIP)
        return read_gzip(s, p, cap, err);
    if (s->pos < s->n) {                            /* the first bytes */
        const size_t k = s->n - s->pos < cap ? s->n - s->pos : cap;
        memcpy(p, s->in + s->pos, k);
        s->pos += k;
        return (ptrdiff_t)k;
    }
    return s->eof ? 0 : read_fd(s, p, cap, err);
}

ptrdiff_t oc_source_read(struct oc_source *s, void *p, size_t cap, struct oc_err *err)
{
    const ptrdiff_t n = cap ? read_any(s, p, cap, err) : 0;

    if (n > 0 && s->watch)
        s->watch(s->watch_ctx, p, (size_t)n);
    return n;
}

bool oc_source_idle(struct oc_source *s)
{
    struct pollfd p = { .fd = s->fd, .events = POLLIN };

    if (s->via)
        return s->via->idle ? s->via->idle(s->state, s->from) : oc_source_idle(s->from);
    if (s->size || s->eof || s->pos < s->n || s->full || s->pull)
        return false;
    return poll(&p, 1, 0) == 0;
}

struct oc_source *oc_source_wrap(struct oc_source *from, const struct oc_source_via *via, void *state, struct oc_err *err)
{
    struct oc_source *s = calloc(1, sizeof *s);

    if (!s) {
        oc_fail(err, OC_MEMORY, "no memory to open %s", from->name);
        if (via->close)
            via->close(state);
        oc_source_close(from);
        return NULL;
    }
    *s = (struct oc_source){ .fd = -1, .from = from, .via = via, .state = state };
    return s;
}

uint64_t oc_source_place(const struct oc_source *s, uint64_t line, unsigned *column)
{
    return s && s->via && s->via->place ? s->via->place(s->state, line, column) : line;
}

const char *oc_source_format(const struct oc_source *s) { return s->via ? s->via->format : NULL; }

void oc_source_passed(const struct oc_source *s, uint64_t line)
{
    if (s && s->via && s->via->passed)
        s->via->passed(s->state, line);
}

void oc_source_watch(struct oc_source *s, void (*fn)(void *ctx, const void *p, size_t n), void *ctx)
{
    s->watch = fn;
    s->watch_ctx = ctx;
}

/* The source that has a file. */
static const struct oc_source *file_of(const struct oc_source *s)
{
    while (s && s->via)
        s = s->from;
    return s;
}

uint64_t oc_source_size(const struct oc_source *s) { return file_of(s)->size; }
uint64_t oc_source_taken(const struct oc_source *s)
{
    s = file_of(s);
    return s ? __atomic_load_n(&s->taken, __ATOMIC_RELAXED) : 0;
}

const char *oc_source_name(const struct oc_source *s) { return s ? file_of(s)->name : NULL; }

bool oc_source_compressed(const struct oc_source *s)
{
    s = file_of(s);
    return s->coding == ZSTD || s->coding == GZIP;
}

void oc_source_close(struct oc_source *s)
{
    if (!s)
        return;
    if (s->via && s->via->close)
        s->via->close(s->state);
    oc_source_close(s->from);
    if (s->owned && s->fd >= 0)
        close(s->fd);
    if (s->pull)
        s->pull->close(s->pulled);
    if (s->gzip_ready)
        inflateEnd(&s->gzip);
    ZSTD_freeDCtx(s->zstd);
    free(s->in);
    free(s->name);
    free(s);
}
