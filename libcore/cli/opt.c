/*
 * opt - the parser: see opt.h.
 *
 * The command line is walked twice by the same iterator: first to see how errors are to be printed and whether help
 * is asked for (which must work whatever else is wrong), then to store.
 */
#include "cli/opt.h"

#include "base/words.h"

#include "base/arena.h"
#include "base/buf.h"
#include "base/nearest.h"
#include "cli/arguments.h"
#include "cli/complete.h"
#include "cli/help.h"
#include "cli/prog.h"
#include "cli/value.h"
#include "record/kind.h"

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Words and lists of the options; one process has one command line. */
static struct oc_arena memory;

void *oc_opt_alloc(size_t n)
{
    void *p = oc_arena_zero(&memory, 1, n);

    if (!p) {
        static const char text[] = "out of memory while reading options\n";
        ssize_t ignored = write(STDERR_FILENO, text, sizeof text - 1);
        (void)ignored;
        _exit(1);
    }
    return p;
}

void oc_opt_free(void) { oc_arena_free(&memory); }

bool oc_opt_in(const char *list, const char *word, size_t len) { return oc_words_has(list, ' ', word, len); }

bool oc_opt_is_switch(const struct oc_opt *o)
{
    return (o->kind == OC_OPT_FLAG || o->kind == OC_OPT_COUNT) && strncmp(o->name, "no-", 3) != 0;
}

/* ---- the table ---- */

static const struct oc_opt builtin[] = {
    { "help", "FORMAT", "print the options and end; FORMAT is text, json or mdoc (default text)", .kind = OC_OPT_HELP,
      .choices = "text json mdoc", .letter = 'h', .neutral = true },
    { "version", NULL, "print the version and end", .kind = OC_OPT_VERSION, .letter = 'V', .neutral = true },
    { 0 }
};

static void unfold(struct oc_rows *rows, const struct oc_opt *opts, char *base, const char *section)
{
    for (const struct oc_opt *o = opts; o->kind != OC_OPT_END; o++) {
        if (o->kind == OC_OPT_SECTION) {
            section = o->name;
        } else if (o->kind == OC_OPT_OPERANDS) {
            rows->operands = o;
        } else if (o->kind != OC_OPT_IO && rows->n < OC_ROWS_MAX) {
            void *to = base ? (o->kind == OC_OPT_CALL ? base : base + o->off) : o->any;
            rows->row[rows->n++] = (struct oc_opt_row){ .opt = o, .to = to, .section = section };
        }
    }
}

void oc_opt_rows(const struct oc_prog *prog, struct oc_rows *rows)
{
    rows->n = 0;
    rows->operands = NULL;
    rows->io = NULL;
    unfold(rows, prog->opts, NULL, NULL);
    for (const struct oc_opt *o = prog->opts; o->kind != OC_OPT_END; o++)
        if (o->kind == OC_OPT_IO) {
            rows->io = o->io;
            unfold(rows, oc_io_opts, (char *)o->io, NULL);
        }
    unfold(rows, builtin, NULL, rows->io ? "Messages" : NULL);
}

struct oc_opt_row *oc_opt_long(struct oc_rows *rows, const char *name, size_t len)
{
    for (size_t i = 0; i < rows->n; i++) {
        const struct oc_opt *o = rows->row[i].opt;
        if (o->kind != OC_OPT_COMMAND && strlen(o->name) == len && memcmp(o->name, name, len) == 0)
            return &rows->row[i];
    }
    return NULL;
}

struct oc_opt_row *oc_opt_short(struct oc_rows *rows, char letter)
{
    for (size_t i = 0; i < rows->n; i++)
        if (rows->row[i].opt->letter == letter && letter)
            return &rows->row[i];
    return NULL;
}

/* ---- walking the command line ---- */

enum what { AT_END, OPERAND, OPTION, UNKNOWN, MISSING, SURPLUS };

