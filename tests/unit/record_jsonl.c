/* record_jsonl - JSON lines: values, columns, malformed lines, endings, and CSV both ways. */
#include "convert.h"
#include "record/jsontext.h"

#include <math.h>
#include <stdio.h>

extern const struct oc_format oc_format_csv, oc_format_jsonl;

static void values(void)
{
    static const char *const good[] = {
        "0", "-0", "1.5", "-1e5", "1E+10", "0.1e-5", "true", "false", "null", "\"\"", "\"a\\\"b\\\\\\/\\b\\f\\n\\r\\t\"",
        "\"\\u00e9\\ud83d\\ude00\"", "\"\xc3\xa9\"", "[]", "{}", "[1,2,[3]]", "{\"a\":{\"b\":[{}]}}", "[ 1 , 2 ]",
        "{ \"a\" : 1 , \"b\" : [ ] }",
    };
    static const char *const bad[] = {
        "", "01", "1.", ".5", "-", "+1", "1e", "tru", "nul", "NaN", "Infinity", "'a'", "\"a", "\"\\x\"", "\"\\u12\"",
        "\"\\u0000\"", "\"\n\"", "\"\xff\"", "\"\xc0\x80\"", "\"\xed\xa0\x80\"", "[1", "[1,]", "[,1]", "{\"a\"}", "{\"a\":}",
        "{\"a\":1,}", "{a:1}", "{\"a\" 1}", "[1 2]", "]", "}", "\"\\\"",
    };
    const char *why, *at;

    test_begin("jsonl: what is a value");
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        const char *end = good[i] + strlen(good[i]);
        CHECK(oc_jsontext_value(good[i], end, &why, &at) == end, "%s is refused: %s", good[i], why);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        const char *end = bad[i] + strlen(bad[i]), *p = oc_jsontext_value(bad[i], end, &why, &at);
        CHECK(p != end, "%s is taken", bad[i]);
    }
    char deep[200];
    memset(deep, '[', OC_JSONTEXT_DEPTH);
    memset(deep + OC_JSONTEXT_DEPTH, ']', OC_JSONTEXT_DEPTH);
    CHECK(oc_jsontext_value(deep, deep + 2 * OC_JSONTEXT_DEPTH, &why, &at) == deep + 2 * OC_JSONTEXT_DEPTH, "depth 64");
    memset(deep, '[', 100);
    CHECK(!oc_jsontext_value(deep, deep + 100, &why, &at) && strstr(why, "deep"), "depth 100");
    test_end();

    test_begin("jsonl: strings");
    static const struct { const char *raw, *text; bool null; } strings[] = {
        { "\"plain\"", "plain", false }, { "\"a\\\"b\\\\\\/\\n\\t\"", "a\"b\\/\n\t", false }, { "null", "", true }, { "", "", true },
        { "12.50", "12.50", false }, { "[1]", "[1]", false }, { "\"\\u00e9\\u20ac\\ud83d\\ude00\"", "\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80", false },
        { "\"\\ud83dx\"", "\xef\xbf\xbdx", false }, { "\"\\ude00\"", "\xef\xbf\xbd", false }, { "\"\"", "", false },
        { "\"\\ud83d\\u0041\"", "\xef\xbf\xbd" "A", false },
    };
    struct oc_buf scratch = { 0 }, out = { 0 };
    for (size_t i = 0; i < sizeof strings / sizeof *strings; i++) {
        size_t n;
        bool null;
        const char *s = oc_cell_text(OC_CELL_JSON, strings[i].raw, strlen(strings[i].raw), &scratch, &n, &null);
        CHECK(null == strings[i].null && n == strlen(strings[i].text) && memcmp(s, strings[i].text, n) == 0, "%s is '%.*s'",
              strings[i].raw, (int)n, s);
    }
    oc_jsontext_put(&out, "a\"\\\n\x01\xc3\xa9\xff", 8);
    CHECK(strcmp(oc_buf_str(&out), "\"a\\\"\\\\\\n\\u0001\xc3\xa9\xef\xbf\xbd\"") == 0, "%s", oc_buf_str(&out));
    oc_buf_free(&scratch);
    oc_buf_free(&out);
    test_end();
}

