/*
 * record_arrow_wide - what others write and we do not: every width of integer, other layouts of text, units of time,
 * decimals, deltas; what does not convert is told; what is hostile is refused.
 *
 * The streams are made here, message by message, with the writer of arrow_fb.h.
 */
#include "arrow_help.h"
#include "record/arrow_fb.h"
#include "record/arrow_type.h"

/* ---- a stream in the making ---- */

enum { MAXCOL = 8 };

struct column {
    const char *name;
    int member;                 /* of the union Type */
    int a, b, c;                /* its fields: bits and sign, precision, unit, scale and width */
    const char *zone;           /* timestamp */
    int index_bits;             /* dictionary; negative: unsigned */
};

struct body { struct oc_buf bytes; size_t n; struct { int64_t at, n; } buffer[32]; size_t nnode; int64_t nulls[MAXCOL]; };

static size_t put_int(struct oc_buf *fb, int bits, bool is_signed)
{
    size_t slot[2];
    const size_t t = oc_arrow_fb_put_table(fb, "41", slot);

    oc_arrow_fb_set(fb, slot[0], 4, bits);
    oc_arrow_fb_set(fb, slot[1], 1, is_signed);
    return t;
}

static size_t put_type(struct oc_buf *fb, const struct column *c)
{
    size_t slot[3], t;

    switch (c->member) {
    case ARROW_T_INT: return put_int(fb, c->a, c->b);
    case ARROW_T_FLOAT:
    case ARROW_T_DATE:
        t = oc_arrow_fb_put_table(fb, "2", slot);
        oc_arrow_fb_set(fb, slot[0], 2, c->a);
        return t;
    case ARROW_T_DECIMAL:
        t = oc_arrow_fb_put_table(fb, "444", slot);
        oc_arrow_fb_set(fb, slot[0], 4, 9);
        oc_arrow_fb_set(fb, slot[1], 4, c->b);
        oc_arrow_fb_set(fb, slot[2], 4, c->c);
        return t;
    case ARROW_T_TIMESTAMP:
        t = oc_arrow_fb_put_table(fb, c->zone ? "2o" : "2-", slot);
        oc_arrow_fb_set(fb, slot[0], 2, c->a);
        if (c->zone)
            oc_arrow_fb_point(fb, slot[1], oc_arrow_fb_put_string(fb, c->zone, strlen(c->zone)));
        return t;
    default: return oc_arrow_fb_put_table(fb, "", slot);
    }
}

static void seal(struct oc_buf *out, struct oc_buf *fb, const struct oc_buf *body)
{
    oc_arrow_fb_pad(fb, 8, 0);
    const uint32_t prefix[2] = { UINT32_MAX, (uint32_t)fb->n };
    oc_buf_put(out, prefix, 8);
    oc_buf_put(out, fb->p, fb->n);
    if (body)
        oc_buf_put(out, body->p, body->n);
    oc_buf_free(fb);
}

static void message(struct oc_buf *fb, int type, int64_t body, size_t slot[4])
{
    oc_buf_put(fb, "\0\0\0\0\0\0\0", 8);
    oc_arrow_fb_point(fb, 0, oc_arrow_fb_put_table(fb, "21o8", slot));
    oc_arrow_fb_set(fb, slot[0], 2, ARROW_V5);
    oc_arrow_fb_set(fb, slot[1], 1, type);
    oc_arrow_fb_set(fb, slot[3], 8, body);
}

static void put_schema(struct oc_buf *out, size_t n, const struct column *c, int endian)
{
    struct oc_buf fb = { 0 };
    size_t m[4], s[2], f[5], e[2];

    message(&fb, ARROW_IS_SCHEMA, 0, m);
    oc_arrow_fb_point(&fb, m[2], oc_arrow_fb_put_table(&fb, "2o", s));
    oc_arrow_fb_set(&fb, s[0], 2, endian);
    const size_t vec = oc_arrow_fb_put_vector(&fb, n, 4);
    oc_arrow_fb_point(&fb, s[1], vec);
    for (size_t i = 0; i < n; i++) {
        oc_arrow_fb_point(&fb, vec + 4 + 4 * i, oc_arrow_fb_put_table(&fb, c[i].index_bits ? "o11oo" : "o11o-", f));
        oc_arrow_fb_set(&fb, f[1], 1, 1);
        oc_arrow_fb_set(&fb, f[2], 1, c[i].member);
        oc_arrow_fb_point(&fb, f[0], oc_arrow_fb_put_string(&fb, c[i].name, strlen(c[i].name)));
        oc_arrow_fb_point(&fb, f[3], put_type(&fb, &c[i]));
        if (c[i].index_bits) {
            oc_arrow_fb_point(&fb, f[4], oc_arrow_fb_put_table(&fb, "8o", e));
            oc_arrow_fb_set(&fb, e[0], 8, (int64_t)i + 100);
            oc_arrow_fb_point(&fb, e[1], put_int(&fb, abs(c[i].index_bits), c[i].index_bits > 0));
        }
    }
    seal(out, &fb, NULL);
}