struct item {
    enum what what;
    struct oc_opt_row *row;     /* OPTION, MISSING, SURPLUS */
    bool negated;           /* --no-NAME */
    const char *value;      /* argument or operand; NULL: none */
    const char *word;       /* as it stands on the command line, for messages */
    char letter;            /* of a short option; 0: a long one */
};

struct walk {
    struct oc_rows *rows;
    char **argv;
    int argc, i;
    const char *bundle;     /* rest of -abc */
    bool ended;             /* -- was seen */
};

static bool takes_value(const struct oc_opt *o) { return o->arg && o->kind != OC_OPT_HELP; }

static struct item walk_long(struct walk *w, const char *word)
{
    const char *name = word + 2, *value = strchr(name, '=');
    const size_t len = value ? (size_t)(value - name) : strlen(name);
    struct item it = { .what = OPTION, .word = word, .value = value ? value + 1 : NULL };

    it.row = oc_opt_long(w->rows, name, len);
    if (!it.row && len > 3 && memcmp(name, "no-", 3) == 0) {
        it.row = oc_opt_long(w->rows, name + 3, len - 3);
        it.negated = true;
        if (it.row && !oc_opt_is_switch(it.row->opt))
            it.row = NULL;
    }
    if (!it.row)
        it.what = UNKNOWN;
    else if (value && !it.row->opt->arg)
        it.what = SURPLUS;
    else if (!value && takes_value(it.row->opt) && w->i >= w->argc)
        it.what = MISSING;
    else if (!value && takes_value(it.row->opt))
        it.value = w->argv[w->i++];
    return it;
}

static struct item walk_short(struct walk *w)
{
    struct item it = { .what = OPTION, .word = w->argv[w->i - 1], .letter = *w->bundle };
    const char *rest = w->bundle + 1;

    it.row = oc_opt_short(w->rows, *w->bundle);
    w->bundle = *rest ? rest : NULL;
    if (!it.row) {
        it.what = UNKNOWN;
        w->bundle = NULL;
    } else if (takes_value(it.row->opt)) {
        w->bundle = NULL;
        if (*rest)
            it.value = rest;
        else if (w->i < w->argc)
            it.value = w->argv[w->i++];
        else
            it.what = MISSING;
    }
    return it;
}

static struct item next(struct walk *w)
{
    if (w->bundle)
        return walk_short(w);
    if (w->i >= w->argc)
        return (struct item){ .what = AT_END };
    const char *word = w->argv[w->i++];
    if (!w->ended && strcmp(word, "--") == 0) {
        w->ended = true;
        return next(w);
    }
    if (w->ended || word[0] != '-' || word[1] == '\0')
        return (struct item){ .what = OPERAND, .value = word, .word = word };
    if (word[1] == '-')
        return walk_long(w, word);
    w->bundle = word + 1;
    return walk_short(w);
}

bool oc_opt_is_shared(const struct oc_opt *o)
{
    for (const struct oc_opt *p = oc_io_opts; p->kind != OC_OPT_END; p++)
        if (p == o)
            return true;
    return false;
}

bool oc_opt_is_path(const struct oc_opt *o, const char *value)
{
    return o->kind == OC_OPT_FILE || (o->names_file && o->names_file(value));
}

int oc_opt_walk(const struct oc_prog *prog, int argc, char **argv, oc_opt_see *see, void *ctx, struct oc_err *err)
{
    struct oc_rows *rows = oc_opt_alloc(sizeof *rows);
    struct walk w = { .rows = rows, .argc = argc, .argv = argv, .i = 1 };

    oc_opt_rows(prog, rows);
    for (struct item it; (it = next(&w)).what != AT_END;)
        if (see(ctx, it.what == OPERAND ? NULL : it.row, it.negated, it.value, err))
            return -1;
    return 0;
}

/* ---- what is wrong with a command line ---- */

