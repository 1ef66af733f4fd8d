/*
 * record_arrow - what we write as Arrow comes back as it was, whatever the framing; and no damage passes for data.
 */
#include "arrow_help.h"

#include <pthread.h>
#include <unistd.h>

/* The rows of a whole stream, written in batches of the given sizes (repeated), into x->mem.buf. */
static int write_stream(struct writing *x, size_t rows, const size_t *sizes, uint64_t symbols, bool nulls, bool regular,
                        bool file, int level, struct oc_buf *expect, struct oc_err *err)
{
    struct oc_schema s = { 0 };
    struct oc_batch b = { 0 };
    int rc = all_types(&s, err) || writing_open(x, &s, regular, file, level, err);

    for (size_t from = 0, k = 0; from < rows && rc == 0; k++) {
        const size_t want = sizes[k % 4], n = rows - from < want ? rows - from : want;
        rc = make_batch(&b, &s, from, n, symbols, nulls, err) || writing_add(x, &b, err);
        if (rc == 0 && expect)
            put_rows(expect, &b, err);
        from += n;
    }
    if (rc == 0)
        rc = writing_close(x, true, err);
    oc_batch_free(&b);
    oc_schema_free(&s);
    return rc ? -1 : 0;
}

static const size_t big[4] = { 5000, 8192, 300, 20000 }, small[4] = { 1, 2, 7, 64 }, odd[4] = { 63, 65, 129, 1000 };

static void round_trip(void)
{
    static const struct { size_t rows; const size_t *sizes; uint64_t symbols; bool nulls, regular, file; int level; } t[] = {
        { 1000, small, 40, true, false, false, 0 },   { 40000, big, 40, true, false, false, 0 },
        { 40000, big, 40, false, false, false, 0 },   { 9000, odd, 3000, true, true, false, 0 },
        { 40000, big, 40, true, true, true, 0 },      { 9000, odd, 40, true, true, true, 3 },
        { 9000, odd, 900, true, false, false, 1 },    { 1, small, 1, true, true, true, 0 },
        { 0, small, 1, true, true, true, 0 },         { 0, small, 1, true, false, false, 0 },
        { 300000, big, 200000, false, false, false, 0 }, /* the dictionary begins anew above 65536 texts */
    };

    test_begin("arrow: what is written is read");
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        struct writing x;
        struct oc_err err = { 0 };
        struct oc_buf expect = { 0 }, got = { 0 };
        int rc = write_stream(&x, t[i].rows, t[i].sizes, t[i].symbols, t[i].nulls, t[i].regular, t[i].file, t[i].level,
                              &expect, &err);
        if (rc == 0)
            rc = decode(x.mem.buf.p, x.mem.buf.n, put_rows, &got, &err);
        CHECK(rc == 0, "case %zu: %s", i, err.text);
        CHECK(got.n == expect.n && memcmp(got.p ? got.p : "", expect.p ? expect.p : "", got.n) == 0,
              "case %zu: %zu bytes of cells where %zu were written", i, got.n, expect.n);
        oc_buf_free(&expect);
        oc_buf_free(&got);
        oc_buf_free(&x.mem.buf);
    }
    test_end();
}

static void same_bytes(void)
{
    test_begin("arrow: bytes of a file do not depend on the batches");
    for (int variant = 0; variant < 3; variant++) {
        struct writing a, b;
        struct oc_err err = { 0 };
        const size_t rows = 30000;
        int rc = write_stream(&a, rows, big, 500, true, true, variant == 1, variant == 2, NULL, &err)
            || write_stream(&b, rows, small, 500, true, true, variant == 1, variant == 2, NULL, &err);
        CHECK(rc == 0, "%s", err.text);
        CHECK(a.mem.buf.n == b.mem.buf.n && memcmp(a.mem.buf.p, b.mem.buf.p, a.mem.buf.n) == 0,
              "variant %d: %zu and %zu bytes differ", variant, a.mem.buf.n, b.mem.buf.n);
        oc_buf_free(&a.mem.buf);
        oc_buf_free(&b.mem.buf);
    }
    test_end();
}

