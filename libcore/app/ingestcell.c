/*
 * ingestcell - see ingestcell.h.  The order of conversions: blanks, strip, none, part, upper, is, decimal comma, suffixes
 * and percent (both move the decimal point of the text, exactly), times, over and exp, and then the times of ingesttime.c.
 */
#include "app/ingestcell.h"

#include "app/ingesttime.h"
#include "base/num.h"
#include "base/time.h"
#include "market/symbol.h"
#include "math/exp.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

enum { LONGEST = 400 };         /* bytes of a number that is rewritten */

bool oc_ingestcell_numeric(const struct oc_ingest *g, const struct oc_preset_column *c)
{
    const struct oc_coldef *def = oc_kind_column(g->kind, c->name, strlen(c->name));

    if (c->conv == OC_CONV_CLOCK || c->conv == OC_CONV_DAYS || c->times || c->over || c->exp || c->ratio || c->percent || c->suffixes || c->has_below)
        return true;
    if (c->conv != OC_CONV_NONE)
        return false;
    /* what the head has and no column of ours: a number where it looks like one */
    return def && strcmp(def->name, c->name) == 0 && (def->type == OC_F64 || def->type == OC_I64);
}

/* A plain decimal: 1 it has a digit that is not 0, 0 all of its digits are; -1: not so plain. */
static int has_worth(const char *s, size_t n)
{
    unsigned worth = 0, digits = 0, points = 0;

    for (size_t i = n && *s == '-'; i < n; i++) {
        const unsigned d = (unsigned char)s[i] - (unsigned)'0';
        if (d > 9 && s[i] != '.')
            return -1;
        points += d > 9;
        digits += d <= 9;
        worth |= d <= 9 ? d : 0;
    }
    return !digits || points > 1 || n > 300 ? -1 : worth != 0;
}

bool oc_ingestcell_none(const struct oc_preset_column *c, const char *s, size_t n)
{
    double v, w;

    if (!c->none.n && !c->has_below)
        return false;
    const int worth = c->none_zero ? has_worth(s, n) : -1;
    if (worth >= 0)
        return !worth;
    const bool number = oc_num_f64(s, n, &v) == 0;
    if (number && c->has_below && v < c->below)
        return true;
    for (size_t i = 0; i < c->none.n; i++) {
        const char *word = c->none.word[i];
        if (strlen(word) == n && memcmp(word, s, n) == 0)
            return true;
        if (number && oc_num_f64(word, strlen(word), &w) == 0 && v == w)
            return true;
    }
    return false;
}

static void trim(const char **s, size_t *n)
{
    while (*n && (**s == ' ' || **s == '\t')) {
        ++*s;
        --*n;
    }
    while (*n && ((*s)[*n - 1] == ' ' || (*s)[*n - 1] == '\t'))
        --*n;
}

const char *oc_ingestcell_raw(struct oc_ingest_work *w, uint32_t col, size_t rec, size_t *n)
{
    bool null = false;
    const char *raw = oc_cell(&w->in->col[col], rec, n);
    const char *s = oc_cell_text(w->in->dialect, raw, *n, &w->cell, n, &null);

    if (null)
        *n = 0;
    trim(&s, n);
    return s;
}

/* ---- numbers as text ---------------------------------------------------------------------------------------- */

static bool is_digit(char c) { return (unsigned char)(c - '0') < 10; }

/* 1.234,56 to 1234.56: points only before every third digit from the comma on. */
static const char *decimal_comma(const char **s, size_t *n, char *out)
{
    static const char why[] = "is not a number with a decimal comma";
    const char *comma = memchr(*s, ',', *n), *end = *s + *n, *p = *s;
    const char *stop = comma ? comma : end;
    size_t k = 0, group = 0;
    bool grouped = false;

    if (*n >= LONGEST)
        return why;
    for (; p < stop && (is_digit(*p) || *p == '.' || (p == *s && (*p == '-' || *p == '+'))); p++) {
        if (*p == '.' && (!group || group > 3 || (grouped && group != 3)))
            return why;
        group = *p == '.' || !is_digit(*p) ? 0 : group + 1;
        grouped |= *p == '.';
        if (*p != '.')
            out[k++] = *p;
    }
    if (grouped && group != 3)
        return why;
    if (p == comma) {
        out[k++] = '.';
        for (p++; p < end && is_digit(*p); p++)
            out[k++] = *p;
    }
    for (; p < end; p++) {              /* a unit, a sign of percent, an exponent */
        if (*p == ',' || *p == '.')
            return why;
        out[k++] = *p;
    }
    *s = out;
    *n = k;
    return NULL;
}