static int fail_unknown(const struct walk *w, const struct item *it, struct oc_err *err)
{
    const char *names[OC_ROWS_MAX * 2];
    char word[128];
    size_t n = 0;

    if (it->letter)
        return oc_fail(err, OC_USAGE, "unknown option -%c in '%s'", it->letter, it->word);
    for (size_t i = 0; i < w->rows->n; i++) {
        const struct oc_opt *o = w->rows->row[i].opt;
        if (o->kind == OC_OPT_COMMAND)
            continue;
        names[n++] = o->name;
        if (oc_opt_is_switch(o)) {
            char *no = oc_opt_alloc(strlen(o->name) + 4);
            names[n++] = strcat(strcpy(no, "no-"), o->name);
        }
    }
    snprintf(word, sizeof word, "%.*s", (int)strcspn(it->word + 2, "="), it->word + 2);
    const char *near = oc_nearest(word, n, names);
    return oc_fail(err, OC_USAGE, "unknown option --%s%s%s%s", word, near ? "; did you mean --" : "", near ? near : "",
                   near ? "?" : "");
}

static void remember(struct oc_opt_row *row, const char *value)
{
    if (row->opt->repeats && row->given && value) {
        char *both = oc_opt_alloc(strlen(row->said) + strlen(value) + 2);
        stpcpy(stpcpy(stpcpy(both, row->said), ","), value);
        value = both;
    }
    row->given++;
    row->said = value;
}

static int store(const struct walk *w, const struct item *it, struct oc_err *err)
{
    const struct oc_opt *o = it->row ? it->row->opt : NULL;

    switch (it->what) {
    case UNKNOWN: return fail_unknown(w, it, err);
    case MISSING: return oc_fail(err, OC_USAGE, "--%s wants a value: %s", o->name, o->arg);
    case SURPLUS: return oc_fail(err, OC_USAGE, "--%s takes no value", o->name);
    default: break;
    }
    remember(it->row, it->value);
    if (o->kind == OC_OPT_FLAG)
        *(bool *)it->row->to = !it->negated;
    else if (o->kind == OC_OPT_COUNT)
        *(int *)it->row->to = it->negated ? 0 : *(int *)it->row->to + 1;
    else if (it->value)
        return oc_value_set(it->row, it->value, err);
    else if (o->kind == OC_OPT_CALL)
        return o->call(it->row->to, NULL, err);
    return 0;
}

/* Help or a listing is asked for: print it.  0: neither, 1: printed. */
static int look(const struct oc_prog *prog, struct oc_rows *rows, int argc, char **argv, struct oc_err *err)
{
    struct walk w = { .rows = rows, .argc = argc, .argv = argv, .i = 1 };
    struct oc_saying how = { .program = prog->name };
    const struct oc_opt_row *wanted = NULL;
    const char *format = NULL;

    for (struct item it; (it = next(&w)).what != AT_END;) {
        if (it.what != OPTION)
            continue;
        const enum oc_optkind kind = it.row->opt->kind;
        if (!wanted && (kind == OC_OPT_HELP || kind == OC_OPT_VERSION || kind == OC_OPT_SHOW)) {
            wanted = it.row;
            format = it.value;
        }
        if (it.value && rows->io && strcmp(it.row->opt->name, "errors") == 0)
            how.errors_json = strcmp(it.value, "json") == 0;
    }
    oc_say_set(&how);
    if (!wanted)
        return 0;
    if (wanted->opt->kind == OC_OPT_VERSION)
        printf("%s %s\n", prog->name, OC_VERSION);
    else if (wanted->opt->kind == OC_OPT_SHOW && wanted->opt->show(stdout, format, err))
        return -1;
    else if (wanted->opt->kind == OC_OPT_HELP && format && !oc_opt_in(wanted->opt->choices, format, strlen(format)))
        return oc_fail(err, OC_USAGE, "--help: '%s' is none of: %s", format, wanted->opt->choices);
    else if (wanted->opt->kind == OC_OPT_HELP)
        oc_help_print(stdout, prog, rows, format ? format : "text");
    if (fflush(stdout) != 0 || ferror(stdout))
        return oc_fail_errno(err, OC_IO, "cannot write to stdout");
    return 1;
}

