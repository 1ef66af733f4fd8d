/* preset - reads the data files of oc-presets(5): statements here, columns in presetcolumn.c. */
#include "app/preset.h"

#include "app/presetcolumn.h"
#include "base/buf.h"
#include "base/datadir.h"
#include "base/readfile.h"

#include <stdio.h>
#include <string.h>

enum { MAX_FILE = 1 << 20, MAX_DEPTH = 4 };

int oc_preset_fail(const struct oc_preset_parser *q, const char *what, const char *word)
{
    oc_fail(q->err, OC_FORMAT, "preset: %s%s%s%s", what, word ? " '" : "", word ? word : "", word ? "'" : "");
    return oc_at(q->err, q->path, q->number, 0);
}

int oc_preset_add_word(const struct oc_preset_parser *q, struct oc_preset_words *w, const char *word)
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

/* A word that begins at *s, without its quotes; *s goes behind it.  NULL: the error is told. */
static const char *next_word(struct oc_preset_parser *q, const char **s, const char *end, bool *quoted)
{
    const char *a = *s + (**s == '"'), *p = a;

    *quoted = **s == '"';
    while (p < end && (*quoted ? *p != '"' : *p != ' ' && *p != '\t' && *p != '\r'))
        p += *quoted && *p == '\\' && p + 1 < end ? 2 : 1;
    if (*quoted && p >= end) {
        oc_preset_fail(q, "a quote is not closed", NULL);
        return NULL;
    }
    *s = p + *quoted;
    char *out = oc_arena_copy(&q->p->arena, a, (size_t)(p - a)), *to = out;
    if (!out)
        oc_fail(q->err, OC_MEMORY, "no memory for a preset");
    for (const char *f = out; out && *quoted && f < out + (p - a); f++) {
        const bool escaped = *f == '\\' && f + 1 < out + (p - a);
        f += escaped;
        *to++ = escaped && *f == 't' ? '\t' : *f;
    }
    if (out && *quoted)
        *to = '\0';
    return out;
}

static int split(struct oc_preset_parser *q, const char *s, const char *end, struct oc_preset_line *out)
{
    for (out->n = 0;; out->n++) {
        while (s < end && (*s == ' ' || *s == '\t' || *s == '\r'))
            s++;
        if (s == end || *s == '#')
            return 0;
        if (out->n == OC_PRESET_WORDS)
            return oc_preset_fail(q, "too many words on a line", NULL);
        if (!(out->word[out->n] = next_word(q, &s, end, &out->quoted[out->n])))
            return -1;
    }
}

/* ---- statements ------------------------------------------------------------------------------------------- */

static int text(const struct oc_preset_parser *q, const struct oc_preset_line *l, const char **to)
{
    *to = l->word[1];
    return l->n == 2 ? 0 : oc_preset_fail(q, "one argument is wanted behind", l->word[0]);
}

/* A list: its first statement in a file takes the place of what the preset had that this one is like. */
static int list(struct oc_preset_parser *q, const struct oc_preset_line *l, unsigned which, struct oc_preset_words *w)
{
    if (!q->fresh[which])
        *w = (struct oc_preset_words){ 0 };
    q->fresh[which] = true;
    for (size_t i = 1; i < l->n; i++)
        if (oc_preset_add_word(q, w, l->word[i]))
            return -1;
    return 0;
}

unsigned oc_preset_number(const char *s)
{
    const size_t n = strspn(s, "0123456789");

    return n < 1 || n > 2 || s[n] || s[0] == '0' ? 0 : n == 1 ? (unsigned)(s[0] - '0') : (unsigned)((s[0] - '0') * 10 + s[1] - '0');
}

static int rows(struct oc_preset_parser *q, const char *n)
{
    q->p->rows = oc_preset_number(n);
    return q->p->rows < 1 || q->p->rows > OC_PRESET_ROWS ? oc_preset_fail(q, "rows is 1 to 24, not", n) : 0;
}

static int separator(struct oc_preset_parser *q, const struct oc_preset_line *l)
{
    if (text(q, l, &q->p->separator))
        return -1;
    const char *s = q->p->separator;
    if (strcmp(s, "tab") == 0)
        q->p->separator = s = "\t";
    return strcmp(s, "blanks") == 0 || (*s && !s[1] && strchr(",;|\t:", *s))
               ? 0 : oc_preset_fail(q, "no separator (, ; | : tab blanks):", s);
}

