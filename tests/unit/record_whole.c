/* record_whole - blocks of whole chains: every way to cut the input gives the same bytes, and no step sees half a chain */
#include "record/kind.h"
#include "record/run.h"
#include "record/whole.h"
#include "record/wholekey.h"

#include "test.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { TEXT = 1 << 22 };
static const char key[] = "run path step ts symbol";

/* ---- a program that counts the rows of each chain ------------------------------------------------------------ */

static bool same_text(const struct oc_col *c, size_t a, size_t b)
{
    const uint32_t *off = c->dict->off + c->i32[a], *of2 = c->dict->off + c->i32[b];

    return oc_bit(c->valid, a) == oc_bit(c->valid, b)
           && (!oc_bit(c->valid, a) || (off[1] - off[0] == of2[1] - of2[0]
                                        && memcmp(c->dict->bytes + off[0], c->dict->bytes + of2[0], off[1] - off[0]) == 0));
}

/* What oc_whole_chains says of the batch agrees with the counted rows. */
static int check_chains(const struct oc_batch *b, const uint64_t *bad, const double *n, ptrdiff_t chains,
                        const size_t *first)
{
    CHECK(chains >= 0 && (b->rows == 0 || (first[0] == 0 && first[chains] == b->rows)), "%td chains", chains);
    for (ptrdiff_t k = 0; k < chains; k++) {
        double rows = 0, told = 0;
        for (size_t i = first[k]; i < first[k + 1]; i++)
            if (!oc_bit(bad, i)) {
                rows++;
                told = n[i];
            }
        CHECK(rows == told, "chain %td: %g rows, %g counted", k, rows, told);
    }
    return 0;
}

static int count_rows(void *ctx, struct oc_batch *b, struct oc_err *err)
{
    struct oc_col *ts = oc_col(b, "ts"), *symbol = oc_col(b, "symbol");
    double *n;

    (void)ctx;
    if ((ts && oc_load(b, ts, err)) || (symbol && oc_load(b, symbol, err)) || oc_add_f64(b, "n", &n, err))
        return -1;
    uint64_t *bad = oc_arena_zero(&b->arena, oc_bit_words(b->rows), sizeof *bad);
    for (size_t i = 0; i < b->nbad; i++)
        oc_bit_set(bad, b->bad[i].row);
    size_t *first;
    const ptrdiff_t chains = oc_whole_chains(b, key, &first, err);
    for (size_t i = 0, end; i < b->rows; i = end) {
        size_t from = i, rows = 0;
        while (from < b->rows && oc_bit(bad, from))
            from++;
        for (end = from; end < b->rows; end++) {
            if (oc_bit(bad, end))
                continue;
            if ((ts && ts->i64[end] != ts->i64[from]) || (symbol && !same_text(symbol, end, from)))
                break;
            rows++;
        }
        if (end <= i)
            end = i + 1;
        for (size_t k = i; k < end; k++)
            n[k] = (double)rows;
    }
    return check_chains(b, bad, n, chains, first);
}

/* ---- running it ------------------------------------------------------------------------------------------------ */

struct how {
    size_t batch_rows, block_bytes, max_batch;
    unsigned threads;
    bool recurs, plain;             /* plain: as formats cut */
    enum oc_on_error on_error;
};

static const struct how usual = { .block_bytes = 256 << 10, .max_batch = 1 << 28, .threads = 1 };

static char path[4][64];            /* two inputs, output, rejects */

static void write_file(const char *name, const char *p, size_t n)
{
    FILE *f = fopen(name, "wb");

    CHECK(f && fwrite(p, 1, n, f) == n, "cannot write %s", name);
    if (f)
        fclose(f);
}

/* The output, and behind it the rejected rows. */
static struct oc_buf run(const struct how *h, size_t ninput, const char *format, struct oc_err *err)
{
    static const char *input[2] = { path[0], path[1] };
    struct oc_io io = OC_IO_DEFAULT;
    struct oc_buf out = { 0 };
    const struct oc_work work = { .step = h->plain ? NULL : count_rows, .whole = h->plain ? NULL : key, .recurs = h->recurs,
                                  .kinds = "quote", .partial = true, .into = &out };

