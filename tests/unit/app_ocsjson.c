/* ocsjson: the requests of both versions field by field; what is hostile or wrong, with its place. */
#include "app/ocsjson.h"
#include "test.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static struct oc_ocsjson r;
static struct oc_err err;

static int take(const char *text)
{
    err = (struct oc_err){ 0 };
    oc_ocsjson_free(&r);
    return oc_ocsjson_read(&r, "spec.json", text, strlen(text), &err);
}

static void first(void)
{
    static const char text[] = "{\"symbol\":\"AAPL\",\"steps\":30,\"initial_price\":\"185.5\",\"days_to_expiration\":45.0,"
        "\"volatility\":0.25,\"risk_free_rate\":0.04,\"dividend_yield\":0,\"method\":{\"JumpDiffusion\":{\"dt\":0.004,"
        "\"intensity\":1}},\"time_frame\":\"Hour\",\"chain_size\":null,\"seed\":18446744073709551615}";

    test_begin("ocsjson: a request of version 1");
    CHECK(take(text) == 0, "%s", err.text);
    CHECK(r.version == 1 && strcmp(r.symbol, "AAPL") == 0 && r.has_steps && r.steps == 30 && r.initial_price == 185.5,
          "head");
    CHECK(r.days_to_expiration == 45 && r.volatility == 0.25 && r.risk_free_rate == 0.04 && r.dividend_yield == 0,
          "numbers");
    CHECK(strcmp(r.model, "jump_diffusion") == 0 && r.nparam == 2 && strcmp(r.param[1].name, "intensity") == 0
          && r.param[1].value == 1, "method %s", r.model);
    CHECK(r.time_frame == 1638 && !r.has_chain_size && isnan(r.spread) && isnan(r.skew_slope), "what is not there");
    CHECK(r.has_seed && r.seed == UINT64_MAX, "seed %llu", (unsigned long long)r.seed);
    test_end();
}

static void second(void)
{
    static const char text[] = "{\"symbol\":\"SPX\",\"start_at\":\"2026-01-05T14:30:00Z\",\"step_interval_seconds\":86400,"
        "\"timezone\":\"America/New_York\",\"calendar\":\"weekdays_v1\",\"expiration_time\":\"16:30:15\",\"schedules\":["
        "{\"rule_id\":\"d\",\"kind\":\"daily\",\"target_count\":1},"
        "{\"weekdays\":[\"Mon\",\"friday\"],\"rule_id\":\"w\",\"kind\":\"weekly\",\"target_count\":3},"
        "{\"rule_id\":\"y\",\"kind\":\"yearly\",\"target_count\":2,\"weekday\":\"Fri\"}],"
        "\"volatility\":0.18,\"method\":{\"Garch\":{\"volatility\":0.18,\"alpha\":0.1}},\"time_frame\":{\"Custom\":365}}";

    test_begin("ocsjson: a request of version 2");
    CHECK(take(text) == 0, "%s", err.text);
    CHECK(r.version == 2 && r.has_start && r.start_at == INT64_C(1767623400000000000) && r.has_interval
          && r.step_interval_seconds == 86400, "clock");
    CHECK(strcmp(r.timezone, "America/New_York") == 0 && r.has_clock && r.expiration_time == 16 * 3600 + 30 * 60 + 15,
          "expiry");
    CHECK(r.nrule == 3 && r.rule[0].kind == OC_OCSJSON_DAILY && r.rule[1].weekdays == 0x11 && r.rule[1].target_count == 3
          && r.rule[2].kind == OC_OCSJSON_YEARLY && r.rule[2].month == 12 && r.rule[2].weekdays == 0x10, "rules");
    CHECK(r.time_frame == 365, "time frame %g", r.time_frame);
    test_end();
}

