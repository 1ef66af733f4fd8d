/*
 * base_num - numbers as text: against GMP (the table), strtod and printf of the C library (correctly rounded in glibc),
 * and against themselves.  OC_FULL=1 raises the random rounds from 1e6 to 1e8.
 */
#include "base/num.h"
#include "base/num_big.h"
#include "base/num_pow.h"
#include "test.h"

#include <gmp.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static uint64_t rng_state = 1;

static uint64_t rng(void)       /* splitmix64 */
{
    uint64_t z = rng_state += UINT64_C(0x9e3779b97f4a7c15);

    z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
    z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
    return z ^ z >> 31;
}

static long rounds(long reduced) { return getenv("OC_FULL") ? 100 * reduced : reduced; }

static uint64_t bits_of(double v)
{
    uint64_t b;

    memcpy(&b, &v, sizeof b);
    return b;
}

static double double_of(uint64_t b)
{
    double v;

    memcpy(&v, &b, sizeof v);
    return v;
}

static double random_double(void)
{
    for (;;) {
        const double v = double_of(rng());
        if (isfinite(v))
            return v;
    }
}

/* Through both readers, with rubbish around the padded one's text that must not count. */
static int read_both(const char *s, double *v)
{
    char room[2 * OC_NUM_PAD + 1200];
    const size_t n = strlen(s);
    double other = 0;
    char *exact = malloc(n ? n : 1);        /* of its exact size: a sanitizer sees a read outside */

    memset(room, '7', sizeof room);
    memcpy(room + OC_NUM_PAD, s, n);
    memcpy(exact, s, n);
    const int rc = oc_num_f64(exact, n, v), rc2 = oc_num_f64_padded(room + OC_NUM_PAD, n, &other);
    CHECK(rc == rc2 && (rc || bits_of(*v) == bits_of(other)), "'%s': plain %d %a, padded %d %a", s, rc, *v, rc2, other);
    free(exact);
    return rc;
}

static void check_strtod(const char *s)
{
    double v = 0;
    char *end;
    const double want = strtod(s, &end);
    const int rc = read_both(s, &v);

    if (isinf(want))
        CHECK(rc == OC_NUM_RANGE, "'%s' gives %d, not out of range", s, rc);
    else
        CHECK(rc == 0 && bits_of(v) == bits_of(want), "'%s' gives %d %a, strtod %a", s, rc, v, want);
}

/* ---- the table ---- */

static void table(void)
{
    test_begin("num: table of powers against GMP");
    mpz_t a, b;
    mpz_inits(a, b, NULL);
    for (int q = OC_NUM_POW_MIN; q <= OC_NUM_POW_MAX; q++) {
        mpz_ui_pow_ui(a, 5, (unsigned long)abs(q));
        const size_t n = mpz_sizeinbase(a, 2);
        if (q >= 0 && n <= 128)
            mpz_mul_2exp(a, a, 128 - n);
        else if (q >= 0)
            mpz_fdiv_q_2exp(a, a, n - 128);
        else {
            mpz_set_ui(b, 1);
            mpz_mul_2exp(b, b, n + 127);
            mpz_fdiv_q(a, b, a);
        }
        mpz_fdiv_q_2exp(b, a, 64);
        const uint64_t *p = oc_num_pow[q - OC_NUM_POW_MIN];
        CHECK(mpz_get_ui(b) == p[0] && mpz_get_ui(a) == p[1] && p[0] >> 63, "entry %d", q);
    }
    mpz_clears(a, b, NULL);
    test_end();
}

/* ---- reading ---- */

static void grammar(void)
{
    static const char *const good[] = {
        "0", "-0", "+0", "1", "12.5", ".5", "5.", "-.5", "+1.25", "1e5", "1E+05", "1.e-3", ".5e1", "00012", "0000.0005",
        "1234567890123456", "9007199254740993", "9999999999999999", "123456789012345.", ".123456789012345",
        "12345678901234567890", "0.12345678901234567", "1e-400", "4.9e-324", "2.4703282292062327e-324",
        "2.4703282292062328e-324", "2.2250738585072014e-308", "2.2250738585072011e-308", "1.7976931348623157e308",
        "1.7976931348623158e308", "1.7976931348623159e308", "1e400", "-1e400", "1e99999999999", "1e-99999999999",
        "0e99999999999", "8.5e22", "1e23", "9007199254740993.0000000000000000000000000000001",
        "9007199254740992.99999999999999999999999999", "0.000000000000000000000000000000000000000001e42",
        "100000000000000000000000000000000000000000e-41", "179769313486231580793728971405301e276", "5e-324", "3e-324",
        "7.2057594037927933e16", "36028797018963964", "36028797018963966", "1.00000005960464477539062", "-1.5e-5",
    };
    static const char *const bad[] = {
        "", "-", "+", ".", "-.", "e5", ".e5", "1e", "1e+", "1e-", "1.2.3", "1,5", " 1", "1 ", "0x10", "inf", "nan", "NaN",
        "infinity", "--1", "+-1", "1-", "1e5.0", "1_000", "1'000", "$5", "5%", "\xd9\xa1", "1\n", "12a4567", "a", "1e5e5",
        "1234567890123456a", "a1234567890123456789", "1.0000000000000000000x", "..1", "1..",
    };

    test_begin("num: what is a number");
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        check_strtod(good[i]);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        double v;
        const int rc = read_both(bad[i], &v);
        CHECK(rc == OC_NUM_BAD, "'%s' gives %d, must be refused", bad[i], rc);
    }
    double v = 1;
    CHECK(read_both("-0", &v) == 0 && v == 0 && signbit(v), "-0 loses its sign");
    CHECK(read_both("1e400", &v) == OC_NUM_RANGE, "1e400 is no overflow");
    test_end();
}