    io.ninput = ninput;
    io.input = input;
    io.output_format = format;
    io.prog = "test";
    io.no_provenance = true;
    io.threads = h->threads;
    io.limits.batch_rows = h->batch_rows;
    io.limits.block_bytes = h->block_bytes;
    io.limits.max_batch = h->max_batch;
    io.on_error = h->on_error;
    io.rejects = h->on_error == OC_ON_ERROR_SKIP ? path[3] : NULL;
    *err = (struct oc_err){ 0 };
    oc_run(&io, &work, err);
    FILE *f = io.rejects ? fopen(path[3], "rb") : NULL;
    char *more = calloc(1, TEXT);
    if (f) {
        oc_buf_put(&out, more, fread(more, 1, TEXT, f));
        fclose(f);
    }
    free(more);
    return out;
}

/* ---- records ---------------------------------------------------------------------------------------------------- */

static uint64_t state;

static uint32_t draw(uint32_t n)
{
    state = state * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(state >> 33) % n;
}

enum { MESSY = 1, MALFORMED = 2 };

/* Chains of 1 to 60 rows, some spellings of one instant; the expected output's last cells in want. */
static void records(struct oc_buf *csv, int flags, int first, int chains)
{
    static const char *const spelling[] = { "2024-01-02T14:%02d:00Z", "2024-01-02T09:%02d:00-05:00",
                                            "\"2024-01-02T14:%02d:00Z\"" };
    static const char *const names[] = { "SPX", "\"SPX\"", "NDX", "", "RUT" };

    oc_buf_puts(csv, "ts,symbol,strike,type,note\n");
    for (int c = first; c < first + chains; c++) {
        const uint32_t rows = 1 + draw(c % 5 == 4 ? 600 : 60);
        for (uint32_t i = 0; i < rows; i++) {
            char ts[64];
            snprintf(ts, sizeof ts, spelling[flags & MESSY ? draw(3) : 0], c / 3);
            if (flags & MALFORMED && draw(17) == 0)
                oc_buf_printf(csv, draw(2) ? "yesterday,SPX,1,C,x\n" : "ragged,row\n");
            oc_buf_printf(csv, "%s,%s,%u,%s,%s\n", ts, names[c % 3 ? (uint32_t)c % 3 + 1 : flags & MESSY ? draw(2) : 0],
                          100 + i, i % 2 ? "C" : "P", flags & MESSY && draw(9) == 0 ? "\"a \"\"b\"\"\r\nc\"" : "");
            if (flags & MESSY && draw(11) == 0)
                oc_buf_puts(csv, "\n");
        }
    }
}

static const struct { size_t batch_rows, block_bytes; unsigned threads; } cuts[] = {
    { 0, 64, 1 }, { 0, 300, 1 }, { 0, 5000, 4 }, { 1, 256 << 10, 1 }, { 2, 256 << 10, 3 }, { 7, 256 << 10, 1 },
    { 61, 256 << 10, 4 },
};

/* All cuts give what the usual one gives; returns that. */
static struct oc_buf all_cuts(struct how h, size_t ninput, const char *format, enum oc_code code)
{
    struct oc_err err, err2;
    const struct oc_buf want = run(&h, ninput, format, &err);

    CHECK(err.code == code, "%s: ended with %s: %s", format, oc_err_name(err.code), err.text);
    for (size_t i = 0; i < sizeof cuts / sizeof *cuts; i++) {
        h.batch_rows = cuts[i].batch_rows;
        h.block_bytes = cuts[i].block_bytes;
        h.threads = cuts[i].threads;
        struct oc_buf got = run(&h, ninput, format, &err2);
        CHECK(got.n == want.n && memcmp(got.p, want.p, want.n) == 0, "%s cut %zu: %zu bytes for %zu", format, i, got.n,
              want.n);
        CHECK(err2.code == err.code && err2.line == err.line && strcmp(err2.text, err.text) == 0,
              "%s cut %zu: %s line %llu for %s line %llu", format, i, err2.text, (unsigned long long)err2.line, err.text,
              (unsigned long long)err.line);
        oc_buf_free(&got);
    }
    return want;
}

