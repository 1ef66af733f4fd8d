/*
 * sessiontable - see sessiontable.h.
 *
 * First the defaults, as they were before the command line was parsed, then the options.  The rows of sessions themselves,
 * of output and of messages are left alone.
 */
#include "app/sessiontable.h"

#include "cli/value.h"

#include <stdlib.h>
#include <string.h>

struct oc_sessiontable {
    const struct oc_prog *prog;
    struct oc_io *io;
    struct oc_rows *rows;
    struct oc_io before;            /* *io as it was before the command line */
    unsigned char value[OC_ROWS_MAX][16];
};

/* ---- rows ------------------------------------------------------------------------------------------------ */

/* Bytes of a row's variable; 0: it has none of a plain kind. */
static size_t size_of(const struct oc_opt *o)
{
    switch (o->kind) {
    case OC_OPT_FLAG: return sizeof(bool);
    case OC_OPT_COUNT: case OC_OPT_INT: return sizeof(int);
    case OC_OPT_STR: case OC_OPT_FILE: case OC_OPT_CHOICE: return sizeof(const char *);
    case OC_OPT_U64: return sizeof(uint64_t);
    case OC_OPT_UINT: return sizeof(unsigned);
    case OC_OPT_SIZE: return sizeof(size_t);
    case OC_OPT_NUM: case OC_OPT_RATE: return sizeof(double);
    case OC_OPT_LIST: return sizeof(struct oc_words);
    default: return 0;
    }
}

/* Is it a part of what a session is made from? */
static bool is_plan(const struct oc_opt *o)
{
    static const char reading[] = "input-format map kind tz ts-unit at ts na", walk[] = "from-step to-step paths";
    const size_t n = strlen(o->name);

    if (o->kind == OC_OPT_COMMAND || o->kind == OC_OPT_SHOW || o->kind == OC_OPT_HELP || o->kind == OC_OPT_VERSION)
        return false;
    if (oc_opt_is_shared(o))
        return oc_opt_in(reading, o->name, n);
    return !o->neutral && !oc_opt_in(walk, o->name, n) && !(o->of && strstr(o->of, "next"))
        && (size_of(o) || o->kind == OC_OPT_CALL);
}

struct oc_opt_row *oc_sessiontable_row(struct oc_sessiontable *t, const char *name)
{
    struct oc_opt_row *row = oc_opt_long(t->rows, name, strlen(name));

    return row && is_plan(row->opt) ? row : NULL;
}

struct oc_sessiontable *oc_sessiontable_open(const struct oc_prog *prog, struct oc_io *io)
{
    struct oc_sessiontable *t = calloc(1, sizeof *t);

    if (!t || !(t->rows = calloc(1, sizeof *t->rows))) {
        free(t);
        return NULL;
    }
    t->prog = prog;
    t->io = io;
    t->before = *io;
    oc_opt_rows(prog, t->rows);
    for (size_t i = 0; i < t->rows->n; i++)
        if (is_plan(t->rows->row[i].opt) && size_of(t->rows->row[i].opt))
            memcpy(t->value[i], t->rows->row[i].to, size_of(t->rows->row[i].opt));
    return t;
}

void oc_sessiontable_close(struct oc_sessiontable *t)
{
    if (!t)
        return;
    free(t->rows);
    free(t);
}

/* ---- a plan into the variables --------------------------------------------------------------------------- */

static void set_defaults(struct oc_sessiontable *t)
{
    for (size_t i = 0; i < t->rows->n; i++) {
        struct oc_opt_row *row = &t->rows->row[i];
        if (is_plan(row->opt) && size_of(row->opt))
            memcpy(row->to, t->value[i], size_of(row->opt));
    }
    *t->io = t->before;
    t->io->prog = t->prog->name;
    t->io->output_format = "csv";
    t->io->side = NULL;
}

/* A value that names a file must name one that the plan carries: a session depends on nothing outside. */
static int check_carried(const struct oc_opt *o, const char *value, const char *path, struct oc_err *err)
{
    if (strcmp(o->name, "calendar") == 0 && strchr(value, '/'))
        return oc_fail(err, OC_USAGE, "calendar: a session takes one that ships, by its id, not the file '%.200s'", value);
    if (path != value)
        return 0;
    if (oc_sessionfiles_named(o, value))
        return oc_fail(err, OC_USAGE, "%s: the session does not carry the file that '%.200s' names", o->name, value);
    return 0;
}

/* The text in memory that lives as long as the slot. */
static const char *keep(json_t *texts, const char *text)
{
    json_t *s = json_string(text);

    return json_array_append_new(texts, s) ? NULL : json_string_value(s);
}

static int set_one(const struct oc_opt_row *row, const char *text, const struct oc_sessionfiles *files, json_t *texts,
                   const char **out, struct oc_err *err)
{
    struct oc_buf room = { 0 };
    const char *path = oc_sessionfiles_value(files, row->opt, text, &room);
    int rc = check_carried(row->opt, text, path, err);

    *out = rc ? NULL : keep(texts, path);
    if (rc == 0 && !*out)
        rc = oc_fail(err, OC_MEMORY, "no memory for --%s", row->opt->name);
    oc_buf_free(&room);
    return rc;
}

/* One option of the plan; words: where the texts of a list go. */
static int set_row(struct oc_opt_row *row, const json_t *v, const struct oc_sessionfiles *files, json_t *texts,
                   const char **words, size_t *nword, struct oc_err *err)
{
    const char *text;

    if (row->opt->kind == OC_OPT_FLAG) {
        *(bool *)row->to = json_is_true(v);
        return 0;
    }
    if (json_is_string(v))
        return set_one(row, json_string_value(v), files, texts, &text, err) ? -1 : oc_value_set(row, text, err);
    const size_t from = *nword;
    for (size_t i = 0; i < json_array_size(v); i++) {
        if (set_one(row, json_string_value(json_array_get(v, i)), files, texts, &text, err))
            return -1;
        if (row->opt->kind == OC_OPT_LIST)
            words[(*nword)++] = text;
        else if (oc_value_set(row, text, err))
            return -1;
    }
    if (row->opt->kind == OC_OPT_LIST)
        *(struct oc_words *)row->to = (struct oc_words){ .n = *nword - from, .word = words + from };
    return 0;
}

int oc_sessiontable_set(struct oc_sessiontable *t, json_t *options, const struct oc_sessionfiles *files, const char ***words,
                        struct oc_err *err)
{
    size_t total = 1, nword = 0;
    const char *name;
    json_t *v, *texts = json_array();

    json_object_foreach(options, name, v)
        total += json_array_size(v);
    *words = calloc(total, sizeof **words);
    json_object_set_new(options, " ", texts);           /* lives and goes with the options; no option has that name */
    if (!*words)
        return oc_fail(err, OC_MEMORY, "no memory for a plan");
    set_defaults(t);
    json_object_foreach(options, name, v) {
        struct oc_opt_row *row = v == texts ? NULL : oc_sessiontable_row(t, name);
        if (!row && v != texts)
            return oc_sessiontable_unknown(name, err);
        if (row && set_row(row, v, files, texts, *words, &nword, err))
            return oc_while(err, "option %s of the session", name);
    }
    return 0;
}

int oc_sessiontable_unknown(const char *name, struct oc_err *err)
{
    return oc_fail(err, OC_USAGE, "'%.80s' is no part of what a session is made from; see oc-step --help", name);
}
