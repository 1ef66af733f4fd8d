/*
 * complete - see complete.h.  The words before the cursor are walked as the parser would walk them, but nothing is
 * stored and nothing can be wrong: what is not understood offers nothing.
 */
#include "cli/complete.h"

#include "cli/io_opts.h"
#include "record/input.h"
#include "record/kind.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct asked {
    FILE *out;
    struct oc_rows *rows;
    const char *word;           /* what is typed of the word under the cursor */
    const char *head;           /* put in front of each candidate: "--model=", "bid,ask," */
    size_t nhead;
    const struct oc_opt_row *pending;   /* the option whose value it is */
    const char *command;
    bool ended;                 /* behind -- */
    size_t nfile;
    const char *const *file;    /* operands so far */
};

static void offer(const struct asked *a, const char *what, size_t len, const char *help)
{
    const size_t typed = strlen(a->word);

    if (len >= typed && memcmp(what, a->word, typed) == 0)
        fprintf(a->out, "%.*s%.*s\t%s\n", (int)a->nhead, a->head, (int)len, what, help);
}

/* The first words of the lines that a listing prints. */
static void offer_listing(const struct asked *a, const struct oc_opt *listing)
{
    char *text = NULL, *rest = NULL;
    size_t n = 0;
    struct oc_err ignored = { 0 };
    FILE *f = open_memstream(&text, &n);

    if (!f)
        return;
    const int rc = listing->show(f, NULL, &ignored);
    if (fclose(f) == 0 && rc == 0)
        for (char *line = strtok_r(text, "\n", &rest); line; line = strtok_r(NULL, "\n", &rest)) {
            const size_t len = strcspn(line, " \t");
            offer(a, line, len, line + len + strspn(line + len, " \t"));
        }
    free(text);
}

static const struct oc_opt *listing_of(const struct asked *a, const char *name)
{
    char wanted[64];

    snprintf(wanted, sizeof wanted, "list-%ss", name);
    const struct oc_opt_row *row = oc_opt_long(a->rows, wanted, strlen(wanted));
    return row && row->opt->kind == OC_OPT_SHOW ? row->opt : NULL;
}

/* Columns of one file, as the output would call them, or (raw) as the file does. */
static void offer_columns_of(const struct asked *a, const char *path, bool raw)
{
    struct oc_io io = OC_IO_DEFAULT;
    struct oc_err ignored = { 0 };
    struct stat st;

    if (stat(path, &st) != 0 || !S_ISREG(st.st_mode))   /* never wait for a pipe */
        return;
    struct oc_work any = { .foreign = raw, .partial = true };
    struct oc_input *in = oc_input_open(&io, path, &any, NULL, NULL, &ignored);
    if (!in && !raw) {      /* no kind fits: the names as they are */
        any.foreign = true;
        in = oc_input_open(&io, path, &any, NULL, NULL, &ignored);
    }
    if (!in)
        return;
    for (size_t i = 0; i < in->r.schema.n; i++) {
        const struct oc_field *f = &in->r.schema.field[i];
        const char *name = raw && f->source ? f->source : f->name;
        offer(a, name, strlen(name), f->def ? f->def->help : "column");
    }
    oc_input_free(in);
}

/* COLS and EXPR: the name that is being typed is the last one; what stands before it is kept. */
static void offer_columns(struct asked *a, const char *separators, bool raw)
{
    const char *last = a->word;

    for (const char *s = a->word; *s; s++)
        if (strchr(separators, *s))
            last = s + 1;
    char *head = oc_opt_alloc(a->nhead + (size_t)(last - a->word) + 1);
    if (a->nhead)
        memcpy(head, a->head, a->nhead);
    memcpy(head + a->nhead, a->word, (size_t)(last - a->word));
    a->nhead += (size_t)(last - a->word);
    a->head = head;
    a->word = last;
    for (size_t i = 0; i < a->nfile; i++)
        offer_columns_of(a, a->file[i], raw);
}

static void offer_kinds(const struct asked *a)
{
    const struct oc_kind *k;

    for (size_t i = 0; (k = oc_kind_at(i)); i++)
        offer(a, k->name, strlen(k->name), k->title);
}

/* "none|first|all|LIST": the words that stand for themselves are in small letters. */
static void offer_spelled(const struct asked *a, const char *arg)
{
    for (const char *s = strchr(arg, '|') ? arg : ""; *s; s += *s == '|') {
        const size_t n = strcspn(s, "|");
        if (strspn(s, "abcdefghijklmnopqrstuvwxyz0123456789_-") == n)
            offer(a, s, n, "");
        s += n;
    }
}

static void offer_values(struct asked *a)
{
    const struct oc_opt *o = a->pending->opt, *listing = listing_of(a, o->name);

    if (o->choices) {
        for (const char *s = o->choices; *s; s += *s == ' ') {
            const size_t n = strcspn(s, " ");
            offer(a, s, n, "");
            s += n;
        }
    } else if (o->kind == OC_OPT_FILE) {
        fputs(":files\n", a->out);
    } else if (listing) {
        offer_listing(a, listing);
    } else if (o->arg && strcmp(o->arg, "KIND") == 0) {
        offer_kinds(a);
    } else if (o->arg && strncmp(o->arg, "COLS", 4) == 0) {
        offer_columns(a, ",", false);
    } else if (o->arg && strcmp(o->arg, "EXPR") == 0) {
        offer_columns(a, " ()!<>=&|,+-*/", false);
    } else if (o->arg && strstr(o->arg, "=COLUMN")) {
        offer_columns(a, ",=", true);
    } else if (o->arg) {
        offer_spelled(a, o->arg);
    }
}