/* only HEADER WORD ...; row K when HEADER WORD ...; row K needs HEADER */
static int condition(struct oc_preset_parser *q, const struct oc_preset_line *l, unsigned row, size_t at, bool words)
{
    struct oc_preset *p = q->p;
    struct oc_preset_when w = { .row = row };

    if (at >= l->n || (words && at + 1 >= l->n) || (!words && at + 1 < l->n))
        return oc_preset_fail(q, words ? "a header and words are wanted behind" : "one header is wanted behind", l->word[at - 1]);
    w.header = l->word[at];
    for (size_t i = at + 1; i < l->n; i++)
        if (oc_preset_add_word(q, &w.word, l->word[i]))
            return -1;
    if (p->nwhen == q->capwhen) {
        struct oc_preset_when *to = oc_arena_alloc(&p->arena, (q->capwhen = 2 * q->capwhen + 4) * sizeof *to);
        if (!to)
            return oc_fail(q->err, OC_MEMORY, "no memory for a preset");
        if (p->nwhen)
            memcpy(to, p->when, p->nwhen * sizeof *to);
        p->when = to;
    }
    p->when[p->nwhen++] = w;
    return 0;
}

static int row(struct oc_preset_parser *q, const struct oc_preset_line *l)
{
    const char *n = l->word[1];
    const unsigned k = oc_preset_number(n);

    if (k < 1 || k > q->p->rows)
        return oc_preset_fail(q, "no such row:", n);
    if (l->n > 2 && strcmp(l->word[2], "when") == 0)
        return condition(q, l, k, 3, true);
    if (l->n > 2 && strcmp(l->word[2], "needs") == 0)
        return condition(q, l, k, 3, false);
    return oc_preset_fail(q, "'when' or 'needs' is wanted behind row", n);
}

static int parse(struct oc_preset_parser *q, const char *path, const char *text, size_t n);

static int find(const char *name, char *path, size_t size, struct oc_err *err)
{
    char file[256];

    if (strchr(name, '/')) {
        snprintf(path, size, "%s", name);
        return 0;
    }
    snprintf(file, sizeof file, "presets/%s.preset", name);
    return oc_datadir_find(file, path, size, err);
}

/* All lines of another preset; what they describe may be described again. */
static int like(struct oc_preset_parser *q, const char *name)
{
    char path[4096];
    struct oc_buf b = { 0 };
    struct oc_preset_parser inner = { .p = q->p, .cap = q->cap, .depth = q->depth + 1, .err = q->err };

    if (q->p->n || q->p->version || q->p->kind)
        return oc_preset_fail(q, "'like' comes before everything else:", name);
    if (inner.depth > MAX_DEPTH)
        return oc_preset_fail(q, "presets are like each other in a circle:", name);
    if (find(name, path, sizeof path, q->err))
        return oc_preset_fail(q, "there is no preset", name);
    int rc = oc_readfile(path, MAX_FILE, &b, q->err);
    if (rc == 0)
        rc = parse(&inner, path, oc_buf_str(&b), b.n);
    oc_buf_free(&b);
    q->cap = inner.cap;
    q->capwhen = inner.capwhen;
    for (size_t i = 0; i < q->p->n; i++)
        q->p->column[i].inherited = true;
    return rc;
}

static int statement(struct oc_preset_parser *q, const struct oc_preset_line *l)
{
    struct oc_preset *p = q->p;
    const char *w = l->word[0];
    const struct { const char *word; const char **to; } texts[] = {
        { "version", &p->version }, { "kind", &p->kind }, { "title", &p->title }, { "zone", &p->zone }, { "end", &p->end },
    };
    const struct { const char *word; struct oc_preset_words *to; } lists[] = {
        { "header", &p->header }, { "fields", &p->fields }, { "comment", &p->comment }, { "file", &p->file },
        { "records", &p->records },
    };

    if (strcmp(w, "column") == 0)
        return oc_preset_column_line(q, l);
    if (strcmp(w, "rest") == 0) {
        p->rest = l->n > 1 ? l->word[1] : "";
        return l->n > 2 ? oc_preset_fail(q, "one prefix at most is wanted behind", w) : 0;
    }
    if (strcmp(w, "writes") == 0) {
        p->writes = true;
        p->unended = l->n == 2 && strcmp(l->word[1], "unended") == 0;
        return l->n > 1u + p->unended ? oc_preset_fail(q, "nothing or `unended` is wanted behind", w) : 0;
    }
    if (strcmp(w, "records") == 0 && l->n == 1)         /* the top value itself */
        return list(q, l, 4, &p->records);
    if (l->n < 2)
        return oc_preset_fail(q, "an argument is missing behind", w);
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (strcmp(w, texts[i].word) == 0)
            return text(q, l, texts[i].to);
    for (unsigned i = 0; i < sizeof lists / sizeof *lists; i++)
        if (strcmp(w, lists[i].word) == 0)
            return list(q, l, i, lists[i].to);
    if (strcmp(w, "rows") == 0)
        return rows(q, l->word[1]);
    if (strcmp(w, "row") == 0)
        return row(q, l);
    if (strcmp(w, "short") == 0) {
        p->least = oc_preset_number(l->word[1]);
        return p->least && l->n == 2 ? 0 : oc_preset_fail(q, "short is the least number of cells, 1 to 99, not", l->word[1]);
    }
    if (strcmp(w, "only") == 0)
        return condition(q, l, 0, 1, true);
    if (strcmp(w, "separator") == 0)
        return separator(q, l);
    if (strcmp(w, "like") == 0)
        return like(q, l->word[1]);
    if (strcmp(w, "decimal") == 0 && l->n == 2 && strcmp(l->word[1], "comma") == 0) {
        p->decimal_comma = true;
        return 0;
    }
    if (strcmp(w, "format") == 0) {
        p->format = l->word[1];
        for (size_t i = 2; i < l->n; i++)
            if (oc_preset_add_word(q, &p->records, l->word[i]))
                return -1;
        return 0;
    }
    if (strcmp(w, "word") == 0 && l->n == 3)
        return oc_preset_add_word(q, &p->foreign, l->word[1]) ? -1 : oc_preset_add_word(q, &p->english, l->word[2]);
    return oc_preset_fail(q, "unknown statement", w);
}