bool oc_ingestcell_shift(const char **s, size_t *n, int by, char *out)
{
    const char *p = *s, *end = *s + *n;
    char digit[LONGEST];
    size_t k = 0, o = 0;
    long point = -1;

    const bool minus = p < end && *p == '-';
    p += p < end && (*p == '-' || *p == '+');
    for (; p < end; p++) {
        if (*p == '.' && point < 0)
            point = (long)k;
        else if (is_digit(*p) && k + 1 < LONGEST - 32)
            digit[k++] = *p;
        else
            return false;
    }
    if (!k)
        return false;
    point = (point < 0 ? (long)k : point) + by;
    if (minus)
        out[o++] = '-';
    size_t i = 0;
    while (i + 1 < k && (long)i + 1 < point && digit[i] == '0')     /* zeros in front */
        i++;
    if (point <= 0)
        out[o++] = '0';
    for (; (long)i < point; i++)
        out[o++] = i < k ? digit[i] : '0';
    if ((long)k > point) {
        const size_t mark = o;
        out[o++] = '.';
        for (long z = point; z < 0; z++)
            out[o++] = '0';
        for (i = point > 0 ? (size_t)point : 0; i < k; i++)
            out[o++] = digit[i];
        while (o > mark + 1 && out[o - 1] == '0')
            o--;
        o -= o == mark + 1;
    }
    *s = out;
    *n = o;
    return true;
}

/* 42.62M; a dash is missing. */
static const char *suffixes(const char **s, size_t *n, char *out)
{
    static const struct { char letter; int by; } table[] = {
        { 'K', 3 }, { 'k', 3 }, { 'M', 6 }, { 'm', 6 }, { 'B', 9 }, { 'b', 9 }, { 'T', 12 },
    };
    int by = 0;

    if ((*n == 1 && **s == '-') || (*n == 3 && memcmp(*s, "\xe2\x80\x93", 3) == 0)) {
        *n = 0;
        return NULL;
    }
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if ((*s)[*n - 1] == table[i].letter)
            by = table[i].by;
    *n -= by != 0;
    trim(s, n);
    return oc_ingestcell_shift(s, n, by, out) ? NULL : "is not a number with K, M, B, T or nothing behind it";
}

static const char *percent(const char **s, size_t *n, char *out)
{
    if ((*s)[*n - 1] != '%')
        return "has no sign %";
    --*n;
    trim(s, n);
    return oc_ingestcell_shift(s, n, -2, out) ? NULL : "is not a number of percent";
}

/* times and over: the product is rounded once, the quotient once more. */
static const char *scale(const struct oc_ingest_rule *r, const char **s, size_t *n, char *out)
{
    const struct oc_preset_column *c = r->c;
    const char *factor = r->times && c->times ? c->times : "1";
    double v, d;

    if (!c->over && !c->exp && (!r->times || !c->times))
        return NULL;
    if (oc_num_scaled(*s, *n, factor, &v))
        return "is not a number";
    if (c->over && oc_num_f64(c->over, strlen(c->over), &d) == 0)
        v /= d;
    if (c->exp && !isfinite(v = oc_exp(v)))
        return "is too large for `exp`";
    *n = oc_num_print_f64(out, v);
    *s = out;
    return NULL;
}

/* ---- words -------------------------------------------------------------------------------------------------- */

