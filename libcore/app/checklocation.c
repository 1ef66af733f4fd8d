/* checklocation - see checklocation.h. */
#include "app/checklocation.h"

#include "base/time.h"
#include "base/words.h"

#include <ctype.h>
#include <math.h>
#include <string.h>
#include <strings.h>

enum word { KIND, ASSET, SYMBOL, DATE, ANY, WORDS };
static const char *const words[WORDS] = { "KIND", "ASSET", "SYMBOL", "DATE", "ANY" };

struct found { char text[WORDS][64]; };

static int word_at(const char *s)
{
    for (int w = 0; w < WORDS; w++)
        if (strncmp(s, words[w], strlen(words[w])) == 0)
            return w;
    return -1;
}

int oc_checklocation_open(struct oc_checklocation *l, const char *template, const struct oc_zone *zone, struct oc_err *err)
{
    bool any = false;

    for (const char *p = template; *p; p++)
        any |= word_at(p) >= 0;
    if (!any)
        return oc_fail(err, OC_USAGE, "--location: '%s' has none of the words KIND ASSET SYMBOL DATE ANY", template);
    l->template = template;
    l->zone = zone;
    return 0;
}

/*
 * One folder or file name [s, e) against a piece of the template: a word takes what it can, and gives back until the
 * rest fits.
 */
static bool fits(const char *t, const char *t_end, const char *s, const char *e, struct found *f)
{
    if (t == t_end)
        return s == e;
    const int w = word_at(t);
    if (w < 0)
        return s < e && *t == *s && fits(t + 1, t_end, s + 1, e, f);
    for (const char *end = e; end > s; end--) {
        if (w == DATE && end - s != 8 && end - s != 10)
            continue;
        if (fits(t + strlen(words[w]), t_end, end, e, f)) {
            snprintf(f->text[w], sizeof f->text[w], "%.*s", (int)(end - s), s);
            return true;
        }
    }
    return false;
}

/* Without the suffixes of records and of compression, unless the template has a suffix itself. */
static size_t stem(const char *path, const char *template)
{
    static const char *const suffixes[] = { ".gz", ".zst", ".csv", ".tsv", ".txt", ".jsonl", ".arrow", ".arrows" };
    size_t n = strlen(path);
    bool cut = !strchr(template, '.');

    while (cut) {
        cut = false;
        for (size_t i = 0; i < sizeof suffixes / sizeof *suffixes; i++) {
            const size_t m = strlen(suffixes[i]);
            if (n > m && memcmp(path + n - m, suffixes[i], m) == 0) {
                n -= m;
                cut = true;
            }
        }
    }
    return n;
}

static const char *before(const char *start, const char *end)
{
    const char *p = end;

    while (p > start && p[-1] != '/')
        p--;
    return p;
}

/* Folder by folder from the end. */
static bool match(const char *template, const char *path, struct found *f)
{
    const char *te = template + strlen(template), *pe = path + stem(path, template);

    for (;;) {
        const char *ts = before(template, te), *ps = before(path, pe);
        if (!fits(ts, te, ps, pe, f))
            return false;
        if (ts == template)
            return true;
        if (ps == path)
            return false;
        te = ts - 1;
        pe = ps - 1;
    }
}

static bool read_date(const char *s, int32_t *date)
{
    char iso[11];

    if (strlen(s) == 8)
        snprintf(iso, sizeof iso, "%.4s-%.2s-%.2s", s, s + 4, s + 6);
    else
        snprintf(iso, sizeof iso, "%.10s", s);
    return oc_time_parse_date(iso, strlen(iso), date) == 10;
}

static int64_t midnight(const struct oc_zone *zone, int32_t date)
{
    int64_t ns = 0;

    if (oc_time_midnight(date, &ns) == 0 && zone)
        oc_zone_instant(zone, ns, OC_ZONE_EARLIER, &ns);
    return ns;
}

static void note(struct oc_checking *k, enum oc_check_id id, const char *fmt, const char *text)
{
    struct oc_finding f = oc_checking_blank();

    if (!oc_checking_on(k, id))
        return;
    oc_checking_seen(k, id, 1);
    if (!fmt)
        return;
    snprintf(f.file, sizeof f.file, "%s", k->b->file);
    snprintf(f.key, sizeof f.key, "%s", text);
    snprintf(f.message, sizeof f.message, fmt, text);
    oc_check_note(k->checks, id, 0, &f, k->err);
}

