/* symbol, root: names of contracts read and written, and the table of roots. */
#include "market/root.h"
#include "market/expiry.h"
#include "market/symbol.h"
#include "base/time.h"
#include "test.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define DAY(y, m, d) oc_time_days(y, m, d)

static const struct { const char *text, *root; int y, m, d; char type; double strike; enum oc_symbol_form form; } good[] = {
    { "SPXW220610C00800000", "SPXW", 2022, 6, 10, 'C', 800, OC_SYMBOL_OSI },
    { "SPX   220617P03900500", "SPX", 2022, 6, 17, 'P', 3900.5, OC_SYMBOL_PADDED },
    { "AAPL7 260116C00012345", "AAPL7", 2026, 1, 16, 'C', 12.345, OC_SYMBOL_PADDED },
    { "AAPL7260116C00012345", "AAPL7", 2026, 1, 16, 'C', 12.345, OC_SYMBOL_OSI },
    { "ABCDE1991231P99999999", "ABCDE1", 2099, 12, 31, 'P', 99999.999, OC_SYMBOL_OSI },
    { "F240229C00000001", "F", 2024, 2, 29, 'C', 0.001, OC_SYMBOL_OSI },
    { "2SPX240315P05000000", "2SPX", 2024, 3, 15, 'P', 5000, OC_SYMBOL_OSI },
    { ".SPXW220610C800", "SPXW", 2022, 6, 10, 'C', 800, OC_SYMBOL_DECIMAL },
    { ".SPY251219P650.5", "SPY", 2025, 12, 19, 'P', 650.5, OC_SYMBOL_DECIMAL },
    { "A1016J25", "A", 2010, 10, 16, 'C', 25, OC_SYMBOL_LETTER },
    { "SPXW1128A1075-E", "SPXW", 2011, 1, 28, 'C', 1075, OC_SYMBOL_LETTER },
    { "11 Jan 1075.00 (SPXW1128M1075-E)", "SPXW", 2011, 1, 28, 'P', 1075, OC_SYMBOL_LETTER },
    { "SPX1221L1407.5-E", "SPX", 2012, 12, 21, 'C', 1407.5, OC_SYMBOL_LETTER },
    { "BTC-22MAY20-9250-P", "BTC", 2020, 5, 22, 'P', 9250, OC_SYMBOL_CRYPTO },
    { "BTC-5MAR21-57500-C", "BTC", 2021, 3, 5, 'C', 57500, OC_SYMBOL_CRYPTO },
    { "XRP_USDC-28JUN24-0d625-C", "XRP_USDC", 2024, 6, 28, 'C', 0.625, OC_SYMBOL_CRYPTO },
};

static void options(void)
{
    test_begin("names of options are read and come back");
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        struct oc_symbol s;
        char text[OC_SYMBOL_MAX + 1];
        const char *why = oc_symbol_parse(good[i].text, strlen(good[i].text), &s);
        CHECK(!why && strcmp(s.root, good[i].root) == 0 && s.root_len == strlen(s.root) && s.has_expiry
              && s.expiry == DAY(good[i].y, good[i].m, good[i].d) && s.type == good[i].type && s.strike == good[i].strike
              && s.form == good[i].form, "%s: %s root %s expiry %d type %c strike %.17g form %d", good[i].text, why ? why : "",
              s.root, s.expiry, s.type, s.strike, s.form);
        text[oc_symbol_print(text, &s, s.form)] = '\0';
        CHECK(strcmp(text, s.form == OC_SYMBOL_LETTER ? "" : good[i].text) == 0, "%s: printed %s", good[i].text, text);
    }
    test_end();
}

