/* record_kind - the tables of COLUMNS.md keep its rules, and header cells find their columns. */
#include "record/kind.h"
#include "base/nearest.h"
#include "test.h"

#include <string.h>

/* The words of a list in the syntax of marks, one after the other. */
static const char *next_word(const char **p, char *word, size_t cap)
{
    *p += strspn(*p, " |");
    const size_t n = strcspn(*p, " |");
    if (!n || n >= cap)
        return NULL;
    memcpy(word, *p, n);
    word[n] = '\0';
    *p += n;
    return word;
}

static void check_words(const struct oc_kind *k, const char *what, const char *list)
{
    char word[64];

    for (const char *p = list; p && next_word(&p, word, sizeof word);)
        CHECK(oc_kind_column(k, word, strlen(word)) && strcmp(oc_kind_column(k, word, strlen(word))->name, word) == 0,
              "%s: %s names '%s', which is no column of it", k->name, what, word);
}

static void check_alias(const struct oc_kind *k, const struct oc_coldef *c, const char *alias)
{
    CHECK(oc_kind_column(k, alias, strlen(alias)) == c, "%s: '%s' does not mean '%s'", k->name, alias, c->name);
    for (const char *p = alias; *p; p++)
        CHECK(*p < 'A' || *p > 'Z', "%s: '%s' is not lower case", k->name, alias);
}

/* Every name and alias leads to its column and to no other, in any case and with blanks around. */
static void names(void)
{
    test_begin("record_kind names and aliases");
    for (size_t i = 0; oc_kind_at(i); i++) {
        const struct oc_kind *k = oc_kind_at(i);
        const struct oc_coldef *c;
        for (size_t j = 0; (c = oc_kind_column_at(k, j)); j++) {
            char word[64];
            check_alias(k, c, c->name);
            for (const char *p = c->aliases; next_word(&p, word, sizeof word);) {
                check_alias(k, c, word);
                CHECK(!oc_kind_ambiguous(k, word, strlen(word), NULL), "%s: '%s' is an alias and ambiguous", k->name,
                      word);
            }
            CHECK(strchr("tdfisxb", c->type) && c->type, "%s.%s: type '%c'", k->name, c->name, c->type);
            CHECK(strchr("Raoc", c->need) && c->need, "%s.%s: need '%c'", k->name, c->name, c->need);
            CHECK(*c->help && c->help[strlen(c->help) - 1] != '.', "%s.%s: help '%s'", k->name, c->name, c->help);
        }
        CHECK(oc_kind_find(k->name, &(struct oc_err){ 0 }) == k, "%s is not found", k->name);
    }
    const struct oc_kind *quote = oc_kind_find("quote", &(struct oc_err){ 0 });
    CHECK(oc_kind_column(quote, " Bid_Price\t", 11) == oc_kind_column(quote, "bid", 3), "blanks and case");
    CHECK(!oc_kind_column(quote, "bid price", 9) && !oc_kind_column(quote, "", 0), "no meaning");
    test_end();
}

/* Rule 1: one name, one unit (and one type), in every kind. */
static void units(void)
{
    test_begin("record_kind one name, one unit");
    for (size_t i = 0; oc_kind_at(i); i++)
        for (size_t j = 0; j < i; j++) {
            const struct oc_kind *a = oc_kind_at(i), *b = oc_kind_at(j);
            const struct oc_coldef *x;
            for (size_t n = 0; (x = oc_kind_column_at(a, n)); n++) {
                const struct oc_coldef *y = oc_kind_column(b, x->name, strlen(x->name));
                if (!y || strcmp(y->name, x->name) != 0)
                    continue;
                CHECK(strcmp(x->unit, y->unit) == 0, "%s is '%s' in %s and '%s' in %s", x->name, x->unit, a->name,
                      y->unit, b->name);
                CHECK(x->type == y->type, "%s is of type %c in %s and %c in %s", x->name, x->type, a->name, y->type,
                      b->name);
            }
        }
    test_end();
}

static void lists(void)
{
    test_begin("record_kind keys, marks, needs");
    for (size_t i = 0; oc_kind_at(i); i++) {
        const struct oc_kind *k = oc_kind_at(i);
        const struct oc_coldef *c;
        char word[64];
        check_words(k, "key", k->key);
        check_words(k, "second key", k->key_else);
        check_words(k, "marks", k->marks);
        check_words(k, "needs", k->needs);
        for (const char *p = k->together; p && next_word(&p, word, sizeof word);)
            CHECK(oc_kind_column(k, word, strlen(word)), "%s: together names '%s'", k->name, word);
        for (size_t j = 0; (c = oc_kind_column_at(k, j)); j++) {
            bool needed = false;
            for (const char *p = k->needs; next_word(&p, word, sizeof word);)
                needed = needed || strcmp(word, c->name) == 0;
            CHECK(c->need != 'R' || needed, "%s.%s is required, but not in what the kind needs", k->name, c->name);
        }
    }
    test_end();
}

