/* kind - see kind.h.  The column tables are in kinds_*.c; here is what puts them together and searches them. */
#include "record/kind.h"

#include "base/nearest.h"
#include "record/kinds.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define GROUPS(...) (const struct oc_coldef *const[]){ __VA_ARGS__, NULL }

static const struct oc_kind kinds[] = {
    { .name = "check", .title = "what a check found",
      .key = "check file line symbol ts row_key",
      .marks = "check severity",
      .needs = "check severity",
      .groups = GROUPS(oc_kinds_audit_check, oc_kinds_shared) },
    { .name = "gap", .title = "a stretch without data",
      .key = "symbol record_kind interval start_ts",
      .marks = "gap_class start_ts",
      .needs = "symbol start_ts end_ts interval record_kind expected found gap_class severity",
      .groups = GROUPS(oc_kinds_audit_gap, oc_kinds_shared) },
    { .name = "task", .title = "a piece of work of a backfill",
      .key = "task_id",
      .marks = "task_id task_state",
      .needs = "task_id task_type task_state",
      .groups = GROUPS(oc_kinds_audit_task, oc_kinds_shared) },
    { .name = "session", .title = "a simulation that can be stopped and resumed",
      .key = "session",
      .marks = "session state",
      .needs = "session state",
      .groups = GROUPS(oc_kinds_audit_session, oc_kinds_shared) },
    { .name = "reject", .title = "a row that was refused",
      .key = "",
      .marks = "reason raw",
      .needs = "reason raw",
      .groups = GROUPS(oc_kinds_audit_reject, oc_kinds_shared) },
    { .name = "stat", .title = "one figure",
      .key = "run stat symbol contract_id leg_id scenario expiry horizon_days level ts",
      .marks = "stat value",
      .needs = "stat value",
      .groups = GROUPS(oc_kinds_book_stat, oc_kinds_shared) },
    { .name = "scenario", .title = "a change of the market",
      .key = "scenario symbol",
      .marks = "scenario",
      .needs = "scenario",
      .groups = GROUPS(oc_kinds_book_scenario, oc_kinds_shared) },
    { .name = "param", .title = "a model parameter",
      .key = "run ts symbol root model expiry settle strike symbol2 role name",
      .marks = "model name value",
      .needs = "model name value|text",
      .groups = GROUPS(oc_kinds_book_param, oc_kinds_shared) },
    { .name = "dividend", .title = "a dividend or split",
      .key = "symbol ex_date dividend_type",
      .marks = "ex_date",
      .needs = "symbol ex_date amount|proportion",
      .groups = GROUPS(oc_kinds_market_dividend, oc_kinds_shared) },
    { .name = "curve", .title = "a point of a curve",
      .key = "ts curve symbol years date",
      .marks = "years|date zero_rate|par_rate|discount",
      .needs = "curve years|date|tenor zero_rate|par_rate|discount",
      .groups = GROUPS(oc_kinds_market_curve, oc_kinds_shared) },
    { .name = "trade", .title = "a fill or a round trip",
      .key = "account trade_id ts symbol seq",
      .marks = "side quantity price",
      .needs = "ts symbol side quantity price",
      .groups = GROUPS(oc_kinds_book_trade, oc_kinds_shared) },
    { .name = "leg", .title = "a position",
      .key = "book leg_id",
      .marks = "quantity strike|contract_symbol|type",
      .needs = "quantity type|contract_symbol multiplier",
      .groups = GROUPS(oc_kinds_option_leg_head, oc_kinds_book_leg, oc_kinds_shared, oc_kinds_option_terms,
                       oc_kinds_option_computed) },
    { .name = "quote", .title = "one option at one time",
      .key = "run path step ts symbol root expiry expires_at settle type style strike contract_symbol",
      .marks = "strike type bid|ask|last|mark",
      .needs = "ts symbol strike|contract_symbol type|contract_symbol expiry|expires_at|years|contract_symbol",
      .groups = GROUPS(oc_kinds_option_quote_head, oc_kinds_shared, oc_kinds_option_terms,
                       oc_kinds_option_quote, oc_kinds_option_computed) },
    { .name = "contract", .title = "a product to price",
      .key = "contract_id",
      .key_else = "ts symbol root expiry expires_at years settle type style strike contract_symbol product barrier "
                  "barrier2 barrier_type strike2 years2 start_years",
      .marks = "strike|product",
      .needs = "strike|product|contract_symbol type|product|contract_symbol expiry|expires_at|years|contract_symbol",
      .groups = GROUPS(oc_kinds_shared, oc_kinds_option_contract_terms, oc_kinds_option_terms,
                       oc_kinds_option_contract, oc_kinds_option_computed) },
    { .name = "bar", .title = "prices of an interval",
      .key = "run symbol interval ts",
      .marks = "open high low close",
      .needs = "ts interval open high low close",
      .together = "o h l c",
      .groups = GROUPS(oc_kinds_market_bar, oc_kinds_shared) },
    { .name = "factor", .title = "simulated state of the market",
      .key = "run path step symbol",
      .marks = "step spot",
      .needs = "step symbol spot",
      .groups = GROUPS(oc_kinds_market_factor, oc_kinds_shared) },
    { .name = "tick", .title = "a trade or a quote as it came",
      .key = "ts symbol seq tick_id",
      .marks = "ts symbol price|bid",
      .needs = "ts symbol price|size|bid|ask|bid_size|ask_size",
      .groups = GROUPS(oc_kinds_market_tick, oc_kinds_shared) },
};