static void buffer(struct body *b, const void *p, size_t n)
{
    b->buffer[b->n].at = (int64_t)b->bytes.n;
    b->buffer[b->n++].n = (int64_t)n;
    oc_buf_put(&b->bytes, p, n);
    oc_arrow_fb_pad(&b->bytes, 8, 0);
}

/* A column with a validity bitmap of one byte (255: nothing missing, no bitmap) and one buffer of values. */
static void values(struct body *b, size_t rows, unsigned char valid, const void *p, size_t n)
{
    const unsigned mask = (1u << rows) - 1;

    b->nulls[b->nnode++] = valid == 255 ? 0 : (int64_t)rows - __builtin_popcount(valid & mask);
    buffer(b, &valid, valid == 255 ? 0 : 1);
    buffer(b, p, n);
}

/* A record batch; or, with a dictionary's id, a dictionary batch.  variadic: number of view buffers, -1 none. */
static void put_batch(struct oc_buf *out, struct body *b, int64_t rows, int64_t id, bool delta, int64_t variadic)
{
    struct oc_buf fb = { 0 };
    size_t m[4], d[3], s[5];

    message(&fb, id < 0 ? ARROW_IS_BATCH : ARROW_IS_DICTIONARY, (int64_t)b->bytes.n, m);
    size_t to = m[2];
    if (id >= 0) {
        oc_arrow_fb_point(&fb, to, oc_arrow_fb_put_table(&fb, "8o1", d));
        oc_arrow_fb_set(&fb, d[0], 8, id);
        oc_arrow_fb_set(&fb, d[2], 1, delta);
        to = d[1];
    }
    oc_arrow_fb_point(&fb, to, oc_arrow_fb_put_table(&fb, variadic >= 0 ? "8oo-o" : "8oo", s));
    oc_arrow_fb_set(&fb, s[0], 8, rows);
    const size_t nodes = oc_arrow_fb_put_vector(&fb, b->nnode, 16);
    oc_arrow_fb_point(&fb, s[1], nodes);
    for (size_t i = 0; i < b->nnode; i++) {
        oc_arrow_fb_set(&fb, nodes + 4 + 16 * i, 8, rows);
        oc_arrow_fb_set(&fb, nodes + 12 + 16 * i, 8, b->nulls[i]);
    }
    const size_t buffers = oc_arrow_fb_put_vector(&fb, b->n, 16);
    oc_arrow_fb_point(&fb, s[2], buffers);
    for (size_t i = 0; i < b->n; i++) {
        oc_arrow_fb_set(&fb, buffers + 4 + 16 * i, 8, b->buffer[i].at);
        oc_arrow_fb_set(&fb, buffers + 12 + 16 * i, 8, b->buffer[i].n);
    }
    if (variadic >= 0) {
        const size_t v = oc_arrow_fb_put_vector(&fb, 1, 8);
        oc_arrow_fb_point(&fb, s[4], v);
        oc_arrow_fb_set(&fb, v + 4, 8, variadic);
    }
    seal(out, &fb, &b->bytes);
    oc_buf_free(&b->bytes);
    *b = (struct body){ 0 };
}

static void put_end(struct oc_buf *out) { oc_buf_put(out, "\xff\xff\xff\xff\0\0\0\0", 8); }

/* ---- what is expected of it ---- */

static const struct oc_reading *how;