static void foreign(void)
{
    struct oc_symbol s;
    char text[OC_SYMBOL_MAX];

    test_begin("other people's forms, and from one form to another");
    CHECK(!oc_symbol_parse("O:SPY251219C00650000", 20, &s) && strcmp(s.root, "SPY") == 0 && s.strike == 650, "O: in front");
    CHECK(oc_symbol_print(text, &s, OC_SYMBOL_PADDED) == 21 && memcmp(text, "SPY   251219C00650000", 21) == 0, "%.21s", text);
    CHECK(!oc_symbol_parse("AVAX_USDC-29MAY26-8D6-P", 23, &s) && s.strike == 8.6, "strike %.17g", s.strike);
    CHECK(!oc_symbol_parse("BTC-USD-240329-70000-C", 22, &s) && strcmp(s.root, "BTC-USD") == 0 && s.expiry == DAY(2024, 3, 29)
          && s.strike == 70000, "root %s", s.root);
    CHECK(!oc_symbol_parse("ESZ24 C5000", 11, &s) && strcmp(s.root, "ES") == 0 && !s.has_expiry && s.year == 2024 && s.month == 12
          && s.type == 'C' && s.strike == 5000, "root %s year %d month %d", s.root, s.year, s.month);
    CHECK(!oc_symbol_parse("6EH5 P1.085", 11, &s) && strcmp(s.root, "6E") == 0 && s.year == 5 && s.month == 3 && s.strike == 1.085,
          "root %s year %d month %d strike %.17g", s.root, s.year, s.month, s.strike);
    CHECK(oc_symbol_print(text, &s, OC_SYMBOL_OSI) == 0, "a future printed as OSI");
    test_end();
}

static const char *const bad[] = {
    "", "SPX", "220610C00800000", "spxw220610C00800000", "SPXW220610c00800000", "SPXW221310C00800000", "SPXW220631C00800000",
    "SPXW220610X00800000", "SPXW220610C800", "A1016Y25", "A1031K25", "A1016J", "A1016J0", "SPXW220610C0080000", "SPXW220610C00000000", "SPXWXYZ220610C00800000", "SPX  220617P03900500",
    " SPX  220617P03900500", "SP X  220617P0390050", "SPX    220617P03900500", "123456220610C00800000", "SPX-22MAY20",
    "BTC-PERPETUAL", "BTC-22MAI20-9250-P", "BTC-05MAR21-9250-P", "BTC-30FEB21-9250-P", "BTC-22MAY20-9250-X", "BTC-22MAY20-92x0-P",
    "BTC-22MAY20--P", "-22MAY20-9250-P", "BTC-22MAY20-0-P", "BTC-22MAY20-d5-P", "BTC-22MAY20-5d-P", "ESA24 C5000", "ESZ241 C5000",
    "ESZ24 X5000", "ESZ24 C", "Z24 C5000", "ESZ24  C5000", ".SPXW220610C", ".220610C800", ".SPXW220610C8.0.0", "O:", "O:SPY", ".",
};

static void refused(void)
{
    struct oc_symbol s;

    test_begin("what is no name of an option is refused");
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        CHECK(oc_symbol_parse(bad[i], strlen(bad[i]), &s) != NULL, "'%s' read: root '%s' strike %g", bad[i], s.root, s.strike);
    test_end();
}

/* All strikes that OSI can say come back, and random bytes never read beyond what they are. */
static void many(void)
{
    uint64_t x = 5;
    int read = 0;

    test_begin("random names: printed, read, the same; random bytes: no surprise");
    for (int i = 0; i < 300000; i++) {
        struct oc_symbol s = { .has_expiry = true, .root = "XYZ", .root_len = 3 }, t;
        char text[OC_SYMBOL_MAX];
        x = x * 6364136223846793005u + 1442695040888963407u;
        s.strike = (double)(1 + (x >> 33) % 99999999) / 1000;
        s.type = x >> 20 & 1 ? 'C' : 'P';
        s.expiry = DAY(2000, 1, 1) + (int32_t)((x >> 40) % 36525);
        for (enum oc_symbol_form f = OC_SYMBOL_OSI; f <= OC_SYMBOL_CRYPTO; f++) {
            const size_t n = oc_symbol_print(text, &s, f);
            CHECK(n && !oc_symbol_parse(text, n, &t) && t.strike == s.strike && t.expiry == s.expiry && t.type == s.type
                  && t.form == f, "form %d, strike %.17g: '%.*s'", f, s.strike, (int)n, text);
        }
        /* a valid name with one or two bytes changed */
        const size_t n = oc_symbol_print(text, &s, (enum oc_symbol_form)(x % 4));
        text[(x >> 5) % n] = (char)(x >> 12);
        text[(x >> 25) % n] = (char)(x >> 50);
        char *exact = malloc(n);                    /* so that the sanitizer sees a byte too far */
        memcpy(exact, text, n);
        read += oc_symbol_parse(exact, n, &t) == NULL;
        free(exact);
    }
    CHECK(read > 1000, "only %d changed names were read: the loop tests nothing", read);
    struct oc_symbol s = { .has_expiry = true, .root = "XYZ", .root_len = 3, .type = 'C', .expiry = 20000 };
    char text[OC_SYMBOL_MAX];
    static const double no[] = { 0, -5, 100000, 12.3456, 1e300 };
    for (size_t i = 0; i < sizeof no / sizeof *no; i++) {
        s.strike = no[i];
        CHECK(oc_symbol_print(text, &s, OC_SYMBOL_OSI) == 0, "strike %g printed as OSI", no[i]);
    }
    test_end();
}