enum { NKINDS = sizeof kinds / sizeof kinds[0] };

/*
 * Names with two meanings in the field (rule 2).  `kinds` are those where the name is refused; `meanings` the
 * columns it could be there.
 */
static const struct { const char *name, *kinds, *meanings, *hint; } ambiguous[] = {
    { "vol", "quote contract leg", "iv volume", "volatility or volume: --map iv=vol or --map volume=vol" },
    { "volatility", "quote contract leg", "iv vendor_iv",
      "of the model or of the vendor: --map iv=volatility or --map vendor_iv=volatility, with *0.01 if in percent" },
    { "sigma", "quote contract leg", "iv vendor_iv",
      "of the model or of the vendor: --map iv=sigma or --map vendor_iv=sigma, with *0.01 if in percent" },
    { "time", "quote contract leg", "ts years last_ts", "an instant or a time to expiry: --map ts=time or --map years=time" },
    { "maturity", "quote contract leg", "expiry years", "a date or a time: --map expiry=maturity or --map years=maturity" },
    { "t", "quote contract leg", "ts years", "an instant or a time to expiry: --map ts=t or --map years=t" },
    { "exp", "quote contract leg", "expiry years", "a date or a time: --map expiry=exp or --map years=exp" },
    { "size", "quote", "bid_size ask_size volume", "of what: --map bid_size=size or --map volume=size" },
    { "cp_flag", "quote contract leg", "type", "a layout of a vendor: --map type=cp_flag, or --preset" },
    { "exdate", "quote contract leg", "expiry", "expiry or ex-dividend date: --map expiry=exdate, or --preset" },
    { "best_offer", "quote contract leg", "ask", "a layout of a vendor: --map ask=best_offer, or --preset" },
    { "mark_iv", "quote contract leg", "iv vendor_iv",
      "in percent with some vendors: --map vendor_iv=mark_iv*0.01 or --map vendor_iv=mark_iv, or --preset" },
};

const struct oc_kind *oc_kind_at(size_t i) { return i < NKINDS ? &kinds[i] : NULL; }

static char fold(char c) { return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c; }

static void trim(const char **s, size_t *n)
{
    while (*n && (**s == ' ' || **s == '\t'))
        ++*s, --*n;
    while (*n && ((*s)[*n - 1] == ' ' || (*s)[*n - 1] == '\t'))
        --*n;
}

/* Is word (len bytes, lower case) what s[n] says, case folded? */
static bool same(const char *word, size_t len, const char *s, size_t n)
{
    if (len != n)
        return false;
    for (size_t i = 0; i < n; i++)
        if (word[i] != fold(s[i]))
            return false;
    return true;
}