static const struct oc_kind *detect(const char *header, struct oc_err *err)
{
    char words[16][64];
    const char *list[16];
    size_t n = 0;

    for (const char *p = header; n < 16 && next_word(&p, words[n], sizeof words[n]); n++)
        list[n] = words[n];
    return oc_kind_detect(n, list, err);
}

static void detection(void)
{
    static const struct { const char *header, *kind; } cases[] = {
        { "check severity message", "check" }, { "gap_class start_ts symbol", "gap" },
        { "task_id task_state", "task" }, { "session state step", "session" }, { "file reason raw", "reject" },
        { "stat value symbol", "stat" }, { "scenario spot_rel", "scenario" }, { "model name value", "param" },
        { "symbol exdate amount", "dividend" }, { "curve years zero_rate", "curve" },
        { "date discount", "curve" }, { "ts symbol side qty fill_price", "trade" },
        { "quantity strike type", "leg" }, { "position contract_symbol", "leg" },
        { "Timestamp underlying strike_price right best_bid", "quote" }, { "strike type mark", "quote" },
        { "strike type spot years", "contract" }, { "product spot", "contract" },
        { "ts open high low close", "bar" }, { "timestamp o h l c v", "bar" }, { "step spot symbol", "factor" },
        { "ts symbol px", "tick" }, { "ts symbol bid ask", "tick" },
        /* the first kind in the order of rule 9 whose marks are all there */
        { "strike type bid quantity", "leg" }, { "ts symbol side quantity price bid", "trade" },
    };
    struct oc_err err = { 0 };

    test_begin("record_kind detection");
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct oc_kind *k = detect(cases[i].header, &err);
        CHECK(k && strcmp(k->name, cases[i].kind) == 0, "'%s' is %s", cases[i].header, k ? k->name : err.text);
    }
    CHECK(!detect("a b c", &err) && err.code == OC_COLUMN && strstr(err.text, "no kind"), "%s", err.text);
    CHECK(!detect("o h l ts", &err), "o h l without c");
    CHECK(!detect("open high low ts", &err) && strstr(err.text, "'bar', which lacks close"), "%s", err.text);
    CHECK(!oc_kind_find("quotes", &err) && err.code == OC_USAGE && strstr(err.text, "did you mean 'quote'"), "%s",
          err.text);
    test_end();
}

static void hints(void)
{
    const struct oc_kind *quote = oc_kind_find("quote", &(struct oc_err){ 0 });
    const struct oc_kind *bar = oc_kind_find("bar", &(struct oc_err){ 0 });
    static const char *const refused[] = { "vol", "Volatility", "sigma", "time", "maturity", "t", "exp", "size",
                                           "cp_flag", "exdate", "best_offer", "mark_iv" };
    static const char *const names[] = { "strike", "expiry", "bid_size" };
    const char *meanings = NULL;
    size_t n;

    test_begin("record_kind ambiguous names and near ones");
    for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++)
        CHECK(oc_kind_ambiguous(quote, refused[i], strlen(refused[i]), &meanings), "'%s' is accepted", refused[i]);
    CHECK(!oc_kind_ambiguous(bar, "vol", 3, NULL), "vol in a bar has one meaning");
    CHECK(oc_nearest("strkie", 3, names) == names[0] && oc_nearest("Expiri", 3, names) == names[1]
          && !oc_nearest("volume", 3, names), "nearest names");
    const struct oc_coldef *type = oc_kind_column(quote, "type", 4), *root = oc_kind_column(quote, "root", 4);
    static const char *const calls[] = { "c", "call", "Call", "CALL", "CE", "C" };
    static const char *const puts[] = { "p", "put", "Put", "PUT", "PE", "P" };
    for (size_t i = 0; i < 6; i++) {
        CHECK(*oc_kind_word(type, calls[i], strlen(calls[i]), &n) == 'C' && n == 1, "%s", calls[i]);
        CHECK(*oc_kind_word(type, puts[i], strlen(puts[i]), &n) == 'P' && n == 1, "%s", puts[i]);
    }
    CHECK(strcmp(oc_kind_word(root, "CALL", 4, &n), "CALL") == 0 && n == 4, "CALL is a root of its own");
    test_end();
}

int main(void)
{
    names();
    units();
    lists();
    detection();
    hints();
    return test_done();
}
