/* preset - reads the data files of oc-presets(5): see preset.h for the language. */
#include "app/preset.h"

#include "base/buf.h"
#include "base/datadir.h"
#include "base/readfile.h"
#include "base/num.h"
#include "base/timescan.h"

#include <stdio.h>
#include <string.h>

enum { MAX_WORDS = 64, MAX_FILE = 1 << 20 };

struct line { size_t n; const char *word[MAX_WORDS]; };

struct parser {
    struct oc_preset *p;
    const char *path;
    uint64_t number;
    size_t cap;
    struct oc_err *err;
};

static int fail(struct parser *q, const char *what, const char *word)
{
    oc_fail(q->err, OC_FORMAT, "preset: %s%s%s%s", what, word ? " '" : "", word ? word : "", word ? "'" : "");
    return oc_at(q->err, q->path, q->number, 0);
}

/* Words of a line; the texts go to the preset's arena. */
static int split(struct parser *q, const char *s, const char *end, struct line *out)
{
    out->n = 0;
    for (;;) {
        while (s < end && (*s == ' ' || *s == '\t' || *s == '\r'))
            s++;
        if (s == end || *s == '#')
            return 0;
        const bool quoted = *s == '"';
        const char *a = s += quoted;
        while (s < end && (quoted ? *s != '"' : *s != ' ' && *s != '\t' && *s != '\r'))
            s++;
        if (quoted && s == end)
            return fail(q, "a quote is not closed", NULL);
        if (out->n == MAX_WORDS)
            return fail(q, "too many words on a line", NULL);
        if (!(out->word[out->n++] = oc_arena_copy(&q->p->arena, a, (size_t)(s - a))))
            return oc_fail(q->err, OC_MEMORY, "no memory for a preset");
        s += quoted;
    }
}

static int add_word(struct parser *q, struct oc_preset_words *w, const char *word)
{
    const char **p = oc_arena_alloc(&q->p->arena, (w->n + 1) * sizeof *p);

    if (!p)
        return oc_fail(q->err, OC_MEMORY, "no memory for a preset");
    if (w->n)
        memcpy(p, w->word, w->n * sizeof *p);
    p[w->n++] = word;
    w->word = p;
    return 0;
}

static bool is_keyword(const char *w)
{
    static const char *const words[] = { "row", "optional", "from", "text", "head", "osi", "option", "date", "time",
                                         "none", "none-below", "strip", "times" };

    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i], w) == 0)
            return true;
    return false;
}

/* Arguments of a keyword: words up to the next one.  At least `least`. */
static int take(struct parser *q, const struct line *l, size_t *i, size_t least, struct oc_preset_words *w)
{
    const char *keyword = l->word[*i];

    ++*i;
    while (*i < l->n && (w->n < least || !is_keyword(l->word[*i])))
        if (add_word(q, w, l->word[(*i)++]))
            return -1;
    return w->n < least ? fail(q, "an argument is missing behind", keyword) : 0;
}

static int take_one(struct parser *q, const struct line *l, size_t *i, const char **out)
{
    if (*i + 1 >= l->n)
        return fail(q, "an argument is missing behind", l->word[*i]);
    *out = l->word[*i + 1];
    *i += 2;
    return 0;
}

static int take_source(struct parser *q, const struct line *l, size_t *i, struct oc_preset_column *c)
{
    static const struct { const char *word; enum oc_preset_source source; size_t least; } sources[] = {
        { "from", OC_FROM_CELL, 1 }, { "text", OC_FROM_TEXT, 1 }, { "head", OC_FROM_HEAD, 1 },
        { "osi", OC_FROM_OSI, 2 }, { "option", OC_FROM_OPTION, 0 },
    };

    for (size_t k = 0; k < sizeof sources / sizeof *sources; k++)
        if (strcmp(l->word[*i], sources[k].word) == 0) {
            c->source = sources[k].source;
            return take(q, l, i, sources[k].least, &c->from) ? -1 : 1;
        }
    return 0;
}

static int take_conversion(struct parser *q, const struct line *l, size_t *i, struct oc_preset_column *c)
{
    const char *w = l->word[*i], *text = NULL;

    if (strcmp(w, "date") == 0 || strcmp(w, "time") == 0) {
        c->conv = *w == 'd' ? OC_CONV_DATE : OC_CONV_TIME;
        if (take(q, l, i, 1, &c->format))
            return -1;
        for (size_t k = 0; k < c->format.n; k++)
            if ((text = oc_timescan_check(c->format.word[k])))
                return fail(q, text, c->format.word[k]);
        return 0;
    }
    if (strcmp(w, "none") == 0)
        return take(q, l, i, 1, &c->none);
    if (strcmp(w, "strip") == 0)
        return take_one(q, l, i, &c->strip);
    if (strcmp(w, "times") == 0)
        return take_one(q, l, i, &c->times);
    if (strcmp(w, "none-below") == 0) {
        if (take_one(q, l, i, &text))
            return -1;
        c->has_below = true;
        return oc_num_f64(text, strlen(text), &c->below) ? fail(q, "not a number:", text) : 0;
    }
    return fail(q, "unknown word", w);
}