static void offer_options(const struct asked *a)
{
    char name[80];

    for (size_t i = 0; i < a->rows->n; i++) {
        const struct oc_opt *o = a->rows->row[i].opt;
        if (o->kind == OC_OPT_COMMAND || (o->of && a->command && !oc_opt_in(o->of, a->command, strlen(a->command))))
            continue;
        offer(a, name, (size_t)snprintf(name, sizeof name, "--%s", o->name), o->help);
        if (oc_opt_is_switch(o) && strncmp(a->word, "--no", 4) == 0)
            offer(a, name, (size_t)snprintf(name, sizeof name, "--no-%s", o->name), o->help);
    }
}

static const struct oc_opt_row *command_named(const struct asked *a, const char *word)
{
    for (size_t i = 0; i < a->rows->n; i++)
        if (a->rows->row[i].opt->kind == OC_OPT_COMMAND && strcmp(a->rows->row[i].opt->name, word) == 0)
            return &a->rows->row[i];
    return NULL;
}

static void offer_operands(const struct asked *a)
{
    const struct oc_opt_row *command = a->command ? command_named(a, a->command) : NULL;
    const struct oc_opt *rule = command ? command->opt : a->rows->operands;

    if (!a->command && a->nfile == 0)
        for (size_t i = 0; i < a->rows->n; i++)
            if (a->rows->row[i].opt->kind == OC_OPT_COMMAND)
                offer(a, a->rows->row[i].opt->name, strlen(a->rows->row[i].opt->name), a->rows->row[i].opt->help);
    if (rule && rule->arg && strstr(rule->arg, "KIND"))
        offer_kinds(a);
    else if (rule && rule->arg && strcmp(rule->arg, "FILE") == 0)
        fputs(":files\n", a->out);
    else if (rule ? rule->max > 0 && a->rows->io : a->rows->io != NULL)
        fputs(":files\n", a->out);
}

/* The option that a word leaves waiting for its value, or NULL. */
static const struct oc_opt_row *waits(struct oc_rows *rows, const char *word)
{
    const struct oc_opt_row *row = NULL;

    if (word[1] == '-') {
        row = strchr(word, '=') ? NULL : oc_opt_long(rows, word + 2, strlen(word + 2));
        return row && row->opt->arg && row->opt->kind != OC_OPT_HELP ? row : NULL;
    }
    for (const char *c = word + 1; *c; c++) {
        row = oc_opt_short(rows, *c);
        if (!row)
            return NULL;
        if (row->opt->arg && row->opt->kind != OC_OPT_HELP)
            return c[1] ? NULL : row;
    }
    return NULL;
}

/* What the words mean: command, files, the option that waits at the cursor.  Files behind the cursor count too. */
static void understand(struct asked *a, size_t cursor, size_t n, char **words)
{
    const char **files = oc_opt_alloc((n + 1) * sizeof *files);

    for (size_t i = 1; i < n; i++) {
        if (i == cursor) {
            continue;
        } else if (!a->ended && strcmp(words[i], "--") == 0) {
            a->ended = i < cursor;
        } else if (!a->ended && words[i][0] == '-' && words[i][1]) {
            const struct oc_opt_row *row = waits(a->rows, words[i]);
            if (row && i + 1 == cursor)
                a->pending = row;
            i += row != NULL;
        } else if (!a->command && a->nfile == 0 && command_named(a, words[i])) {
            a->command = words[i];
        } else {
            files[a->nfile++] = words[i];
        }
    }
    a->file = files;
}

int oc_complete(FILE *out, struct oc_rows *rows, int argc, char **argv, struct oc_err *err)
{
    char *end = NULL;
    const long cursor = argc > 0 ? strtol(argv[0], &end, 10) : -1;
    const size_t n = argc > 0 ? (size_t)argc - 1 : 0;
    char **words = argv + 1;

    if (cursor < 1 || !end || *end || (size_t)cursor > n)
        return oc_fail(err, OC_USAGE, "--complete wants the number of a word and the words");
    struct asked a = { .out = out, .rows = rows, .word = (size_t)cursor < n ? words[cursor] : "" };
    understand(&a, (size_t)cursor, n, words);
    if (!a.pending && !a.ended && strncmp(a.word, "--", 2) == 0) {
        const char *value = strchr(a.word, '=');
        const struct oc_opt_row *row = value ? oc_opt_long(rows, a.word + 2, (size_t)(value - a.word - 2)) : NULL;
        if (row && row->opt->arg) {
            a.pending = row;
            a.head = a.word;
            a.nhead = (size_t)(value + 1 - a.word);
            a.word = value + 1;
        }
    }
    if (a.pending)
        offer_values(&a);
    else if (!a.ended && a.word[0] == '-')
        offer_options(&a);
    else
        offer_operands(&a);
    return 1;
}