static void reads(struct oc_buf *stream, const struct retype *types, const char *expect)
{
    struct oc_buf got = { 0 };
    struct oc_err err = { 0 };
    const int rc = decode_as(stream->p, stream->n, NULL, how, types, put_rows, &got, &err);

    CHECK(rc == 0, "refused: %s", err.text);
    CHECK(rc || strcmp(oc_buf_str(&got), expect) == 0, "got\n%swhere expected\n%s", oc_buf_str(&got), expect);
    oc_buf_free(&got);
    oc_buf_free(stream);
}

static void refuses(struct oc_buf *stream, const struct retype *types, const char *word)
{
    struct oc_err err = { 0 };
    const int rc = decode_as(stream->p, stream->n, NULL, how, types, NULL, NULL, &err);

    CHECK(rc < 0 && strstr(err.text, word), "%d '%s' where '%s' was expected", rc, err.text, word);
    oc_buf_free(stream);
}

/* A stream of one column and one batch of values. */
static struct oc_buf single(struct column c, size_t rows, unsigned char valid, const void *p, size_t n)
{
    struct oc_buf out = { 0 };
    struct body b = { 0 };

    put_schema(&out, 1, &c, 0);
    values(&b, rows, valid, p, n);
    put_batch(&out, &b, (int64_t)rows, -1, false, -1);
    put_end(&out);
    return out;
}

#define SINGLE(column, valid, ...) \
    single(column, sizeof __VA_ARGS__ / sizeof __VA_ARGS__[0], valid, __VA_ARGS__, sizeof __VA_ARGS__)

static struct column int_column(int bits, bool is_signed)
{
    return (struct column){ .name = "x", .member = ARROW_T_INT, .a = bits, .b = is_signed };
}

static void integers(void)
{
    struct oc_buf s;

    test_begin("arrow: integers of every width");
    s = SINGLE(int_column(8, true), 255, ((int8_t[]){ -128, 127 }));
    reads(&s, NULL, "-128,\n127,\n");
    s = SINGLE(int_column(8, false), 255, ((uint8_t[]){ 0, 255 }));
    reads(&s, NULL, "0,\n255,\n");
    s = SINGLE(int_column(16, true), 5, ((int16_t[]){ -32768, 99, 32767 }));
    reads(&s, NULL, "-32768,\n~,\n32767,\n");
    s = SINGLE(int_column(16, false), 255, ((uint16_t[]){ 65535 }));
    reads(&s, NULL, "65535,\n");
    s = SINGLE(int_column(32, true), 255, ((int32_t[]){ INT32_MIN }));
    reads(&s, NULL, "-2147483648,\n");
    s = SINGLE(int_column(32, false), 255, ((uint32_t[]){ UINT32_MAX }));
    reads(&s, NULL, "4294967295,\n");
    s = SINGLE(int_column(64, true), 2, ((int64_t[]){ 77, INT64_MIN }));
    reads(&s, NULL, "~,\n-9223372036854775808,\n");
    s = SINGLE(int_column(64, false), 255, ((uint64_t[]){ 5, UINT64_MAX, INT64_MAX }));
    reads(&s, NULL, "5,\n~,\n9223372036854775807,\n! x: 18446744073709551615 is above the largest int64\n");
    test_end();
}

static void floats(void)
{
    struct oc_buf s;
    const struct column f32 = { .name = "x", .member = ARROW_T_FLOAT, .a = 1 };
    const struct column f64 = { .name = "x", .member = ARROW_T_FLOAT, .a = 2 };

    test_begin("arrow: floats, and NaN as missing");
    s = SINGLE(f32, 5, ((float[]){ 1.5F, 7, -0.0F, 9 }));
    reads(&s, NULL, "3ff8000000000000,\n~,\n8000000000000000,\n~,\n");
    s = SINGLE(f64, 13, ((double[]){ 0.1, 7, (double)NAN, 1e300 }));
    reads(&s, NULL, "3fb999999999999a,\n~,\n~,\n7e37e43c8800759c,\n");
    test_end();
}

static void decimals(void)
{
    struct column c = { .name = "x", .member = ARROW_T_DECIMAL, .b = 2, .c = 128 };
    struct oc_buf s;

    test_begin("arrow: decimals, rounded once");
    const __int128 wide[3] = { 12345, -1, (((__int128)1 << 126) - 1) };
    s = single(c, 3, 255, wide, sizeof wide);
    /* 123.45, -0.01, 850705917302346158658436518579420528.63 and below -92233720368547758.08, as Python's float() of these texts gives them */
    reads(&s, NULL, "405edccccccccccd,\nbf847ae147ae147b,\n47647ae147ae147b,\n");
    c.c = 64;
    s = single(c, 2, 255, (int64_t[]){ 100, INT64_MIN }, 16);
    reads(&s, NULL, "3ff0000000000000,\nc3747ae147ae147b,\n");
    test_end();
}