/* The N-th piece between separators. */
static const char *piece(const struct oc_preset_column *c, const char **s, size_t *n)
{
    const size_t m = strlen(c->part);
    const char *p = *s, *end = *s + *n;

    for (unsigned k = 1;; k++) {
        const char *stop = memmem(p, (size_t)(end - p), c->part, m);
        if (k == c->nth) {
            *s = p;
            *n = (size_t)((stop ? stop : end) - p);
            trim(s, n);
            return NULL;
        }
        if (!stop)
            return "has not so many parts";
        p = stop + m;
    }
}

/* Letters of ASCII become capitals. */
static const char *upper(const char **s, size_t *n, char *out)
{
    if (*n >= LONGEST)
        return "is too long for `upper`";
    for (size_t i = 0; i < *n; i++)
        out[i] = (char)((*s)[i] - ((unsigned char)((*s)[i] - 'a') < 26 ? 'a' - 'A' : 0));
    *s = out;
    return NULL;
}

static const char *is(const struct oc_preset_column *c, const char **s, size_t *n)
{
    for (size_t i = 0; i < c->is.n; i += 2)
        if (strlen(c->is.word[i]) == *n && memcmp(c->is.word[i], *s, *n) == 0) {
            *s = c->is.word[i + 1];
            *n = strlen(*s);
            return NULL;
        }
    return "is none of the words that the preset knows";
}

/*
 * What a root is of.  One that no table lists and that ends in a digit is that of a share whose terms were adjusted, or of
 * mini options (AMD1, AAPL7): roots of the OCC have digits for nothing else.
 */
static size_t underlying(const struct oc_ingest *g, const struct oc_symbol *c, char out[OC_SYMBOL_MAX])
{
    const struct oc_root *root = oc_root_find(g->roots, c->root, c->root_len);
    const bool osi = c->form == OC_SYMBOL_OSI || c->form == OC_SYMBOL_PADDED;
    size_t n = c->root_len;

    if (root)
        return (size_t)snprintf(out, OC_SYMBOL_MAX, "%s", root->underlying);
    if (osi && n > 1 && c->root[n - 1] >= '0' && c->root[n - 1] <= '9' && (c->root[n - 2] < '0' || c->root[n - 2] > '9'))
        n--;
    return (size_t)snprintf(out, OC_SYMBOL_MAX, "%.*s", (int)n, c->root);
}

/* A part of a contract symbol as text.  NULL, or why the symbol is none. */
static const char *symbol_part(const struct oc_ingest *g, const char *part, const char *s, size_t n, char out[OC_SYMBOL_MAX],
                               size_t *len)
{
    struct oc_symbol c;
    const char *why = oc_symbol_parse(s, n, &c);

    *len = 0;
    if (why)
        return why;
    switch (*part) {
    case 'r': *len = (size_t)snprintf(out, OC_SYMBOL_MAX, "%s", c.root); break;
    case 'u': *len = underlying(g, &c, out); break;
    case 't': *len = (size_t)snprintf(out, OC_SYMBOL_MAX, "%c", c.type); break;
    case 'e':
        if (!c.has_expiry)
            return "does not tell the expiry";
        *len = oc_time_print_date(out, c.expiry);
        break;
    case 's': *len = oc_num_print_f64(out, c.strike); break;
    default: return "has no such part";
    }
    return NULL;
}

/* ---- one cell ------------------------------------------------------------------------------------------------ */

static const char *make(struct oc_ingest_work *w, const struct oc_ingest_rule *r, size_t rec, unsigned depth, const char **s,
                        size_t *n);

static const char *refuse(struct oc_ingest_work *w, uint32_t col, const char *s, size_t n, const char *why)
{
    snprintf(w->shown, sizeof w->shown, "%.*s", (int)(n < 40 ? n : 40), s);
    w->refused = col;
    return why;
}

