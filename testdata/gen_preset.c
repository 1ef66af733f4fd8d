/*
 * gen_preset - a file in the layout of a preset, made from the preset itself, to stdout: what lets tests/house/presets try a
 * preset that nobody wrote a sample for.
 *
 *     preset NAME [RECORDS]    the file
 *     preset --options NAME    what the command line must say besides, one word a line
 *     preset --header NAME     the number of lines up to the records
 *
 * Status 3: the preset is not of text with lines.
 */
#include "app/preset.h"
#include "base/err.h"
#include "record/kind.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { MOST = 256 };

static struct oc_preset preset;
static const struct oc_kind *kind;

/* ---- values --------------------------------------------------------------------------------------------------- */

/* 2024-01-02 15:30:00 in a layout of base/timescan.h. */
static void put_time(const char *fmt, char *out, size_t size)
{
    static const struct { const char *unit, *text; } epochs[] = {
        { "s", "1704209400" }, { "ms", "1704209400000" }, { "us", "1704209400000000" }, { "ns", "1704209400000000000" },
    };
    char plain[200];
    size_t n = 0;
    time_t t = 1704209400;

    for (size_t i = 0; i < sizeof epochs / sizeof *epochs; i++)
        if (strcmp(fmt, epochs[i].unit) == 0) {
            snprintf(out, size, "%s", epochs[i].text);
            return;
        }
    for (const char *p = fmt; *p && n + 8 < sizeof plain; p++) {
        const char *as = p[0] == '%' && p[1] == '6' && p[2] == 'f' ? "000000" : p[0] == '%' && p[1] == 'f' ? "000" : p[0] == '%' && p[1] == 'z' ? "+00:00"
                         : p[0] == '%' && p[1] == 'Z' ? "UTC" : NULL;
        if (as)
            n += (size_t)snprintf(plain + n, sizeof plain - n, "%s", as);
        else
            plain[n++] = *p;
        p += as ? 1 + (p[1] == '6') : 0;
    }
    plain[n] = '\0';
    out[strftime(out, size, plain, gmtime(&t))] = '\0';
}

/* A plausible value of a type. */
static const char *of_type(const char *name)
{
    const struct oc_coldef *d = oc_kind_column(kind, name, strlen(name));
    const char type = d && strcmp(d->name, name) == 0 ? d->type : 0;

    if (strcmp(name, "type") == 0)
        return "C";
    if (strcmp(name, "contract_symbol") == 0)
        return "SPXW240119C04800000";
    switch (type) {
    case OC_F64: return strstr(name, "iv") || strstr(name, "delta") ? "0.25" : "100.25";
    case OC_I64: return "3";
    case OC_TIME: return "2024-01-02T15:30:00Z";
    case OC_DATE: return "2024-01-19";
    case OC_BOOL: return "true";
    default: return "X";
    }
}

/* Is the column one that parts of a contract symbol are taken from? */
static bool is_symbol(const struct oc_preset_column *c)
{
    for (size_t i = 0; i < preset.n; i++)
        if (preset.column[i].source == OC_FROM_OSI && strcmp(preset.column[i].from.word[0], c->name) == 0)
            return true;
    return false;
}

/* Is it the day of a clock, as text? */
static bool is_day(const struct oc_preset_column *c)
{
    for (size_t i = 0; i < preset.n; i++)
        if (c->conv == OC_CONV_NONE && preset.column[i].conv == OC_CONV_CLOCK && strcmp(preset.column[i].of, c->name) == 0)
            return true;
    return false;
}

/* A contract symbol; of an exchange whose names begin with one of the words that another column makes of their first part. */
static void put_symbol(const struct oc_preset_column *c, char *out, size_t size)
{
    for (size_t i = 0; i < preset.n; i++) {
        const struct oc_preset_column *o = &preset.column[i];
        if (o->is.n && o->part && o->source == OC_FROM_CELL && c->from.n && strcmp(o->from.word[0], c->from.word[0]) == 0) {
            snprintf(out, size, "%s%s19JAN24%s40000%sC", o->is.word[0], o->part, o->part, o->part);
            return;
        }
    }
    snprintf(out, size, "SPXW240119%c04800000", c->row == 2 ? 'P' : 'C');
}