/* A decimal with d digits, a point and perhaps an exponent, shaped like the files and unlike them. */
static void random_text(char *s)
{
    const unsigned digits = 1 + (unsigned)(rng() % (rng() % 8 ? 17 : 40));
    const unsigned point = (unsigned)(rng() % (digits + 1));
    char *p = s;

    if (rng() % 4 == 0)
        *p++ = '-';
    for (unsigned i = 0; i < digits; i++) {
        if (i == point && rng() % 8)
            *p++ = '.';
        *p++ = (char)('0' + rng() % 10);
    }
    *p = '\0';
    if (rng() % 4 == 0)
        sprintf(p, "e%d", (int)(rng() % 700) - 350);
}

static void reading(void)
{
    char s[64];

    test_begin("num: reading equals strtod on random texts");
    for (long i = 0, n = rounds(300000); i < n; i++) {
        random_text(s);
        check_strtod(s);
    }
    for (long i = 0, n = rounds(300000); i < n; i++) {
        sprintf(s, "%.17g", random_double());
        check_strtod(s);
    }
    test_end();
}

/* Half way between two doubles, exactly, one digit below and one above: the cases that need all digits. */
static void ties(void)
{
    char s[1200];

    test_begin("num: texts half way between two doubles");
    for (long i = 0, n = rounds(3000); i < n; i++) {
        const double lo = double_of(rng() % UINT64_C(0x7fe0000000000000));
        mpf_t a, b;
        mpf_init2(a, 2300);
        mpf_init2(b, 2300);
        mpf_set_d(a, lo);
        mpf_set_d(b, nextafter(lo, INFINITY));
        mpf_add(a, a, b);
        mpf_div_ui(a, a, 2);
        const int len = gmp_snprintf(s, sizeof s, "%.800Fe", a);
        mpf_clears(a, b, NULL);
        CHECK(len < (int)sizeof s, "buffer");
        check_strtod(s);
        char *e = strchr(s, 'e'), tail[16];
        strcpy(tail, e);
        strcpy(e, "1");                     /* above */
        strcat(s, tail);
        check_strtod(s);
    }
    test_end();
}

static void integers(void)
{
    static const struct { const char *s; int rc; int64_t v; } cases[] = {
        { "0", 0, 0 }, { "-0", 0, 0 }, { "+7", 0, 7 }, { "9223372036854775807", 0, INT64_MAX },
        { "-9223372036854775808", 0, INT64_MIN }, { "9223372036854775808", OC_NUM_RANGE, 0 },
        { "-9223372036854775809", OC_NUM_RANGE, 0 }, { "99999999999999999999999", OC_NUM_RANGE, 0 },
        { "000000000000000000000000012", 0, 12 }, { "", OC_NUM_BAD, 0 }, { "-", OC_NUM_BAD, 0 }, { "1.0", OC_NUM_BAD, 0 },
        { "1e3", OC_NUM_BAD, 0 }, { " 1", OC_NUM_BAD, 0 }, { "99999999999999999999999x", OC_NUM_BAD, 0 },
    };
    char buf[OC_NUM_PRINT_MAX], want[64];

    test_begin("num: integers");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t v = 0;
        const int rc = oc_num_i64(cases[i].s, strlen(cases[i].s), &v);
        CHECK(rc == cases[i].rc && (rc || v == cases[i].v), "'%s' gives %d %lld", cases[i].s, rc, (long long)v);
    }
    for (long i = 0; i < 300000; i++) {
        const int64_t x = i < 40 ? (i & 1 ? INT64_MIN + i : INT64_MAX - i) : (int64_t)rng() >> rng() % 64;
        int64_t back = 0;
        const size_t n = oc_num_print_i64(buf, x), m = (size_t)sprintf(want, "%lld", (long long)x);
        CHECK(n == m && memcmp(buf, want, n) == 0, "%lld printed as %.*s", (long long)x, (int)n, buf);
        CHECK(oc_num_i64(buf, n, &back) == 0 && back == x, "%lld read back as %lld", (long long)x, (long long)back);
    }
    test_end();
}