/* Messages leave in one call each, so that a pipe sees whole ones. */
static void one_call(void)
{
    struct writing x;
    struct oc_err err = { 0 };

    test_begin("arrow: one write for each message");
    CHECK(write_stream(&x, 1280, (const size_t[]){ 64, 64, 64, 64 }, 1, false, false, false, 0, NULL, &err) == 0, "%s",
          err.text);
    /* schema, two dictionaries that may each be sent more than once, 20 batches, end */
    CHECK(x.mem.calls >= 1 + 2 + 20 + 1 && x.mem.calls <= 1 + 5 + 20 + 1, "%zu calls", x.mem.calls);
    oc_buf_free(&x.mem.buf);
    test_end();
}

/* ---- damage ---- */

struct damaged { bool regular, file; int level; };
static const struct damaged forms[] = { { false, false, 0 }, { true, true, 0 }, { false, false, 1 }, { true, true, 1 } };

static void truncated(void)
{
    const bool full = getenv("OC_FULL") != NULL;

    test_begin("arrow: a stream cut anywhere is an error");
    for (size_t f = 0; f < sizeof forms / sizeof *forms; f++) {
        struct writing x;
        struct oc_err err = { 0 };
        CHECK(write_stream(&x, 80, small, 5, true, forms[f].regular, forms[f].file, forms[f].level, NULL, &err) == 0, "%s",
              err.text);
        for (size_t n = 0; n < x.mem.buf.n; n += full || n < 1500 || n + 3000 > x.mem.buf.n ? 1 : 5) {
            struct oc_err e = { 0 };
            const int rc = decode(x.mem.buf.p, n, NULL, NULL, &e);
            CHECK(rc < 0 && e.code == OC_TRUNCATED, "form %zu: the first %zu bytes of %zu: %d %s", f, n, x.mem.buf.n, rc,
                  e.text);
        }
        oc_buf_free(&x.mem.buf);
    }
    test_end();
}

static void flipped(void)
{
    const bool full = getenv("OC_FULL") != NULL;

    test_begin("arrow: a flipped bit anywhere is an error");
    for (size_t f = 0; f < sizeof forms / sizeof *forms; f++) {
        struct writing x;
        struct oc_err err = { 0 };
        CHECK(write_stream(&x, 40, odd, 5, true, forms[f].regular, forms[f].file, forms[f].level, NULL, &err) == 0, "%s",
              err.text);
        /* each byte has one of its bits flipped, all of them with OC_FULL */
        for (size_t i = full ? 0 : mix(f) % 8; i < 8 * x.mem.buf.n; i += full ? 1 : 8 + mix(i) % 3 - 1) {
            struct oc_err e = { 0 };
            x.mem.buf.p[i / 8] = (char)(x.mem.buf.p[i / 8] ^ 1 << i % 8);
            CHECK(decode(x.mem.buf.p, x.mem.buf.n, NULL, NULL, &e) < 0, "form %zu: bit %zu of byte %zu unnoticed", f,
                  i % 8, i / 8);
            CHECK(e.code == OC_FORMAT || e.code == OC_TRUNCATED || e.code == OC_LIMIT, "form %zu: byte %zu: %s", f, i / 8,
                  e.text);
            x.mem.buf.p[i / 8] = (char)(x.mem.buf.p[i / 8] ^ 1 << i % 8);
        }
        oc_buf_free(&x.mem.buf);
    }
    test_end();
}

/* Whole bytes replaced, runs zeroed, pieces dropped or doubled: none decodes. */
static void mangled(void)
{
    struct writing x;
    struct oc_err err = { 0 };

    test_begin("arrow: mangled streams are errors");
    CHECK(write_stream(&x, 200, odd, 5, true, false, false, 0, NULL, &err) == 0, "%s", err.text);
    const size_t n = x.mem.buf.n;
    char *copy = malloc(2 * n);
    for (uint64_t k = 0; k < 3000; k++) {
        const size_t at = mix(k) % n, len = 1 + mix(k + 1000000) % (n - at > 300 ? 300 : n - at);
        size_t m = n;
        struct oc_err e = { 0 };
        memcpy(copy, x.mem.buf.p, n);
        if (k % 3 == 0) {                   /* overwritten */
            for (size_t i = 0; i < len; i++)
                copy[at + i] = (char)mix(k * 400 + i);
        } else if (k % 3 == 1) {            /* dropped */
            memmove(copy + at, copy + at + len, n - at - len);
            m = n - len;
        } else {                            /* doubled */
            memmove(copy + at + len, copy + at, n - at);
            m = n + len;
        }
        if (m == n && memcmp(copy, x.mem.buf.p, n) == 0)
            continue;
        CHECK(decode(copy, m, NULL, NULL, &e) < 0, "case %llu: %zu bytes at %zu unnoticed", (unsigned long long)k, len, at);
    }
    free(copy);
    oc_buf_free(&x.mem.buf);
    test_end();
}