/* Is s[n], case folded, a word of the blank-separated list? */
static bool listed(const char *list, const char *s, size_t n)
{
    for (const char *p = list; *p; p += strspn(p, " ")) {
        const size_t len = strcspn(p, " ");
        if (same(p, len, s, n))
            return true;
        p += len;
    }
    return false;
}


/* Does an earlier table of the kind have a column of that name, so that this row does not hold? */
static bool shadowed(const struct oc_coldef *const *groups, const struct oc_coldef *const *g, const char *name)
{
    for (; groups != g; groups++)
        for (const struct oc_coldef *c = *groups; c->name; c++)
            if (strcmp(c->name, name) == 0)
                return true;
    return false;
}

static const struct oc_coldef *search(const struct oc_coldef *const *groups, const char *s, size_t n)
{
    for (const struct oc_coldef *const *g = groups; *g; g++)
        for (const struct oc_coldef *c = *g; c->name; c++)
            if ((same(c->name, strlen(c->name), s, n) || listed(c->aliases, s, n)) && !shadowed(groups, g, c->name))
                return c;
    return NULL;
}

const struct oc_coldef *oc_kind_column(const struct oc_kind *kind, const char *name, size_t len)
{
    static const struct oc_coldef *const shared[] = { oc_kinds_shared, NULL };

    trim(&name, &len);
    return len ? search(kind ? kind->groups : shared, name, len) : NULL;
}

const struct oc_coldef *oc_kind_column_among(const struct oc_kind *kind, const char *name, size_t n,
                                             const char *const names[])
{
    size_t len = strlen(name);

    trim(&name, &len);
    if (kind && kind->together && listed(kind->together, name, len))
        for (const char *p = kind->together; *p; p += strcspn(p, " "), p += *p == ' ') {
            bool there = false;
            for (size_t i = 0; i < n && !there; i++) {
                const char *s = names[i];
                size_t k = strlen(s);
                trim(&s, &k);
                there = same(p, strcspn(p, " "), s, k);
            }
            if (!there)
                return NULL;
        }
    return oc_kind_column(kind, name, len);
}

const struct oc_coldef *oc_kind_column_at(const struct oc_kind *kind, size_t i)
{
    for (const struct oc_coldef *const *g = kind->groups; *g; g++)
        for (const struct oc_coldef *c = *g; c->name; c++)
            if (!shadowed(kind->groups, g, c->name) && i-- == 0)
                return c;
    return NULL;
}

const char *oc_kind_ambiguous(const struct oc_kind *kind, const char *name, size_t len, const char **meanings)
{
    trim(&name, &len);
    for (size_t i = 0; kind && i < sizeof ambiguous / sizeof ambiguous[0]; i++)
        if (same(ambiguous[i].name, strlen(ambiguous[i].name), name, len)
            && listed(ambiguous[i].kinds, kind->name, strlen(kind->name))) {
            if (meanings)
                *meanings = ambiguous[i].meanings;
            return ambiguous[i].hint;
        }
    return NULL;
}

const char *oc_kind_word(const struct oc_coldef *def, const char *s, size_t n, size_t *out_n)
{
    static const struct { const char *word; size_t n; const char *means; } types[] = {
        { "c", 1, "C" }, { "p", 1, "P" }, { "call", 4, "C" }, { "put", 3, "P" }, { "ce", 2, "C" }, { "pe", 2, "P" },
        { "u", 1, "U" },
    };

    *out_n = n;
    if (!def || n == 0 || n > 4 || strcmp(def->name, "type") != 0)
        return s;
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (same(types[i].word, types[i].n, s, n)) {
            *out_n = 1;
            return types[i].means;
        }
    return s;
}

const char *oc_kind_lacks(const char *list, bool (*have)(const void *ctx, const char *name, size_t len),
                          const void *ctx, size_t *len)
{
    for (const char *p = list; *p; p += *p == ' ') {
        const char *const item = p;
        bool found = false;
        *len = strcspn(p, " ");
        for (const char *const end = p + *len; p < end; p += p < end && *p == '|') {
            const size_t n = strcspn(p, "| ");
            found = found || have(ctx, p, n);
            p += n;
        }
        if (!found)
            return item;
    }
    return NULL;
}