static void scaling(void)
{
    static const struct { const char *a, *b, *product; } cases[] = {
        { "12.5", "0.01", "0.125" }, { "16.8", "0.01", "0.168" }, { "-3", "100", "-300" }, { "0", "0.01", "0" },
        { "1e300", "1e300", "1e600" }, { "1e-300", "1e-300", "0" }, { "33.33", "0.01", "0.3333" },
        { "12345678901234567890123", "1e-3", "12345678901234567890.123" }, { "1.1", "1.1", "1.21" },
        { "0.1", "3", "0.3" }, { "4.35", "100", "435" },
    };

    test_begin("num: products of two decimals round once");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double got = 0, want = 0;
        const int rc = oc_num_scaled(cases[i].a, strlen(cases[i].a), cases[i].b, &got);
        const int wrc = oc_num_f64(cases[i].product, strlen(cases[i].product), &want);
        CHECK(rc == wrc && bits_of(got) == bits_of(want), "%s * %s = %a (%d)", cases[i].a, cases[i].b, got, rc);
    }
    double v;
    CHECK(oc_num_scaled("1", 1, "x", &v) == OC_NUM_BAD && oc_num_scaled("x", 1, "1", &v) == OC_NUM_BAD
          && oc_num_scaled("1", 1, "12345678901234567891.5", &v) == OC_NUM_BAD, "a bad factor is taken");
    test_end();
}

/* ---- printing ---- */

static void layout(void)
{
    static const struct { double v; const char *s; } cases[] = {
        { 0, "0" }, { -0.0, "-0" }, { 1, "1" }, { 100, "100" }, { 4985.5, "4985.5" }, { 0.00012, "0.00012" },
        { 1e-5, "0.00001" }, { 9.9e-6, "9.9e-6" }, { 1e-7, "1e-7" }, { 1.5e-7, "1.5e-7" }, { 1e15, "1000000000000000" },
        { 9999999999999998.0, "9999999999999998" }, { 1e16, "1e16" }, { 1e22, "1e22" }, { 1.25e100, "1.25e100" },
        { 5e-324, "5e-324" }, { -1.7976931348623157e308, "-1.7976931348623157e308" }, { 0.1, "0.1" }, { 0.3, "0.3" },
        { 123456.789, "123456.789" }, { 1.0 / 3, "0.3333333333333333" }, { 9007199254740993.0, "9007199254740992" },
        { 2e-44, "2e-44" }, { 12345678.12345678, "12345678.12345678" }, { 123456789012345.6, "123456789012345.6" },
        { 1.2345678901234567, "1.2345678901234567" }, { 9.5367431640625e-7, "9.5367431640625e-7" },
    };

    test_begin("num: layout of printed numbers");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char buf[OC_NUM_PRINT_MAX];
        const size_t n = oc_num_print_f64(buf, cases[i].v);
        CHECK(n == strlen(cases[i].s) && memcmp(buf, cases[i].s, n) == 0, "%s printed as %.*s", cases[i].s, (int)n, buf);
    }
    char buf[OC_NUM_PRINT_MAX];
    CHECK(oc_num_print_f64(buf, NAN) == 0 && oc_num_print_f64(buf, INFINITY) == 0, "no number is printed");
    test_end();
}

/* The significant digits of a text, without zeros at either end; returns how many. */
static size_t digits_of(const char *s, char *out)
{
    size_t n = 0;

    for (; *s && *s != 'e'; s++)
        if (*s >= '0' && *s <= '9' && (n || *s != '0'))
            out[n++] = *s;
    while (n && out[n - 1] == '0')
        n--;
    out[n] = '\0';
    return n;
}

/* Reads back to the same bits; no text with fewer digits does; of those with as many none is nearer. */
static void check_shortest(double v)
{
    char buf[OC_NUM_PRINT_MAX + 1], other[64], mine[64], theirs[64];
    const size_t n = oc_num_print_f64(buf, v);
    double back = 0;

    CHECK(n > 0 && n < OC_NUM_PRINT_MAX && oc_num_f64(buf, n, &back) == 0 && bits_of(back) == bits_of(v),
          "%a printed as %.*s, reads back as %a", v, (int)n, buf, back);
    buf[n] = '\0';
    CHECK(bits_of(strtod(buf, NULL)) == bits_of(v), "%a printed as %s, strtod reads another", v, buf);
    const int d = (int)digits_of(buf, mine);
    if (d > 1) {
        /* the nearest text with one digit less; had it the same bits, ours would not be the shortest */
        sprintf(other, "%.*e", d - 2, v);
        CHECK(bits_of(strtod(other, NULL)) != bits_of(v), "%s is longer than %s", buf, other);
    }
    /* printf gives the nearest of d digits; where that reads back to the same bits it must be ours */
    sprintf(other, "%.*e", d ? d - 1 : 0, v);
    digits_of(other, theirs);
    if (bits_of(strtod(other, NULL)) == bits_of(v))
        CHECK(strcmp(mine, theirs) == 0, "%s is not the nearest: %s", buf, other);
}

