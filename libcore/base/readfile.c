/* readfile - see readfile.h */
#include "base/readfile.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static int read_all(int fd, const char *name, size_t most, struct oc_buf *out, struct oc_err *err)
{
    const size_t before = out->n;

    for (;;) {
        if (oc_buf_room(out, 1 << 16))
            return oc_fail(err, OC_MEMORY, "no memory for %s", name);
        const ssize_t n = read(fd, out->p + out->n, 1 << 16);
        if (n < 0 && errno == EINTR)
            continue;
        if (n < 0)
            return oc_fail_errno(err, OC_IO, "cannot read %s", name);
        if (n == 0)
            return 0;
        out->n += (size_t)n;
        if (out->n - before > most)
            return oc_fail(err, OC_LIMIT, "%s is larger than %zu bytes", name, most);
    }
}

int oc_readfile(const char *path, size_t most, struct oc_buf *out, struct oc_err *err)
{
    const int fd = open(path, O_RDONLY | O_CLOEXEC);

    if (fd < 0)
        return oc_fail_errno(err, OC_IO, "cannot open %s", path);
    const int rc = read_all(fd, path, most, out, err);
    close(fd);
    return rc;
}

int oc_readfile_input(const char *path, size_t most, struct oc_buf *out, struct oc_err *err)
{
    return path && strcmp(path, "-") != 0 ? oc_readfile(path, most, out, err)
                                          : read_all(STDIN_FILENO, "standard input", most, out, err);
}
