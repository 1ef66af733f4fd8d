/*
 * follow - see follow.h.  inotify tells when something happens to the file; a poll of 100 ms stands behind it, for file systems
 * that tell nothing.
 */
#include "app/follow.h"

#include "app/ingesthead.h"
#include "cli/say.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/stat.h>
#include <unistd.h>

/* A tick is in milliseconds; so many pass before a file that is gone is given up. */
enum { CHUNK = 256 * 1024, LONGEST = 16 << 20, TICK = 100, PATIENCE = 5 };

struct follow {
    const struct oc_preset *p;      /* NULL: the first line is the header */
    const char *path;
    int fd, watch;
    off_t at;                       /* bytes read of the file that is open */
    char *buf;                      /* buf[pos .. ready): whole lines; buf[ready .. n): the beginning of one */
    size_t pos, ready, n, cap;
    char *header;                   /* its header line, when it has been seen */
    size_t nheader;
    bool first;                     /* the header has not been seen yet */
    bool skip;                      /* in a file that took its place: lines up to its header are left out */
    bool ended;
};

static volatile sig_atomic_t stopped;

static void on_signal(int sig)
{
    (void)sig;
    stopped = 1;
}

static int no_memory(struct oc_err *err) { return oc_fail(err, OC_MEMORY, "no memory to follow a file"); }

/* ---- its header -------------------------------------------------------------------------------------------------- */

static bool has_header(const struct follow *f) { return !f->p || f->p->header.n > 0; }

static bool is_header(const struct follow *f, const char *line, const char *end)
{
    return f->p ? oc_ingesthead_is(f->p, line, end) : end > line;
}

/* The first header line among whole lines: remembered, or held against the one that was. */
static int find_header(struct follow *f, struct oc_err *err)
{
    for (size_t at = f->pos; at < f->ready;) {
        const char *line = f->buf + at, *lf = memchr(line, '\n', f->ready - at);
        const size_t n = (size_t)(lf - line), bare = n - (n && line[n - 1] == '\r');
        at += n + 1;
        if (!is_header(f, line, line + bare)) {
            f->pos = f->skip ? at : f->pos;
            continue;
        }
        if (f->skip) {
            f->skip = false;
            f->pos = at;
            return f->nheader == bare && memcmp(f->header, line, bare) == 0
                       ? 0 : oc_fail(err, OC_FORMAT, "the file that took its place has another header");
        }
        f->first = false;
        f->header = malloc(bare + 1);
        if (!f->header)
            return no_memory(err);
        memcpy(f->header, line, f->nheader = bare);
        return 0;
    }
    return 0;
}

/* ---- bytes ------------------------------------------------------------------------------------------------------ */

/* What there is to read now: > 0, 0 nothing, -1. */
static ptrdiff_t fill(struct follow *f, struct oc_err *err)
{
    if (f->pos) {
        memmove(f->buf, f->buf + f->pos, f->n - f->pos);
        f->n -= f->pos;
        f->ready -= f->pos;
        f->pos = 0;
    }
    if (f->cap - f->n < CHUNK) {
        if (f->cap >= LONGEST)
            return oc_fail(err, OC_LIMIT, "a line is longer than %d bytes", LONGEST);
        char *p = realloc(f->buf, f->cap + CHUNK + f->n);
        if (!p)
            return no_memory(err);
        f->buf = p;
        f->cap += CHUNK + f->n;
    }
    const ssize_t got = read(f->fd, f->buf + f->n, CHUNK);
    if (got < 0)
        return errno == EINTR ? 0 : oc_fail_errno(err, OC_IO, "cannot be read");
    f->at += got;
    const char *lf = got ? memrchr(f->buf + f->n, '\n', (size_t)got) : NULL;
    f->n += (size_t)got;
    if (lf)
        f->ready = (size_t)(lf - f->buf) + 1;
    if (lf && (f->first || f->skip) && has_header(f) && find_header(f, err))
        return -1;
    return got;
}

static void drop_rest(struct follow *f)
{
    if (f->n > f->ready)
        oc_say(OC_WARNING, "%s: its last line has no end and is left out (%zu bytes)", f->path, f->n - f->ready);
    f->n = f->ready;
}

/* ---- what becomes of the file ------------------------------------------------------------------------------------- */

static void watch(struct follow *f)
{
    if (f->watch >= 0)
        (void)inotify_add_watch(f->watch, f->path, IN_MODIFY | IN_ATTRIB | IN_MOVE_SELF | IN_DELETE_SELF);
}

static void wait_a_tick(const struct follow *f)
{
    struct pollfd p = { .fd = f->watch, .events = POLLIN };
    char events[4096];

    if (poll(&p, 1, TICK) > 0 && read(f->watch, events, sizeof events) < 0)
        return;
}

/* From the beginning of fd, which is another file, or the old one cut back. */
static void begin_again(struct follow *f, int fd, const char *why)
{
    drop_rest(f);
    oc_say(OC_NOTE, "%s: %s, read from its beginning", f->path, why);
    if (fd != f->fd) {
        close(f->fd);
        f->fd = fd;
        watch(f);
    } else {
        (void)lseek(fd, 0, SEEK_SET);
    }
    f->at = 0;
    f->skip = has_header(f) && !f->first;
}

