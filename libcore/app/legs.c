/* legs - see legs.h */
#include "app/legs.h"

#include "base/num.h"
#include "market/symbol.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const struct oc_leg nothing = { .quantity = NAN, .entry = NAN, .multiplier = NAN, .beta = NAN, .strike = NAN,
                                       .years = NAN };

static struct oc_leg *push(struct oc_legs *l, struct oc_err *err)
{
    if (l->n == l->cap) {
        const size_t cap = l->cap ? 2 * l->cap : 16;
        struct oc_leg *v = realloc(l->v, cap * sizeof *v);
        if (!v) {
            oc_fail(err, OC_MEMORY, "no memory for %zu legs", cap);
            return NULL;
        }
        l->v = v;
        l->cap = cap;
    }
    l->v[l->n] = nothing;
    return &l->v[l->n++];
}

/* A text into a field of `size` bytes; -1 where it does not fit. */
static int put(char *to, size_t size, const char *s, size_t n)
{
    if (n >= size)
        return -1;
    memcpy(to, s, n);
    to[n] = '\0';
    return 0;
}

/* The terms that a contract's name holds; -1 where it is none, or holds no expiry. */
static int take_name(struct oc_leg *g, const char *s, size_t n)
{
    struct oc_symbol y;

    if (oc_symbol_parse(s, n, &y) || !y.has_expiry || put(g->root, sizeof g->root, y.root, y.root_len))
        return -1;
    g->side = y.type == 'C' ? 1 : -1;
    g->strike = y.strike;
    g->date = y.expiry;
    g->has_date = true;
    return 0;
}

/* ---- words -------------------------------------------------------------------------------------------------------- */

static int read_word(struct oc_legs *l, const char *word, struct oc_err *err)
{
    const char *colon = strchr(word, ':'), *at = strrchr(word, '@');
    struct oc_leg *g = push(l, err);

    if (!g)
        return -1;
    if (!colon || oc_num_f64(word, (size_t)(colon - word), &g->quantity) || !isfinite(g->quantity) || g->quantity == 0)
        return oc_fail(err, OC_USAGE, "--leg: '%s' is not QTY:CONTRACT[@PRICE] with a quantity other than 0", word);
    const char *name = colon + 1, *end = at && at > name ? at : word + strlen(word);
    if (at && at > name && (oc_num_f64(at + 1, strlen(at + 1), &g->entry) || !isfinite(g->entry) || g->entry < 0))
        return oc_fail(err, OC_USAGE, "--leg: '%s' has no price of 0 or more behind the @", word);
    if (take_name(g, name, (size_t)(end - name))) {
        g->underlying = true;
        if (end == name || put(g->symbol, sizeof g->symbol, name, (size_t)(end - name)))
            return oc_fail(err, OC_USAGE, "--leg: '%s' names neither a contract nor an underlying", word);
    }
    if (put(g->id, sizeof g->id, name, (size_t)(end - name)))
        return oc_fail(err, OC_USAGE, "--leg: '%s' is longer than a contract's name can be", word);
    return 0;
}

/* ---- records ------------------------------------------------------------------------------------------------------ */

struct columns {
    struct oc_symcol type, symbol, root, contract, style;
    struct oc_daycol expiry;
    struct oc_intcol expires_at;
    const double *quantity, *entry, *multiplier, *beta, *strike, *years;
};

#define COLUMN(name, type, need, field) { name, type, need, offsetof(struct columns, field) }

static const struct oc_bindcol wanted[] = {
    COLUMN("quantity", OC_F64, OC_REQUIRED, quantity), COLUMN("type", OC_SYM, OC_OPTIONAL, type),
    COLUMN("symbol", OC_SYM, OC_OPTIONAL, symbol), COLUMN("root", OC_SYM, OC_OPTIONAL, root),
    COLUMN("contract_symbol", OC_SYM, OC_OPTIONAL, contract), COLUMN("style", OC_SYM, OC_OPTIONAL, style),
    COLUMN("expiry", OC_DATE, OC_OPTIONAL, expiry), COLUMN("expires_at", OC_TIME, OC_OPTIONAL, expires_at),
    COLUMN("entry_price", OC_F64, OC_OPTIONAL, entry), COLUMN("multiplier", OC_F64, OC_OPTIONAL, multiplier),
    COLUMN("beta", OC_F64, OC_OPTIONAL, beta), COLUMN("strike", OC_F64, OC_OPTIONAL, strike),
    COLUMN("years", OC_F64, OC_OPTIONAL, years), { 0 }
};

static const char *text(const struct oc_symcol *c, size_t r, size_t *n)
{
    *n = 0;
    if (!c->index || !oc_bit(c->valid, r))
        return "";
    const uint32_t *const off = c->dict->off + c->index[r];
    *n = off[1] - off[0];
    return c->dict->bytes + off[0];
}

/* +1, -1, 0 the underlying, NaN none of them. */
static double type_of(const char *s, size_t n)
{
    static const struct { const char *word; double side; } words[] = {
        { "c", 1 }, { "call", 1 }, { "ce", 1 }, { "p", -1 }, { "put", -1 }, { "pe", -1 }, { "u", 0 }
    };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strlen(words[i].word) == n && strncasecmp(words[i].word, s, n) == 0)
            return words[i].side;
    return NAN;
}

/* A stated number must not contradict what the name says. */
static int agree(struct oc_batch *b, size_t r, const char *what, bool known, double name, double cell, struct oc_err *err)
{
    return known && name != cell ? oc_bad_row(b, r, oc_col(b, what), err, "%s: contradicts contract_symbol", what) : 0;
}