/* ---- tests ------------------------------------------------------------------------------------------------------ */

static void text(void)
{
    struct oc_buf csv = { 0 };

    for (int flags = 0; flags <= MESSY; flags++) {
        test_begin(flags ? "whole: quotes, blank lines, spellings" : "whole: any cut of CSV, JSON lines from it");
        state = 1;
        csv.n = 0;
        records(&csv, flags, 0, 40);
        write_file(path[0], csv.p, csv.n);
        struct oc_buf a = all_cuts(usual, 1, "csv", OC_OK);
        /* every row says the length of its chain, and its own cells are what they were */
        size_t rows = 0;
        const char *in = csv.p, *out = a.p;
        for (; out && out < a.p + a.n; rows++) {
            const char *e = memchr(in, '\n', (size_t)(csv.p + csv.n - in));
            const char *f = memchr(out, '\n', (size_t)(a.p + a.n - out));
            if (e == in) {
                in++;
                rows--;
                continue;
            }
            CHECK(f - out >= e - in && memcmp(in, out, (size_t)(e - in)) == 0, "row %zu is changed", rows);
            in = e + 1;
            out = f + 1;
        }
        oc_buf_free(&a);
        a = all_cuts(usual, 1, "jsonl", OC_OK);
        write_file(path[0], a.p, a.n);
        const struct how whole = usual;
        struct oc_err err;
        struct oc_buf b = run(&whole, 1, "csv", &err);
        CHECK(err.code == OC_EXISTS, "a second count: %s", err.text);
        oc_buf_free(&a);
        oc_buf_free(&b);
        test_end();
    }
    oc_buf_free(&csv);
}

static void json(void)
{
    struct oc_buf csv = { 0 };
    struct how plain = usual;
    struct oc_err err;

    test_begin("whole: JSON lines");
    plain.plain = true;
    state = 2;
    records(&csv, MESSY, 0, 30);
    write_file(path[0], csv.p, csv.n);
    struct oc_buf want = run(&usual, 1, "csv", &err), lines = run(&plain, 1, "jsonl", &err);
    write_file(path[0], lines.p, lines.n);
    struct oc_buf got = all_cuts(usual, 1, "csv", OC_OK);
    CHECK(got.n && want.n, "%zu %zu", got.n, want.n);
    /* numbers of rows agree, line by line, though texts lose their quotes */
    const char *p = got.p, *q = want.p;
    for (size_t i = 0; p < got.p + got.n && q < want.p + want.n; i++) {
        const char *e = memchr(p, '\n', (size_t)(got.p + got.n - p));
        const char *f = memchr(q, '\n', (size_t)(want.p + want.n - q));
        const char *a = memrchr(p, ',', (size_t)(e - p)), *b = memrchr(q, ',', (size_t)(f - q));
        if (a && b)
            CHECK(e - a == f - b && memcmp(a, b, (size_t)(e - a)) == 0, "line %zu", i);
        p = e + 1;
        q = f + 1;
    }
    oc_buf_free(&csv);
    oc_buf_free(&want);
    oc_buf_free(&lines);
    oc_buf_free(&got);
    test_end();
}

/* A stream of its own for each `size` records, one behind the other, each with dictionaries of its own. */
static struct oc_buf streams(const struct oc_buf *csv, size_t size)
{
    const char *head = memchr(csv->p, '\n', csv->n), *p = head + 1, *const end = csv->p + csv->n;
    struct oc_buf all = { 0 }, part = { 0 };
    struct how plain = usual;
    struct oc_err err;