static void value(const struct oc_preset_column *c, char *out, size_t size)
{
    char one[120];

    if (is_day(c))
        snprintf(one, sizeof one, "20240102");
    else if (c->conv == OC_CONV_DATE || c->conv == OC_CONV_TIME)
        put_time(c->format.word[0], one, sizeof one);
    else if (c->conv == OC_CONV_CLOCK || c->conv == OC_CONV_DAYS)
        snprintf(one, sizeof one, "10");
    else if (c->is.n)
        snprintf(one, sizeof one, "%s", c->is.word[0]);
    else if (is_symbol(c))
        put_symbol(c, one, sizeof one);
    else
        snprintf(one, sizeof one, "%s", c->exp ? "0.25" : c->suffixes ? "1.5" : c->percent ? "12.5" : c->times || c->over || c->has_below ? "7"
                                        : of_type(c->name));
    if (preset.decimal_comma && strspn(one, "0123456789.") == strlen(one) && c->conv == OC_CONV_NONE)
        for (char *p = one; *p; p++)
            *p = *p == '.' ? ',' : *p;
    const char *unit = c->suffixes ? "M" : c->percent ? "%" : "";
    if (c->part)            /* the same piece as often as is asked for */
        snprintf(out, size, "%s%s%s%s%s%s", one, c->nth > 1 ? c->part : "", c->nth > 1 ? one : "", c->nth > 2 ? c->part : "",
                 c->nth > 2 ? one : "", c->nth > 1 ? "" : c->part);
    else
        snprintf(out, size, "%s%s", one, unit);
}

/* ---- cells ---------------------------------------------------------------------------------------------------- */

static struct { char name[200]; int nth; } cell[MOST];
static size_t cells;

static bool same(const char *header, const char *name, int nth)
{
    const size_t n = strlen(header), m = strlen(name);
    const int want = n > 2 && header[n - 2] == '#' ? header[n - 1] - '0' : 1;

    return want == nth && m == (want > 1 ? n - 2 : n) && memcmp(header, name, m) == 0;
}

static void add(const char *name, size_t n)
{
    int nth = 1;

    while (n && *name == ' ') {
        name++;
        n--;
    }
    while (n && name[n - 1] == ' ')
        n--;
    for (size_t i = 0; i < cells; i++)
        nth += strlen(cell[i].name) == n && memcmp(cell[i].name, name, n) == 0;
    snprintf(cell[cells].name, sizeof cell[0].name, "%.*s", (int)n, name);
    cell[cells++].nth = nth;
}

/* The header cell must be there: added, as often as HEADER#2 asks. */
static void need(const char *header)
{
    const size_t n = strlen(header);
    const int want = n > 2 && header[n - 2] == '#' ? header[n - 1] - '0' : 1;

    for (int have = 0; have < want && cells < MOST - 1;) {
        have = 0;
        for (size_t i = 0; i < cells; i++)
            for (int k = 1; k <= want; k++) {
                char name[220];
                snprintf(name, sizeof name, "%.*s#%d", (int)(want > 1 ? n - 2 : n), header, k);
                have += k == 1 ? same(want > 1 ? strtok(name, "#") : header, cell[i].name, cell[i].nth)
                               : same(name, cell[i].name, cell[i].nth);
            }
        if (have < want)
            add(header, want > 1 ? n - 2 : n);
    }
}

static char separator(void)
{
    const char *s = preset.separator;

    if (s)
        return s[1] ? ' ' : *s;
    const char *h = preset.header.n ? preset.header.word[0] : "";
    return strchr(h, '\t') && !strchr(h, ',') ? '\t' : ',';
}

/* Cells of a text: quoted ones too. */
static void split(const char *s)
{
    const char sep = separator();

    while (*s) {
        const bool quoted = *s == '"';
        const char *stop = quoted ? strchr(s + 1, '"') : strchr(s, sep);
        stop = stop ? stop : s + strlen(s);
        add(s + quoted, (size_t)(stop - s) - quoted);
        s = strchr(stop, sep);
        if (!s)
            return;
        s++;
    }
}