static void printing(void)
{
    test_begin("num: shortest, nearest, and the same bits again");
    for (long i = 0, n = rounds(150000); i < n; i++)
        check_shortest(random_double());
    for (int e = 0; e < 2047; e++)          /* powers of two and their neighbours: the lopsided interval */
        for (int d = -2; d <= 2; d++) {
            const uint64_t b = ((uint64_t)e << 52) + (uint64_t)(int64_t)d;
            if (b < UINT64_C(0x7ff) << 52)
                check_shortest(double_of(b));
        }
    for (uint64_t b = 1; b < 5000; b++)     /* subnormals */
        check_shortest(double_of(b));
    for (long i = 0; i < 100000; i++)       /* what quotes look like */
        check_shortest((double)(rng() % 10000000) / 100);
    test_end();

    test_begin("num: print and read is the identity on random bits");
    for (long i = 0, n = rounds(1000000); i < n; i++) {
        const double v = random_double();
        char buf[OC_NUM_PRINT_MAX];
        double back = 0;
        const size_t k = oc_num_print_f64(buf, v);
        CHECK(oc_num_f64(buf, k, &back) == 0 && bits_of(back) == bits_of(v), "%a printed as %.*s", v, (int)k, buf);
    }
    test_end();
}

static void check_format(double v, const char *format, const char *want)
{
    char buf[OC_NUM_FORMAT_MAX];
    const size_t n = oc_num_print(buf, v, format);

    CHECK(n == strlen(want) && memcmp(buf, want, n) == 0, "%a as %s is %.*s, not %s", v, format, (int)n, buf, want);
}

static void formats(void)
{
    char format[16], want[600], got[OC_NUM_FORMAT_MAX + 1], mine[600], theirs[600];

    test_begin("num: fixed:N equals printf");
    for (long i = 0, n = rounds(100000); i < n; i++) {
        const double v = i % 2 ? random_double() : (double)(int64_t)(rng() % 2000001 - 1000000) / 512;  /* has ties */
        const int d = (int)(rng() % (i % 16 ? 12 : 100));
        sprintf(format, "fixed:%d", d);
        sprintf(want, "%.*f", d, v);
        check_format(v, format, want);
    }
    test_end();

    test_begin("num: sig:N equals printf");
    for (long i = 0, n = rounds(100000); i < n; i++) {
        const double v = i % 2 ? random_double() : (double)(int64_t)(rng() % 2000001 - 1000000) / 512;
        const int d = 1 + (int)(rng() % 17);
        sprintf(format, "sig:%d", d);
        sprintf(want, "%.*e", d - 1, v);
        const size_t k = oc_num_print(got, v, format);
        got[k] = '\0';
        /* the same decimal: the same digits, and the same size */
        CHECK(bits_of(strtod(got, NULL)) == bits_of(strtod(want, NULL)) && digits_of(got, mine) <= (size_t)d && digits_of(want, theirs) <= (size_t)d
              && strcmp(mine, theirs) == 0,
              "%a as %s is %s, printf %s", v, format, got, want);
    }
    check_format(123456, "sig:3", "123000");
    check_format(0.5, "sig:3", "0.5");
    check_format(9.996, "sig:3", "10");
    check_format(0, "sig:3", "0");
    check_format(2.5, "fixed:0", "2");
    check_format(-0.001, "fixed:2", "-0.00");
    check_format(1e-7, "shortest", "1e-7");
    test_end();

    test_begin("num: names of formats");
    struct oc_num_format f;
    static const char *const bad[] = { "fixed", "fixed:", "fixed:100", "fixed:-1", "sig:0", "sig:18", "sig:3x", "g", "" };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CHECK(oc_num_format_read(bad[i], &f) == -1, "'%s' is taken", bad[i]);
    CHECK(oc_num_format_read("sig:17", &f) == 0 && f.style == OC_NUM_SIG && f.digits == 17, "sig:17");
    CHECK(oc_num_format_read(NULL, &f) == 0 && f.style == OC_NUM_SHORTEST, "NULL");
    test_end();
}

int main(void)
{
    table();
    grammar();
    reading();
    ties();
    integers();
    scaling();
    layout();
    printing();
    formats();
    return test_done();
}