    plain.plain = true;
    while (p < end) {
        const char *e = p;
        for (size_t k = 0; k < size && e < end; k++)
            e = (const char *)memchr(e, '\n', (size_t)(end - e)) + 1;
        part.n = 0;
        oc_buf_put(&part, csv->p, (size_t)(head + 1 - csv->p));
        oc_buf_put(&part, p, (size_t)(e - p));
        write_file(path[0], part.p, part.n);
        struct oc_buf one = run(&plain, 1, "arrow", &err);
        CHECK(err.code == OC_OK, "%s", err.text);
        oc_buf_put(&all, one.p, one.n);
        oc_buf_free(&one);
        p = e;
    }
    oc_buf_free(&part);
    return all;
}

static void arrow(void)
{
    static const size_t sizes[] = { 1, 3, 17, 400, 1 << 20 };
    struct oc_buf csv = { 0 };
    struct oc_err err;

    test_begin("whole: Arrow messages of any size");
    state = 3;
    records(&csv, 0, 0, 15);
    write_file(path[0], csv.p, csv.n);
    struct oc_buf want = all_cuts(usual, 1, "csv", OC_OK), wide = run(&usual, 1, "arrow", &err);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        struct oc_buf in = streams(&csv, sizes[i]);
        write_file(path[0], in.p, in.n);
        struct how h = usual;
        for (h.threads = 1; h.threads < 4; h.threads += 2) {
            struct oc_buf a = run(&h, 1, "csv", &err), b = run(&h, 1, "arrow", &err);
            CHECK(err.code == OC_OK, "%s", err.text);
            CHECK(a.n == want.n && memcmp(a.p, want.p, a.n) == 0, "messages of %zu rows differ as CSV", sizes[i]);
            CHECK(b.n == wide.n && memcmp(b.p, wide.p, b.n) == 0, "messages of %zu rows differ as Arrow", sizes[i]);
            oc_buf_free(&a);
            oc_buf_free(&b);
        }
        oc_buf_free(&in);
    }
    oc_buf_free(&csv);
    oc_buf_free(&want);
    oc_buf_free(&wide);
    test_end();
}

static void inputs(void)
{
    struct oc_buf a = { 0 }, b = { 0 };
    struct how twice = usual;

    test_begin("whole: several inputs");
    state = 4;
    records(&a, MESSY, 0, 12);
    records(&b, 0, 12, 12);
    write_file(path[0], a.p, a.n);
    write_file(path[1], b.p, b.n);
    struct oc_buf out = all_cuts(usual, 2, "csv", OC_OK);
    oc_buf_free(&out);
    /* a chain that goes on in the next input */
    b.n = 0;
    records(&b, 0, 11, 5);
    write_file(path[1], b.p, b.n);
    out = all_cuts(usual, 2, "csv", OC_DATA);
    CHECK(memmem(out.p, out.n, "14:03:00Z,NDX", 13), "the chains before it are out");
    oc_buf_free(&out);
    twice.recurs = true;
    out = all_cuts(twice, 2, "csv", OC_OK);
    oc_buf_free(&out);
    oc_buf_free(&a);
    oc_buf_free(&b);
    test_end();
}

static void malformed(void)
{
    static const struct { enum oc_on_error how; enum oc_code code; } end[] = {
        { OC_ON_ERROR_STOP, OC_DATA }, { OC_ON_ERROR_SKIP, OC_INCOMPLETE }, { OC_ON_ERROR_NA, OC_DATA } };
    struct oc_buf csv = { 0 };
    struct how h = usual;

    test_begin("whole: malformed rows obey --on-error");
    state = 5;
    records(&csv, MESSY | MALFORMED, 0, 20);
    write_file(path[0], csv.p, csv.n);
    for (size_t i = 0; i < 3; i++) {
        h.on_error = end[i].how;
        struct oc_buf out = all_cuts(h, 1, "csv", end[i].code);
        CHECK(out.n > 20, "%zu bytes", out.n);
        oc_buf_free(&out);
    }
    /* nothing but malformed rows, and them alone in front */
    h.on_error = OC_ON_ERROR_SKIP;
    const char none[] = "ts,symbol,strike,type,note\nx,y\nx,y\nx,y\n";
    write_file(path[0], none, sizeof none - 1);
    struct oc_buf out = all_cuts(h, 1, "csv", OC_INCOMPLETE);
    oc_buf_free(&out);
    oc_buf_free(&csv);
    test_end();
}