/* The terms of an option: by its name and by its columns.  1: a malformed row, noted. */
static int read_terms(struct oc_leg *g, struct oc_batch *b, const struct columns *c, size_t r, struct oc_err *err)
{
    size_t n;
    const char *s = text(&c->contract, r, &n);
    const bool named = n > 0;

    if (named && take_name(g, s, n))
        return oc_bad_row(b, r, oc_col(b, "contract_symbol"), err,
                          "contract_symbol: '%.*s' is no name of an option with its expiry", (int)(n < 40 ? n : 40), s) ? -1
                          : 1;
    s = text(&c->type, r, &n);
    if (n) {
        const double side = type_of(s, n);
        if (isnan(side))
            return oc_bad_row(b, r, oc_col(b, "type"), err, "type: '%.*s' is none of C, P, U", (int)(n < 40 ? n : 40), s)
                ? -1 : 1;
        if (agree(b, r, "type", named, g->side, side, err))
            return -1;
        g->side = side;
        g->underlying = side == 0;
    }
    if (c->strike && !isnan(c->strike[r])) {
        if (agree(b, r, "strike", named, g->strike, c->strike[r], err))
            return -1;
        g->strike = c->strike[r];
    }
    if (c->expiry.v && oc_bit(c->expiry.valid, r)) {
        if (agree(b, r, "expiry", named, g->date, c->expiry.v[r], err))
            return -1;
        g->date = c->expiry.v[r];
        g->has_date = true;
    }
    if (c->expires_at.v && oc_bit(c->expires_at.valid, r)) {
        g->expires_at = c->expires_at.v[r];
        g->has_instant = true;
    }
    g->years = c->years ? c->years[r] : NAN;
    if (g->underlying)
        return 0;
    const char *lacks = g->side == 0 ? "type" : isnan(g->strike) ? "strike"
                        : !g->has_date && !g->has_instant && isnan(g->years) ? "expiry" : NULL;
    return !lacks ? 0 : oc_bad_row(b, r, NULL, err, "%s: missing (or a contract_symbol that says it)", lacks) ? -1 : 1;
}

static int read_texts(struct oc_leg *g, struct oc_batch *b, const struct columns *c, size_t r, size_t number,
                      struct oc_err *err)
{
    struct oc_col *id = oc_col(b, "leg_id");
    size_t n, m;
    const char *s = text(&c->symbol, r, &n), *root = text(&c->root, r, &m);

    if (put(g->symbol, sizeof g->symbol, s, n) || (m && put(g->root, sizeof g->root, root, m)))
        return oc_bad_row(b, r, NULL, err, "symbol, root: longer than a symbol can be");
    s = text(&c->style, r, &n);
    g->style = n == 1 ? (char)(*s & ~0x20) : 0;
    snprintf(g->id, sizeof g->id, "leg %zu", number);
    s = text(&c->contract, r, &n);
    if (n && n < sizeof g->id)
        put(g->id, sizeof g->id, s, n);
    if (!id || oc_load(b, id, err))
        return id ? -1 : 0;
    if (id->type == OC_TEXT && oc_bit(id->valid, r)) {
        n = (size_t)(id->i32[r + 1] - id->i32[r]);
        if (n && put(g->id, sizeof g->id, id->chars + id->i32[r], n))
            return oc_bad_row(b, r, id, err, "leg_id: longer than %zu characters", sizeof g->id - 1);
    }
    return 0;
}

static int see(void *ctx, struct oc_batch *b, struct oc_err *err)
{
    struct oc_legs *l = ctx;
    struct columns c = { 0 };

    if (oc_bind(b, wanted, &c, err))
        return -1;
    for (size_t r = 0; r < b->rows; r++) {
        struct oc_leg *g = push(l, err);
        if (!g)
            return -1;
        const int rc = read_terms(g, b, &c, r, err);
        if (rc < 0 || (rc == 0 && read_texts(g, b, &c, r, l->n, err)))
            return -1;
        g->quantity = c.quantity[r];
        g->entry = c.entry ? c.entry[r] : NAN;
        g->multiplier = c.multiplier ? c.multiplier[r] : NAN;
        g->beta = c.beta ? c.beta[r] : NAN;
        if ((isnan(g->quantity) || g->quantity == 0)
            && oc_bad_row(b, r, oc_col(b, "quantity"), err, "quantity: missing or 0"))
            return -1;
        if (g->multiplier <= 0 && oc_bad_row(b, r, oc_col(b, "multiplier"), err, "multiplier: not above 0"))
            return -1;
    }
    return 0;
}

int oc_legs_read(struct oc_legs *l, struct oc_io *io, const char *path, const struct oc_words *words, struct oc_err *err)
{
    const char *kind = io->kind;

    *l = (struct oc_legs){ 0 };
    io->kind = NULL;                    /* --kind is the market's */
    const int rc = path ? oc_each_beside(io, path, "leg", true, see, l, err) : 0;
    io->kind = kind;
    if (rc)
        return -1;
    for (size_t i = 0; i < words->n; i++)
        if (read_word(l, words->word[i], err))
            return -1;
    return l->n ? 0 : oc_fail(err, OC_USAGE, "no legs: --legs FILE or --leg QTY:CONTRACT says what the book holds");
}

void oc_legs_free(struct oc_legs *l)
{
    free(l->v);
    *l = (struct oc_legs){ 0 };
}