static bool right_kind(const char *text, const char *kind)
{
    const size_t n = strlen(kind);

    return strncasecmp(text, kind, n) == 0 && (!text[n] || text[n] == '_' || text[n] == 's');
}

static void judge_folders(struct oc_checking *k, const struct found *f)
{
    static const char classes[] = "equity stock index option options future futures forex fx crypto etf bond";
    const char *asset = f->text[ASSET];
    const bool option = strcmp(k->kind, "quote") == 0 || strcmp(k->kind, "contract") == 0;

    if (*f->text[KIND])
        note(k, OC_CHECK_location_kind, right_kind(f->text[KIND], k->kind) ? NULL : "the path says '%s'", f->text[KIND]);
    if (!*asset)
        return;
    if (!oc_words_has(classes, ' ', asset, strlen(asset)))
        note(k, OC_CHECK_location_asset, "'%s' is no asset class", asset);
    else
        note(k, OC_CHECK_location_asset, (strncmp(asset, "option", 6) == 0) == option ? NULL
             : "records of this kind do not lie under '%s'", asset);
}

/* What the path of a new input says. */
static void begin(struct oc_checking *k, struct oc_checklocation *l)
{
    struct found f = { .text = { "" } };
    const bool ok = match(l->template, k->b->file ? k->b->file : "", &f);

    *l->symbol = '\0';
    l->dated = ok && *f.text[DATE];
    note(k, OC_CHECK_location, ok ? NULL : "the path does not fit %s", l->template);
    if (!ok)
        return;
    snprintf(l->symbol, sizeof l->symbol, "%s", f.text[SYMBOL]);
    if (l->dated && !read_date(f.text[DATE], &l->date)) {
        note(k, OC_CHECK_location, "'%s' is no date", f.text[DATE]);
        l->dated = false;
    }
    if (l->dated) {
        l->from = midnight(l->zone, l->date);
        l->to = midnight(l->zone, l->date + 1);
    }
    judge_folders(k, &f);
}

static void symbols(struct oc_checking *k, const struct oc_checklocation *l)
{
    const struct oc_symcol *c = &k->c.symbol;
    const size_t n = strlen(l->symbol);

    oc_checking_seen(k, OC_CHECK_location_symbol, k->n);
    bool *same = oc_arena_zero(&k->b->arena, c->dict->n + 1, sizeof *same);
    if (!same) {
        k->rc = oc_fail(k->err, OC_MEMORY, "no memory for symbols");
        return;
    }
    for (uint32_t i = 0; i < c->dict->n; i++)
        same[i] = c->dict->off[i + 1] - c->dict->off[i] == n && strncasecmp(c->dict->bytes + c->dict->off[i], l->symbol,
                                                            n) == 0;
    for (size_t i = 0; i < k->n; i++)
        if (oc_bit(c->valid, i) && !same[c->index[i]])
            oc_check_hit(k, OC_CHECK_location_symbol, i, "symbol", NAN, NAN, "the path says %s", l->symbol);
}

void oc_checklocation_rows(struct oc_checking *k, struct oc_checklocation *l)
{
    if (!l->template)
        return;
    if (k->fresh)
        begin(k, l);
    if (*l->symbol && k->c.symbol.index && oc_checking_on(k, OC_CHECK_location_symbol))
        symbols(k, l);
    if (!l->dated || !k->c.ts.v || !oc_checking_on(k, OC_CHECK_location_date))
        return;
    oc_checking_seen(k, OC_CHECK_location_date, k->n);
    char text[OC_TIME_PRINT_MAX];
    const size_t n = oc_time_print_date(text, l->date);
    for (size_t i = 0; i < k->n; i++)
        if (oc_bit(k->c.ts.valid, i) && (k->c.ts.v[i] < l->from || k->c.ts.v[i] >= l->to))
            oc_check_hit(k, OC_CHECK_location_date, i, "ts", NAN, NAN, "the path says %.*s", (int)n, text);
}
