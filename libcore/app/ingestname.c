/* ingestname - see ingestname.h. */
#include "app/ingestname.h"

#include "app/ingesttime.h"

#include <stdio.h>
#include <string.h>

/* [a, b) of the name that patterns speak of: "d/x-y.csv.zst" is x-y.csv, "d/a.zip!m.csv" is a!m.csv. */
static size_t plain_name(const char *name, char *out, size_t size)
{
    static const char *const packed[] = { ".zst", ".gz", ".zip" };
    const char *bang = strstr(name, ".zip!"), *end = bang ? bang : name + strlen(name), *base = end;

    while (base > name && base[-1] != '/')
        base--;
    size_t n = (size_t)(end - base);
    for (size_t i = 0; !bang && i < sizeof packed / sizeof *packed; i++) {
        const size_t m = strlen(packed[i]);
        if (n > m && memcmp(base + n - m, packed[i], m) == 0) {
            n -= m;
            break;
        }
    }
    return (size_t)snprintf(out, size, "%.*s%s", (int)n, base, bang ? bang + strlen(".zip") : "");
}

struct match { const struct oc_ingest *g; const char *part; const char *from; size_t n; };

/* A part that is a date must be one. */
static bool can_be(const struct oc_ingest *g, const char *part, size_t npart, const char *s, size_t n)
{
    int32_t days;
    const char *why;

    for (size_t i = 0; i < g->preset.n; i++) {
        const struct oc_preset_column *c = &g->preset.column[i];
        if (c->source == OC_FROM_FILE && c->from.n == 1 && c->conv == OC_CONV_DATE && !c->strip && !c->part
            && strlen(c->from.word[0]) == npart
            && memcmp(c->from.word[0], part, npart) == 0 && oc_ingesttime_date(c, s, n, &days, &why))
            return false;
    }
    return true;
}

/* Does all of s fit the pattern?  The part that is looked for is left in *m. */
static bool fits(const char *pattern, const char *s, struct match *m)
{
    for (; *pattern && *pattern != '{'; pattern++, s++)
        if (*pattern != *s)
            return false;
    if (!*pattern)
        return !*s;
    const char *close = strchr(pattern, '}');
    if (!close)
        return false;
    const size_t n = (size_t)(close - pattern) - 1;
    for (size_t k = 1; s[k - 1]; k++) {
        if (!can_be(m->g, pattern + 1, n, s, k) || !fits(close + 1, s + k, m))
            continue;
        if (strlen(m->part) == n && memcmp(m->part, pattern + 1, n) == 0) {
            m->from = s;
            m->n = k;
        }
        return true;
    }
    return false;
}

const char *oc_ingestname_part(const struct oc_ingest *g, const char *name, const char *part, struct oc_arena *arena,
                               bool *failed)
{
    const struct oc_preset_words *patterns = &g->preset.file;
    char plain[1024];

    if (plain_name(name, plain, sizeof plain) >= sizeof plain)
        return NULL;
    for (size_t i = 0; i < patterns->n; i++) {
        struct match m = { .g = g, .part = part };
        if (!fits(patterns->word[i], plain, &m))
            continue;
        const char *out = m.from ? oc_arena_copy(arena, m.from, m.n) : NULL;
        *failed |= m.from && !out;
        return out;
    }
    return NULL;
}

const char *oc_ingestname_set(const struct oc_ingest *g, const char *name)
{
    const size_t n = strlen(name);

    for (size_t i = 0; i < g->nset; i++)
        if (strncmp(g->set[i], name, n) == 0 && g->set[i][n] == '=')
            return g->set[i] + n + 1;
    return strcmp(name, "symbol") == 0 ? g->symbol : NULL;
}

static bool asks(const struct oc_preset *p, const char *name, size_t n)
{
    for (size_t i = 0; i < p->n; i++) {
        const struct oc_preset_column *c = &p->column[i];
        const bool told = c->source == OC_FROM_OPTION || c->source == OC_FROM_FILE || c->or_option;
        if ((told && strlen(c->name) == n && memcmp(c->name, name, n) == 0)
            || (c->of && strlen(c->of) == n && memcmp(c->of, name, n) == 0))
            return true;
        for (size_t k = 0; c->source == OC_FROM_FILE && k < c->from.n; k++)
            if (strlen(c->from.word[k]) == n && memcmp(c->from.word[k], name, n) == 0)
                return true;
    }
    return false;
}

/* --ts must not be given in vain: an instant of the file's cells stands.  --sniff tries presets of both sorts. */
static int check_ts(const struct oc_ingest *g, struct oc_err *err)
{
    const char *why = "makes no column ts";

    for (size_t i = 0; i < g->preset.n; i++) {
        const struct oc_preset_column *c = &g->preset.column[i];
        if (strcmp(c->name, "ts") != 0)
            continue;
        if (c->source == OC_FROM_OPTION || c->source == OC_FROM_FILE || c->source == OC_FROM_HEAD || c->or_option)
            return 0;
        why = "finds the time in the records";
    }
    return g->instants->has_ts && !g->needs ? oc_fail(err, OC_USAGE, "--ts: the preset %s %s", g->preset.name, why) : 0;
}

int oc_ingestname_check(const struct oc_ingest *g, struct oc_err *err)
{
    if (check_ts(g, err))
        return -1;
    if (g->symbol && !asks(&g->preset, "symbol", strlen("symbol")))
        return oc_fail(err, OC_USAGE, "--symbol: the preset %s finds the symbol in the file", g->preset.name);
    for (size_t i = 0; i < g->nset; i++) {
        const size_t n = strcspn(g->set[i], "=");
        if (!n || !g->set[i][n])
            return oc_fail(err, OC_USAGE, "--set: '%s' is not NAME=TEXT", g->set[i]);
        if (!asks(&g->preset, g->set[i], n))
            return oc_fail(err, OC_USAGE, "--set %s: the preset %s does not ask for %.*s", g->set[i], g->preset.name, (int)n,
                           g->set[i]);
    }
    return 0;
}
