/* convert - text of one format to text of another through reader, batch and writer, in memory; for unit tests. */
#ifndef OC_TEST_CONVERT_H
#define OC_TEST_CONVERT_H

#include "record/batch.h"
#include "record/format.h"
#include "test.h"

#include <stdlib.h>
#include <string.h>

/* The text with its line ends made visible. */
static const char *shown(const char *s, size_t n)
{
    static char t[400];
    size_t k = 0;

    for (size_t i = 0; i < n && k < sizeof t - 5; i++) {
        if (s[i] == '\n' || s[i] == '\r' || s[i] == '\0' || s[i] == '\t') {
            t[k++] = '\\';
            t[k++] = s[i] == '\n' ? 'n' : s[i] == '\r' ? 'r' : s[i] == '\t' ? 't' : '0';
        } else {
            t[k++] = s[i];
        }
    }
    t[k] = '\0';
    return t;
}

struct memory { struct oc_sink sink; struct oc_buf out; };

static int to_memory(struct oc_sink *s, const void *p, size_t n, struct oc_err *err)
{
    (void)err;
    oc_buf_put(&((struct memory *)s)->out, p, n);
    return 0;
}

/* Read text as `from`, let `change` add to each batch, write as `to`. */
static char *convert(const struct oc_format *from, const struct oc_format *to, const char *text, size_t block,
                     const char *number_format, int (*change)(struct oc_batch *b, struct oc_err *err), bool complete)
{
    const struct oc_limits limits = { .max_record = 1 << 20, .max_batch = 1 << 20, .block_bytes = block };
    struct oc_err err = { 0 };
    struct oc_reader r = { .format = from, .limits = &limits, .first_line = 1, .ahead = strdup(text),
                           .nahead = strlen(text) };
    char *ahead = r.ahead;
    struct memory mem = { .sink.write = to_memory };
    struct oc_writer w = { .format = to, .sink = &mem.sink, .number_format = number_format };
    struct oc_block blk = { 0 };
    struct oc_batch b = { 0 };
    struct oc_buf out = { 0 };
    int rc;
    bool begun = false;

    r.state = calloc(1, from->reader_size);
    w.state = calloc(1, to->writer_size);
    r.src = oc_source_open("/dev/null", 0, &err);
    rc = from->open(&r, &err) ? -1 : 1;
    while (rc > 0 && (rc = from->cut(&r, &blk, &err)) > 0) {
        if (oc_batch_reset(&b, &r.schema, &err) || from->parse(&r, &blk, &b, &err) || (change && change(&b, &err))) {
            rc = -1;
            break;
        }
        if (!begun) {
            for (size_t i = 0; i < b.ncol; i++)
                if (!(b.col[i].flags & OC_COL_DROPPED))
                    oc_schema_add(&w.schema, b.col[i].name, NULL, NULL, b.col[i].type, &err);
            w.crlf = b.crlf;
            begun = true;
            rc = to->begin(&w, &err);
        }
        out.n = 0;
        if (to->encode(&w, &b, &out, &err) || to->emit(&w, &b, &out, &err)) {
            rc = -1;
            break;
        }
        rc = 1;
    }
    CHECK(rc == 0, "'%s': %s", shown(text, strlen(text)), err.text);
    CHECK(to->finish(&w, complete, &err) == 0, "finish: %s", err.text);
    if (to->writer_close)
        to->writer_close(&w);
    from->reader_close(&r);
    oc_source_close(r.src);
    oc_schema_free(&r.schema);
    oc_schema_free(&w.schema);
    oc_batch_free(&b);
    oc_buf_free(&out);
    free(blk.p);
    free(r.state);
    free(w.state);
    free(ahead);
    oc_buf_char(&mem.out, '\0');
    return mem.out.p;
}

/* Compare and free. */
static void expect(const char *got, const char *want, const char *what)
{
    if (strcmp(got, want) != 0) {
        char g[400];
        snprintf(g, sizeof g, "%s", shown(got, strlen(got)));
        test_fail("%s: '%s', wanted '%s'", what, g, shown(want, strlen(want)));
    }
    free((void *)(uintptr_t)got);
}

#endif