/* A head that says something of the records holds for one file only. */
static bool one_file(const struct oc_preset *p)
{
    for (size_t i = 0; p && i < p->n; i++)
        if (p->column[i].source == OC_FROM_HEAD)
            return true;
    return false;
}

/* The file of that name, when it is another one by now; -1: none, or still the same. */
static int other_file(const struct follow *f, const struct stat *own)
{
    struct stat st;
    const int fd = open(f->path, O_RDONLY | O_CLOEXEC);

    if (fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && (st.st_ino != own->st_ino || st.st_dev != own->st_dev))
        return fd;
    if (fd >= 0)
        close(fd);
    return -1;
}

/* Nothing more is there now: is the file cut back, gone, another one?  true: the source goes on. */
static bool look_around(struct follow *f, unsigned *patience)
{
    struct stat own, named;

    if (stopped || fstat(f->fd, &own))
        return false;
    if (own.st_size < f->at) {
        begin_again(f, f->fd, "cut back");
        return !one_file(f->p);
    }
    const bool there = stat(f->path, &named) == 0;
    if (there && named.st_ino == own.st_ino && named.st_dev == own.st_dev)
        return true;
    const int fd = one_file(f->p) ? -1 : other_file(f, &own);
    if (fd >= 0) {
        begin_again(f, fd, "replaced");
        return true;
    }
    if (one_file(f->p) || ++*patience > PATIENCE) {
        oc_say(OC_WARNING, "%s: %s: the end", f->path, there ? "replaced" : "renamed or removed");
        return false;
    }
    return true;
}

/* ---- the source ------------------------------------------------------------------------------------------------- */

static ptrdiff_t give(struct follow *f, void *p, size_t cap)
{
    const size_t k = f->ready - f->pos < cap ? f->ready - f->pos : cap;

    memcpy(p, f->buf + f->pos, k);
    f->pos += k;
    return (ptrdiff_t)k;
}

static ptrdiff_t follow_read(void *state, struct oc_source *from, void *p, size_t cap, struct oc_err *err)
{
    struct follow *f = state;
    unsigned patience = 0;

    (void)from;
    while (f->pos == f->ready && !f->ended) {
        const ptrdiff_t n = fill(f, err);
        if (n < 0)
            return oc_at(err, f->path, 0, 0);
        if (n > 0 || f->pos < f->ready)
            continue;
        if (!look_around(f, &patience)) {
            drop_rest(f);
            f->ended = true;
        } else {
            wait_a_tick(f);
        }
    }
    return give(f, p, cap);
}

static bool follow_idle(void *state, struct oc_source *from)
{
    struct follow *f = state;
    struct oc_err later;

    (void)from;
    if (f->pos == f->ready && !f->ended && !stopped && fill(f, &later) < 0)
        return false;               /* the next read tells */
    return f->pos == f->ready && !f->ended;
}

static void follow_close(void *state)
{
    struct follow *f = state;

    if (f->fd >= 0)
        close(f->fd);
    if (f->watch >= 0)
        close(f->watch);
    free(f->buf);
    free(f->header);
    free(f);
}

static const struct oc_source_via following = { .read = follow_read, .idle = follow_idle, .close = follow_close };

/* Compressed bytes grow by frames, which nobody appends by lines. */
static bool is_packed(int fd)
{
    unsigned char b[4] = { 0 };

    return pread(fd, b, sizeof b, 0) >= 2 && ((b[0] == 0x1f && b[1] == 0x8b) || (b[0] == 0x28 && b[1] == 0xb5) || (b[0] == 'P' && b[1] == 'K' && b[2] == 3));
}

int oc_follow_wrap(struct oc_source **src, const struct oc_preset *p, struct oc_err *err)
{
    struct follow *f = calloc(1, sizeof *f);
    struct stat st;

    if (!f)
        return no_memory(err);
    *f = (struct follow){ .p = p, .path = oc_source_name(*src), .fd = -1, .first = true };
    f->watch = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    f->fd = open(f->path, O_RDONLY | O_CLOEXEC);
    int rc = f->fd < 0 || fstat(f->fd, &st) ? oc_fail_errno(err, OC_IO, "cannot be opened") : 0;
    if (rc == 0 && !S_ISREG(st.st_mode))
        rc = oc_fail(err, OC_USAGE, "--follow is of files: a pipe is followed anyway");
    else if (rc == 0 && is_packed(f->fd))
        rc = oc_fail(err, OC_USAGE, "--follow: a compressed file does not grow by lines");
    if (rc) {
        oc_at(err, f->path, 0, 0);
        follow_close(f);
        return -1;
    }
    watch(f);
    struct sigaction act = { .sa_handler = on_signal };
    sigemptyset(&act.sa_mask);
    if (sigaction(SIGINT, &act, NULL) || sigaction(SIGTERM, &act, NULL)) {
        follow_close(f);
        return oc_fail_errno(err, OC_INTERNAL, "sigaction");
    }
    struct oc_source *via = oc_source_wrap(*src, &following, f, err);
    *src = via;
    return via ? 0 : -1;
}
