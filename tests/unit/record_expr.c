/* record_expr - truth tables, types, missing values and the place of errors of --where. */
#include "record/expr.h"
#include "test.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS = 5 };

static struct oc_schema schema;
static struct oc_batch batch;

static void column(const char *name, enum oc_type type)
{
    struct oc_err err = { 0 };
    const struct oc_kind *quote = oc_kind_find("quote", &err);

    CHECK(oc_schema_add(&schema, name, NULL, oc_kind_column(quote, name, strlen(name)), type, &err) == 0, "%s",
          err.text);
}

/*
 * row  strike  step               expiry      ts                    symbol  type   inverse  note
 * 0    4900    1                  2024-01-19  2024-01-19T21:00:00Z  SPX     C      true     10
 * 1    5000    -                  2024-02-16  -                     SPX     call   false    x
 * 2    -       9007199254740993   -           2024-01-20T00:00:00Z  NDX     Put    -        -
 * 3    5100    9007199254740992   2024-03-15  2024-01-19T20:59:59Z  -       P      true     2e1
 * 4    -5      -1                 2024-01-19  2024-01-19T21:00:00Z  BRK.B   -      false    -
 */
static void build(void)
{
    static double strike[ROWS];
    static int64_t step[ROWS] = { 1, 0, 9007199254740993, 9007199254740992, -1 };
    static int32_t expiry[ROWS] = { 19741, 19769, 0, 19797, 19741 };
    static int64_t ts[ROWS];
    static int32_t symbol[ROWS] = { 0, 0, 1, 0, 2 }, type[ROWS] = { 0, 1, 2, 3, 0 };
    static uint64_t inverse[8] = { 1 | 8 }, v_step[8] = { 0x1d }, v_expiry[8] = { 0x1b }, v_ts[8] = { 0x1d },
                    v_symbol[8] = { 0x17 }, v_type[8] = { 0x0f }, v_inverse[8] = { 0x1b }, v_note[8] = { 0x0b };
    static const uint32_t symbol_off[] = { 0, 3, 6, 11 }, type_off[] = { 0, 1, 5, 8, 9 };
    static int32_t note[ROWS + 1] = { 0, 2, 3, 3, 6, 6 };
    struct oc_err err = { 0 };

    strike[0] = 4900, strike[1] = 5000, strike[2] = NAN, strike[3] = 5100, strike[4] = -5;
    ts[0] = ts[4] = INT64_C(1705698000000000000);
    ts[2] = INT64_C(1705708800000000000);
    ts[3] = ts[0] - INT64_C(1000000000);
    column("strike", OC_F64), column("step", OC_I64), column("expiry", OC_DATE), column("ts", OC_TIME);
    column("symbol", OC_SYM), column("type", OC_SYM), column("inverse", OC_BOOL), column("note", OC_TEXT);
    column("Last Sale", OC_F64);
    schema.kind = oc_kind_find("quote", &err);
    CHECK(oc_batch_reset(&batch, &schema, &err) == 0, "%s", err.text);
    batch.rows = ROWS;
    struct oc_col *c = batch.col;
    c[0].f64 = strike, c[1].i64 = step, c[2].i32 = expiry, c[3].i64 = ts, c[4].i32 = symbol, c[5].i32 = type;
    c[6].bits = inverse, c[7].i32 = note, c[8].f64 = strike;
    c[1].valid = v_step, c[2].valid = v_expiry, c[3].valid = v_ts, c[4].valid = v_symbol, c[5].valid = v_type;
    c[6].valid = v_inverse, c[7].valid = v_note;
    c[7].chars = "10x2e1";
    c[4].dict = oc_dict_new(3, symbol_off, "SPXNDXBRK.B", &err);
    c[5].dict = oc_dict_new(4, type_off, "CcallPutP", &err);
    for (size_t i = 0; i < batch.ncol; i++)
        c[i].flags |= OC_COL_LOADED;
}

/* Rows that pass as a string of digits, or "CODE: message". */
static const char *rows(const char *text)
{
    static char out[1200];
    struct oc_err err = { 0 };
    uint64_t bits[1];
    struct oc_expr *e = oc_expr_parse(text, &err);
    size_t n = 0;

    batch.nbad = 0;
    if (!e || oc_expr_bind(e, &schema, &err) || oc_expr_eval(e, &batch, bits, &err)) {
        snprintf(out, sizeof out, "%s: %s", oc_err_name(err.code), err.text);
    } else {
        for (size_t i = 0; i < 64; i++)
            if (bits[0] >> i & 1)
                n += (size_t)snprintf(out + n, sizeof out - n, "%zu", i);
        out[n] = '\0';
    }
    oc_expr_free(e);
    return out;
}