static void texts(void)
{
    const struct column large = { .name = "x", .member = ARROW_T_LARGE_UTF8 };
    const struct column view = { .name = "x", .member = ARROW_T_UTF8_VIEW };
    const struct column utf8 = { .name = "x", .member = ARROW_T_UTF8 };
    const char *chars = "onethree";
    struct oc_buf out = { 0 };
    struct body b = { 0 };

    test_begin("arrow: large utf8 and views");
    put_schema(&out, 1, &large, 0);
    values(&b, 4, 11, (int64_t[]){ 0, 3, 3, 3, 8 }, 40);
    buffer(&b, chars, 8);
    put_batch(&out, &b, 4, -1, false, -1);
    put_end(&out);
    reads(&out, NULL, "one,\n,\n~,\nthree,\n");

    struct { int32_t n; char head[4]; int32_t buffer, at; } views[3] = {
        { 5, "shor", 0x74, 0 }, { 13, "thir", 0, 2 }, { 99, "gone", 77, 77 } };
    put_schema(&out, 1, &view, 0);
    values(&b, 3, 3, views, sizeof views);
    buffer(&b, "??thirteen chars", 16);
    put_batch(&out, &b, 3, -1, false, 1);
    put_end(&out);
    reads(&out, NULL, "short,\nthirteen char,\n~,\n");

    put_schema(&out, 1, &view, 0);          /* the third is not missing now */
    values(&b, 3, 255, views, sizeof views);
    buffer(&b, "??thirteen chars", 16);
    put_batch(&out, &b, 3, -1, false, 1);
    put_end(&out);
    refuses(&out, NULL, "outside of its buffers");

    put_schema(&out, 1, &utf8, 0);          /* a missing row that holds text shows none */
    values(&b, 2, 2, (int32_t[]){ 0, 3, 8 }, 12);
    buffer(&b, chars, 8);
    put_batch(&out, &b, 2, -1, false, -1);
    put_end(&out);
    reads(&out, NULL, "~,\nthree,\n");
    for (int k = 0; k < 3; k++) {
        const int32_t off[3][3] = { { 0, 9, 8 }, { 0, 3, 9 }, { -1, 3, 8 } };
        put_schema(&out, 1, &utf8, 0);
        values(&b, 2, 255, off[k], 12);
        buffer(&b, chars, 8);
        put_batch(&out, &b, 2, -1, false, -1);
        put_end(&out);
        refuses(&out, NULL, "do not ascend");
    }
    test_end();
}

static void put_texts(struct oc_buf *out, int64_t id, size_t n, const int32_t *off, const char *chars, unsigned char valid,
                      bool delta)
{
    struct body b = { 0 };

    values(&b, n, valid, off, 4 * (n + 1));
    buffer(&b, chars, (size_t)off[n]);
    put_batch(out, &b, (int64_t)n, id, delta, -1);
}