/* ---- several streams ---- */

static void concatenated(void)
{
    struct writing a, b;
    struct oc_schema s = { 0 };
    struct oc_buf expect = { 0 }, got = { 0 };
    struct oc_err err = { 0 };

    test_begin("arrow: cat a b");
    CHECK(write_stream(&a, 900, odd, 5, true, false, false, 0, &expect, &err) == 0, "%s", err.text);
    CHECK(write_stream(&b, 500, small, 9, true, false, false, 1, &expect, &err) == 0, "%s", err.text);
    const size_t n = a.mem.buf.n;
    oc_buf_put(&a.mem.buf, b.mem.buf.p, b.mem.buf.n);
    CHECK(decode(a.mem.buf.p, a.mem.buf.n, put_rows, &got, &err) == 0, "%s", err.text);
    CHECK(got.n == expect.n && memcmp(got.p, expect.p, got.n) == 0, "other cells");

    a.mem.buf.n = n;
    oc_buf_puts(&a.mem.buf, "x");
    CHECK(decode(a.mem.buf.p, a.mem.buf.n, NULL, NULL, &err) < 0, "a byte behind the end unnoticed");

    struct writing c;
    a.mem.buf.n = n;
    CHECK(oc_schema_add(&s, "other", NULL, NULL, OC_F64, &err) == 0 && writing_open(&c, &s, false, false, 0, &err) == 0
          && writing_close(&c, true, &err) == 0, "%s", err.text);
    oc_buf_put(&a.mem.buf, c.mem.buf.p, c.mem.buf.n);
    CHECK(decode(a.mem.buf.p, a.mem.buf.n, NULL, NULL, &err) < 0 && err.code == OC_FORMAT
          && strstr(err.text, "other columns"), "other columns behind the end: %s", err.text);
    oc_schema_free(&s);
    oc_buf_free(&a.mem.buf);
    oc_buf_free(&b.mem.buf);
    oc_buf_free(&c.mem.buf);
    oc_buf_free(&expect);
    oc_buf_free(&got);
    test_end();
}

static void unfinished(void)
{
    struct writing x;
    struct oc_schema s = { 0 };
    struct oc_batch b = { 0 };
    struct oc_err err = { 0 };

    test_begin("arrow: a writer that fails leaves no end marker");
    CHECK(all_types(&s, &err) == 0 && writing_open(&x, &s, false, false, 0, &err) == 0
          && make_batch(&b, &s, 0, 100, 3, true, &err) == 0 && writing_add(&x, &b, &err) == 0
          && writing_close(&x, false, &err) == 0, "%s", err.text);
    CHECK(decode(x.mem.buf.p, x.mem.buf.n, NULL, NULL, &err) < 0 && err.code == OC_TRUNCATED
          && strstr(err.text, "end-of-stream"), "%s", err.text);
    oc_batch_free(&b);
    oc_schema_free(&s);
    oc_buf_free(&x.mem.buf);
    test_end();
}

/* ---- through a pipe, in pieces of any size ---- */

struct feed { int fd; const char *p; size_t n; };

static void *feed_pipe(void *arg)
{
    const struct feed *f = arg;
    size_t at = 0;

    for (uint64_t k = 0; at < f->n; k++) {
        const size_t want = 1 + mix(k) % (k % 7 == 0 ? 70000 : 700), n = f->n - at < want ? f->n - at : want;
        const ssize_t got = write(f->fd, f->p + at, n);
        if (got <= 0)
            break;
        at += (size_t)got;
    }
    close(f->fd);
    return NULL;
}