/* ---- what the whole command line must keep ---- */

static const struct oc_opt_row *command_row(const struct oc_rows *rows, const char *word)
{
    for (size_t i = 0; word && i < rows->n; i++)
        if (rows->row[i].opt->kind == OC_OPT_COMMAND && strcmp(rows->row[i].opt->name, word) == 0)
            return &rows->row[i];
    return NULL;
}

/*
 * The first word of a program with commands, where it is none of them: a file then, and what is not there and has nothing of
 * a path or an address about it was meant as a command.
 */
static int check_word(const struct oc_rows *rows, const char *word, struct oc_err *err)
{
    const char *names[OC_ROWS_MAX];
    char list[512] = "";
    size_t n = 0, used = 0;

    for (size_t i = 0; i < rows->n; i++)
        if (rows->row[i].opt->kind == OC_OPT_COMMAND)
            names[n++] = rows->row[i].opt->name;
    if (n == 0 || strpbrk(word, "/.:#-") || access(word, F_OK) == 0)
        return 0;
    for (size_t i = 0; i < n && used < sizeof list; i++)
        used += (size_t)snprintf(list + used, sizeof list - used, " %s", names[i]);
    const char *near = oc_nearest(word, n, names);
    return oc_fail(err, OC_USAGE, "'%s' is neither a file nor a command%s%s%s; the commands are:%s", word,
                   near ? " (did you mean '" : "", near ? near : "", near ? "'?)" : "", list);
}

static int check_rows(struct oc_rows *rows, const char *command, struct oc_err *err)
{
    for (size_t i = 0; i < rows->n; i++) {
        const struct oc_opt *o = rows->row[i].opt;
        if (!rows->row[i].given || o->kind == OC_OPT_COMMAND)
            continue;
        if (o->of && !oc_opt_in(o->of, command ? command : "", command ? strlen(command) : 0))
            return oc_fail(err, OC_USAGE, "--%s goes with the command%s '%s'", o->name, strchr(o->of, ' ') ? "s" : "", o->of);
        for (size_t k = 0; o->conflicts && k < rows->n; k++) {
            const char *other = rows->row[k].opt->name;
            if (rows->row[k].given && oc_opt_in(o->conflicts, other, strlen(other)))
                return oc_fail(err, OC_USAGE, "--%s cannot stand with --%s", o->name, other);
        }
    }
    return 0;
}

/* What operands the command, or else the program, wants. */
static int check_operands(const struct oc_rows *rows, const struct oc_words *given, const struct oc_opt *rule,
                          const struct oc_prog *prog, struct oc_err *err)
{
    if (!rule)
        return !rows->io && given->n
             ? oc_fail(err, OC_USAGE, "'%s': %s takes no operands", given->word[0], prog->name) : 0;
    const bool named = rule->kind == OC_OPT_COMMAND;
    if (given->n < rule->min)
        return oc_fail(err, OC_USAGE, "%s%swants %s", named ? rule->name : "", named ? " " : "",
                       rule->arg ? rule->arg : "more operands");
    if (rule->max < 255 && given->n > rule->max)
        return oc_fail(err, OC_USAGE, "'%s': an operand too many%s%s", given->word[rule->max],
                       rule->arg && *rule->arg ? ", expected " : "", rule->arg ? rule->arg : "");
    return 0;
}

static int read_environment(struct oc_rows *rows, struct oc_err *err)
{
    for (size_t i = 0; i < rows->n; i++) {
        const struct oc_opt_row *row = &rows->row[i];
        const char *text = row->opt->env ? getenv(row->opt->env) : NULL;
        if (text && *text && oc_value_set(row, text, err))
            return oc_while(err, "environment variable %s", row->opt->env);
    }
    return 0;
}

/* A descriptor that is closed would be taken by the first file opened: put something there that refuses. */
static void open_standard(void)
{
    for (int fd = 0; fd <= 2; fd++)
        if (fcntl(fd, F_GETFD) < 0 && open("/dev/null", (fd == 0 ? O_WRONLY : O_RDONLY) | O_CLOEXEC) != fd)
            return;
}