static void refused(void)
{
    static const char again[] = "ts,symbol,strike,type\n2024-01-02T14:00:00Z,SPX,1,C\n2024-01-02T14:00:00Z,NDX,1,C\n"
                                "2024-01-02T14:00:00Z,SPX,2,C\n";
    struct oc_buf csv = { 0 };
    struct how h = usual;
    struct oc_err err;

    test_begin("whole: a chain again, a chain too large, an input that is cut");
    write_file(path[0], again, sizeof again - 1);
    struct oc_buf out = all_cuts(h, 1, "csv", OC_DATA);
    CHECK(out.n && memmem(out.p, out.n, "NDX,1,C,1\n", 10), "the chains before it: %.*s", (int)out.n, out.p);
    oc_buf_free(&out);
    out = run(&h, 1, "csv", &err);
    CHECK(err.line == 4 && strstr(err.text, "symbol SPX"), "%llu %s", (unsigned long long)err.line, err.text);
    oc_buf_free(&out);
    h.recurs = true;
    out = all_cuts(h, 1, "csv", OC_OK);
    oc_buf_free(&out);

    state = 6;
    h = usual;
    h.max_batch = 4000;                     /* the fifth chain of each five has up to 600 rows of some 30 bytes */
    records(&csv, 0, 0, 20);
    write_file(path[0], csv.p, csv.n);
    out = all_cuts(h, 1, "csv", OC_LIMIT);
    CHECK(out.n > 200, "%zu bytes before it", out.n);
    oc_buf_free(&out);

    csv.n -= 7;                             /* an open quote at the end: the last chain is not told */
    oc_buf_puts(&csv, "\n2024-01-02T14:06:00Z,RUT,1,C,\"cut");
    write_file(path[0], csv.p, csv.n);
    h.max_batch = usual.max_batch;
    out = all_cuts(h, 1, "csv", OC_TRUNCATED);
    oc_buf_free(&out);
    oc_buf_free(&csv);
    test_end();
}

static void memory_of_keys(void)
{
    struct oc_err err;
    struct oc_wholekeys *k = oc_wholekeys_new(&err);
    int bad = 0;

    test_begin("whole: the memory of chains that are over");
    for (int64_t i = 0; i < (1 << 20) + 10; i++)
        bad += oc_wholekeys_add(k, &i, sizeof i, i / 4) != OC_WHOLEKEY_NEW;
    CHECK(bad == 0, "%d of many in order are refused", bad);
    int64_t last = (1 << 20) + 9;
    CHECK(oc_wholekeys_add(k, &last, sizeof last, last / 4) == OC_WHOLEKEY_SEEN, "the last again");
    CHECK(oc_wholekeys_add(k, &last, sizeof last, 5) == OC_WHOLEKEY_BACK, "back in time");
    oc_wholekeys_free(k);
    k = oc_wholekeys_new(&err);
    int what = OC_WHOLEKEY_NEW;
    for (int64_t i = 0; i < 1 << 20; i++)
        what = oc_wholekeys_add(k, &i, sizeof i, INT64_MIN);
    CHECK(what == OC_WHOLEKEY_FULL, "too many without an instant: %d", what);
    oc_wholekeys_free(k);
    test_end();
}

int main(void)
{
    char dir[] = "/tmp/oc-whole-XXXXXX";

    if (!mkdtemp(dir))
        return 1;
    for (size_t i = 0; i < 4; i++)
        snprintf(path[i], sizeof path[i], "%s/%zu", dir, i);
    text();
    json();
    arrow();
    inputs();
    malformed();
    refused();
    memory_of_keys();
    for (size_t i = 0; i < 4; i++)
        unlink(path[i]);
    rmdir(dir);
    return test_done();
}
