/*
 * translate - any bytes as a document through a translator: at once and byte by byte, which must give the same CSV, the same
 * ending and the same place of an error.
 */
#ifndef OC_FUZZ_TRANSLATE_H
#define OC_FUZZ_TRANSLATE_H

#include "base/buf.h"
#include "record/translate.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static ptrdiff_t fuzz_one_byte(void *state, struct oc_source *from, void *p, size_t cap, struct oc_err *err)
{
    (void)state, (void)cap;
    return oc_source_read(from, p, 1, err);
}

static const struct oc_source_via fuzz_slowly = { .read = fuzz_one_byte };

static void fuzz_read(const uint8_t *data, size_t size, const struct oc_translator *of, const struct oc_translate_how *how,
                      int twice, int slow, struct oc_buf *out, struct oc_err *err)
{
    static char piece[4096];
    const int fd = memfd_create("oc-fuzz", 0);
    char path[64];
    ptrdiff_t k = 0;

    if (fd < 0 || write(fd, data, size) != (ssize_t)size)
        abort();
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
    struct oc_source *s = oc_source_open(path, 8 << 20, err);
    if (!s)
        abort();
    if (slow)
        s = oc_source_wrap(s, &fuzz_slowly, NULL, err);
    if (oc_translate_open(&s, of, how, twice, err))
        abort();                                /* nothing was read: what is asked is always sensible here */
    while (out->n < 1 << 22 && (k = oc_source_read(s, piece, sizeof piece, err)) > 0)
        oc_buf_put(out, piece, (size_t)k);
    if (k < 0 && (err->code == OC_OK || err->code == OC_INTERNAL))
        abort();
    for (uint64_t line = 1; line < 40; line++) {
        unsigned column = 0;
        (void)oc_source_place(s, line, &column);
        if (line % 3 == 0)
            oc_source_passed(s, line);
    }
    oc_source_close(s);
    close(fd);
}

static void fuzz_translate(const uint8_t *data, size_t size, const struct oc_translator *of,
                           const struct oc_translate_how *how,
                           int twice)
{
    /* compressed input: what is read before damage follows the size of the reads (fuzz/source is about that) */
    if (size && (data[0] == 0x1f || data[0] == 0x28 || (data[0] & 0xf0) == 0x50))
        return;
    struct oc_buf fast = { 0 }, slow = { 0 };
    struct oc_err a = { 0 }, b = { 0 };

    fuzz_read(data, size, of, how, twice, 0, &fast, &a);
    fuzz_read(data, size, of, how, twice, 1, &slow, &b);
    if (fast.n < 1 << 22 && (fast.n != slow.n || (fast.n && memcmp(fast.p, slow.p, fast.n) != 0) || a.code != b.code
                             || a.line != b.line || a.column != b.column || strcmp(a.text, b.text) != 0))
        fprintf(stderr, "%zu %zu\n%d %d:%u %s\n%d %d:%u %s\n", fast.n, slow.n, a.code, (int)a.line, a.column, a.text, b.code,
                (int)b.line, b.column, b.text), abort();
    oc_buf_free(&fast);
    oc_buf_free(&slow);
}

#endif
