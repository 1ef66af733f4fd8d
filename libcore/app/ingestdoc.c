/*
 * ingestdoc - see ingestdoc.h.  Every header that the preset names becomes one column of the CSV in between.  `from A B` is
 * one column with two choices, decided for each record, where text with lines decides for the file.
 */
#include "app/ingestdoc.h"

#include "app/dbn.h"
#include "app/htmlrows.h"
#include "app/jsondeltas.h"
#include "app/jsonrows.h"
#include "record/translate.h"

#include <string.h>

static bool same_words(const struct oc_translate_column *c, const struct oc_preset_words *w)
{
    if (c->n != w->n)
        return false;
    for (size_t i = 0; i < w->n; i++)
        if (strcmp(c->name[i], w->word[i]) != 0)
            return false;
    return true;
}

/* One more choice of names under the first of them; -1: that header means something else already. */
static int add(const struct oc_ingest *g, struct oc_translate_how *how, struct oc_translate_column *column,
               const struct oc_preset_words *w, bool needed, struct oc_err *err)
{
    for (size_t i = 0; i < how->n; i++) {
        if (strcmp(column[i].header, w->word[0]) != 0)
            continue;
        column[i].needed |= needed;
        return same_words(&column[i], w) ? 0
               : oc_fail(err, OC_FORMAT,
                         "preset %s: '%s' is the first of several names here and stands alone or before others "
                         "there", g->preset.name, w->word[0]);
    }
    column[how->n++] = (struct oc_translate_column){ .header = w->word[0], .n = w->n, .name = w->word, .needed = needed };
    return 0;
}

/* A document that has rows of several kinds may lack some of them: nothing can be needed of it then. */
static bool is_mixed(const struct oc_preset *p) { return p->nwhen != 0; }

static int add_column(const struct oc_ingest *g, struct oc_translate_how *how, struct oc_translate_column *column,
                      const struct oc_preset_column *c, struct oc_err *err)
{
    const bool needed = !c->optional && !c->row && !is_mixed(&g->preset);

    if (c->source == OC_FROM_CELL)
        return add(g, how, column, &c->from, needed, err);
    for (size_t i = 0; c->source == OC_FROM_JOIN && i < c->from.n; i++)
        if (add(g, how, column, &(struct oc_preset_words){ 1, &c->from.word[i] }, needed, err))
            return -1;
    return 0;
}

static int make_how(struct oc_ingest *g, struct oc_err *err)
{
    const struct oc_preset *p = &g->preset;
    struct oc_translate_how *how = oc_arena_zero(&g->arena, 1, sizeof *how);
    size_t n = p->nwhen;

    for (size_t i = 0; i < p->n; i++)
        n += p->column[i].from.n;
    struct oc_translate_column *column = oc_arena_zero(&g->arena, n + 1, sizeof *column);
    if (!how || !column)
        return oc_fail(err, OC_MEMORY, "no memory for the columns of a document");
    *how = (struct oc_translate_how){ .preset = p->name, .nrecords = p->records.n, .records = p->records.word,
        .column = column };
    for (size_t i = 0; i < p->n; i++)
        if (add_column(g, how, column, &p->column[i], err))
            return -1;
    for (size_t i = 0; i < p->nwhen; i++)
        if (add(g, how, column, &(struct oc_preset_words){ 1, (const char **)&p->when[i].header }, false, err))
            return -1;
    g->how = how;
    return how->n ? 0 : oc_fail(err, OC_FORMAT, "preset %s: no column reads anything of the document", p->name);
}

static const struct { const char *format; const struct oc_translator *of; } formats[] = {
    { "json", &oc_jsonrows_translator }, { "json-text", &oc_jsonrows_of_lines }, { "dbn", &oc_dbn_translator },
    { "json-deltas", &oc_jsondeltas_translator }, { "html", &oc_htmlrows_translator },
};

int oc_ingestdoc_translate(struct oc_ingest *g, struct oc_source **src, struct oc_err *err)
{
    const struct oc_preset *p = &g->preset;

    if (p->rest || p->header.n || p->fields.n || p->comment.n || p->end)
        return oc_fail(err, OC_FORMAT, "preset %s: rest, header, fields, comment and end are of text with lines", p->name);
    if (!g->how && make_how(g, err))
        return -1;
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (strcmp(formats[i].format, p->format) == 0)
            return oc_translate_open(src, formats[i].of, g->how, strncmp(p->format, "json", 4) == 0
                                     && oc_jsonrows_twice(g->how),
                                     err);
    return oc_fail(err, OC_FORMAT, "preset %s: there is no reader for the format %s", p->name, p->format);
}