struct header { const struct oc_kind *kind; size_t n; const char *const *names; };

static bool header_has(const void *ctx, const char *name, size_t len)
{
    const struct header *h = ctx;

    for (size_t i = 0; i < h->n; i++) {
        const struct oc_coldef *c = oc_kind_column_among(h->kind, h->names[i], h->n, h->names);
        if (c && strlen(c->name) == len && memcmp(c->name, name, len) == 0)
            return true;
    }
    return false;
}

/* How many items of the marks lack, and what they are, for the message. */
static size_t missing_marks(const struct header *h, char *text, size_t cap)
{
    size_t len, missing = 0, at = 0;
    const char *p = h->kind->marks;

    text[0] = '\0';
    while ((p = oc_kind_lacks(p, header_has, h, &len))) {
        at += (size_t)snprintf(text + at, cap - at, "%s%.*s", missing ? ", " : "", (int)len, p);
        missing++;
        p += len;
        p += *p == ' ';
    }
    for (char *q = text; *q; q++)
        if (*q == '|')
            *q = '/';
    return missing;
}

const struct oc_kind *oc_kind_detect(size_t n, const char *const names[], struct oc_err *err)
{
    const struct oc_kind *nearest = NULL;
    char lacks[160], least[160] = "";
    size_t best = SIZE_MAX, share = 0;

    for (size_t i = 0; i < NKINDS; i++) {
        const struct header h = { &kinds[i], n, names };
        const size_t missing = missing_marks(&h, lacks, sizeof lacks);
        if (missing == 0)
            return h.kind;
        size_t marks = 1, known = 0;
        for (const char *p = h.kind->marks; *p; p++)
            marks += *p == ' ';
        for (size_t k = 0; k < n; k++)
            known += oc_kind_column(h.kind, names[k], strlen(names[k])) != NULL;
        /* nearest: of those with a mark that is there the one with the fewest to come, then the most known columns */
        if (missing < marks && (missing < best || (missing == best && known > share))) {
            best = missing;
            share = known;
            nearest = h.kind;
            memcpy(least, lacks, sizeof least);
        }
    }
    if (nearest)
        oc_fail(err, OC_COLUMN, "these columns are of no kind of record; the nearest is '%s', which lacks %s "
                "(--kind says which it is, --map NAME=COLUMN what a column means)", nearest->name, least);
    else
        oc_fail(err, OC_COLUMN, "these columns are of no kind of record (--kind says which it is)");
    return NULL;
}

const struct oc_kind *oc_kind_find(const char *name, struct oc_err *err)
{
    const char *names[NKINDS];

    for (size_t i = 0; i < NKINDS; i++) {
        if (strcmp(kinds[i].name, name) == 0)
            return &kinds[i];
        names[i] = kinds[i].name;
    }
    const char *near = oc_nearest(name, NKINDS, names);
    char all[256] = "";
    for (size_t i = 0, at = 0; i < NKINDS; i++)
        at += (size_t)snprintf(all + at, sizeof all - at, " %s", names[i]);
    oc_fail(err, OC_USAGE, "there is no kind '%s'%s%s%s; kinds:%s", name, near ? ": did you mean '" : "",
            near ? near : "", near ? "'?" : "", all);
    return NULL;
}

int oc_kind_no_column(const struct oc_kind *kind, const char *name, size_t n, const char *const names[],
                      struct oc_err *err)
{
    const struct oc_coldef *def = kind ? oc_kind_column(kind, name, strlen(name)) : NULL;
    const char *near = NULL;
    char list[600] = "";
    size_t at = 0;

    for (size_t i = 0; i < n; i++) {
        if (def && strcmp(def->name, names[i]) == 0)
            near = names[i];
        if (at < sizeof list)
            at += (size_t)snprintf(list + at, sizeof list - at, "%s%s", i ? ", " : "", names[i]);
    }
    near = near ? near : oc_nearest(name, n, names);
    return oc_fail(err, OC_COLUMN, "there is no column '%.200s'%s%.200s%s; the columns are %s%s", name,
                   near ? ": did you mean '" : "", near ? near : "", near ? "'?" : "", list,
                   at < sizeof list ? "" : " ...");
}
