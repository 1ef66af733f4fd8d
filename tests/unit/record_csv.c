/*
 * record_csv - CSV and TSV: the reader against libcsv on random texts at all block sizes, the kernels against each other,
 * limits, endings; the writer by writing and reading again.
 */
#include "base/num.h"
#include "convert.h"
#include "csv_oracle.h"
#include "record/csvscan.h"
#include "test.h"

#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <unistd.h>

extern const struct oc_format oc_format_csv, oc_format_tsv;

static uint64_t rng_state = 7;

static uint64_t rng(void)
{
    uint64_t z = rng_state += UINT64_C(0x9e3779b97f4a7c15);

    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

static void compare(const struct csv_case *cc, const char *text, size_t n)
{
    struct oc_buf want = { 0 }, got = { 0 };
    struct oc_err err = { 0 };
    const char delim = cc->format == &oc_format_csv ? ',' : '\t';
    const enum meaning w = oracle_read(text, n, delim, &want), g = reader_read(cc, text, n, &got, &err);

    CHECK(w == g, "'%s' in blocks of %zu, rows %zu: meaning %d, libcsv says %d (%s)", shown(text, n), cc->block_bytes,
          cc->batch_rows, g, w, err.text);
    if (w == g && w != MEANS_NO_HEADER)
        CHECK(want.n == got.n && (!want.n || memcmp(want.p, got.p, want.n) == 0),
              "'%s' in blocks of %zu, rows %zu: other records than libcsv's", shown(text, n), cc->block_bytes,
              cc->batch_rows);
    oc_buf_free(&want);
    oc_buf_free(&got);
}

static void against_libcsv(void)
{
    static const char alphabet[] = ",,,\"\"\r\n\n a1", wild[] = ",\"\r\n\t\0x";
    const long rounds = getenv("OC_FULL") ? 3000000 : 60000;
    char text[64];

    test_begin("csv: random texts mean what libcsv says");
    for (long i = 0; i < rounds; i++) {
        /* half of them begin with a header that fits many of the rest */
        size_t n = rng() % 2 ? (size_t)sprintf(text, "a,1%s", rng() % 4 ? "\n" : "\r\n") : 0;
        const size_t more = rng() % 40;
        for (size_t k = 0; k < more; k++)
            text[n++] = i % 8 ? alphabet[rng() % (sizeof alphabet - 1)] : wild[rng() % (sizeof wild - 1)];
        const struct csv_case cc = { i % 16 ? &oc_format_csv : &oc_format_tsv, 1 + rng() % 64,
                                     rng() % 3 ? 0 : 1 + rng() % 4, 1 << 20 };
        compare(&cc, text, n);
    }
    test_end();

    test_begin("csv: every block size from 1 to 64");
    for (size_t size = 1; size <= 64; size++)
        for (size_t rows = 0; rows < 4; rows++) {
            static const char t[] = "a,b,c\r\n1,\"x\r\ny\",\"\"\"\"\r\n\r\n2,,\r\n3,4\r\n5,\"6\"7,8\r\n\"9\",\"\",\",\"\r\n1,2,3,4\r\n"
                                    "x\ry,1,2\n\"a\nb\nc\",d,e\n\n\nlast,\"one\",\"\"";
            compare(&(struct csv_case){ &oc_format_csv, size, rows, 1 << 20 }, t, sizeof t - 1);
        }
    test_end();
}

/* Tables large enough for many vectors and blocks: regular ones, and with one thing wrong somewhere. */
static void large_tables(void)
{
    const size_t cap = 400000;
    char *text = malloc(cap + 200);

    test_begin("csv: large tables, plain and with an irregularity");
    for (int round = 0; round < 60; round++) {
        const char *end = round % 2 ? "\r\n" : "\n";
        const size_t columns = 1 + rng() % 20;
        size_t n = 0;
        for (size_t i = 0; i < columns; i++)
            n += (size_t)sprintf(text + n, "%sc%zu", i ? "," : "", i);
        n += (size_t)sprintf(text + n, "%s", end);
        while (n < cap / 4) {
            for (size_t i = 0; i < columns; i++)
                n += (size_t)sprintf(text + n, "%s%.*s", i ? "," : "", (int)(1 + rng() % 9), "123456789");
            if (round % 3 == 0 && rng() % 1000 == 0) {
                static const char *const odd[] = { "\n", ",", "\"", ",\"q\"", "\r", "\r\r\n", "\",\"", "\n\n", "\"\"" };
                n += (size_t)sprintf(text + n, "%s", odd[rng() % 9]);
            }
            n += (size_t)sprintf(text + n, "%s", end);
        }
        const struct csv_case cc = { &oc_format_csv, 1000 + rng() % 100000, round % 5 ? 0 : 1 + rng() % 500, 1 << 20 };
        compare(&cc, text, n - (round % 4 == 0 ? strlen(end) : 0));
    }
    test_end();
    free(text);
}

static void kernels(void)
{
    enum { N = 4096 };
    char *text = aligned_alloc(64, N + 128);
    uint32_t *want = malloc((N + 64) * sizeof *want), *got = malloc((N + 64) * sizeof *got);
    int missing = 0;

    test_begin("csv: every instruction set finds the same");
    for (int round = 0; round < 400; round++) {
        const uint32_t from = 64 * (uint32_t)(rng() % 3), to = from + (uint32_t)(rng() % (N - 128));
        const char *alphabet = round % 2 ? ",\n\r\"\0a" : "aaaaaaaaaaaa,aaaaaaaaaaaaaaaaaaa\n";
        const size_t letters = round % 2 ? 6 : 33;
        struct oc_csvscan w, g;
        for (size_t i = 0; i < N + 128; i++)
            text[i] = alphabet[rng() % letters];
        size_t k = 0, lf = 0, cr = 0, quotes = 0, nuls = 0;
        for (uint32_t i = from; i < to; i++) {
            if (text[i] == ',' || text[i] == '\n')
                want[k++] = i;
            lf += text[i] == '\n';
            cr += text[i] == '\r';
            quotes += text[i] == '"';
            nuls += text[i] == '\0';
        }
        w = (struct oc_csvscan){ k, lf, cr, quotes, nuls };
        for (int isa = 0; isa < 3; isa++) {
            if (oc_csvscan_split_by(isa, text, from, to, ',', got, &g)) {
                missing |= 1 << isa;
                continue;
            }
            CHECK(g.nsep == w.nsep && g.nlf == w.nlf && g.ncr == w.ncr && !g.quotes == !w.quotes && !g.nuls == !w.nuls
                  && memcmp(got, want, k * sizeof *want) == 0, "isa %d, [%u, %u)", isa, from, to);
        }
    }
    CHECK(!(missing & 1), "the baseline is missing");
    test_end();
    if (missing)
        test_skip("csv: kernels of other processors", "not on this one");
    free(text);
    free(want);
    free(got);
}

/* ---- limits and endings ---- */

static enum oc_code code_of(const struct csv_case *cc, const char *text, size_t n, size_t *nwords)
{
    struct oc_buf words = { 0 };
    struct oc_err err = { 0 };

    reader_read(cc, text, n, &words, &err);
    *nwords = words.n;
    oc_buf_free(&words);
    return err.code;
}

static void limits(void)
{
    const struct csv_case tight = { &oc_format_csv, 1 << 18, 0, 1000 }, wide = { &oc_format_csv, 256, 0, 1000 },
                          rows = { &oc_format_csv, 256, 1, 1000 };
    const struct csv_case *const all[] = { &tight, &wide, &rows };
    char text[4000];
    size_t k, first = 0;

    test_begin("csv: records to the byte of --max-record, not above");
    for (size_t i = 0; i < 3; i++)
        for (size_t n = 996; n < 1004; n++) {
            memcpy(text, "a\n1\n", 4);
            memset(text + 4, 'x', n - 1);           /* n bytes with the line feed */
            text[4 + n - 1] = '\n';
            text[4 + n] = '2';
            const enum oc_code c = code_of(all[i], text, n + 5, &k);
            CHECK(c == (n <= 1000 ? OC_OK : OC_LIMIT), "case %zu, %zu bytes: code %d", i, n, c);
            if (n == 1001)
                first = k;
            CHECK(n <= 1000 || (k == first && k > 0), "the record before is lost, or more than it is there");
        }
    memset(text, 'h', sizeof text);
    CHECK(code_of(&wide, text, sizeof text, &k) == OC_LIMIT, "a header above the limit");
    memset(text, '"', 1);
    CHECK(code_of(&tight, text, sizeof text, &k) == OC_LIMIT, "a quoted header above the limit");
    test_end();

    test_begin("csv: endings");
    static const struct { const char *text; enum oc_code code; uint64_t line; const char *says; } ends[] = {
        { "", OC_FORMAT, 1, "empty" }, { "\n\n", OC_FORMAT, 1, "empty" }, { "a,b", OC_OK, 0, "" },
        { "a,b\n1,2", OC_OK, 0, "" }, { "a,b\n1,2\r", OC_OK, 0, "" }, { "a,b\n1,\"2", OC_TRUNCATED, 2, "cut" },
        { "a,b\n1,\"2\"", OC_OK, 0, "" }, { "\na,b\n1,2\n\"!oc: output cut", OC_TRUNCATED, 4, "oc program" },
        { "a\n\"1\n2\"\n\n3\n\"4\n5", OC_TRUNCATED, 6, "cut" }, { "\"a", OC_TRUNCATED, 1, "cut" },
        { "a\"b\n", OC_FORMAT, 1, "quote" }, { "\n\na\rb\n", OC_FORMAT, 3, "carriage return" },
    };
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        struct oc_buf words = { 0 };
        struct oc_err err = { 0 };
        reader_read(&tight, ends[i].text, strlen(ends[i].text), &words, &err);
        CHECK(err.code == ends[i].code && strstr(err.text, ends[i].says), "'%s': %d %s", shown(ends[i].text,
              strlen(ends[i].text)), err.code, err.text);
        CHECK(err.code == OC_OK || (err.file[0] && err.line == ends[i].line), "'%s': file '%s', line %llu",
              shown(ends[i].text, strlen(ends[i].text)), err.file, (unsigned long long)err.line);
        oc_buf_free(&words);
    }
    struct oc_err err = { 0 };
    struct oc_buf words = { 0 };
    CHECK(reader_read(&tight, "a\0b\n", 4, &words, &err) == MEANS_NO_HEADER && strstr(err.text, "UTF-16"), "NUL in the header");
    test_end();
}