static int parse(struct oc_preset_parser *q, const char *path, const char *text, size_t n)
{
    const char *end = text + n;
    struct oc_preset_line l;

    q->path = path;
    while (text < end) {
        const char *nl = memchr(text, '\n', (size_t)(end - text));
        q->number++;
        if (split(q, text, nl ? nl : end, &l) || (l.n && statement(q, &l)))
            return -1;
        text = nl ? nl + 1 : end;
    }
    q->number = 0;
    return 0;
}

/* ---- the whole ------------------------------------------------------------------------------------------- */

const struct oc_preset_column *oc_preset_rule(const struct oc_preset *p, const char *name, unsigned row)
{
    for (size_t i = 0; i < p->n; i++)
        if (strcmp(p->column[i].name, name) == 0 && (p->column[i].row == 0 || p->column[i].row == row + 1))
            return &p->column[i];
    return NULL;
}

/* Is {part} in one of the patterns? */
static bool has_part(const struct oc_preset *p, const char *part)
{
    char want[64];

    snprintf(want, sizeof want, "{%s}", part);
    for (size_t i = 0; i < p->file.n; i++)
        if (strstr(p->file.word[i], want))
            return true;
    return false;
}

/* What a column refers to must be there. */
static int check_column(const struct oc_preset_parser *q, const struct oc_preset_column *c)
{
    const struct oc_preset *p = q->p;

    for (unsigned k = 0; k < p->rows; k++) {
        const struct oc_preset_column *of = c->of ? oc_preset_rule(p, c->of, k) : NULL;
        if (c->row && c->row != k + 1)
            continue;
        if (of == c || (of && of->of && strcmp(of->of, c->name) == 0))
            return oc_preset_fail(q, "a column is made of itself:", c->name);
        if (c->ratio && c->conv != OC_CONV_NONE)
            return oc_preset_fail(q, "a time is divided by no column:", c->name);
        if (c->of && !of && (c->conv == OC_CONV_DAYS || !has_part(p, c->of)))
            return oc_preset_fail(q, "there is no column", c->of);
        if (c->source == OC_FROM_OSI && !oc_preset_rule(p, c->from.word[0], k))
            return oc_preset_fail(q, "there is no column", c->from.word[0]);
        if (c->row == 0 && oc_preset_rule(p, c->name, k) != c)
            return oc_preset_fail(q, "a column has rules for all rows and for one:", c->name);
    }
    for (size_t i = 0; c->source == OC_FROM_FILE && i < c->from.n; i++)
        if (!has_part(p, c->from.word[i]))
            return oc_preset_fail(q, "no `file` pattern has the part", c->from.word[i]);
    if ((c->at >= 0 && c->conv != OC_CONV_TIME) || (c->shift && c->conv != OC_CONV_TIME && c->conv != OC_CONV_CLOCK))
        return oc_preset_fail(q, "`at` and `shift` are of instants:", c->name);
    return 0;
}

static int check(struct oc_preset_parser *q)
{
    const struct oc_preset *p = q->p;

    if (!p->version || !p->kind || !p->n || (!p->header.n && !p->fields.n && !p->format))
        return oc_preset_fail(q, "version, kind, header (or fields, or format) and columns are needed", NULL);
    for (size_t i = 0; i < p->n; i++)
        if (check_column(q, &p->column[i]))
            return -1;
    for (size_t i = 0; i < p->n; i++)           /* every row has a rule for every column */
        for (unsigned k = 0; k < p->rows; k++)
            if (!oc_preset_rule(p, p->column[i].name, k))
                return oc_preset_fail(q, "a row has no rule for column", p->column[i].name);
    return 0;
}

int oc_preset_parse(struct oc_preset *p, const char *path, const char *text, size_t n, struct oc_err *err)
{
    struct oc_preset_parser q = { .p = p, .err = err };

    p->rows = 1;
    return parse(&q, path, text, n) ? -1 : check(&q);
}

int oc_preset_open(const char *name, struct oc_preset *p, struct oc_err *err)
{
    char path[4096];
    struct oc_buf text = { 0 };

    *p = (struct oc_preset){ 0 };
    if (find(name, path, sizeof path, err))
        return oc_fail(err, OC_USAGE, "there is no preset '%s': see --list-presets", name);
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