static void dictionaries(void)
{
    static const int bits[] = { 8, -8, 16, -16, 32, -32, 64, -64 };
    struct oc_buf out = { 0 };
    struct body b = { 0 };

    test_begin("arrow: dictionaries of every index, deltas, missing entries");
    for (size_t i = 0; i < 8; i++) {
        const struct column c = { .name = "x", .member = ARROW_T_UTF8, .index_bits = bits[i] };
        const size_t w = (size_t)abs(bits[i]) / 8;
        unsigned char index[24] = { 0 };
        index[0] = 1;
        index[w] = 99;                      /* missing, so whatever it says */
        put_schema(&out, 1, &c, 0);
        put_texts(&out, 100, 2, (int32_t[]){ 0, 1, 3 }, "abb", 255, false);
        values(&b, 3, 5, index, 3 * w);
        put_batch(&out, &b, 3, -1, false, -1);
        put_texts(&out, 100, 1, (int32_t[]){ 0, 2 }, "cc", 255, true);      /* appended: entry 2 */
        memset(index, 0, sizeof index);
        index[w] = 2;
        values(&b, 2, 255, index, 2 * w);
        put_batch(&out, &b, 2, -1, false, -1);
        put_texts(&out, 100, 2, (int32_t[]){ 0, 1, 2 }, "zy", 1, false);    /* anew, entry 1 missing */
        memset(index, 0, sizeof index);
        index[w] = 1;
        values(&b, 2, 255, index, 2 * w);
        put_batch(&out, &b, 2, -1, false, -1);
        put_end(&out);
        reads(&out, NULL, "bb,\n~,\na,\na,\ncc,\nz,\n~,\n");
    }
    for (size_t i = 0; i < 8; i++) {        /* one past the end; and, where it has a sign, below 0 */
        const struct column c = { .name = "x", .member = ARROW_T_UTF8, .index_bits = bits[i] };
        const size_t w = (size_t)abs(bits[i]) / 8;
        unsigned char index[8];
        for (int k = 0; k < 2; k++) {
            memset(index, k ? 255 : 0, sizeof index);
            index[0] = k ? 255 : 2;
            put_schema(&out, 1, &c, 0);
            put_texts(&out, 100, 2, (int32_t[]){ 0, 1, 3 }, "abb", 255, false);
            values(&b, 1, 255, index, w);
            put_batch(&out, &b, 1, -1, false, -1);
            put_end(&out);
            refuses(&out, NULL, "does not have");
        }
    }
    const struct column c = { .name = "x", .member = ARROW_T_UTF8, .index_bits = 32 };
    put_schema(&out, 1, &c, 0);             /* never sent */
    values(&b, 1, 255, (int32_t[]){ 0 }, 4);
    put_batch(&out, &b, 1, -1, false, -1);
    put_end(&out);
    refuses(&out, NULL, "does not have");
    put_schema(&out, 1, &c, 0);             /* never sent, but never used */
    values(&b, 2, 0, (int32_t[]){ 5, 5 }, 8);
    put_batch(&out, &b, 2, -1, false, -1);
    put_end(&out);
    reads(&out, NULL, "~,\n~,\n");
    test_end();
}

static int new_york(const void *zone, int64_t local, int64_t *utc, const char **why)
{
    (void)zone;
    *why = "does not exist there";
    *utc = local + 5 * 3600 * INT64_C(1000000000);
    return local == 0 ? -1 : 0;
}

static void times(void)
{
    static const int64_t unit[] = { 1000000000, 1000000, 1000, 1 };
    struct column c = { .name = "ts", .member = ARROW_T_TIMESTAMP, .zone = "America/New_York" };
    const struct oc_reading zone = { .local = new_york };
    struct oc_buf s;

    test_begin("arrow: instants, local times, dates");
    for (c.a = 0; c.a < 4; c.a++) {         /* with a zone they are instants, whatever zone it is */
        char expect[80];
        s = SINGLE(c, 255, ((int64_t[]){ 7, -7 }));
        snprintf(expect, sizeof expect, "%lld,\n%lld,\n", 7LL * unit[c.a], -7LL * unit[c.a]);
        reads(&s, NULL, expect);
    }
    c.a = 0;
    s = SINGLE(c, 255, ((int64_t[]){ 1, INT64_MAX, INT64_MIN }));
    reads(&s, NULL, "1000000000,\n~,\n~,\n! ts: 9223372036854775807 is no instant\n! ts: -9223372036854775808 is no instant\n");
    c.zone = NULL;
    s = SINGLE(c, 255, ((int64_t[]){ 1, 2 }));
    refuses(&s, NULL, "--tz");
    how = &zone;
    s = SINGLE(c, 253, ((int64_t[]){ 1, 5, 0 }));
    reads(&s, NULL, "18001000000000,\n~,\n~,\n! ts: 0 does not exist there\n");
    how = NULL;
    struct column d = { .name = "x", .member = ARROW_T_DATE, .a = 0 };
    s = SINGLE(d, 255, ((int32_t[]){ 0, -1, 2932896, 2932897 }));
    reads(&s, NULL, "0,\n-1,\n2932896,\n~,\n! x: 2932897 is no date\n");
    d.a = 1;
    s = SINGLE(d, 255, ((int64_t[]){ 86400000, 1, -86400000 }));
    reads(&s, NULL, "1,\n~,\n-1,\n! x: 1 is no date\n");
    test_end();
}