/* What is written to a pipe is cut as soon as nothing more is there. */
static void live(void)
{
    const struct oc_limits limits = { .max_record = 1 << 20, .max_batch = 1 << 20, .block_bytes = 1 << 18 };
    struct oc_csv state = { 0 };
    struct oc_reader r = { .format = &oc_format_csv, .limits = &limits, .state = &state };
    struct oc_block blk = { 0 };
    struct oc_err err = { 0 };
    int fd[2];
    char path[64];

    test_begin("csv: a live record is not held back");
    if (pipe(fd)) {
        test_fail("no pipe");
        return;
    }
    snprintf(path, sizeof path, "/proc/self/fd/%d", fd[0]);
    r.src = oc_source_open(path, 0, &err);
    CHECK(r.src, "%s", err.text);
    CHECK(write(fd[1], "a,b\n", 4) == 4 && oc_csv_open(&r, ',', &err) == 0, "header: %s", err.text);
    static const struct { const char *text; size_t n; } steps[] = { { "1,2\n3,", 4 }, { "4\n5,6\n", 8 }, { "7,8\n", 4 } };
    for (size_t i = 0; i < 3; i++) {
        CHECK(write(fd[1], steps[i].text, strlen(steps[i].text)) > 0, "write");
        const int rc = oc_csvcut_next(&r, &blk, &err);
        CHECK(rc == 1 && blk.n == steps[i].n, "step %zu: %d, %zu bytes", i, rc, blk.n);
    }
    close(fd[1]);
    CHECK(oc_csvcut_next(&r, &blk, &err) == 0, "no end");
    oc_csv_close(&r);
    oc_source_close(r.src);
    oc_schema_free(&r.schema);
    free(blk.p);
    close(fd[0]);
    test_end();
}

