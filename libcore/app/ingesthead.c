/*
 * ingesthead - finds the header line of a vendor's file, and reads what the lines before it tell: see preset.h.
 * The head is a few lines of cells that no CSV reader could take for records; commas and quotes are all it needs.
 */
#include "app/ingesthead.h"

#include "base/num.h"
#include "base/time.h"
#include "base/timescan.h"
#include "market/zone.h"

#include <stdlib.h>
#include <string.h>

/* Foreign month names and the like, replaced before a time is read.  Returns the new length. */
static size_t translate(const struct oc_preset *p, const char *s, size_t n, char *out, size_t cap)
{
    size_t k = 0;

    while (n && k + 1 < cap) {
        size_t used = 0;
        for (size_t i = 0; i < p->foreign.n && !used; i++) {
            const size_t m = strlen(p->foreign.word[i]), e = strlen(p->english.word[i]);
            if (m <= n && memcmp(s, p->foreign.word[i], m) == 0 && k + e < cap) {
                memcpy(out + k, p->english.word[i], e);
                k += e;
                used = m;
            }
        }
        if (!used) {
            out[k++] = *s;
            used = 1;
        }
        s += used;
        n -= used;
    }
    return k;
}

static int by_zone(const char *name, int64_t local, int64_t *ns, const char **why)
{
    struct oc_zone *z = NULL;
    struct oc_err err;

    if (oc_zone_open(name, &z, &err)) {
        *why = "names a time zone that is not known";
        return -1;
    }
    const enum oc_zone_hit hit = oc_zone_instant(z, local, OC_ZONE_EARLIER, ns);
    oc_zone_free(z);
    if (hit == OC_ZONE_ONE || hit == OC_ZONE_FOLD)
        return 0;
    *why = "does not exist: clocks were put forward over it";
    return -1;
}

int oc_ingest_instant(const struct oc_ingest *g, const struct oc_preset_column *c, const char *s, size_t n, int64_t *ns,
                      const char **why)
{
    char text[256], zone[64];
    struct oc_scanned t;
    size_t got = 0;

    n = translate(&g->preset, s, n, text, sizeof text);
    for (size_t i = 0; i < c->format.n && got != n; i++)
        got = oc_timescan_read(c->format.word[i], text, n, &t);
    if (got != n || !n) {
        *why = "is in none of the layouts of the preset";
        return -1;
    }
    if (t.stamp.absolute) {
        *ns = t.stamp.ns;
        return 0;
    }
    if (t.zone) {
        if (oc_zone_word(t.zone, t.zone_len, zone, sizeof zone)) {
            *why = "names a time zone that is not known";
            return -1;
        }
        return by_zone(zone, t.stamp.ns, ns, why);
    }
    if (g->reading->local)
        return g->reading->local(g->reading->zone, t.stamp.ns, ns, why);
    if (g->preset.zone)
        return by_zone(g->preset.zone, t.stamp.ns, ns, why);
    *why = "is a local time: --tz says where";
    return -1;
}

int oc_ingest_date(const struct oc_preset_column *c, const char *s, size_t n, int32_t *days, const char **why)
{
    struct oc_scanned t;

    for (size_t i = 0; i < c->format.n; i++)
        if (oc_timescan_read(c->format.word[i], s, n, &t) == n && n) {
            *days = oc_time_date(t.stamp.ns);
            return 0;
        }
    *why = "is in none of the layouts of the preset";
    return -1;
}

/* The next cell of a line: [a, b) without quotes around.  false at the end. */
static bool next_cell(const char **s, const char *end, const char **a, const char **b)
{
    if (*s > end)
        return false;
    if (*s < end && **s == '"') {
        *a = *s + 1;
        *b = memchr(*a, '"', (size_t)(end - *a));
        if (!*b)
            *b = end;
        *s = *b < end ? *b + 1 : end;
        while (*s < end && **s != ',')
            ++*s;
    } else {
        *a = *s;
        while (*s < end && **s != ',')
            ++*s;
        *b = *s;
    }
    ++*s;
    return true;
}

/* A head cell's text as a cell of the records: numbers without separators, instants as RFC 3339. */
static const char *canonical(const struct oc_ingest *g, const struct oc_preset_column *c, const char *s, size_t n,
                             struct oc_arena *arena, struct oc_err *err)
{
    char text[OC_TIME_PRINT_MAX];
    const char *why = "";
    int64_t ns;

