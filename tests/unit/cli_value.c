/* cli_value - how the arguments of options are spelled, and messages as JSON. */
#include "cli/say.h"
#include "cli/value.h"
#include "test.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static void whole(const char *text, uint64_t want)
{
    const char *why = "";
    uint64_t v = 0;
    const int rc = oc_value_u64(text, &v, &why);

    CHECK(rc == 0 && v == want, "'%s' gives %" PRIu64 " (%d %s), not %" PRIu64, text, v, rc, why, want);
}

static void no_whole(const char *text, const char *want)
{
    const char *why = "accepted";
    uint64_t v = 0;

    CHECK(oc_value_u64(text, &v, &why) != 0 && strcmp(why, want) == 0, "'%s': %s, not '%s'", text, why, want);
}

static void whole_numbers(void)
{
    test_begin("cli_value whole numbers");
    whole("0", 0);
    whole("007", 7);
    whole("1_000", 1000);
    whole("4k", 4000);
    whole("2.5M", 2500000);
    whole("3G", UINT64_C(3000000000));
    whole("1Ki", 1024);
    whole("1.5Ki", 1536);
    whole("1Mi", UINT64_C(1) << 20);
    whole("2Gi", UINT64_C(2) << 30);
    whole("1e6", 1000000);
    whole("1200e-2", 12);
    whole("18446744073709551615", UINT64_MAX);
    whole("0e99999", 0);
    no_whole("18446744073709551616", "is too large");
    no_whole("1e20", "is too large");
    no_whole("1e999999999999", "is too large");
    no_whole("17179869184Gi", "is too large");
    no_whole("1.5", "is not a whole number");
    no_whole("1.0001k", "is not a whole number");
    no_whole("-1", "is negative");
    static const char *const bad[] = { "", "-", "k", ".", "1_", "_1", "1__0", "1._5", "0x10", "1 ", " 1", "1kk", "1K", "1e", "5%",
                                       "nan", "inf", "1,000", "١" };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        no_whole(bad[i], "is not a whole number");
    test_end();
}

static void decimals(void)
{
    static const struct { const char *text; double want; bool percent; } good[] = {
        { "1.25%", 0.0125, true }, { "5%", 0.05, true }, { "-0.3%", -0.003, true }, { "7%", 0.07, true },
        { "1.1%", 0.011, true }, { "0.0125", 0.0125, false }, { "1e-3", 1e-3, false }, { "1_0.5", 10.5, false },
        { "2k", 2000, false }, { "+3", 3, false }, { ".5", 0.5, false }, { "5.", 5, false }, { "1e2%", 1, true },
        { "-0", -0.0, false }, { "1e-400", 0, false },
    };
    static const char *const bad[] = { "", "%", "5%%", "5 %", "1Ki", "nan", "inf", "1e400", "0x1p3", "1,5", "--5", "5e", "5k%" };
    const char *why;
    bool percent;
    double v;

    test_begin("cli_value decimals");
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        const int rc = oc_value_f64(good[i].text, &v, &percent, &why);
        CHECK(rc == 0 && memcmp(&v, &good[i].want, sizeof v) == 0 && percent == good[i].percent, "'%s' gives %.17g",
              good[i].text, v);
    }
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CHECK(oc_value_f64(bad[i], &v, &percent, &why) != 0, "'%s' is taken as %.17g", bad[i], v);
    CHECK(oc_value_f64("5%", &v, NULL, &why) != 0, "a percentage is taken where none may be");
    test_end();
}

/* Every percentage of up to six digits is the double nearest to the shifted decimal; strtod is the reference. */
static void percentages(void)
{
    test_begin("cli_value percentages are exact");
    for (int n = 0; n < 1000000; n += 7) {
        char text[32], shifted[32];
        const char *why;
        bool percent;
        double v = -1;
        snprintf(text, sizeof text, "%d.%04d%%", n / 10000, n % 10000);
        snprintf(shifted, sizeof shifted, "%de-6", n);
        CHECK(oc_value_f64(text, &v, &percent, &why) == 0 && v == strtod(shifted, NULL), "'%s' gives %.17g", text, v);
    }
    test_end();
}

static void json_text(void)
{
    static const struct { const char *text, *want; } cases[] = {
        { "plain", "\"plain\"" }, { "a\"b\\c", "\"a\\\"b\\\\c\"" }, { "tab\t\x01\x7f\n", "\"tab\\u0009\\u0001\\u007f\\n\"" },
        { "gr\xc3\xbc\xc3\x9f", "\"gr\xc3\xbc\xc3\x9f\"" }, { "\xff\xc3", "\"\xef\xbf\xbd\xef\xbf\xbd\"" },
        { "\xc0\xaf", "\"\xef\xbf\xbd\xef\xbf\xbd\"" }, { "\xed\xa0\x80", "\"\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd\"" },
    };

    test_begin("cli_value JSON strings");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct oc_buf b = { 0 };
        oc_say_json(&b, cases[i].text);
        CHECK(strcmp(oc_buf_str(&b), cases[i].want) == 0, "case %zu gives %s", i, oc_buf_str(&b));
        oc_buf_free(&b);
    }
    test_end();
}

int main(void)
{
    whole_numbers();
    decimals();
    percentages();
    json_text();
    return test_done();
}
