/* presetnear - see presetnear.h. */
#include "app/presetnear.h"

#include "app/presets.h"

#include <stdio.h>
#include <string.h>

/* The separator that a line has most of. */
static char separator_of(const char *s, const char *end)
{
    static const char all[] = ",;|\t";
    size_t best = 0;
    char out = ',';

    for (const char *c = all; *c; c++) {
        size_t n = 0;
        for (const char *p = s; p < end; p++)
            n += *p == *c;
        if (n > best) {
            best = n;
            out = *c;
        }
    }
    return out;
}

/* Is the name a cell of the line?  NAME#2: twice. */
static bool has_cell(const char *line, const char *end, char separator, const char *name)
{
    size_t n = strlen(name);
    int nth = 1;

    if (n > 2 && name[n - 2] == '#') {
        nth = name[n - 1] - '0';
        n -= 2;
    }
    for (const char *p = line; p <= end;) {
        const char *stop = memchr(p, separator, (size_t)(end - p)), *next = (stop ? stop : end) + 1;
        const char *b = stop ? stop : end;
        while (p < b && (*p == ' ' || *p == '"'))
            p++;
        while (b > p && (b[-1] == ' ' || b[-1] == '"' || b[-1] == '\r'))
            b--;
        if ((size_t)(b - p) == n && memcmp(p, name, n) == 0 && --nth == 0)
            return true;
        p = next;
    }
    return false;
}

struct oc_presetnear oc_presetnear_count(const struct oc_preset *p, const char *line, const char *end)
{
    struct oc_presetnear out = { 0 };
    const char separator = separator_of(line, end);

    for (size_t i = 0; i < p->n; i++) {
        const struct oc_preset_column *c = &p->column[i];
        bool there = false;
        if ((c->source != OC_FROM_CELL && c->source != OC_FROM_JOIN) || c->optional)
            continue;
        for (size_t k = 0; k < c->from.n && !there; k++)
            there = has_cell(line, end, separator, c->from.word[k]);
        if (!there && !out.lacks)
            out.lacks = c->from.word[0];
        out.asked++;
        out.there += there;
    }
    return out;
}

struct search { const struct oc_preset *tried; const char *text; size_t n; char name[128]; struct oc_presetnear best; uint64_t line; };

/* Is a better than b: half of what is asked there, and a larger share? */
static bool better(const struct oc_presetnear *a, const struct oc_presetnear *b)
{
    return a->there > 1 && a->there * 2 >= a->asked && a->there * (b->asked + 1) > b->there * (a->asked + 1);
}

/* The lines against one preset. */
static void look_at(struct search *s, const struct oc_preset *p)
{
    const char *end = s->text + s->n;
    uint64_t number = 1;

    for (const char *line = s->text; line < end; number++) {
        const char *nl = memchr(line, '\n', (size_t)(end - line));
        const struct oc_presetnear got = oc_presetnear_count(p, line, nl ? nl : end);
        if (better(&got, &s->best)) {
            s->best = got;
            s->line = number;
            snprintf(s->name, sizeof s->name, "%s", p->name);
        }
        line = nl ? nl + 1 : end;
    }
}

static int look(void *ctx, const struct oc_preset *p, struct oc_err *err)
{
    struct search *s = ctx;

    (void)err;
    if (strcmp(p->name, s->tried->name) != 0 && (!p->fields.n || p->header.n))
        look_at(s, p);
    return 0;
}

void oc_presetnear(const struct oc_preset *tried, const char *text, size_t n, char *out, size_t size)
{
    struct search s = { .tried = tried, .text = text, .n = n < 8192 ? n : 8192 };
    struct oc_err err;

    *out = '\0';
    look_at(&s, tried);
    const uint64_t line = s.line;
    const struct oc_presetnear own = s.best;
    if (oc_presets_each(look, &s, &err) || !s.best.there)
        return;
    if (s.best.there != own.there || s.best.asked != own.asked)
        snprintf(out, size, "; nearest is the preset %s (%zu of its %zu columns): oc-ingest --sniff tells more", s.name,
                 s.best.there, s.best.asked);
    else
        snprintf(out, size, "; line %llu has %zu of its %zu columns, %s%s%s", (unsigned long long)line, own.there, own.asked,
                 own.lacks ? "but not '" : "in another order", own.lacks ? own.lacks : "", own.lacks ? "'" : "");
}
