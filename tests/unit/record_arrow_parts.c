/* record_arrow_parts - checksum, UTF-8, LZ4 and FlatBuffers on their own. */
#include "record/arrow_dict.h"
#include "record/arrow_fb.h"
#include "record/arrow_lz4.h"
#include "record/arrow_part.h"
#include "record/arrow_sum.h"
#include "test.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- checksum: against its definition in oc-arrow(5), word by word ---- */

static uint64_t sum_by_definition(const unsigned char *p, size_t n, uint64_t number)
{
    const uint64_t k1 = UINT64_C(0x9e3779b97f4a7c15), k2 = UINT64_C(0x6a09e667f3bcc909), steps = (n + 63) / 64;
    uint64_t a[8] = { 0 }, b[8] = { 0 };

    for (uint64_t i = 0; i < 8 * steps; i++) {
        uint64_t w = 0;
        for (size_t k = 0; k < 8; k++)
            if (8 * i + k < n)
                w |= (uint64_t)p[8 * i + k] << 8 * k;
        a[i % 8] += w;
        b[i % 8] += a[i % 8];
    }
    uint64_t h = (steps + 1) * k1 ^ (number + 1) * k2;
    for (int i = 0; i < 8; i++) {
        h = (h ^ a[i]) * k1;
        h = h ^ h >> 29;
        h = (h ^ b[i]) * k2;
        h = h ^ h >> 32;
    }
    return h;
}

static void checksum(void)
{
    enum { N = 2000 };
    unsigned char p[N];
    uint64_t x = 1;

    test_begin("arrow checksum is as oc-arrow(5) defines it, whole or in pieces");
    for (size_t i = 0; i < N; i++)
        p[i] = (unsigned char)((x = x * 6364136223846793005u + 1442695040888963407u) >> 56);
    for (size_t n = 0; n <= N; n += n < 300 ? 1 : 97) {
        struct oc_arrow_sum whole = { 0 }, left = { 0 }, right = { 0 };
        const size_t cut = n / 2 / 64 * 64;
        oc_arrow_sum_add(&whole, p, n);
        oc_arrow_sum_add(&left, p, cut);
        oc_arrow_sum_add(&right, p + cut, n - cut);
        oc_arrow_sum_join(&left, &right);
        const uint64_t expect = sum_by_definition(p, n, 5);
        CHECK(oc_arrow_sum_final(&whole, 5) == expect, "%zu bytes", n);
        CHECK(oc_arrow_sum_final(&left, 5) == expect, "%zu bytes, joined at %zu", n, cut);
    }
    char digits[OC_ARROW_SUM_DIGITS];
    uint64_t back = 0;
    oc_arrow_sum_print(digits, UINT64_C(0x0123456789abcdef));
    CHECK(memcmp(digits, "0123456789abcdef", 16) == 0 && oc_arrow_sum_parse(digits, 16, &back) == 0
          && back == UINT64_C(0x0123456789abcdef), "digits do not come back");
    CHECK(oc_arrow_sum_parse("0123456789ABCDEF", 16, &back) && oc_arrow_sum_parse("0123456789abcde", 15, &back),
          "capitals or a lost digit pass");
    test_end();
}

static void doubles(void)
{
    enum { N = 100 };
    double v[N];

    test_begin("arrow checksum of doubles finds every NaN");
    for (size_t n = 0; n <= N; n += 7)
        for (size_t at = 0; at <= n; at++) {
            struct oc_arrow_sum a = { 0 }, b = { 0 };
            for (size_t i = 0; i < n; i++)
                v[i] = i % 3 ? (double)INFINITY : -0.0;
            if (at < n)
                v[at] = at % 2 ? (double)NAN : -(double)NAN;
            const bool nan = oc_arrow_sum_add_f64(&a, v, n);
            oc_arrow_sum_add(&b, v, 8 * n);
            CHECK(nan == (at < n), "%zu doubles, NaN at %zu: %d", n, at, nan);
            CHECK(oc_arrow_sum_final(&a, 0) == oc_arrow_sum_final(&b, 0), "%zu doubles: another sum", n);
        }
    test_end();
}