/* ---- writing ---- */

/* Computed columns of every type; the second row of a batch has no values, the third is not active. */
static int add_columns(struct oc_batch *b, struct oc_err *err)
{
    static const uint32_t off[] = { 0, 2, 5, 12 };
    double *f;
    int64_t *i, *t;
    int32_t *s;
    uint64_t *iv, *tv, *sv;
    struct oc_dict *d = oc_dict_new(3, off, "oka,bsay \"x\"", err);

    if (!d || oc_add_f64(b, "f", &f, err) || oc_add_i64(b, "i", OC_I64, &i, &iv, err)
        || oc_add_i64(b, "t", OC_TIME, &t, &tv, err) || oc_add_sym(b, "s", d, &s, &sv, err))
        return -1;
    oc_dict_drop(d);
    b->active = oc_arena_alloc(&b->arena, 8);
    *b->active = ~UINT64_C(0);
    for (size_t r = 0; r < b->rows; r++) {
        f[r] = r == 1 ? NAN : 0.1 + (double)r;
        i[r] = -5;
        t[r] = INT64_C(1795208400000000000) + (int64_t)r;
        s[r] = (int32_t)(r % 3);
        if (r == 1) {
            oc_bit_clear(iv, r);
            oc_bit_clear(tv, r);
            oc_bit_clear(sv, r);
        }
        if (r == 2)
            oc_bit_clear(b->active, r);
    }
    return 0;
}

static int drop_second(struct oc_batch *b, struct oc_err *err)
{
    (void)err;
    b->col[1].flags |= OC_COL_DROPPED;
    return 0;
}

static int drop_all_but_second(struct oc_batch *b, struct oc_err *err)
{
    (void)err;
    for (size_t i = 0; i < b->ncol; i++)
        if (i != 1)
            b->col[i].flags |= OC_COL_DROPPED;
    return 0;
}