static void find_cells(void)
{
    if (preset.fields.n)
        for (size_t i = 0; i < preset.fields.n; i++)
            add(preset.fields.word[i], strlen(preset.fields.word[i]));
    else if (preset.header.n)
        split(preset.header.word[0]);
    for (size_t i = 0; i < preset.n && !preset.fields.n; i++) {
        const struct oc_preset_column *c = &preset.column[i];
        for (size_t k = 0; k < c->from.n; k++)
            if (c->source == OC_FROM_JOIN || (c->source == OC_FROM_CELL && k == 0))
                need(c->from.word[k]);
    }
    for (size_t i = 0; i < preset.nwhen && !preset.fields.n; i++)
        need(preset.when[i].header);
    while (cells < preset.least)
        add("more", strlen("more"));
}

/* ---- lines ------------------------------------------------------------------------------------------------------ */

static void put(const char *s, char sep, bool last)
{
    if (strchr(s, sep) || strchr(s, '"') || strchr(s, '\n')) {
        putchar('"');
        for (; *s; s++) {
            if (*s == '"')
                putchar('"');
            putchar(*s);
        }
        putchar('"');
    } else {
        fputs(s, stdout);
    }
    putchar(last ? '\n' : sep);
}

/* One piece of a joined layout: "%d/%m/%Y %H:%M" over two cells. */
static void joined(const struct oc_preset_column *c, size_t k, char *out, size_t size)
{
    char all[200], *p = all;

    if (c->is.n)
        snprintf(all, sizeof all, "%s", c->is.word[0]);
    else
        put_time(c->format.n ? c->format.word[0] : "X X", all, sizeof all);
    for (size_t i = 0; i < k && p; i++)
        p = strchr(p, ' ') ? strchr(p, ' ') + 1 : NULL;
    snprintf(out, size, "%.*s", p ? (int)(k + 1 < c->from.n ? strcspn(p, " ") : strlen(p)) : 0, p ? p : "");
}

/* Conditions on a cell: the word of the one whose turn it is. */
static const char *asked(size_t i, unsigned record)
{
    const char *word[16];
    size_t n = 0;

    for (size_t k = 0; k < preset.nwhen && n < 16; k++)
        if (preset.when[k].word.n && same(preset.when[k].header, cell[i].name, cell[i].nth) && (preset.when[k].row || !n))
            word[n++] = preset.when[k].word.word[0];
    return n ? word[n > 1 && record % 2 ? 1 : 0] : NULL;
}

static void put_cell(size_t i, unsigned record)
{
    const char sep = separator();
    const char *word = asked(i, record);
    char text[300] = "0";
    bool joint = false;

    if (!*cell[i].name)                 /* of `fields`: what ends the line */
        *text = '\0';
    for (size_t k = 0; k < preset.n && !word; k++) {            /* words of several cells together come first */
        const struct oc_preset_column *c = &preset.column[k];
        for (size_t f = 0; c->source == OC_FROM_JOIN && c->is.n && f < c->from.n; f++)
            if (same(c->from.word[f], cell[i].name, cell[i].nth)) {
                joined(c, f, text, sizeof text);
                joint = true;
            }
        if (c->source == OC_FROM_CELL && c->is.n && c->part && c->nth == 1 && same(c->from.word[0], cell[i].name, cell[i].nth)) {
            put_symbol(c, text, sizeof text);                   /* the first part of a name */
            joint = true;
        }
    }
    for (size_t k = 0; k < preset.n && !word && !joint; k++) {
        const struct oc_preset_column *c = &preset.column[k];
        for (size_t f = 0; f < c->from.n; f++) {
            if (!same(c->from.word[f], cell[i].name, cell[i].nth))
                continue;
            if (c->source == OC_FROM_JOIN)
                joined(c, f, text, sizeof text);
            else if (c->source == OC_FROM_CELL)
                value(c, text, sizeof text);
            else
                continue;
            if (c->source == OC_FROM_CELL && (c->is.n || c->conv || c->part || c->exp || is_symbol(c)))
                k = preset.n;       /* the one that asks most of it */
            break;
        }
    }
    put(word ? word : text, sep, i + 1 == cells);
}