/* Times and days, which may ask for another column. */
static const char *moment(struct oc_ingest_work *w, const struct oc_ingest_rule *r, size_t rec, unsigned depth, const char **s,
                          size_t *n, char out[OC_TIME_PRINT_MAX])
{
    const struct oc_preset_column *c = r->c;
    const char *why = "", *of = r->of_text;
    size_t nof = of ? strlen(of) : 0;
    int32_t days = 0;
    int64_t ns = 0;
    int rc = 0;

    if (r->of && (why = make(w, r->of, rec, depth + 1, &of, &nof)))
        return why;
    switch (c->conv) {
    case OC_CONV_NONE: return NULL;
    case OC_CONV_DATE: rc = oc_ingesttime_date(c, *s, *n, &days, &why); break;
    case OC_CONV_DAYS: rc = oc_ingesttime_days(w->g, *s, *n, of, nof, &days, &why); break;
    case OC_CONV_TIME: rc = oc_ingesttime_instant(w->g, c, *s, *n, &ns, &why); break;
    case OC_CONV_CLOCK: rc = oc_ingesttime_clock(w->g, c->unit, *s, *n, of, nof, &ns, &why); break;
    }
    if (rc)
        return why;
    if (__builtin_add_overflow(ns, c->shift, &ns))
        return "is outside the years 1677 to 2262";
    *n = c->conv == OC_CONV_DATE || c->conv == OC_CONV_DAYS ? oc_time_print_date(out, days) : oc_time_print(out, ns);
    *s = out;
    return NULL;
}

/* Divided by another column's cell; nothing where that is empty. */
static const char *ratio(struct oc_ingest_work *w, const struct oc_ingest_rule *r, size_t rec, unsigned depth, const char **s,
                         size_t *n, char *out)
{
    const char *of = r->of_text, *why;
    size_t nof = of ? strlen(of) : 0;
    double v, d = 0;

    if (r->of && (why = make(w, r->of, rec, depth + 1, &of, &nof)))
        return why;
    if (oc_num_f64(*s, *n, &v) || (nof && oc_num_f64(of, nof, &d)))
        return "is not a number, or what it is divided by";
    if (nof && d == 0)
        return "is divided by 0";
    *n = nof ? oc_num_print_f64(out, v / d) : 0;
    *s = out;
    return NULL;
}

/* All conversions; out has room for LONGEST + 64 bytes. */
static const char *convert(struct oc_ingest_work *w, const struct oc_ingest_rule *r, size_t rec, unsigned depth, const char **s,
                           size_t *n, char *out)
{
    const struct oc_preset_column *c = r->c;
    const char *why = NULL;

    if (c->strip) {
        size_t k = 0;
        if (*n >= LONGEST)
            return "is too long for `strip`";
        for (size_t i = 0; i < *n; i++)
            if (!strchr(c->strip, (*s)[i]))
                out[k++] = (*s)[i];
        *s = out;
        *n = k;
        trim(s, n);
    }
    if (*n == 0 || oc_ingestcell_none(c, *s, *n)) {
        *n = 0;
        return NULL;
    }
    char number[LONGEST + 64], moved[LONGEST + 64];
    if (c->part && (why = piece(c, s, n)))
        return why;
    if (*n == 0 || (c->part && oc_ingestcell_none(c, *s, *n))) {
        *n = 0;
        return NULL;
    }
    if (c->upper && (why = upper(s, n, moved)))
        return why;
    if (c->is.n && (why = is(c, s, n)))
        return why;
    if (*n && r->numeric && w->g->preset.decimal_comma && r->ncell && (why = decimal_comma(s, n, number)))
        return why;
    if (*n && c->suffixes && (why = suffixes(s, n, moved)))
        return why;
    if (*n && c->percent && (why = percent(s, n, moved)))
        return why;
    if (*n && oc_ingestcell_none(c, *s, *n))        /* 0,00 is a zero only now */
        *n = 0;
    if (*n && (why = scale(r, s, n, number)))
        return why;
    if (*n && c->ratio && (why = ratio(w, r, rec, depth, s, n, number)))
        return why;
    if (*n && c->conv != OC_CONV_NONE && (why = moment(w, r, rec, depth, s, n, out)))
        return why;
    if (*s == number || *s == moved) {
        memcpy(out, *s, *n);
        *s = out;
    }
    return NULL;
}

