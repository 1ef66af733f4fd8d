/*
 * record_source - files, pipes, zstd and gzip: whole, concatenated, cut at every byte, with rubbish behind, hostile.
 */
#include "record/source.h"
#include "test.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

enum { WINDOW = 8 << 20 };

static char dir[] = "/tmp/oc-source-XXXXXX", path[64];

static void put_file(const void *p, size_t n)
{
    const int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

    CHECK(fd >= 0 && write(fd, p, n) == (ssize_t)n && close(fd) == 0, "cannot write %s", path);
}

/* All of it in reads of `step` bytes; the length or -1. */
static ptrdiff_t read_path(const char *name, size_t window, size_t step, char *out, size_t cap, struct oc_err *err)
{
    struct oc_source *s = oc_source_open(name, window, err);
    size_t n = 0;

    if (!s)
        return -1;
    for (;;) {
        const ptrdiff_t k = oc_source_read(s, out + n, step < cap - n ? step : cap - n, err);
        if (k <= 0) {
            if (k == 0 && n < cap)
                CHECK(oc_source_read(s, out, 1, err) == 0, "bytes behind the end");
            oc_source_close(s);
            return k < 0 ? -1 : (ptrdiff_t)n;
        }
        n += (size_t)k;
    }
}

static size_t gzip(const void *p, size_t n, unsigned char *out, size_t cap)
{
    z_stream z = { 0 };

    deflateInit2(&z, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
    z.next_in = (Bytef *)(uintptr_t)p;
    z.avail_in = (uInt)n;
    z.next_out = out;
    z.avail_out = (uInt)cap;
    deflate(&z, Z_FINISH);
    deflateEnd(&z);
    return cap - z.avail_out;
}

static char text[300000], got[700000];
static unsigned char packed[700000];

static void check_whole(const char *what, size_t n)
{
    static const size_t steps[] = { 1, 7, 4096, 1 << 20 };

    for (size_t i = n > 1000 ? 1 : 0; i < 4; i++) {
        struct oc_err err = { 0 };
        const ptrdiff_t k = read_path(path, WINDOW, steps[i], got, sizeof got, &err);
        CHECK(k == (ptrdiff_t)n && memcmp(got, text, n < sizeof text ? n : sizeof text) == 0, "%s in steps of %zu: %td %s",
              what, steps[i], k, err.text);
    }
}

static void check_code(const char *what, enum oc_code code)
{
    struct oc_err err = { 0 };
    const ptrdiff_t k = read_path(path, WINDOW, 4096, got, sizeof got, &err);

    CHECK(k == -1 && err.code == code && strcmp(err.file, path) == 0, "%s: %td, code %d, file '%s': %s", what, k, err.code,
          err.file, err.text);
}

static void whole(void)
{
    test_begin("source: plain, zstd, gzip");
    static const size_t sizes[] = { 0, 1, 3, 100, sizeof text };
    for (size_t i = 0; i < 5; i++) {
        put_file(text, sizes[i]);
        check_whole("plain", sizes[i]);
        put_file(packed, ZSTD_compress(packed, sizeof packed, text, sizes[i], 3));
        check_whole("zstd", sizes[i]);
        put_file(packed, gzip(text, sizes[i], packed, sizeof packed));
        check_whole("gzip", sizes[i]);
    }
    /* what only begins like a magic number */
    static const char *const near[] = { "\x1f", "\x28", "\x28\xb5", "\x28\xb5\x2f", "\x1f\x8c", "P", "PK", "P*M" };
    for (size_t i = 0; i < sizeof near / sizeof *near; i++) {
        struct oc_err err = { 0 };
        put_file(near[i], strlen(near[i]));
        CHECK(read_path(path, WINDOW, 10, got, 10, &err) == (ptrdiff_t)strlen(near[i]) && memcmp(got, near[i], strlen(near[i])) == 0,
              "near miss %zu: %s", i, err.text);
    }
    test_end();

    test_begin("source: frames and members one behind the other");
    memcpy(text + 1000, text, 1000);
    size_t n = ZSTD_compress(packed, sizeof packed, text, 1000, 3);
    memcpy(packed + n, "\x50\x2a\x4d\x18\x04\0\0\0abcd", 12);      /* a skippable frame */
    const size_t m = n + 12 + ZSTD_compress(packed + n + 12, sizeof packed - n - 12, text, 1000, 3);
    put_file(packed, m);
    check_whole("zstd twice", 2000);
    put_file(packed + n, m - n);
    check_whole("zstd behind a skippable frame", 1000);
    n = gzip(text, 1000, packed, sizeof packed);
    memcpy(packed + n, packed, n);
    put_file(packed, 2 * n);
    check_whole("gzip twice", 2000);
    test_end();
}

static void damage(void)
{
    test_begin("source: cut at any byte");
    size_t n = ZSTD_compress(packed, sizeof packed, text, 2000, 3);
    for (size_t k = 4; k < n; k++) {
        put_file(packed, k);
        check_code("zstd", OC_TRUNCATED);
    }
    n = gzip(text, 2000, packed, sizeof packed);
    for (size_t k = 2; k < n; k++) {
        put_file(packed, k);
        check_code("gzip", OC_TRUNCATED);
    }
    memcpy(packed + n, packed, n);
    put_file(packed, n + n / 2);
    check_code("second gzip member", OC_TRUNCATED);
    test_end();

    test_begin("source: rubbish behind, and inside");
    memcpy(packed + n, "rubbish", 7);
    put_file(packed, n + 7);
    check_code("behind gzip", OC_FORMAT);
    put_file(packed, n + 1);
    check_code("one byte behind gzip", OC_FORMAT);
    packed[n / 2] ^= 0x10;
    put_file(packed, n);
    check_code("inside gzip", OC_FORMAT);
    ZSTD_CCtx *c = ZSTD_createCCtx();
    ZSTD_CCtx_setParameter(c, ZSTD_c_checksumFlag, 1);
    n = ZSTD_compress2(c, packed, sizeof packed, text, 2000);
    memcpy(packed + n, "rubbish", 7);
    put_file(packed, n + 7);
    check_code("behind zstd", OC_FORMAT);
    packed[n / 2] ^= 0x10;
    put_file(packed, n);
    check_code("inside zstd", OC_FORMAT);
    test_end();

    test_begin("source: a window above the limit");
    ZSTD_CCtx_setParameter(c, ZSTD_c_windowLog, 24);
    ZSTD_CCtx_setParameter(c, ZSTD_c_contentSizeFlag, 0);
    ZSTD_outBuffer out = { packed, sizeof packed, 0 };
    ZSTD_inBuffer in = { text, 1000, 0 };
    ZSTD_compressStream2(c, &out, &in, ZSTD_e_flush);      /* the size stays unknown, so the window is as asked */
    ZSTD_compressStream2(c, &out, &in, ZSTD_e_end);
    put_file(packed, out.pos);
    check_code("16 MiB", OC_LIMIT);
    struct oc_err err = { 0 };
    CHECK(read_path(path, 1 << 24, 4096, got, sizeof got, &err) == 1000, "16 MiB allowed: %s", err.text);
    ZSTD_freeCCtx(c);
    test_end();
}

static void refusals(void)
{
    struct oc_err err = { 0 };

    test_begin("source: what cannot be opened or read");
    CHECK(!oc_source_open(dir, WINDOW, &err) && err.code == OC_IO && strstr(err.text, "directory"), "a directory: %s", err.text);
    CHECK(!oc_source_open("/nonexistent/x", WINDOW, &err) && err.code == OC_IO && strcmp(err.file, "/nonexistent/x") == 0,
          "a missing file: %s", err.text);
    const int saved = dup(STDIN_FILENO);
    close(STDIN_FILENO);
    CHECK(!oc_source_open("-", WINDOW, &err) && err.code == OC_IO && strcmp(err.file, "stdin") == 0, "closed stdin: %s", err.text);
    if (saved >= 0) {
        dup2(saved, STDIN_FILENO);
        close(saved);
    }
    test_end();
}

static void pipes(void)
{
    struct oc_err err = { 0 };
    char name[64];
    int fd[2];

    test_begin("source: a pipe, byte by byte");
    const size_t n = gzip(text, 500, packed, sizeof packed);
    if (pipe(fd)) {
        test_fail("no pipe");
        return;
    }
    snprintf(name, sizeof name, "/proc/self/fd/%d", fd[0]);
    struct oc_source *s = oc_source_open(name, WINDOW, &err);
    CHECK(s && oc_source_idle(s), "an empty pipe is not idle");
    size_t k = 0;
    for (size_t i = 0; i < n; i++) {
        CHECK(write(fd[1], packed + i, 1) == 1, "write");
        if (i > 0 && i + 1 < n)
            continue;
        CHECK(!oc_source_idle(s), "a pipe with a byte is idle");
        if (i + 1 == n) {
            close(fd[1]);
            for (ptrdiff_t m; (m = oc_source_read(s, got + k, 100, &err)) > 0;)
                k += (size_t)m;
        }
    }
    CHECK(k == 500 && memcmp(got, text, 500) == 0, "%zu bytes: %s", k, err.text);
    CHECK(oc_source_compressed(s) && oc_source_taken(s) == n && oc_source_size(s) == 0, "accounts");
    CHECK(!oc_source_idle(s), "the end is idle");
    oc_source_close(s);
    close(fd[0]);
    test_end();

    test_begin("source: what is there comes at once");
    if (pipe(fd) || write(fd[1], "x", 1) != 1) {
        test_fail("no pipe");
        return;
    }
    snprintf(name, sizeof name, "/proc/self/fd/%d", fd[0]);
    s = oc_source_open(name, WINDOW, &err);
    CHECK(s && oc_source_read(s, got, 100, &err) == 1 && got[0] == 'x', "a first byte waits for more");
    CHECK(oc_source_idle(s) && write(fd[1], "yz", 2) == 2 && !oc_source_idle(s), "idle");
    CHECK(oc_source_read(s, got, 100, &err) == 2, "two bytes");
    oc_source_close(s);
    close(fd[0]);
    close(fd[1]);
    test_end();
}

int main(void)
{
    uint32_t x = 1;

    if (!mkdtemp(dir))
        return 1;
    snprintf(path, sizeof path, "%s/file", dir);
    for (size_t i = 0; i < sizeof text; i++) {
        x = x * 1664525 + 1013904223;
        text[i] = "0123456789,.\n-SPXC"[x >> 24 & 15];
    }
    whole();
    damage();
    refusals();
    pipes();
    unlink(path);
    rmdir(dir);
    return test_done();
}