/* Rows, malformed ones as "row: reason", of a text read as JSON lines. */
static enum oc_code read_rows(const char *text, size_t block, size_t batch_rows, struct oc_buf *words, char *message)
{
    const struct oc_limits limits = { .max_record = 500, .max_batch = 1 << 20, .block_bytes = block, .batch_rows = batch_rows };
    const struct oc_format *f = &oc_format_jsonl;
    struct oc_err err = { 0 };
    struct oc_reader r = { .format = f, .limits = &limits, .first_line = 1, .ahead = strdup(text), .nahead = strlen(text) };
    char *ahead = r.ahead;
    struct oc_block blk = { 0 };
    struct oc_batch b = { 0 };

    r.state = calloc(1, f->reader_size);
    r.src = oc_source_open("/dev/null", 0, &err);
    if (f->open(&r, &err) == 0) {
        uint64_t line = r.first_line;
        while (f->cut(&r, &blk, &err) > 0 && oc_batch_reset(&b, &r.schema, &err) == 0 && f->parse(&r, &blk, &b, &err) == 0) {
            for (size_t i = 0; i < b.rows; i++) {
                const uint32_t *whole = b.sep + i * b.stride;
                oc_buf_printf(words, "%d", (int)line + (int)b.line[i]);
                for (size_t c = 0; c < b.ncol; c++) {
                    size_t n;
                    const char *raw = oc_cell(&b.col[c], i, &n);
                    oc_buf_printf(words, "|%.*s", (int)n, raw);
                }
                for (size_t k = 0; k < b.nbad; k++)
                    if (b.bad[k].row == i)
                        oc_buf_printf(words, " (%s: %.*s)", b.bad[k].reason, (int)(whole[1] - whole[0] - 1), b.text + whole[0] + 1);
                oc_buf_char(words, '\n');
            }
            line += b.lines;
        }
    }
    snprintf(message, 1200, "%s", err.text);
    f->reader_close(&r);
    oc_source_close(r.src);
    oc_schema_free(&r.schema);
    oc_batch_free(&b);
    free(r.state);
    free(blk.p);
    free(ahead);
    return err.code;
}

static void reading(void)
{
    static const char text[] =
        "\n{\"a\":1,\"b\":\"x,y\",\"c\\u0064\":null}\n{ \"b\" : [1, {\"z\":2}] , \"a\" : 2 }\r\n   \n{}\n"
        "{\"cd\":3,\"a\":true}\n{\"a\":1,\"d\":2}\n{\"a\":1,\"a\":2}\n[1]\n{\"a\":1} x\n{\"a\":01}\n{\"a\":5}";
    static const char want[] =
        "2|1|\"x,y\"|null\n3|2|[1, {\"z\":2}]|\n5|||\n6|true||3\n"
        "7||| (the key \"d\" is not in the first record: {\"a\":1,\"d\":2})\n"
        "8||| (the key \"a\" is there twice: {\"a\":1,\"a\":2})\n9||| (no JSON object at byte 1 of the line: [1])\n"
        "10||| (text behind the object at byte 9 of the line: {\"a\":1} x)\n"
        "11||| (a value without a comma or bracket behind it at byte 7 of the line: {\"a\":01})\n12|5||\n";
    char message[1200];

    test_begin("jsonl: records, at all block sizes");
    for (size_t block = 1; block < 200; block += 3)
        for (size_t rows = 0; rows < 3; rows++) {
            struct oc_buf words = { 0 };
            const enum oc_code c = read_rows(text, block, rows, &words, message);
            CHECK(c == OC_OK && strcmp(oc_buf_str(&words), want) == 0, "blocks of %zu: %s\n%s", block, message, oc_buf_str(&words));
            oc_buf_free(&words);
        }
    test_end();

    test_begin("jsonl: endings");
    static const struct { const char *text; enum oc_code code; const char *says; } ends[] = {
        { "", OC_FORMAT, "empty" }, { "{\"a\":1}", OC_OK, "" }, { "{\"a\":1}\n{\"a\":", OC_TRUNCATED, "cut" },
        { "{\"a\":1}\n{\"a\":\"x", OC_TRUNCATED, "cut" }, { "{\"a\":1}\n\"!oc: output cut", OC_TRUNCATED, "oc program" },
        { "{\"a\":1}\n{\"a\":1", OC_TRUNCATED, "cut" }, { "{\"a\":1,\"a\":2}\n", OC_FORMAT, "twice" }, { "{}\n", OC_FORMAT, "no keys" },
        { "[1]\n", OC_FORMAT, "object" }, { "{\"a\":1", OC_TRUNCATED, "cut" }, { "{\"a\" 1}\n", OC_FORMAT, "colon" },
    };
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        struct oc_buf words = { 0 };
        const enum oc_code c = read_rows(ends[i].text, 100, 0, &words, message);
        CHECK(c == ends[i].code && strstr(message, ends[i].says), "'%s': %d %s", ends[i].text, c, message);
        oc_buf_free(&words);
    }
    char big[1200];
    memset(big, 'x', sizeof big);
    memcpy(big, "{\"a\":1}\n{\"a\":\"", 14);
    memcpy(big + sizeof big - 4, "\"}\n", 4);
    struct oc_buf words = { 0 };
    CHECK(read_rows(big, 100, 0, &words, message) == OC_LIMIT && strcmp(oc_buf_str(&words), "1|1\n") == 0, "a long record: %s", message);
    oc_buf_free(&words);
    test_end();
}

