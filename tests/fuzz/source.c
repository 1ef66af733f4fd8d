/*
 * source - any bytes as a file: plain, zstd, gzip.  What is compressed and whole must be refused without its last byte.
 */
#include "record/source.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Bytes read, at most 16 MiB (a small file may mean a very large one), or -1. */
static long read_all(const uint8_t *data, size_t size, int *compressed)
{
    static char buf[1 << 16];
    const int fd = memfd_create("oc-fuzz", 0);
    char path[64];
    struct oc_err err = { 0 };
    long total = 0;
    ptrdiff_t k = 0;

    if (fd < 0 || write(fd, data, size) != (ssize_t)size)
        abort();
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    struct oc_source *s = oc_source_open(path, 8 << 20, &err);
    if (!s)
        abort();
    while (total < 16 << 20 && (k = oc_source_read(s, buf, size % 2 ? sizeof buf : 777, &err)) > 0) {
        total += k;
        if (oc_source_idle(s))
            abort();
    }
    *compressed = oc_source_compressed(s);
    if (k < 0 && err.code == OC_OK)
        abort();
    oc_source_close(s);
    close(fd);
    return k < 0 ? -1 : total;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    int compressed = 0, again = 0;
    const long n = read_all(data, size, &compressed);

    if (!compressed && n != (long)size && n < 16 << 20 && n != -1)
        abort();
    if (compressed && n >= 0 && n < 16 << 20 && size > 8 && read_all(data, size - 1, &again) >= 0)
        abort();
    return 0;
}