/* The column that reads this cell of the head by its place, or NULL; *more: a later one is asked for. */
static const struct oc_preset_column *head_cell(int line, int at, int *more)
{
    const struct oc_preset_column *out = NULL;

    *more = 0;
    for (size_t i = 0; i < preset.n; i++) {
        const struct oc_preset_column *c = &preset.column[i];
        if (c->source != OC_FROM_HEAD || c->from.n != 2)
            continue;
        const int l = atoi(c->from.word[0]), k = atoi(c->from.word[1]);
        if (l == line && k == at)
            out = c;
        *more |= at ? l == line && k > at : l >= line;
    }
    return out;
}

static int put_head(void)
{
    int lines = 0, more;
    char text[300];

    for (int l = 1; head_cell(l, 0, &more), more; l++, lines++)
        for (int k = 1; k == 1 || more; k++) {
            const struct oc_preset_column *c = head_cell(l, k, &more);
            snprintf(text, sizeof text, "x");
            if (c)
                value(c, text, sizeof text);
            put(text, ',', !more);
        }
    for (size_t i = 0; i < preset.n; i++) {
        const struct oc_preset_column *c = &preset.column[i];
        if (c->source != OC_FROM_HEAD || c->from.n == 2)
            continue;
        char line[500];
        value(c, text, sizeof text);
        snprintf(line, sizeof line, "%s%s", c->from.word[0], text);
        put(line, ',', true);
        lines++;
    }
    if (preset.header.n && (preset.fields.n || preset.writes)) {
        puts(preset.header.word[0]);
    } else if (preset.header.n) {
        for (size_t i = 0; i < cells; i++)
            put(cell[i].name, separator(), i + 1 == cells);
    }
    return lines + (preset.header.n > 0);
}

/* Are there times or days whose place no line of the preset tells? */
static bool is_local(void)
{
    for (size_t i = 0; i < preset.n; i++) {
        const struct oc_preset_column *c = &preset.column[i];
        const char *layout = c->conv == OC_CONV_TIME ? c->format.word[0] : NULL;
        if (c->conv == OC_CONV_CLOCK || c->conv == OC_CONV_DAYS || (layout && *layout == '%' && !strstr(layout, "%z") && !strstr(layout, "%Z")
                                                                    && !strstr(layout, "%s")))
            return !preset.zone;
    }
    return false;
}

static void put_options(void)
{
    char text[300];

    if (is_local())
        puts("--tz\nAmerica/New_York");

    for (size_t i = 0; i < preset.n; i++) {
        const struct oc_preset_column *c = &preset.column[i];
        if (c->of && !oc_preset_rule(&preset, c->of, 0))
            printf("--set\n%s=20240102\n", c->of);
        if (c->source != OC_FROM_OPTION && c->source != OC_FROM_FILE)
            continue;
        value(c, text, sizeof text);
        if (strcmp(c->name, "ts") == 0)
            puts("--ts\n2024-01-02T15:30:00Z");
        else if (strcmp(c->name, "symbol") == 0)
            puts("--symbol\nSPX");
        else
            printf("--set\n%s=%s\n", c->name, text);
    }
}

int main(int argc, char **argv)
{
    const bool options = argc > 1 && strcmp(argv[1], "--options") == 0, header = argc > 1 && strcmp(argv[1], "--header") == 0;
    const char *name = argc > 1 + (options || header) ? argv[1 + (options || header)] : NULL;
    const int records = argc > 2 && !options && !header ? atoi(argv[2]) : 4;
    struct oc_err err;

    if (!name || oc_preset_open(name, &preset, &err) || !(kind = oc_kind_find(preset.kind, &err))) {
        fprintf(stderr, "gen_preset: %s\n", name ? err.text : "the name of a preset is wanted");
        return 1;
    }
    if (preset.format)
        return 3;
    find_cells();
    if (options) {
        put_options();
    } else if (header) {
        fclose(stdout);
        stdout = fopen("/dev/null", "w");
        fprintf(stderr, "%d\n", put_head());
    } else {
        put_head();
        for (int r = 0; r < records; r++)
            for (size_t i = 0; i < cells; i++)
                put_cell(i, (unsigned)r);
        if (preset.end)
            puts(preset.end);
    }
    oc_preset_free(&preset);
    return 0;
}
