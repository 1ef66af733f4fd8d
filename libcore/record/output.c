/*
 * output - see output.h.  A regular file is written under a temporary name in its own folder and renamed when all
 * is on disk; a run that fails, or is killed by a signal that can be caught, leaves nothing behind.
 */
#include "record/output.h"

#include "record/runstats.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

/* Temporary files of this process, for the signal handler; a program has few outputs. */
enum { NTEMP = 8 };
static char *volatile temps[NTEMP];

static void on_signal(int sig)
{
    for (int i = 0; i < NTEMP; i++)
        if (temps[i])
            unlink(temps[i]);
    signal(sig, SIG_DFL);
    raise(sig);
}

static void guard(struct oc_output *o)
{
    static const int sigs[] = { SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGPIPE };

    o->slot = -1;
    for (int i = 0; i < NTEMP; i++)
        if (!temps[i]) {
            temps[i] = o->temp;
            o->slot = i;
            break;
        }
    for (size_t i = 0; i < sizeof sigs / sizeof *sigs; i++) {
        struct sigaction old;
        if (sigaction(sigs[i], NULL, &old) == 0 && old.sa_handler == SIG_DFL)
            signal(sigs[i], on_signal);
    }
}

static int put(struct oc_sink *s, const void *p, size_t n, struct oc_err *err)
{
    struct oc_output *o = (struct oc_output *)s;
    const char *c = p;

    if (o->tally)
        oc_tally_add(o->tally, p, n);
    if (o->memory) {
        oc_buf_put(o->memory, p, n);
        o->bytes += n;
        return o->memory->failed ? oc_fail(err, OC_MEMORY, "no memory for %zu bytes of output", o->memory->n + n) : 0;
    }
    while (n) {
        const ssize_t k = write(o->fd, c, n);
        if (k < 0 && errno == EINTR)
            continue;
        if (k < 0) {
            o->failed = true;
            return oc_fail_errno(err, OC_IO, "cannot write to %s", o->name);
        }
        c += k;
        n -= (size_t)k;
        o->bytes += (uint64_t)k;
    }
    return 0;
}

/* Pieces in one call: the columns of a batch go to the pipe from where they lie. */
static int put_pieces(struct oc_sink *s, struct iovec *v, int n, struct oc_err *err)
{
    struct oc_output *o = (struct oc_output *)s;

    for (int i = 0; o->tally && i < n; i++)
        oc_tally_add(o->tally, v[i].iov_base, v[i].iov_len);
    while (n) {
        ssize_t k = writev(o->fd, v, n);
        if (k < 0 && errno == EINTR)
            continue;
        if (k < 0) {
            o->failed = true;
            return oc_fail_errno(err, OC_IO, "cannot write to %s", o->name);
        }
        o->bytes += (uint64_t)k;
        for (; n && (size_t)k >= v->iov_len; v++, n--)
            k -= (ssize_t)v->iov_len;
        if (n) {
            v->iov_base = (char *)v->iov_base + k;
            v->iov_len -= (size_t)k;
        }
    }
    return 0;
}

static int open_file(struct oc_output *o, const char *path, struct oc_err *err)
{
    struct stat st;

    /* what a link points to is replaced, not the link */
    o->path = realpath(path, NULL);
    if (!o->path)
        o->path = strdup(path);
    o->name = path;
    if (!o->path)
        return oc_fail(err, OC_MEMORY, "no memory to open %s", path);
    const bool exists = stat(path, &st) == 0;
    if (exists && !S_ISREG(st.st_mode)) {     /* /dev/null, a named pipe: as it is */
        o->fd = open(path, O_WRONLY | O_CLOEXEC);
        return o->fd < 0 ? oc_fail_errno(err, OC_IO, "cannot open %s", path) : 0;
    }
    path = o->path;
    const size_t n = strlen(path) + 32;
    o->temp = malloc(n);
    if (!o->temp)
        return oc_fail(err, OC_MEMORY, "no memory to open %s", path);
    const char *slash = strrchr(path, '/');
    const int dir = slash ? (int)(slash - path) + 1 : 0;
    /* the mode of the file that is replaced, so that a private one stays private */
    const mode_t mask = umask(0), mode = exists ? st.st_mode & 07777 : 0666 & ~mask;
    umask(mask);
    const int len = snprintf(o->temp, n, "%.*s.%s.", dir, path, path + dir);
    memset(o->temp + len, 'X', 6);          /* mkostemp's six letters */
    o->temp[len + 6] = '\0';
    guard(o);
    o->fd = mkostemp(o->temp, O_CLOEXEC);
    if (o->fd < 0 || fchmod(o->fd, mode)) {
        oc_fail_errno(err, OC_IO, "cannot create %s", path);
        if (o->fd >= 0)
            unlink(o->temp);
        if (o->slot >= 0)
            temps[o->slot] = NULL;
        free(o->temp);
        o->temp = NULL;
        return -1;
    }
    return 0;
}

static int put_memory(struct oc_sink *s, struct iovec *v, int n, struct oc_err *err)
{
    for (int i = 0; i < n; i++)
        if (put(s, v[i].iov_base, v[i].iov_len, err))
            return -1;
    return 0;
}

void oc_output_memory(struct oc_output *o, struct oc_buf *to)
{
    *o = (struct oc_output){ .sink = { .write = put, .writev = put_memory, .regular = true }, .fd = -1, .name = "memory",
                             .slot = -1, .memory = to };
}

int oc_output_open(struct oc_output *o, const char *path, struct oc_err *err)
{
    struct stat st;

    *o = (struct oc_output){ .sink = { .write = put, .writev = put_pieces }, .fd = STDOUT_FILENO,
                             .name = "standard output", .slot = -1 };
    if (path && strcmp(path, "-") != 0 && open_file(o, path, err)) {
        if (o->fd > STDERR_FILENO)
            close(o->fd);
        o->fd = -1;
        free(o->path);
        o->path = NULL;
        return -1;
    }
    if (fstat(o->fd, &st))
        return oc_fail_errno(err, OC_IO, "cannot write to %s", o->name);
    o->sink.regular = S_ISREG(st.st_mode);
    o->terminal = isatty(o->fd) == 1;
    if (S_ISFIFO(st.st_mode))
        (void)fcntl(o->fd, F_SETPIPE_SZ, 1 << 20);      /* faster by half; refused above a user's quota, no matter */
    return 0;
}

static int commit(struct oc_output *o, struct oc_err *err)
{
    if (fsync(o->fd) && errno != EINVAL && errno != EROFS)
        return oc_fail_errno(err, OC_IO, "cannot write %s to disk", o->name);
    const int rc = close(o->fd);
    o->fd = -1;
    if (rc)
        return oc_fail_errno(err, OC_IO, "cannot close %s", o->name);
    if (rename(o->temp, o->path))
        return oc_fail_errno(err, OC_IO, "cannot rename to %s", o->path);
    return 0;
}

int oc_output_close(struct oc_output *o, bool complete, struct oc_err *err)
{
    int rc = 0;

    complete = complete && !o->failed;
    if (o->temp) {
        if (complete)
            rc = commit(o, err);
        if (!complete || rc)
            unlink(o->temp);
        if (o->slot >= 0)
            temps[o->slot] = NULL;
    }
    if (o->fd > STDERR_FILENO && close(o->fd) && complete && rc == 0)
        rc = oc_fail_errno(err, OC_IO, "cannot close %s", o->name);
    free(o->temp);
    free(o->path);
    *o = (struct oc_output){ .fd = -1, .slot = -1, .bytes = o->bytes };
    return rc;
}