static const struct { const char *root, *underlying; int32_t settle; char style; const char *calendar; double multiplier; } terms[] = {
    { "SPX", "SPX", OC_EXPIRY_AM, 'E', "XCBO", 100 }, { "SPXW", "SPX", OC_EXPIRY_PM, 'E', "XCBO", 100 },
    { "^SPX", "SPX", OC_EXPIRY_AM, 'E', "XCBO", 100 }, { "VIXW", "VIX", OC_EXPIRY_AM, 'E', "XCBO", 100 },
    { "NDXP", "NDX", OC_EXPIRY_PM, 'E', "XCBO", 100 }, { "OEX", "OEX", OC_EXPIRY_PM, 'A', "XCBO", 100 },
    { "XEO", "XEO", OC_EXPIRY_PM, 'E', "XCBO", 100 }, { "RUT", "RUT", OC_EXPIRY_AM, 'E', "XCBO", 100 },
    { "BTC", "BTC", 480, 'E', "CRYPTO_24_7", 1 }, { "SOL_USDC", "SOL_USDC", 480, 'E', "CRYPTO_24_7", 10 },
};

static void roots(void)
{
    static const char *const broken[] = { "", "oc-roots 2 x\n", "oc-roots 1 x\n", "oc-roots 1 x\nSPX SPX AM E XCBO\n",
        "oc-roots 1 x\nSPX SPX XM E XCBO 100\n", "oc-roots 1 x\nSPX SPX AM B XCBO 100\n", "oc-roots 1 x\nSPX SPX AM E XCBO 1x\n",
        "oc-roots 1 x\nSPX SPX AM E XCBO 0\n", "oc-roots 1 x\nSPX SPX AM E XCBO 1\nSPX SPX AM E XCBO 1\n",
        "oc-roots 1 x\nSPXXXXXXXXXXXXXXXXXXXXXXXXX SPX AM E XCBO 1\n" };
    struct oc_roots *t = NULL;
    struct oc_err err = { 0 };

    test_begin("the table of roots");
    CHECK(oc_root_open(&t, &err) == 0, "%s:%llu: %s", err.file, (unsigned long long)err.line, err.text);
    for (size_t i = 0; t && i < sizeof terms / sizeof *terms; i++) {
        const struct oc_root *r = oc_root_find(t, terms[i].root, strlen(terms[i].root));
        CHECK(r && strcmp(r->underlying, terms[i].underlying) == 0 && r->settle == terms[i].settle && r->style == terms[i].style
              && strcmp(r->calendar, terms[i].calendar) == 0 && r->has_multiplier && r->multiplier == terms[i].multiplier,
              "%s: wrong or missing", terms[i].root);
    }
    CHECK(t && !oc_root_find(t, "AAPL", 4) && !oc_root_find(t, "SP", 2) && !oc_root_find(t, "", 0) && !oc_root_find(t, "^", 1),
          "a root that is not there was found");
    CHECK(t && oc_root_find(t, "BTC_USDC", 8) && !oc_root_find(t, "BTC_USDC", 8)->has_multiplier, "BTC_USDC: a multiplier");
    CHECK(oc_root_other()->style == 'A' && oc_root_other()->settle == OC_EXPIRY_PM && !oc_root_other()->has_multiplier, "others");
    oc_root_free(t);
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++)
        CHECK(oc_root_read("t", broken[i], strlen(broken[i]), &t, &err) == -1 && err.code == OC_FORMAT, "text %zu was read", i);
    test_end();
}

int main(void)
{
    if (access("libcore/market/data/roots.tab", R_OK) == 0)     /* whatever the build directory */
        setenv("OC_DATA", "libcore/market/data", 0);
    options();
    foreign();
    refused();
    many();
    roots();
    return test_done();
}