static void piecemeal(void)
{
    struct writing x;
    struct oc_buf expect = { 0 }, got = { 0 };
    struct oc_err err = { 0 };
    int fd[2];
    pthread_t thread;
    char path[64];

    test_begin("arrow: read from a pipe in pieces");
    CHECK(write_stream(&x, 30000, big, 50, true, false, false, 0, &expect, &err) == 0, "%s", err.text);
    CHECK(pipe(fd) == 0, "no pipe");
    struct feed f = { fd[1], x.mem.buf.p, x.mem.buf.n };
    pthread_create(&thread, NULL, feed_pipe, &f);
    snprintf(path, sizeof path, "/dev/fd/%d", fd[0]);
    CHECK(decode_as(NULL, 0, path, NULL, NULL, put_rows, &got, &err) == 0, "%s", err.text);
    close(fd[0]);
    pthread_join(thread, NULL);
    CHECK(got.n == expect.n && memcmp(got.p, expect.p, got.n) == 0, "other cells");
    oc_buf_free(&x.mem.buf);
    oc_buf_free(&expect);
    oc_buf_free(&got);
    test_end();
}

/* ---- what cannot be written ---- */

static void not_utf8(void)
{
    struct writing x;
    struct oc_schema s = { 0 };
    struct oc_batch b = { 0 };
    struct oc_err err = { 0 };
    int32_t off[] = { 0, 1, 3 };

    test_begin("arrow: text that is not UTF-8 is refused, with its column");
    CHECK(oc_schema_add(&s, "note", NULL, NULL, OC_TEXT, &err) == 0 && writing_open(&x, &s, false, false, 0, &err) == 0
          && oc_batch_reset(&b, &s, &err) == 0, "%s", err.text);
    b.rows = 2;
    b.col[0].flags |= OC_COL_LOADED;
    b.col[0].i32 = off;
    b.col[0].chars = "a\xc3\xa9";
    CHECK(writing_add(&x, &b, &err) == 0, "%s", err.text);
    b.col[0].chars = "a\xc3z";              /* would pass as a whole only if cells were not looked at singly */
    CHECK(writing_add(&x, &b, &err) < 0 && err.code == OC_DATA && strstr(err.text, "note"), "%s", err.text);
    CHECK(writing_close(&x, false, &err) == 0, "%s", err.text);
    oc_batch_free(&b);
    oc_schema_free(&s);
    oc_buf_free(&x.mem.buf);
    test_end();
}

/* Rows that --only left out have no computed values; columns flagged as dropped are not there. */
static void inactive(void)
{
    struct writing x;
    struct oc_schema s = { 0 };
    struct oc_batch b = { 0 };
    struct oc_buf got = { 0 };
    struct oc_err err = { 0 };
    double price[4] = { 1, 2, 3, 4 }, strike[4] = { 5, 6, 7, 8 }, gone[4] = { 0 };
    uint64_t active = 5;

    test_begin("arrow: inactive rows have no computed cells, dropped columns none at all");
    CHECK(oc_schema_add(&s, "strike", NULL, NULL, OC_F64, &err) == 0
          && oc_schema_add(&s, "price", NULL, NULL, OC_F64, &err) == 0 && writing_open(&x, &s, false, false, 0, &err) == 0
          && oc_schema_add(&s, "gone", NULL, NULL, OC_F64, &err) == 0 && oc_batch_reset(&b, &s, &err) == 0, "%s", err.text);
    b.rows = 4;
    b.active = &active;
    b.col[0].f64 = strike;
    b.col[1].f64 = price;
    b.col[2].f64 = gone;
    b.col[0].flags = b.col[2].flags = OC_COL_LOADED;
    b.col[1].flags = OC_COL_LOADED | OC_COL_COMPUTED;
    b.col[2].flags |= OC_COL_DROPPED;
    CHECK(writing_add(&x, &b, &err) == 0 && writing_close(&x, true, &err) == 0, "%s", err.text);
    CHECK(decode(x.mem.buf.p, x.mem.buf.n, put_rows, &got, &err) == 0, "%s", err.text);
    CHECK(strcmp(oc_buf_str(&got), "4014000000000000,3ff0000000000000,\n4018000000000000,~,\n"
                 "401c000000000000,4008000000000000,\n4020000000000000,~,\n") == 0, "%s", oc_buf_str(&got));
    oc_batch_free(&b);
    oc_schema_free(&s);
    oc_buf_free(&x.mem.buf);
    oc_buf_free(&got);
    test_end();
}

int main(void)
{
    round_trip();
    same_bytes();
    one_call();
    truncated();
    flipped();
    mangled();
    concatenated();
    unfinished();
    piecemeal();
    not_utf8();
    inactive();
    return test_done();
}