static void history(void)
{
    test_begin("ocsjson: prices");
    CHECK(take("{\"Historical\":{\"timeframe\":\"Day\",\"prices\":[100,\"101.5\",99],\"symbol\":\"CL\"}}") == 0, "%s",
          err.text);
    CHECK(strcmp(r.model, "historical") == 0 && r.nprice == 3 && r.price[1] == 101.5 && r.price_periods == 252
          && strcmp(r.symbol, "CL") == 0, "%zu prices", r.nprice);
    test_end();
}

static void wrong(void)
{
    static char deep[7000];
    static const struct { const char *text, *say; uint64_t line;
    } bad[] = {
        { "", "not JSON", 1 },
        { "{\n\"seed\": 1,\n\"seed\": 2}", "duplicate", 3 },
        { "{\"spread\":\n NaN}", "not JSON", 2 },
        { "{\"spread\":1e999}", "not JSON", 1 },
        { deep, "not JSON", 1 },
        { "[]", "not a JSON object", 0 },
        { "{\"seed\":-1}", "seed: ", 0 },
        { "{\"seed\":18446744073709551616}", "seed: this is above", 0 },
        { "{\"seed\":1.5}", "seed: ", 0 },
        { "{\"sead\":1}", "did you mean 'seed'", 0 },
        { "{\"symbol\":\"a b\"}", "symbol: ", 0 },
        { "{\"spread\":\"0x1\"}", "spread: the text is not a number", 0 },
        { "{\"method\":{\"Heston\":{\"kappa\":true}}}", "method.Heston.kappa: ", 0 },
        { "{\"method\":{\"A\":{},\"B\":{}}}", "method: ", 0 },
        { "{\"method\":{\"Historical\":{\"prices\":[1,0]}}}", "method.Historical.prices.1: ", 0 },
        { "{\"schedules\":[{\"rule_id\":\"a\",\"kind\":\"daily\",\"target_count\":1,\"weekdays\":[\"Mon\"]}]}",
          "schedules.0.weekdays: ", 0 },
        { "{\"schedules\":[{\"rule_id\":\"a\",\"kind\":\"weekly\",\"target_count\":1}]}",
          "schedules.0: the rule has no weekday", 0 },
        { "{\"schedules\":[{\"kind\":\"daily\",\"target_count\":1}]}", "rule_id", 0 },
        { "{\"days_to_expiration\":30,\"timezone\":\"UTC\"}", "other version", 0 },
        { "{\"timezone\":\"UTC\",\"volatility\":0.2,\"method\":{\"Garch\":{\"volatility\":0.3}}}",
          "volatility: 0.2 here and 0.3", 0 },
        { "{\"start_at\":\"2026-01-05T14:30:00\"}", "start_at: ", 0 },
        { "{\"time_frame\":\"Dag\"}", "time_frame: ", 0 },
    };

    test_begin("ocsjson: what is refused, and where");
    memset(deep, '[', 3000);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        CHECK(take(bad[i].text) == -1 && err.code == OC_FORMAT && strstr(err.text, bad[i].say), "case %zu: '%s' has no '%s'",
              i, err.text, bad[i].say);
        CHECK(strcmp(err.file, "spec.json") == 0 && err.line == bad[i].line, "case %zu: %s line %d", i, err.file,
              (int)err.line);
    }
    test_end();
}

static void first_bytes(void)
{
    static const struct { const char *text; bool request;
    } is[] = {
        { "{\"symbol\":\"A\"}", true },
        { " \n{\"method\":", true },
        { "{\"Heston\":{}}", true },
        { "model,name,value\n", false },
        { "{\"model\":\"heston\",\"name\":\"xi\",\"value\":1}\n{}", false },
        { "", false },
        { "{", true },
    };

    test_begin("ocsjson: told from records by the first bytes");
    for (size_t i = 0; i < sizeof is / sizeof *is; i++)
        CHECK(oc_ocsjson_is(is[i].text, strlen(is[i].text)) == is[i].request, "case %zu", i);
    test_end();
}

int main(void)
{
    first();
    second();
    history();
    wrong();
    first_bytes();
    oc_ocsjson_free(&r);
    return test_done();
}