static int column(struct parser *q, const struct line *l)
{
    struct oc_preset_column c = { .name = l->n > 1 ? l->word[1] : NULL };
    bool have = false;

    if (!c.name)
        return fail(q, "a column needs a name", NULL);
    for (size_t i = 2; i < l->n;) {
        const char *text = NULL;
        if (strcmp(l->word[i], "row") == 0) {
            if (take_one(q, l, &i, &text))
                return -1;
            c.row = (unsigned)(*text - '0');
            if (c.row < 1 || c.row > q->p->rows || text[1])
                return fail(q, "no such row:", text);
            continue;
        }
        if (strcmp(l->word[i], "optional") == 0) {
            c.optional = true;
            i++;
            continue;
        }
        const int rc = take_source(q, l, &i, &c);
        if (rc < 0 || (rc == 0 && take_conversion(q, l, &i, &c)))
            return -1;
        have |= rc > 0;
    }
    if (!have)
        return fail(q, "a column needs a source:", c.name);
    for (size_t i = 0; i < q->p->n; i++) {
        const struct oc_preset_column *other = &q->p->column[i];
        if (strcmp(other->name, c.name) == 0 && (!other->row || !c.row || other->row == c.row))
            return fail(q, "a column that is described already:", c.name);
    }
    if (q->p->n == q->cap) {
        const size_t cap = q->cap ? 2 * q->cap : 32;
        struct oc_preset_column *p = oc_arena_alloc(&q->p->arena, cap * sizeof *p);
        if (!p)
            return oc_fail(q->err, OC_MEMORY, "no memory for a preset");
        if (q->p->n)
            memcpy(p, q->p->column, q->p->n * sizeof *p);
        q->p->column = p;
        q->cap = cap;
    }
    q->p->column[q->p->n++] = c;
    return 0;
}

static int statement(struct parser *q, const struct line *l)
{
    struct oc_preset *p = q->p;
    const char *w = l->word[0];
    const struct { const char *word; const char **to; } texts[] = {
        { "version", &p->version }, { "kind", &p->kind }, { "title", &p->title }, { "header", &p->header },
        { "zone", &p->zone },
    };

    if (strcmp(w, "column") == 0)
        return column(q, l);
    if (l->n < 2)
        return fail(q, "an argument is missing behind", w);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (strcmp(w, texts[i].word) == 0) {
            *texts[i].to = l->word[1];
            return 0;
        }
    if (strcmp(w, "rows") == 0) {
        p->rows = (unsigned)(l->word[1][0] - '0');
        return p->rows < 1 || p->rows > 9 || l->word[1][1] ? fail(q, "rows is 1 to 9, not", l->word[1]) : 0;
    }
    if (strcmp(w, "word") == 0 && l->n == 3)
        return add_word(q, &p->foreign, l->word[1]) ? -1 : add_word(q, &p->english, l->word[2]);
    return fail(q, "unknown statement", w);
}

int oc_preset_parse(struct oc_preset *p, const char *path, const char *text, size_t n, struct oc_err *err)
{
    struct parser q = { .p = p, .path = path, .err = err };
    const char *end = text + n;

    p->rows = 1;
    while (text < end) {
        const char *nl = memchr(text, '\n', (size_t)(end - text));
        struct line l;
        q.number++;
        if (split(&q, text, nl ? nl : end, &l) || (l.n && statement(&q, &l)))
            return -1;
        text = nl ? nl + 1 : end;
    }
    if (!p->version || !p->kind || !p->header || !p->n) {
        q.number = 0;
        return fail(&q, "version, kind, header and columns are needed", NULL);
    }
    return 0;
}

int oc_preset_open(const char *name, struct oc_preset *p, struct oc_err *err)
{
    char file[256], path[4096];
    struct oc_buf text = { 0 };

    *p = (struct oc_preset){ 0 };
    if (strchr(name, '/')) {
        snprintf(path, sizeof path, "%s", name);
    } else {
        snprintf(file, sizeof file, "presets/%s.preset", name);
        if (oc_datadir_find(file, path, sizeof path, err))
            return oc_fail(err, OC_USAGE, "there is no preset '%s': see --list-presets", name);
    }
    int rc = oc_readfile(path, MAX_FILE, &text, err);
    if (rc == 0)
        rc = oc_preset_parse(p, path, text.p, text.n, err);
    if (rc == 0 && !(p->name = oc_arena_copy(&p->arena, name, strlen(name))))
        rc = oc_fail(err, OC_MEMORY, "no memory for a preset");
    oc_buf_free(&text);
    if (rc)
        oc_preset_free(p);
    return rc;
}

void oc_preset_free(struct oc_preset *p)
{
    oc_arena_free(&p->arena);
    *p = (struct oc_preset){ 0 };
}
