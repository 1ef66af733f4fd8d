/* presetcolumn - a column of a preset: its source and its conversions, see oc-presets(5). */
#include "app/presetcolumn.h"

#include "base/num.h"
#include "base/timescan.h"

#include <string.h>

static bool is_keyword(const struct oc_preset_line *l, size_t i)
{
    static const char *const words[] = { "row", "optional", "from", "text", "head", "osi", "option", "file", "join", "date", "time",
                                         "none", "none-below", "strip", "times", "part", "is", "suffixes", "percent", "over",
                                         "clock", "days-after", "at", "shift", "upper", "first-of", "exp", "or-option" };

    for (size_t k = 0; !l->quoted[i] && k < sizeof words / sizeof *words; k++)
        if (strcmp(words[k], l->word[i]) == 0)
            return true;
    return false;
}

/* Arguments of a keyword: words up to the next one.  At least `least`. */
static int take(const struct oc_preset_parser *q, const struct oc_preset_line *l, size_t *i, size_t least,
                struct oc_preset_words *w)
{
    const char *keyword = l->word[*i];

    ++*i;
    while (*i < l->n && (w->n < least || !is_keyword(l, *i)))
        if (oc_preset_add_word(q, w, l->word[(*i)++]))
            return -1;
    return w->n < least ? oc_preset_fail(q, "an argument is missing behind", keyword) : 0;
}

static int take_one(const struct oc_preset_parser *q, const struct oc_preset_line *l, size_t *i, const char **out)
{
    if (*i + 1 >= l->n)
        return oc_preset_fail(q, "an argument is missing behind", l->word[*i]);
    *out = l->word[*i + 1];
    *i += 2;
    return 0;
}

static int take_number(const struct oc_preset_parser *q, const struct oc_preset_line *l, size_t *i, const char **text, double *v)
{
    if (take_one(q, l, i, text))
        return -1;
    return oc_num_f64(*text, strlen(*text), v) ? oc_preset_fail(q, "not a number:", *text) : 0;
}

/* 1: a source was there, 0: none begins here, -1. */
static int take_source(const struct oc_preset_parser *q, const struct oc_preset_line *l, size_t *i, struct oc_preset_column *c)
{
    static const struct { const char *word; enum oc_preset_source source; size_t least, most; } sources[] = {
        { "from", OC_FROM_CELL, 1, 99 }, { "text", OC_FROM_TEXT, 1, 1 }, { "head", OC_FROM_HEAD, 1, 2 },
        { "osi", OC_FROM_OSI, 2, 2 }, { "option", OC_FROM_OPTION, 0, 0 }, { "file", OC_FROM_FILE, 1, 9 },
        { "join", OC_FROM_JOIN, 2, 99 },
    };

    for (size_t k = 0; k < sizeof sources / sizeof *sources; k++) {
        if (l->quoted[*i] || strcmp(l->word[*i], sources[k].word) != 0)
            continue;
        c->source = sources[k].source;
        c->from = (struct oc_preset_words){ 0 };
        if (take(q, l, i, sources[k].least, &c->from))
            return -1;
        if (c->from.n > sources[k].most)
            return oc_preset_fail(q, "too many arguments behind", sources[k].word);
        if (c->source == OC_FROM_HEAD && c->from.n == 2
            && !(oc_preset_number(c->from.word[0]) && oc_preset_number(c->from.word[1])))
            return oc_preset_fail(q, "'head PREFIX' or 'head LINE CELL' is wanted in", c->name);
        return 1;
    }
    return 0;
}

/* A number, or the name of a column. */
static int take_over(const struct oc_preset_parser *q, const struct oc_preset_line *l, size_t *i, struct oc_preset_column *c)
{
    double v;

    if (take_one(q, l, i, &c->over))
        return -1;
    if (oc_num_f64(c->over, strlen(c->over), &v) == 0)
        return v == 0 ? oc_preset_fail(q, "nothing is divided by", "0") : 0;
    c->of = c->over;
    c->over = NULL;
    c->ratio = true;
    return 0;
}

static int unit_of(const char *word, int64_t *ns)
{
    static const struct { const char *word; int64_t ns; } units[] = {
        { "s", 1000000000 }, { "ms", 1000000 }, { "us", 1000 }, { "ns", 1 },
    };

    for (size_t i = 0; i < sizeof units / sizeof *units; i++)
        if (strcmp(word, units[i].word) == 0) {
            *ns = units[i].ns;
            return 0;
        }
    return -1;
}