static void writing(void)
{
    static const char text[] = "a, b ,\"c,c\"\r\n1,\"x\r\ny\",\"\"\"\"\r\n2,, 007.10 \r\n\"9\",\"\",\",\"\r\n";

    test_begin("csv: untouched cells leave as they came");
    for (size_t block = 1; block < 64; block += 3)
        expect(convert(&oc_format_csv, &oc_format_csv, text, block, NULL, NULL, true), text, "identity");
    expect(convert(&oc_format_csv, &oc_format_csv, "a,b\n1,2\n\n\n3,4", 100, NULL, NULL, true), "a,b\n1,2\n3,4\n", "blank lines");
    expect(convert(&oc_format_csv, &oc_format_csv, "a,b,c\n1,2,3\n\"x\",\"y\",z\n", 100, NULL, drop_second, true),
           "a,c\n1,3\n\"x\",z\n", "a dropped column");
    expect(convert(&oc_format_csv, &oc_format_csv, "a,b,c\n1,2,3\n4,,6\n", 100, NULL, drop_all_but_second, true),
           "b\n2\n\"\"\n", "a missing cell alone in its line");
    test_end();

    test_begin("csv: computed cells");
    expect(convert(&oc_format_csv, &oc_format_csv, "a\n1\n2\n3\n4\n5\n", 100, NULL, add_columns, true),
           "a,f,i,t,s\n1,0.1,-5,2026-11-20T21:00:00Z,ok\n2,,,,\n3,,,,\n4,3.1,-5,2026-11-20T21:00:00.000000003Z,ok\n"
           "5,4.1,-5,2026-11-20T21:00:00.000000004Z,\"a,b\"\n", "all types");
    expect(convert(&oc_format_csv, &oc_format_tsv, "a\n1\n2\n3\n4\n5\n", 100, "fixed:2", add_columns, true),
           "a\tf\ti\tt\ts\n1\t0.10\t-5\t2026-11-20T21:00:00Z\tok\n2\t\t\t\t\n3\t\t\t\t\n"
           "4\t3.10\t-5\t2026-11-20T21:00:00.000000003Z\tok\n5\t4.10\t-5\t2026-11-20T21:00:00.000000004Z\ta,b\n", "as TSV");
    test_end();

    test_begin("csv: TSV and back");
    expect(convert(&oc_format_csv, &oc_format_tsv, "a,b\n\"1,5\",\"t\tt\"\n\"q\"\"q\",\"\"\n", 100, NULL, NULL, true),
           "a\tb\n1,5\t\"t\tt\"\n\"q\"\"q\"\t\n", "to TSV");
    expect(convert(&oc_format_tsv, &oc_format_csv, "a\tb\n1,5\t\"t\tt\"\n", 100, NULL, NULL, true),
           "a,b\n\"1,5\",t\tt\n", "to CSV");
    test_end();

    test_begin("csv: a failed run ends in an open quote");
    char *cut = convert(&oc_format_csv, &oc_format_csv, "a\n1\n", 100, NULL, NULL, false);
    struct oc_buf words = { 0 };
    struct oc_err err = { 0 };
    const struct csv_case cc = { &oc_format_csv, 100, 0, 1000 };
    CHECK(reader_read(&cc, cut, strlen(cut), &words, &err) == MEANS_TRUNCATED && err.code == OC_TRUNCATED
          && strstr(err.text, "oc program"), "'%s' is read: %s", cut, err.text);
    CHECK(words.n > 0, "the record before the mark is lost");
    oc_buf_free(&words);
    free(cut);
    test_end();
}

static void recognition(void)
{
    static const struct { const char *s; bool csv; int least; } cases[] = {
        { "a,b\n", true, 50 }, { "a\tb\n", false, 50 }, { "name\n1\n", true, 1 }, { "\"a\nb\",c\n", true, 50 },
    };

    test_begin("csv: recognition");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const int c = oc_format_csv.sniff((const unsigned char *)cases[i].s, strlen(cases[i].s));
        const int t = oc_format_tsv.sniff((const unsigned char *)cases[i].s, strlen(cases[i].s));
        CHECK((cases[i].csv ? c > t : t > c) && (cases[i].csv ? c : t) >= cases[i].least, "'%s': csv %d, tsv %d",
              cases[i].s, c, t);
    }
    static const unsigned char binary[] = { 'a', ',', 0, 1, 'b', '\n' };
    CHECK(oc_format_csv.sniff(binary, sizeof binary) == 0, "binary passes for CSV");
    test_end();
}

int main(void)
{
    against_libcsv();
    large_tables();
    kernels();
    limits();
    live();
    writing();
    recognition();
    return test_done();
}