    if (c->conv == OC_CONV_TIME) {
        if (oc_ingest_instant(g, c, s, n, &ns, &why)) {
            oc_fail(err, OC_DATA, "%s: '%.*s' %s", c->name, (int)(n < 60 ? n : 60), s, why);
            return NULL;
        }
        return oc_arena_copy(arena, text, oc_time_print(text, ns));
    }
    char *out = oc_arena_alloc(arena, n + 1);
    size_t k = 0;
    double v;
    for (size_t i = 0; out && i < n; i++)
        if (s[i] != ',' && s[i] != ' ')
            out[k++] = s[i];
    if (out)
        out[k] = '\0';
    if (out && oc_num_f64(out, k, &v)) {
        oc_fail(err, OC_DATA, "%s: '%.*s' is not a number", c->name, (int)(n < 60 ? n : 60), s);
        return NULL;
    }
    return out;
}

static int read_cell(const struct oc_ingest *g, struct oc_ingest_head *h, const char *a, const char *b,
                     struct oc_err *err)
{
    for (size_t i = 0; i < g->preset.n; i++) {
        const struct oc_preset_column *c = &g->preset.column[i];
        const size_t m = c->source == OC_FROM_HEAD ? strlen(c->from.word[0]) : 0;
        if (!m || h->value[i] || (size_t)(b - a) < m || memcmp(a, c->from.word[0], m) != 0)
            continue;
        if (strcmp(c->name, "ts") == 0 && g->instants->has_ts)      /* --ts stands above the file's own */
            continue;
        if (!(h->value[i] = canonical(g, c, a + m, (size_t)(b - a) - m, &h->arena, err)))
            return -1;
    }
    return 0;
}

static int check_head(const struct oc_ingest *g, struct oc_ingest_head *h, struct oc_err *err)
{
    for (size_t i = 0; i < g->preset.n; i++) {
        const struct oc_preset_column *c = &g->preset.column[i];
        char text[OC_TIME_PRINT_MAX];
        const bool ts = strcmp(c->name, "ts") == 0;
        if (ts && g->instants->has_ts && (c->source == OC_FROM_HEAD || c->source == OC_FROM_OPTION)) {
            h->value[i] = oc_arena_copy(&h->arena, text, oc_time_print(text, g->instants->ts));
            if (!h->value[i])
                return oc_fail(err, OC_MEMORY, "no memory for the head of a file");
        }
        if (c->source == OC_FROM_OPTION && !h->value[i])
            return oc_fail(err, OC_USAGE, "the file does not say when it was taken: --ts INSTANT does");
        if (c->source == OC_FROM_HEAD && !h->value[i] && !c->optional)
            return oc_fail(err, OC_DATA, "%s: no cell before the header begins with '%s'", c->name, c->from.word[0]);
    }
    return 0;
}

int oc_ingest_prelude(void *ctx, const char *name, const char *text, size_t n, size_t *skip, uint64_t *lines,
                      void **head, struct oc_err *err)
{
    const struct oc_ingest *g = ctx;
    const char *end = text + n, *line = text;
    const size_t m = strlen(g->preset.header);
    struct oc_ingest_head *h = calloc(1, sizeof *h);

    (void)name;
    if (!h)
        return oc_fail(err, OC_MEMORY, "no memory for the head of a file");
    h->n = g->preset.n;
    h->value = oc_arena_zero(&h->arena, h->n, sizeof *h->value);
    if (n >= 3 && memcmp(line, "\xef\xbb\xbf", 3) == 0)
        line += 3;
    for (;;) {
        if (!h->value || (size_t)(end - line) < m) {
            oc_ingest_head_free(h);
            return oc_fail(err, OC_FORMAT, "no line begins with '%.60s': this is no file for the preset %s",
                           g->preset.header, g->preset.name);
        }
        if (memcmp(line, g->preset.header, m) == 0)
            break;
        const char *nl = memchr(line, '\n', (size_t)(end - line)), *a, *b;
        const char *stop = nl ? nl - (nl > line && nl[-1] == '\r') : end;
        for (const char *s = line; next_cell(&s, stop, &a, &b);)
            if (read_cell(g, h, a, b, err)) {
                oc_ingest_head_free(h);
                return oc_at(err, NULL, *lines + 1, 0);
            }
        line = nl ? nl + 1 : end;
        ++*lines;
    }
    if (check_head(g, h, err)) {
        oc_ingest_head_free(h);
        return -1;
    }
    *skip = (size_t)(line - text);
    *head = h;
    return 0;
}

void oc_ingest_head_free(void *head)
{
    struct oc_ingest_head *h = head;

    if (h) {
        oc_arena_free(&h->arena);
        free(h);
    }
}