static void take_defaults(struct oc_rows *rows)
{
    for (size_t i = 0; i < rows->n; i++) {
        struct oc_buf text = { 0 };
        if (rows->row[i].opt->kind == OC_OPT_CALL) {
            rows->row[i].standard = rows->row[i].opt->initial;
            continue;
        }
        oc_value_text(&rows->row[i], &text);
        if (text.n)
            rows->row[i].standard = strcpy(oc_opt_alloc(text.n + 1), oc_buf_str(&text));
        oc_buf_free(&text);
    }
}

/* Does an option say what records are made from, so that there need be no input? */
static bool makes(const struct oc_rows *rows)
{
    for (size_t i = 0; i < rows->n; i++)
        if (rows->row[i].given && rows->row[i].opt->makes)
            return true;
    return false;
}

/* Operands, sub-command and shared options after all words were stored. */
static int finish(const struct oc_prog *prog, struct oc_rows *rows, struct oc_words *operands, struct oc_err *err)
{
    const struct oc_opt_row *command = operands->n ? command_row(rows, operands->word[0]) : NULL;
    const struct oc_opt *rule = command ? command->opt : rows->operands;
    struct oc_io *io = rows->io;

    if (command) {
        *(const char **)command->to = command->opt->name;
        operands->word++;
        operands->n--;
    }
    if (!command && rows->io && operands->n && check_word(rows, operands->word[0], err))
        return -1;
    if (check_rows(rows, command ? command->opt->name : NULL, err)
        || check_operands(rows, operands, rule, prog, err))
        return -1;
    if (rows->operands && rows->operands->words)
        *rows->operands->words = *operands;
    if (!io)
        return 0;
    io->input = operands->word;
    io->ninput = operands->n;
    io->prog = prog->name;
    io->options = oc_help_options(rows, command ? command->opt->name : NULL);
    oc_say_set(&(struct oc_saying){ prog->name, io->quiet, io->verbose, strcmp(io->errors, "json") == 0,
                                    strcmp(io->log_format, "json") == 0 });
    if (operands->n == 0 && (!rule || rule->max > 0) && !makes(rows) && isatty(STDIN_FILENO))
        return oc_fail(err, OC_USAGE, "no input: name a FILE or '-', or put it behind a pipe; usage: %s [OPTION ...] "
                       "[FILE ...], see %s --help", prog->name, prog->name);
    return oc_io_opts_check(io, err);
}

int oc_opt_parse(const struct oc_prog *prog, int argc, char **argv, struct oc_err *err)
{
    open_standard();
    signal(SIGPIPE, SIG_DFL);
    oc_say_set(&(struct oc_saying){ .program = prog->name });
    struct oc_rows *rows = oc_opt_alloc(sizeof *rows);
    oc_opt_rows(prog, rows);
    take_defaults(rows);
    if (argc > 1 && strcmp(argv[1], "--complete") == 0)
        return oc_complete(stdout, rows, argc - 2, argv + 2, err);

    const int looked = look(prog, rows, argc, argv, err);
    if (looked)
        return looked;
    if (rows->io)
        oc_io_opts_environment(rows->io);
    if (read_environment(rows, err))
        return -1;
    struct walk w = { .rows = rows, .argc = argc, .argv = argv, .i = 1 };
    struct oc_words *operands = oc_opt_alloc(sizeof *operands);
    static const struct oc_opt operand = { .name = "operand", .kind = OC_OPT_OPERANDS };
    const struct oc_opt_row to = { .opt = &operand, .to = operands };
    for (struct item it; (it = next(&w)).what != AT_END;)
        if (it.what == OPERAND ? oc_value_set(&to, it.value, err) : store(&w, &it, err))
            return -1;
    if (finish(prog, rows, operands, err))
        return -1;
    return rows->io && rows->io->manifest ? oc_arguments_note(prog, argc, argv, rows->io, err) : 0;
}