static void nulls_and_bools(void)
{
    const struct column c[2] = { { .name = "n", .member = ARROW_T_NULL }, { .name = "b", .member = ARROW_T_BOOL } };
    static const enum oc_type types[] = { OC_TEXT, OC_F64, OC_I64, OC_TIME, OC_DATE, OC_SYM, OC_BOOL };

    test_begin("arrow: columns of type null in any meaning, booleans");
    for (size_t i = 0; i < 7; i++) {
        const struct retype as[] = { { "n", types[i], NULL }, { NULL, 0, NULL } };
        struct oc_buf out = { 0 };
        struct body b = { 0 };
        put_schema(&out, 2, c, 0);
        b.nulls[b.nnode++] = 3;             /* no buffers */
        values(&b, 3, 5, "\xfd", 1);
        put_batch(&out, &b, 3, -1, false, -1);
        put_end(&out);
        reads(&out, as, "~,true,\n~,~,\n~,true,\n");
    }
    test_end();
}

static void casts(void)
{
    const struct column f64 = { .name = "x", .member = ARROW_T_FLOAT, .a = 2 };
    const struct column i64 = int_column(64, true);
    const struct column ts = { .name = "x", .member = ARROW_T_TIMESTAMP, .a = 3, .zone = "UTC" };
    const struct oc_reading ms = { .ts_unit = 1000000 };
    struct retype as[] = { { "x", OC_F64, NULL }, { NULL, 0, NULL } };
    struct oc_buf s;

    test_begin("arrow: values become what the column means");
    s = SINGLE(i64, 5, ((int64_t[]){ 3, 9, -4 }));
    reads(&s, as, "4008000000000000,\n~,\nc010000000000000,\n");
    as[0].factor = "0.01";                  /* 25.3 * 0.01 is 0.253 exactly rounded; the product of doubles is not */
    s = SINGLE(f64, 255, ((double[]){ 25.3, (double)NAN }));
    reads(&s, as, "3fd03126e978d4fe,\n~,\n");
    s = SINGLE(i64, 255, ((int64_t[]){ 7 }));
    reads(&s, as, "3fb1eb851eb851ec,\n");
    as[0] = (struct retype){ "x", OC_I64, NULL };
    s = SINGLE(f64, 255, ((double[]){ 3, 2.5, (double)NAN, 1e19 }));
    reads(&s, as, "3,\n~,\n~,\n~,\n! x: '2.5' is no whole number\n! x: '1e19' is no whole number\n");
    as[0].type = OC_SYM;
    s = SINGLE(i64, 5, ((int64_t[]){ 5, 6, 5 }));
    reads(&s, as, "5,\n~,\n5,\n");
    as[0].type = OC_DATE;
    s = SINGLE(ts, 255, ((int64_t[]){ 86400000000000, 1 }));
    reads(&s, as, "1,\n~,\n! x: '1970-01-01T00:00:00.000000001Z' is an instant, where a date is needed\n");
    s = SINGLE(i64, 255, ((int64_t[]){ 20240119 }));
    refuses(&s, as, "dates are needed");
    as[0].type = OC_TIME;
    s = SINGLE(i64, 255, ((int64_t[]){ 5 }));
    reads(&s, as, "~,\n! x: '5' is a number; --ts-unit s|ms|us|ns says what it counts\n");
    how = &ms;
    s = SINGLE(i64, 255, ((int64_t[]){ 5 }));
    reads(&s, as, "5000000,\n");
    how = NULL;
    as[0].type = OC_BOOL;
    s = SINGLE(i64, 255, ((int64_t[]){ 1, 0, 2 }));
    reads(&s, as, "true,\nfalse,\n~,\n! x: '2' is neither 0 nor 1\n");
    test_end();
}