static int take_layouts(const struct oc_preset_parser *q, const struct oc_preset_line *l, size_t *i, struct oc_preset_column *c)
{
    int64_t ns;

    c->conv = *l->word[*i] == 'd' ? OC_CONV_DATE : OC_CONV_TIME;
    if (take(q, l, i, 1, &c->format))
        return -1;
    for (size_t k = 0; k < c->format.n; k++) {
        const char *why = unit_of(c->format.word[k], &ns) == 0 ? NULL : oc_timescan_check(c->format.word[k]);
        if (why)
            return oc_preset_fail(q, why, c->format.word[k]);
    }
    return 0;
}

/* clock UNIT of NAME */
static int take_clock(const struct oc_preset_parser *q, const struct oc_preset_line *l, size_t *i, struct oc_preset_column *c)
{
    c->conv = OC_CONV_CLOCK;
    if (*i + 3 >= l->n || strcmp(l->word[*i + 2], "of") != 0)
        return oc_preset_fail(q, "'clock UNIT of NAME' is needed behind", c->name);
    if (unit_of(l->word[*i + 1], &c->unit))
        return oc_preset_fail(q, "no unit of time (s ms us ns):", l->word[*i + 1]);
    c->of = l->word[*i + 3];
    *i += 4;
    return 0;
}

static int take_part(const struct oc_preset_parser *q, const struct oc_preset_line *l, size_t *i, struct oc_preset_column *c)
{
    if (*i + 2 >= l->n)
        return oc_preset_fail(q, "an argument is missing behind", l->word[*i]);
    c->part = l->word[*i + 1];
    const char *nth = l->word[*i + 2];
    c->nth = (unsigned)(*nth - '0');
    *i += 3;
    return !*c->part || c->nth < 1 || c->nth > 9 || nth[1] ? oc_preset_fail(q, "part SEPARATOR N: N is 1 to 9, not", nth) : 0;
}

static int minutes_of(const char *s)
{
    const bool fits = strlen(s) == 5 && s[2] == ':' && strspn(s, "0123456789:") == 5 && s[0] != ':' && s[1] != ':' && s[3] != ':'
                      && s[4] != ':';
    const int h = (s[0] - '0') * 10 + (fits ? s[1] - '0' : 0), m = fits ? (s[3] - '0') * 10 + s[4] - '0' : 60;

    return h < 24 && m < 60 ? h * 60 + m : -1;
}

/* at HH:MM [HH:MM CALENDAR] */
static int take_at(const struct oc_preset_parser *q, const struct oc_preset_line *l, size_t *i, struct oc_preset_column *c)
{
    struct oc_preset_words w = { 0 };
    struct oc_preset *p = q->p;

    if (take(q, l, i, 1, &w))
        return -1;
    c->at = c->early = minutes_of(w.word[0]);
    if (w.n == 3)
        c->early = minutes_of(w.word[1]);
    if ((w.n != 1 && w.n != 3) || c->at < 0 || c->early < 0)
        return oc_preset_fail(q, "'at HH:MM [HH:MM CALENDAR]' is wanted in", c->name);
    if (w.n == 3 && p->calendar && strcmp(p->calendar, w.word[2]) != 0)
        return oc_preset_fail(q, "half days are of one calendar, not also of", w.word[2]);
    if (w.n == 3)
        p->calendar = w.word[2];
    return 0;
}

/* shift [-]N, s m h or d behind it */
static int take_shift(const struct oc_preset_parser *q, const struct oc_preset_line *l, size_t *i, struct oc_preset_column *c)
{
    static const char letters[] = "smhd";
    static const int64_t unit[] = { 1000000000, 60000000000, 3600000000000, 86400000000000 };
    const char *text = NULL;
    char number[8];

    if (take_one(q, l, i, &text))
        return -1;
    const bool back = *text == '-';
    const size_t n = strlen(text + back);
    const char *letter = n ? strchr(letters, text[back + n - 1]) : NULL;
    if (!letter || n < 2 || n > 3)
        return oc_preset_fail(q, "no time like 1m or -30s:", text);
    memcpy(number, text + back, n - 1);
    number[n - 1] = '\0';
    c->shift = (int64_t)oc_preset_number(number) * unit[letter - letters] * (back ? -1 : 1);
    return c->shift ? 0 : oc_preset_fail(q, "no time like 1m or -30s:", text);
}

