/* record_schema - what a header means: aliases, maps, doubles, ambiguous names, what a kind needs. */
#include "record/schema.h"
#include "test.h"

#include <stdlib.h>
#include <string.h>

/* A schema of foreign text columns from a comma-separated header. */
static struct oc_schema header(const char *text)
{
    struct oc_schema s = { 0 };
    struct oc_err err = { 0 };
    char *copy = strdup(text), *rest = NULL;

    for (char *w = strtok_r(copy, ",", &rest); w; w = strtok_r(NULL, ",", &rest))
        CHECK(oc_schema_add(&s, w, NULL, NULL, OC_TEXT, &err) == 0, "%s", err.text);
    free(copy);
    return s;
}

/* Output names joined by commas after resolving, or the error's text. */
static const char *resolved(const char *text, const char *kind, size_t nmap, const struct oc_map *map, bool partial)
{
    static char out[1200];
    struct oc_err err = { 0 };
    struct oc_schema s = header(text);
    const struct oc_kind *k = kind ? oc_kind_find(kind, &err) : NULL;

    out[0] = '\0';
    if (oc_schema_resolve(&s, k, nmap, map, partial, &err))
        snprintf(out, sizeof out, "%s: %s", oc_err_name(err.code), err.text);
    else
        for (size_t i = 0; i < s.n; i++)
            snprintf(out + strlen(out), sizeof out - strlen(out), "%s%s:%c", i ? "," : "", s.field[i].name,
                     (char)s.field[i].type);
    oc_schema_free(&s);
    return out;
}

static void is(const char *got, const char *want) { CHECK(strcmp(got, want) == 0, "'%s', not '%s'", got, want); }
static void has(const char *got, const char *want) { CHECK(strstr(got, want), "'%s' has no '%s'", got, want); }

static void meaning(void)
{
    test_begin("record_schema meaning of a header");
    is(resolved("quote_datetime,Underlying_Symbol, strike ,RIGHT,bid,note,years", NULL, 0, NULL, false),
       "ts:t,symbol:s,strike:f,type:s,bid:f,note:x,years:f");
    is(resolved("ts,o,h,l,c,interval", NULL, 0, NULL, false), "ts:t,open:f,high:f,low:f,close:f,interval:s");
    is(resolved("ts,open,high,low,close,h,interval", "bar", 0, NULL, false),
       "ts:t,open:f,high:f,low:f,close:f,h:x,interval:s");
    is(resolved("ts,symbol,contract_symbol,bid", "quote", 0, NULL, false), "ts:t,symbol:s,contract_symbol:s,bid:f");
    is(resolved("bid,ask", "quote", 0, NULL, true), "bid:f,ask:f");
    test_end();
}

static void refused(void)
{
    test_begin("record_schema refused headers");
    has(resolved("strike,type,bid,best_bid", "quote", 0, NULL, true),
        "column: columns 'bid' and 'best_bid' both mean 'bid'");
    has(resolved("strike,type,bid,bid", "quote", 0, NULL, true), "column 'bid' is there twice");
    has(resolved("strike,type,bid,note,note", "quote", 0, NULL, true), "column 'note' is there twice");
    has(resolved("strike,type,bid,vol", "quote", 0, NULL, true), "column 'vol' can mean two things in 'quote' records");
    is(resolved("strike,type,bid,vol,iv,volume", "quote", 0, NULL, true), "strike:f,type:s,bid:f,vol:x,iv:f,volume:f");
    has(resolved("strik,type,bid,ts,symbol,expiry", "quote", 0, NULL, false),
        "the input lacks what 'quote' records need: strike/contract_symbol; is 'strik' one of them?");
    has(resolved("a,b", NULL, 0, NULL, true), "no kind of record");
    test_end();
}

static void maps(void)
{
    static const struct oc_map iv = { "iv", "Mid Vol", "0.01" }, typo = { "iv", "Mid Vil", NULL };
    static const struct oc_map twice[] = { { "bid", "x", NULL }, { "ask", "x", NULL } };
    static const struct oc_map text = { "symbol", "x", "2" }, alias = { "best_bid", "x", NULL };
    static const struct oc_map away = { "my_vol", "vol", NULL }, first = { "strike", "level", NULL };
    struct oc_err err = { 0 };

    test_begin("record_schema --map");
    is(resolved("strike,type,bid,Mid Vol", "quote", 1, &iv, true), "strike:f,type:s,bid:f,iv:f");
    has(resolved("strike,type,bid,Mid Vol", "quote", 1, &typo, true),
        "there is no column 'Mid Vil': did you mean 'Mid Vol'?");
    has(resolved("strike,type,x", "quote", 2, twice, true), "'x' is mapped twice");
    has(resolved("strike,type,x", "quote", 1, &text, true), "not a column of numbers");
    has(resolved("strike,type,x", "quote", 1, &alias, true), "'best_bid' is an alias; the column's name is 'bid'");
    is(resolved("strike,type,bid,vol", "quote", 1, &away, true), "strike:f,type:s,bid:f,my_vol:x");
    is(resolved("level,type,bid", NULL, 1, &first, true), "strike:f,type:s,bid:f");   /* seen by detection too */
    struct oc_schema s = header("strike,type,bid,Mid Vol"), copy = { 0 };
    CHECK(oc_schema_resolve(&s, NULL, 1, &iv, true, &err) == 0 && strcmp(s.field[3].factor, "0.01") == 0
          && strcmp(s.field[3].source, "Mid Vol") == 0 && strcmp(s.kind->name, "quote") == 0, "%s", err.text);
    CHECK(oc_schema_copy(&copy, &s, &err) == 0 && oc_schema_equal(&s,
          &copy) && copy.field[3].factor != s.field[3].factor,
          "a copy");
    oc_schema_free(&s);
    oc_schema_free(&copy);
    test_end();
}

/* A stream of our own carries its kind: a foreign column that went through once is not asked about again. */
static void carried(void)
{
    struct oc_err err = { 0 };
    struct oc_schema s = header("strike,type,bid,vol");

    test_begin("record_schema carried kind");
    s.kind = oc_kind_find("quote", &err);
    CHECK(oc_schema_resolve(&s, NULL, 0, NULL, true, &err) == 0 && !s.field[3].def, "%s", err.text);
    oc_schema_free(&s);
    test_end();
}

static void metadata(void)
{
    struct oc_schema s = { 0 };
    struct oc_err err = { 0 };

    test_begin("record_schema metadata");
    CHECK(!oc_schema_meta(&s, "a", "1", &err) && !oc_schema_meta(&s, "b", "2", &err) && !oc_schema_meta(&s, "a",
          "3", &err),
          "set");
    CHECK(s.nmeta == 2 && strcmp(oc_schema_meta_get(&s, "a"), "3") == 0 && strcmp(s.meta[0].key, "a") == 0, "replaced");
    CHECK(!oc_schema_meta(&s, "a", NULL, &err) && s.nmeta == 1 && !oc_schema_meta_get(&s, "a")
          && strcmp(oc_schema_meta_get(&s, "b"), "2") == 0, "removed");
    CHECK(oc_schema_find(&s, "x") == -1, "no field");
    oc_schema_free(&s);
    test_end();
}

int main(void)
{
    meaning();
    refused();
    maps();
    carried();
    metadata();
    return test_done();
}