static void text_casts(void)
{
    const struct column utf8 = { .name = "x", .member = ARROW_T_UTF8 };
    static const struct { enum oc_type type; const char *expect; } t[] = {
        { OC_F64, "3ff8000000000000,\n~,\n~,\n! x: 'no' is not a number\n" },
        { OC_SYM, "1.5,\n~,\nno,\n" },
        { OC_TEXT, "1.5,\n,\nno,\n" },
    };

    test_begin("arrow: text becomes numbers and dictionaries");
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        const struct retype as[] = { { "x", t[i].type, NULL }, { NULL, 0, NULL } };
        struct oc_buf out = { 0 };
        struct body b = { 0 };
        put_schema(&out, 1, &utf8, 0);
        values(&b, 3, 255, (int32_t[]){ 0, 3, 3, 5 }, 16);
        buffer(&b, "1.5no", 5);
        put_batch(&out, &b, 3, -1, false, -1);
        put_end(&out);
        reads(&out, as, t[i].expect);
    }
    test_end();
}

static void hostile(void)
{
    const struct column i64 = int_column(64, true);
    struct oc_buf out = { 0 };
    struct body b = { 0 };

    test_begin("arrow: what is foreign or hostile is refused by name");
    put_schema(&out, 1, &i64, 1);
    refuses(&out, NULL, "big-endian");
    const struct { int member; const char *word; } no[] = { { 12, "list" }, { 13, "struct" }, { 17, "map" },
        { 14, "union" }, { 18, "duration" }, { 4, "binary" }, { 60, "unknown" }, { 0, "none" }, { 9, "time" } };
    for (size_t i = 0; i < sizeof no / sizeof *no; i++) {
        const struct column c = { .name = "mine", .member = no[i].member };
        put_schema(&out, 1, &c, 0);
        refuses(&out, NULL, no[i].word);
    }
    const struct { int64_t rows, at, n; const char *word; } t[] = {
        { 3, 0, 16, "24 are needed" }, { 2, 0, 24, "does not lie" }, { 2, 16, 16, "does not lie" }, { 2, -8, 16, "does not lie" },
        { 2, 4, 8, "does not lie" }, { 2, 8, INT64_MAX, "does not lie" }, { INT64_MAX, 0, 16, "--max-batch" },
        { -1, 0, 16, "-1 rows" }, { 1 << 30, 0, 16, "--max-batch" } };
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        put_schema(&out, 1, &i64, 0);
        values(&b, 2, 255, (int64_t[]){ 1, 2 }, 16);
        b.buffer[1].at = t[i].at;
        b.buffer[1].n = t[i].n;
        put_batch(&out, &b, t[i].rows, -1, false, -1);
        put_end(&out);
        refuses(&out, NULL, t[i].word);
    }
    put_schema(&out, 1, &i64, 0);           /* a bitmap that disagrees with its count */
    values(&b, 2, 1, (int64_t[]){ 1, 2 }, 16);
    b.nulls[0] = 2;
    put_batch(&out, &b, 2, -1, false, -1);
    put_end(&out);
    refuses(&out, NULL, "bitmap");
    put_schema(&out, 1, &i64, 0);           /* two columns for one */
    values(&b, 2, 255, (int64_t[]){ 1, 2 }, 16);
    values(&b, 2, 255, (int64_t[]){ 1, 2 }, 16);
    put_batch(&out, &b, 2, -1, false, -1);
    put_end(&out);
    refuses(&out, NULL, "its schema needs");
    test_end();
}

/* Buffers that lie in one another: no value of one column is changed by what happens to another. */
static void overlapping(void)
{
    const struct column c[2] = { { .name = "s", .member = ARROW_T_UTF8, .index_bits = 32 },
                                 { .name = "f", .member = ARROW_T_FLOAT, .a = 2 } };
    struct oc_buf out = { 0 };
    struct body b = { 0 };

    test_begin("arrow: overlapping buffers");
    put_schema(&out, 2, c, 0);
    put_texts(&out, 100, 2, (int32_t[]){ 0, 1, 3 }, "abb", 255, false);
    values(&b, 2, 255, (int32_t[]){ 1, 0, 0, 0 }, 16);
    values(&b, 2, 1, (double[]){ 0 }, 8);
    b.buffer[3].at = b.buffer[1].at;        /* the doubles are the indices, and the second double is missing */
    b.buffer[3].n = 16;
    put_batch(&out, &b, 2, -1, false, -1);
    put_end(&out);
    reads(&out, NULL, "bb,0000000000000001,\na,~,\n");
    test_end();
}

int main(void)
{
    integers();
    floats();
    decimals();
    texts();
    dictionaries();
    times();
    nulls_and_bools();
    casts();
    text_casts();
    hostile();
    overlapping();
    return test_done();
}