/* Its cells with a blank between. */
static void join(struct oc_ingest_work *w, const struct oc_ingest_rule *r, size_t rec, struct oc_buf *to)
{
    to->n = 0;
    for (size_t i = 0; i < r->ncell; i++) {
        size_t n;
        const char *s = oc_ingestcell_raw(w, r->cell[i], rec, &n);
        if (i && to->n && n)
            oc_buf_char(to, ' ');
        oc_buf_put(to, s, n);
    }
}

static const char *make(struct oc_ingest_work *w, const struct oc_ingest_rule *r, size_t rec, unsigned depth, const char **s,
                        size_t *n)
{
    struct oc_buf *buf = &w->text[depth < 3 ? depth : 3];
    const uint32_t col = r->ncell ? r->cell[0] : r->of && r->of->ncell ? r->of->cell[0] : UINT32_MAX;
    const char *why = NULL, *said;
    size_t nsaid;
    char part[OC_SYMBOL_MAX];

    if (r->fixed) {
        *s = r->fixed;
        *n = r->nfixed;
        return NULL;
    }
    /* the source's text lies at the end of the buffer, its conversions in front of it */
    if (r->ncell > 1) {
        join(w, r, rec, buf);
    } else if (r->ncell) {
        const char *raw = oc_ingestcell_raw(w, r->cell[0], rec, n);
        buf->n = 0;
        oc_buf_put(buf, raw, *n);
    } else if ((why = make(w, r->of, rec, depth + 1, &said, &nsaid))) {
        return why;
    } else {
        why = symbol_part(w->g, r->c->from.word[1], said, nsaid, part, n);
        if (why) {
            w->about = r->c->from.word[0];
            snprintf(w->reason, sizeof w->reason, "is no contract symbol: %s", why);
            return refuse(w, col, said, nsaid, w->reason);
        }
        buf->n = 0;
        oc_buf_put(buf, part, *n);
    }
    const size_t own = buf->n;
    if (oc_buf_room(buf, LONGEST + 64) || (own && !buf->p))
        return NULL;
    *s = buf->p;
    *n = own;
    why = r->c ? convert(w, r, rec, depth, s, n, buf->p + own) : NULL;
    return why && !*w->shown ? refuse(w, col, buf->p, own, why) : why;
}

const char *oc_ingestcell_make(struct oc_ingest_work *w, const struct oc_ingest_rule *r, size_t rec, const char **s, size_t *n)
{
    *w->shown = '\0';
    w->about = NULL;
    *n = 0;
    *s = "";
    return make(w, r, rec, 0, s, n);
}

const char *oc_ingestcell_fixed(const struct oc_ingest *g, const struct oc_preset_column *c, const char *text,
                                struct oc_arena *arena, struct oc_err *err)
{
    struct oc_ingest_work w = { .g = g };
    const struct oc_ingest_rule r = { .c = c, .numeric = oc_ingestcell_numeric(g, c), .times = true };
    char room[LONGEST + 64];
    const char *s = text;
    size_t n = strlen(text);

    trim(&s, &n);
    if (c->conv == OC_CONV_CLOCK || c->conv == OC_CONV_DAYS) {
        oc_fail(err, OC_FORMAT, "preset: column %s: clock and days-after are of cells", c->name);
        return NULL;
    }
    const char *why = convert(&w, &r, 0, 0, &s, &n, room);
    if (why) {
        oc_fail(err, OC_DATA, "%s: '%.60s' %s", c->name, text, why);
        return NULL;
    }
    const char *out = oc_arena_copy(arena, s, n);
    if (!out)
        oc_fail(err, OC_MEMORY, "no memory for a column");
    return out;
}

void oc_ingestcell_free(struct oc_ingest_work *w)
{
    for (size_t i = 0; i < sizeof w->text / sizeof *w->text; i++)
        oc_buf_free(&w->text[i]);
    oc_buf_free(&w->cell);
}