static void is(const char *text, const char *want)
{
    const char *got = rows(text);
    CHECK(strcmp(got, want) == 0, "%s: '%s', not '%s'", text, got, want);
}

static void fails(const char *text, const char *want)
{
    const char *got = rows(text);
    CHECK(strstr(got, want), "%s: '%s' has no '%s'", text, got, want);
}

static void numbers(void)
{
    test_begin("record_expr numbers");
    is("strike >= 5000", "13");
    is("strike<5k", "04");
    is("strike == 5_000", "1"), is("strike = 5000.0", "1"), is("strike != 5000", "034");
    is("strike > -10 && strike <= 4.9e3", "04");
    is("strike * 2 - 100 == 9700", "0");
    is("(strike + 100) / 2 < 2501", "04");
    is("-strike == 5", "4"), is("- strike == --5", "4");
    is("strike == 510000%", "3");           /* 5100 exactly */
    is("strike / 0 > 1", "013");            /* infinity is a number to compare with */
    is("0 / 0 == null", "01234");           /* no number: missing */
    is("strike == 4900 == true",
       "usage: at character 16 of 'strike == 4900 == true': expected && between two comparisons");
    is("step == 9007199254740993", "2");    /* whole numbers beyond 2^53 are kept apart */
    is("step > 9007199254740992", "2"), is("step > 0.5", "023"), is("step < 0", "4");
    is("`Last Sale` == strike", "0134");
    is("num(note) > 9.5", "03");
    CHECK(batch.nbad == 1 && batch.bad[0].row == 1 && strstr(batch.bad[0].reason, "note: 'x'"),
          "num() of 'x' is malformed");
    test_end();
}

static void texts(void)
{
    test_begin("record_expr text");
    is("symbol == SPX", "01"), is("symbol == 'SPX'", "01"), is("symbol == \"SPX\"", "01");
    is("symbol == BRK.B", "4"), is("symbol != SPX", "24");
    is("symbol in (SPX, 'BRK.B')", "014"), is("!(symbol in (SPX, NDX))", "4");
    is("symbol < NDX", "4"), is("symbol >= NDX", "012");
    is("symbol == symbol", "0124");
    is("type == C", "01"), is("type == call", "01"), is("type == P", "23"), is("type in (put)", "23");
    is("note == '10'", "0"), is("note > '2'", "13");
    is("symbol == 'it''s'", "");
    test_end();
}

static void times(void)
{
    test_begin("record_expr dates and instants");
    is("expiry == 2024-01-19", "04"), is("expiry > 2024-01-31", "13"), is("expiry in (2024-02-16, 2024-03-15)", "13");
    is("expiry == '2024-01-19'", "04");
    is("ts == 2024-01-19T21:00Z", "04"), is("ts < 2024-01-19T16:00:00-05:00", "3");
    is("ts >= '2024-01-20T00:00:00Z'", "2");
    fails("ts > 2024-01-19", "an instant is compared with an instant: 2024-01-19T00:00Z");
    fails("ts > 2024-01-19T21:00", "at character 6"), fails("expiry > 2024-02-30", "is no date");
    fails("expiry == 'soon'", "'soon' is no date");
    test_end();
}

/* Missing values: neither true nor false, for each operator (rows 2 of strike, 2 of expiry, 2 of inverse, ...). */
static void missing(void)
{
    test_begin("record_expr missing values");
    is("strike == null", "2"), is("strike != null", "0134"), is("symbol == null", "3"), is("ts == null", "1");
    is("inverse == null", "2"), is("note != null", "013"), is("strike + step == null", "12");
    is("!(strike == null)", "0134");
    is("strike > 0", "013"), is("!(strike > 0)", "4");
    is("strike > 0 || strike <= 0", "0134");
    is("strike > 0 || step > 0", "0123");           /* unknown || true */
    is("!(strike > 0 && step > 0)", "4");           /* of row 1 and 2 one side is unknown, the other true */
    is("!(strike > 0 && step < 0)", "0234");        /* false decides */
    is("symbol in (SPX) || type == P", "0123");
    is("!(symbol in (SPX))", "24");
    test_end();
}