static int take_conversion(const struct oc_preset_parser *q, const struct oc_preset_line *l, size_t *i, struct oc_preset_column *c)
{
    const char *w = l->quoted[*i] ? "" : l->word[*i], *text = NULL;
    double v;

    if (strcmp(w, "date") == 0 || strcmp(w, "time") == 0)
        return take_layouts(q, l, i, c);
    if (strcmp(w, "none") == 0)
        return take(q, l, i, 1, &c->none);
    if (strcmp(w, "strip") == 0)
        return take_one(q, l, i, &c->strip);
    if (strcmp(w, "times") == 0)
        return take_number(q, l, i, &c->times, &v);
    if (strcmp(w, "over") == 0)
        return take_over(q, l, i, c);
    if (strcmp(w, "none-below") == 0) {
        c->has_below = true;
        return take_number(q, l, i, &text, &c->below);
    }
    if (strcmp(w, "part") == 0)
        return take_part(q, l, i, c);
    if (strcmp(w, "is") == 0)
        return take(q, l, i, 2, &c->is) ? -1 : c->is.n % 2 ? oc_preset_fail(q, "words behind 'is' come in pairs", NULL) : 0;
    if (strcmp(w, "clock") == 0)
        return take_clock(q, l, i, c);
    if (strcmp(w, "at") == 0)
        return take_at(q, l, i, c);
    if (strcmp(w, "shift") == 0)
        return take_shift(q, l, i, c);
    if (strcmp(w, "first-of") == 0) {
        if (take_one(q, l, i, &text))
            return -1;
        c->first = *text;
        return strcmp(text, "week") && strcmp(text, "month") ? oc_preset_fail(q, "neither week nor month:", text) : 0;
    }
    if (strcmp(w, "days-after") == 0) {
        c->conv = OC_CONV_DAYS;
        return take_one(q, l, i, &c->of);
    }
    if (strcmp(w, "exp") == 0 || strcmp(w, "or-option") == 0) {
        *(*w == 'e' ? &c->exp : &c->or_option) = true;
        ++*i;
        return 0;
    }
    if (strcmp(w, "suffixes") == 0 || strcmp(w, "percent") == 0 || strcmp(w, "upper") == 0) {
        *(*w == 's' ? &c->suffixes : *w == 'p' ? &c->percent : &c->upper) = true;
        ++*i;
        return 0;
    }
    return oc_preset_fail(q, "unknown word", l->word[*i]);
}

static bool overlap(const struct oc_preset_column *a, const struct oc_preset_column *b)
{
    return strcmp(a->name, b->name) == 0 && (!a->row || !b->row || a->row == b->row);
}

/* In place of what it was in the preset that this one is like; behind all others where it is new. */
static int put(struct oc_preset_parser *q, const struct oc_preset_column *c)
{
    struct oc_preset *p = q->p;
    bool done = false;
    size_t k = 0;

    for (size_t i = 0; i < p->n; i++) {
        if (!overlap(&p->column[i], c)) {
            p->column[k++] = p->column[i];
            continue;
        }
        if (!p->column[i].inherited)
            return oc_preset_fail(q, "a column that is described already:", c->name);
        if (!done)
            p->column[k++] = *c;
        done = true;
    }
    p->n = k;
    if (done)
        return 0;
    if (p->n == q->cap) {
        const size_t cap = q->cap ? 2 * q->cap : 32;
        struct oc_preset_column *to = oc_arena_alloc(&p->arena, cap * sizeof *to);
        if (!to)
            return oc_fail(q->err, OC_MEMORY, "no memory for a preset");
        if (p->n)
            memcpy(to, p->column, p->n * sizeof *to);
        p->column = to;
        q->cap = cap;
    }
    p->column[p->n++] = *c;
    return 0;
}

static int take_row(const struct oc_preset_parser *q, const struct oc_preset_line *l, size_t *i, struct oc_preset_column *c)
{
    const char *text = NULL;

    if (take_one(q, l, i, &text))
        return -1;
    c->row = oc_preset_number(text);
    return c->row < 1 || c->row > q->p->rows ? oc_preset_fail(q, "no such row:", text) : 0;
}

int oc_preset_column_line(struct oc_preset_parser *q, const struct oc_preset_line *l)
{
    struct oc_preset_column c = { .name = l->n > 1 ? l->word[1] : NULL, .at = -1 };
    bool have = false;

    if (!c.name)
        return oc_preset_fail(q, "a column needs a name", NULL);
    for (size_t i = 2; i < l->n;) {
        if (!l->quoted[i] && strcmp(l->word[i], "row") == 0) {
            if (take_row(q, l, &i, &c))
                return -1;
            continue;
        }
        if (!l->quoted[i] && strcmp(l->word[i], "optional") == 0) {
            c.optional = true;
            i++;
            continue;
        }
        const int rc = take_source(q, l, &i, &c);
        if (rc < 0 || (rc == 0 && take_conversion(q, l, &i, &c)))
            return -1;
        if (rc > 0 && have)
            return oc_preset_fail(q, "a column has one source:", c.name);
        have |= rc > 0;
    }
    c.none_zero = c.none.n == 1 && strcmp(c.none.word[0], "0") == 0 && !c.has_below;
    return have ? put(q, &c) : oc_preset_fail(q, "a column needs a source:", c.name);
}