static int add_values(struct oc_batch *b, struct oc_err *err)
{
    double *f;
    int64_t *t;
    uint64_t *tv;

    if (oc_add_f64(b, "f", &f, err) || oc_add_i64(b, "t", OC_TIME, &t, &tv, err))
        return -1;
    for (size_t r = 0; r < b->rows; r++) {
        f[r] = r == 1 ? NAN : 0.5;
        t[r] = 0;
        if (r == 1)
            oc_bit_clear(tv, r);
    }
    return 0;
}

static void writing(void)
{
    static const char json[] = "{\"a\":1.50,\"b\":\"x\\u0041\",\"c\":[1, 2]}\n{\"a\":null,\"b\":\"\",\"c\":{}}\n";

    test_begin("jsonl: untouched values leave as they came");
    expect(convert(&oc_format_jsonl, &oc_format_jsonl, json, 1000, NULL, NULL, true), json, "identity");
    expect(convert(&oc_format_jsonl, &oc_format_jsonl, "{\"a\":1,\"b\":2}\n{\"b\":3}\n", 1000, NULL, NULL, true),
           "{\"a\":1,\"b\":2}\n{\"a\":null,\"b\":3}\n", "a missing key");
    test_end();

    test_begin("jsonl: to CSV and from it");
    expect(convert(&oc_format_jsonl, &oc_format_csv, json, 1000, NULL, NULL, true),
           "a,b,c\n1.50,xA,\"[1, 2]\"\n,,{}\n", "to CSV");
    expect(convert(&oc_format_csv, &oc_format_jsonl, "a,\"b\"\"q\",c\n1.50,007,\"x\"\"y\"\n,NaN,1e5\n", 1000, NULL, NULL, true),
           "{\"a\":1.50,\"b\\\"q\":\"007\",\"c\":\"x\\\"y\"}\n{\"a\":null,\"b\\\"q\":\"NaN\",\"c\":1e5}\n", "from CSV");
    expect(convert(&oc_format_csv, &oc_format_jsonl, "a\n1\n2\n", 1000, "fixed:2", add_values, true),
           "{\"a\":1,\"f\":0.50,\"t\":\"1970-01-01T00:00:00Z\"}\n{\"a\":2,\"f\":null,\"t\":null}\n", "computed");
    expect(convert(&oc_format_jsonl, &oc_format_jsonl, "{\"a\":1}\n", 1000, NULL, NULL, false),
           "{\"a\":1}\n\"!oc: output cut", "a failed run");
    test_end();

    test_begin("jsonl: recognition");
    CHECK(oc_format_jsonl.sniff((const unsigned char *)" {\"a\":1}", 8) > oc_format_csv.sniff((const unsigned char *)" {\"a\":1}", 8)
          && oc_format_jsonl.sniff((const unsigned char *)"a,b", 3) == 0
          && oc_format_jsonl.sniff((const unsigned char *)"{a,b", 4) == 0, "sniff");
    test_end();
}

int main(void)
{
    values();
    reading();
    writing();
    return test_done();
}