/* and, or, not over true (1), false (0) and unknown, spelled with columns that have them. */
static void truth(void)
{
    static const char *const value[3] = { "true", "false", "strike / strike == 1" };    /* unknown in row 2 */
    static const char and[3][3] = { "TFU", "FFF", "UFU" }, or[3][3] = { "TTT", "TFU", "TUU" };

    test_begin("record_expr three-valued logic");
    for (size_t i = 0; i < 3; i++)
        for (size_t j = 0; j < 3; j++)
            for (size_t op = 0; op < 2; op++) {
                const char want = op ? or[i][j] : and[i][j];
                char text[200], negated[220];
                snprintf(text, sizeof text, "(%s) %s (%s)", value[i], op ? "||" : "&&", value[j]);
                snprintf(negated, sizeof negated, "!(%s)", text);
                CHECK((strchr(rows(text), '2') != NULL) == (want == 'T'), "%s", text);
                CHECK((strchr(rows(negated), '2') != NULL) == (want == 'F'), "%s", negated);
            }
    is("inverse", "03"), is("!inverse", "14"), is("inverse == false", "14"), is("inverse != true", "14");
    is("inverse && strike > 5000", "3"), is("true", "01234"), is("false", "");
    is("strike > 0 && step > 0 || expiry == 2024-01-19", "034");       /* && binds tighter */
    is("strike > 0 && (step < 0 || expiry == 2024-01-19)", "0");
    is("!inverse && strike < 0", "4");                                  /* ! binds tightest */
    test_end();
}

static void errors(void)
{
    test_begin("record_expr errors and their place");
    fails("", "usage: at character 1 of '': a column or a value is missing at the end");
    fails("strike >", "at character 9 of 'strike >'"), fails("strike > > 1", "at character 10");
    fails("(strike > 1", "')' is missing at the end"), fails("strike > 1)", "at character 11");
    fails("strike & 1", "'&' is written twice"), fails("strike > 'x", "a ' is not closed");
    fails("strike > 1 and step > 0", "at character 12 of 'strike > 1 and step > 0': expected && for and");
    fails("strike > 1e3k", "not a number"), fails("strike > 1x", "not a number"), fails("strike > 1e400", "1e400");
    fails("strik > 1", "column: at character 1 of 'strik > 1': there is no column 'strik': did you mean 'strike'?");
    fails("strik > 1", "the columns are strike, step, expiry, ts");
    fails("strike_price > 1", "did you mean 'strike'?");
    fails("strike > stepp", "there is no column 'stepp'"), fails("SPX == symbol", "there is no column 'SPX'");
    fails("strike > SPX", "there is no column 'SPX'");
    fails("strike == 'x'", "a number is compared with text"), fails("symbol > 5", "num(symbol) reads it as a number");
    fails("symbol + 1 > 5", "'symbol' is text"), fails("strike", "a number where a condition is needed");
    fails("strike && inverse", "a number where a condition is needed"), fails("strike > null", "null goes with");
    fails("null == strike", "write null on the right"), fails("symbol == ''", "an empty text is a missing one");
    fails("inverse < true", "go with == and != only"), fails("num(ts) > 1", "num() takes a column of text");
    fails("symbol in SPX", "'(' and a list"), fails("symbol in ()", "expected a column or a value");
    fails("strike > 1 #", "'#' has no meaning");
    test_end();
}

/* Hostile texts are refused by their size, not by the stack. */
static void limits(void)
{
    static char text[1 << 17];
    static const char *const unit[] = { "(", "!", "-", "1+", "true||", "x in (1," };

    test_begin("record_expr limits");
    for (size_t i = 0; i < sizeof unit / sizeof unit[0]; i++) {
        const size_t n = strlen(unit[i]);
        for (size_t k = 0; k + n < 60000; k += n)
            memcpy(text + k, unit[i], n + 1);
        CHECK(strncmp(rows(text), "usage", 5) == 0, "%s ...: %s", unit[i], rows(text));
    }
    memset(text, ' ', sizeof text - 1);
    CHECK(strstr(rows(text), "more than 65535 bytes"), "%s", rows(text));
    strcpy(text, "strike in (0");
    for (size_t i = 1; i < 2000; i++)       /* a list is no depth */
        snprintf(text + strlen(text), 10, ",%zu", i);
    strcat(text, ",4900)");
    is(text, "0");
    test_end();
}

int main(void)
{
    build();
    numbers();
    texts();
    times();
    missing();
    truth();
    errors();
    limits();
    oc_batch_free(&batch);
    oc_schema_free(&schema);
    return test_done();
}