static void below(void)
{
    int32_t v[70];

    test_begin("arrow dictionary indices are checked against both ends");
    for (size_t n = 1; n <= 70; n += 3)
        for (size_t at = 0; at < n; at++) {
            for (size_t i = 0; i < n; i++)
                v[i] = (int32_t)(i % 9);
            CHECK(oc_arrow_dict_below(v, n, 9), "%zu indices refused", n);
            const int32_t bad[] = { 9, -1, INT32_MIN, INT32_MAX };
            for (int k = 0; k < 4; k++) {
                v[at] = bad[k];
                CHECK(!oc_arrow_dict_below(v, n, 9), "%d at %zu of %zu passed", bad[k], at, n);
            }
        }
    v[0] = 0;
    CHECK(!oc_arrow_dict_below(v, 1, 0) && oc_arrow_dict_below(v, 0, 0), "no texts");
    test_end();
}

/* ---- UTF-8: the table of RFC 3629, and its neighbours ---- */

static void utf8(void)
{
    static const struct { const char *s; size_t n; bool good; } t[] = {
        { "", 0, true }, { "plain", 5, true }, { "\0", 1, true }, { "\x7f", 1, true }, { "\x80", 1, false },
        { "\xc2\x80", 2, true }, { "\xc1\xbf", 2, false }, { "\xc0\x80", 2, false }, { "\xc3", 1, false },
        { "\xe0\xa0\x80", 3, true }, { "\xe0\x9f\xbf", 3, false }, { "\xed\x9f\xbf", 3, true },
        { "\xed\xa0\x80", 3, false }, { "\xed\xbf\xbf", 3, false }, { "\xee\x80\x80", 3, true }, { "\xe2\x82", 2, false },
        { "\xf0\x90\x80\x80", 4, true }, { "\xf0\x8f\xbf\xbf", 4, false }, { "\xf4\x8f\xbf\xbf", 4, true },
        { "\xf4\x90\x80\x80", 4, false }, { "\xf5\x80\x80\x80", 4, false }, { "\xff", 1, false }, { "\xf8\x88\x80\x80\x80", 5, false },
        { "long text in front of \xc3", 23, false }, { "long text in front of \xc3\xa9", 24, true }, { "a\xc3z", 3, false },
    };

    test_begin("arrow text: UTF-8 of RFC 3629 and nothing else");
    for (size_t i = 0; i < sizeof t / sizeof *t; i++)
        CHECK(oc_arrow_part_utf8(t[i].s, t[i].n) == t[i].good, "case %zu", i);
    test_end();
}

/* ---- LZ4: frames written by lz4 1.9.4 ---- */

static size_t unhex(const char *hex, unsigned char *out)
{
    const size_t n = strlen(hex) / 2;

    for (size_t i = 0; i < n; i++) {
        const char two[3] = { hex[2 * i], hex[2 * i + 1], '\0' };
        out[i] = (unsigned char)strtoul(two, NULL, 16);
    }
    return n;
}

/* 70,000 times 'z': two linked blocks, of which the second looks back into the first (lz4 -1 -B4 -BD). */
static size_t linked_frame(unsigned char *out)
{
    size_t n = unhex("04224d1844405e0b0100001f7a0100", out);

    memset(out + n, 0xff, 256);
    n += 256;
    n += unhex("e7507a7a7a7a7a1c0000001f7a0100", out + n);
    memset(out + n, 0xff, 17);
    n += 17;
    return n + unhex("68507a7a7a7a7a000000003f5c09ba", out + n);
}

