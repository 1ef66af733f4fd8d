/* preset: the language of oc-presets(5), its mistakes with their lines, and the presets that ship. */
#include "app/preset.h"
#include "app/presets.h"
#include "test.h"

#include <string.h>

static void language(void)
{
    static const char text[] = "version 2 # edition\nkind quote\nheader \"a b\"\nrows 2\nword maj May\n"
                               "column ts head \"Date: \" time \"%d %B %Y\" \"%Y-%m-%d\"\n"
                               "column bid row 1 from Bid \"Bid 2\" none 0 - strip \",$\" times 0.01\n"
                               "column bid row 2 optional from Bid#2 none-below 1e-4\ncolumn type text C\n";
    struct oc_preset p = { 0 };
    struct oc_err err;

    test_begin("preset: every word of the language");
    CHECK(oc_preset_parse(&p, "x", text, strlen(text), &err) == 0, "%s", err.text);
    CHECK(p.n == 4 && p.rows == 2 && strcmp(p.version, "2") == 0 && p.header.n == 1 && strcmp(p.header.word[0], "a b") == 0, "head: %zu", p.n);
    CHECK(p.column[0].source == OC_FROM_HEAD && p.column[0].conv == OC_CONV_TIME && p.column[0].format.n == 2, "ts");
    CHECK(p.column[1].row == 1 && p.column[1].from.n == 2 && p.column[1].none.n == 2
          && strcmp(p.column[1].strip, ",$") == 0 && strcmp(p.column[1].times, "0.01") == 0, "bid 1");
    CHECK(p.column[2].optional && p.column[2].has_below && p.column[2].below == 1e-4, "bid 2");
    CHECK(p.foreign.n == 1 && strcmp(p.english.word[0], "May") == 0, "word");
    oc_preset_free(&p);
    test_end();
}

static void mistakes(void)
{
    static const struct { const char *text; unsigned line; const char *say; } bad[] = {
        { "version 1\nkind quote\nheader x\ncolumn bid\n", 4, "source" },
        { "version 1\nkind quote\nheader x\ncolumn bid from\n", 4, "argument" },
        { "version 1\nkind quote\nheader x\ncolumn bid from B row 2\n", 4, "row" },
        { "version 1\nkind quote\nheader x\ncolumn ts from B time \"%Q\"\n", 4, "%Q" },
        { "version 1\nkind quote\nheader x\ncolumn bid from B none-below few\n", 4, "few" },
        { "version 1\nkind quote\nheader \"x\ncolumn bid from B\n", 3, "quote" },
        { "version 1\nrows 0\n", 2, "rows" },
        { "verson 1\n", 1, "verson" },
        { "version 1\nkind quote\nheader x\ncolumn ts from B time \"%Y%m%d\" at 25:00\n", 4, "at" },
        { "version 1\nkind quote\nheader x\ncolumn ts from B time \"%Y%m%d\" at 15:45 12:45\n", 4, "at" },
        { "version 1\nkind quote\nheader x\ncolumn ts from B time \"%Y%m%d\" shift 1y\n", 4, "1y" },
        { "version 1\nkind quote\nheader x\ncolumn bid from B shift 1m\n", 0, "instants" },
        { "version 1\nkind quote\nheader x\nrows 25\ncolumn bid from B\n", 4, "24" },
        { "version 1\nkind quote\nheader x\nfile \"{a}.csv\"\ncolumn bid file a b\n", 0, "part 'b'" },
        { "kind quote\nheader x\ncolumn bid from B\n", 0, "version" },
        { "", 0, "version" },
        { "version 1\nkind quote\nfields x\ncolumn ts from x clock h of day\n", 4, "unit" },
        { "version 1\nkind quote\nfields x\ncolumn ts from x clock ms of day\n", 0, "day" },
        { "version 1\nkind quote\nfields x\ncolumn symbol file symbol\n", 0, "pattern" },
        { "version 1\nkind quote\nfields x\ncolumn bid from x part \"x\" 0\n", 4, "part" },
        { "version 1\nkind quote\nfields x\ncolumn type from x is CE C PE\n", 4, "pairs" },
        { "version 1\nkind quote\nfields x\ncolumn bid from x over 0\n", 4, "divided" },
        { "version 1\nkind quote\nfields x\ncolumn bid from x times ten\n", 4, "ten" },
        { "version 1\nkind quote\nfields x\ncolumn bid join x\n", 4, "argument" },
        { "version 1\nkind quote\nfields x\ncolumn expiry from x days-after ts\n", 0, "ts" },
        { "version 1\nkind quote\nfields x\ncolumn ts from x clock ms of ts\n", 0, "itself" },
        { "version 1\nkind quote\nfields x\nseparator ::\n", 4, "separator" },
        { "version 1\nkind quote\nfields x\nrows 2\nrow 3 needs x\n", 5, "row" },
        { "version 1\nkind quote\nfields x\nrows 2\nrow 1 wants x\n", 5, "when" },
        { "version 1\nkind quote\nfields x\nrows 2\ncolumn bid row 1 from x\n", 0, "rule" },
        { "version 1\nkind quote\nfields x\nonly x\n", 4, "words" },
        { "version 1\nlike yahoo-options\n", 2, "like" },
        { "like no-such-preset\n", 1, "no-such-preset" },
        { "version 1\nkind quote\nfields x\ncolumn bid from x text y\n", 4, "one source" },
    };

    test_begin("preset: mistakes name their line");
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        struct oc_preset p = { 0 };
        struct oc_err err = { 0 };
        CHECK(oc_preset_parse(&p, "x", bad[i].text, strlen(bad[i].text), &err) == -1, "case %zu is taken", i);
        CHECK(err.line == bad[i].line && strstr(err.text, bad[i].say), "case %zu: line %d, %s", i, (int)err.line, err.text);
        oc_preset_free(&p);
    }
    test_end();
}

static void shipped(void)
{
    FILE *f = tmpfile();
    struct oc_err err = { 0 };
    char line[256] = "";
    int n = 0;

    test_begin("preset: all that ship can be read");
    CHECK(f && oc_presets_list(f, NULL, &err) == 0, "%s", err.text);
    rewind(f);
    while (fgets(line, sizeof line, f))
        n++;
    fclose(f);
    CHECK(n >= 2, "%d presets", n);
    test_end();
}

int main(void)
{
    language();
    mistakes();
    shipped();
    return test_done();
}