static void lz4_frames(void)
{
    static const char text[] = "abcabcabcabcabcabcabcabcabcabcabc, and then something else: 0123456789 abcabcabc";
    static const char plain[] = "Pg23PF6KNRmtUXu1AEsarH/NOsXfNa6SOHCo4zLv";
    static const struct { const char *hex, *text; } t[] = {
        { "04224d186440a7380000003f61626303000bf0202c20616e64207468656e20736f6d657468696e6720656c73653a203031323334"
          "35363738392061626361626361626300000000601dbfcd", text },
        { "04224d187c40500000000000000054380000003f61626303000bf0202c20616e64207468656e20736f6d657468696e6720656c73"
          "653a203031323334353637383920616263616263616263cd13cad200000000601dbfcd", text },  /* size, block check */
        { "04224d18604082380000003f61626303000bf0202c20616e64207468656e20736f6d657468696e6720656c73653a203031323334"
          "35363738392061626361626361626300000000", text },                                  /* no check of the content */
        { "04224d186440a728000080506732335046364b4e526d74555875314145736172482f4e4f7358664e6136534f48436f347a4c7600"
          "000000bb4f9dc4", plain },                                                         /* stored */
    };
    unsigned char frame[512];
    char out[256], *big = malloc(70000);

    test_begin("lz4 frames are read, damaged ones refused");
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        const size_t n = unhex(t[i].hex, frame), size = strlen(t[i].text);
        CHECK(oc_arrow_lz4_unpack(out, size, frame, n) == 0 && memcmp(out, t[i].text, size) == 0, "frame %zu", i);
        CHECK(oc_arrow_lz4_unpack(out, size - 1, frame, n) && oc_arrow_lz4_unpack(out, size + 1, frame, n),
              "frame %zu as another size", i);
        for (size_t k = 0; k < n; k++)
            CHECK(oc_arrow_lz4_unpack(out, size, frame, k), "frame %zu cut at %zu", i, k);
        for (size_t k = 0; i != 2 && k < 8 * n; k++) {      /* the third has no checksum to notice */
            frame[k / 8] = (unsigned char)(frame[k / 8] ^ 1 << k % 8);
            /* the match length of the last token means nothing: the same text comes out then */
            CHECK(oc_arrow_lz4_unpack(out, size, frame, n) || memcmp(out, t[i].text, size) == 0, "frame %zu, bit %zu", i, k);
            frame[k / 8] = (unsigned char)(frame[k / 8] ^ 1 << k % 8);
        }
    }
    const size_t n = linked_frame(frame);
    CHECK(oc_arrow_lz4_unpack(big, 70000, frame, n) == 0 && big[0] == 'z' && memcmp(big, big + 1, 69999) == 0, "linked blocks");
    free(big);
    test_end();
}

/* ---- FlatBuffers: what the writer writes, the reader reads; absent fields have their default ---- */

static void flatbuffers(void)
{
    struct oc_buf b = { 0 };
    size_t slot[5], inner[1], n = 0;

    test_begin("flatbuffers: written and read");
    oc_buf_put(&b, "\0\0\0\0\0\0\0", 8);
    oc_arrow_fb_point(&b, 0, oc_arrow_fb_put_table(&b, "18o-2", slot));
    oc_arrow_fb_set(&b, slot[0], 1, -3);
    oc_arrow_fb_set(&b, slot[1], 8, INT64_MIN);
    oc_arrow_fb_set(&b, slot[4], 2, 300);
    CHECK(slot[1] % 8 == 0 && slot[4] % 2 == 0 && slot[2] % 4 == 0, "fields are not aligned");
    const size_t vec = oc_arrow_fb_put_vector(&b, 1, 4);
    oc_arrow_fb_point(&b, slot[2], vec);
    oc_arrow_fb_point(&b, vec + 4, oc_arrow_fb_put_table(&b, "o", inner));
    oc_arrow_fb_point(&b, inner[0], oc_arrow_fb_put_string(&b, "text", 4));
    struct oc_arrow_fb fb = { .p = (const unsigned char *)b.p, .n = b.n };
    const struct oc_arrow_tab t = oc_arrow_fb_root(&fb);
    CHECK(oc_arrow_fb_int(&t, 0, 1, 0) == -3 && oc_arrow_fb_int(&t, 1, 8, 0) == INT64_MIN
          && oc_arrow_fb_int(&t, 4, 2, 0) == 300, "numbers");
    CHECK(oc_arrow_fb_int(&t, 3, 4, 77) == 77 && oc_arrow_fb_int(&t, 99, 8, 78) == 78, "absent fields");
    const struct oc_arrow_vec v = oc_arrow_fb_vector(&t, 2, 4);
    CHECK(v.n == 1, "%zu elements", v.n);
    const struct oc_arrow_tab e = oc_arrow_fb_element(&fb, v, 0);
    const char *s = oc_arrow_fb_string(&e, 0, &n);
    CHECK(s && n == 4 && memcmp(s, "text", 4) == 0 && !fb.bad, "string");
    oc_arrow_fb_set(&b, vec, 4, 1 << 30);
    CHECK(oc_arrow_fb_vector(&t, 2, 4).n == 0 && fb.bad, "a vector longer than the buffer");
    oc_buf_free(&b);
    test_end();
}

int main(void)
{
    checksum();
    doubles();
    below();
    utf8();
    lz4_frames();
    flatbuffers();
    return test_done();
}
