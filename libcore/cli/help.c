/* help - see help.h. */
#include "cli/help.h"

#include "base/buf.h"
#include "cli/prog.h"
#include "cli/say.h"
#include "cli/value.h"

#include <ctype.h>
#include <string.h>

enum { WIDTH = 79, INDENT = 30 };

/* ---- text ---- */

/* Wrap `text` from column `at` on; later lines start at INDENT. */
static void wrap(struct oc_buf *out, const char *text, size_t at)
{
    while (*text) {
        const size_t n = strcspn(text, " ");
        if (at + n > WIDTH && at > INDENT) {
            out->n -= out->n && out->p[out->n - 1] == ' ';
            oc_buf_printf(out, "\n%*s", INDENT, "");
            at = INDENT;
        }
        oc_buf_put(out, text, n);
        at += n;
        text += n;
        if (*text == ' ') {
            oc_buf_char(out, ' ');
            at++;
            text++;
        }
    }
    oc_buf_char(out, '\n');
}

static void text_option(struct oc_buf *out, const struct oc_opt *o)
{
    struct oc_buf head = { 0 };

    if (o->kind == OC_OPT_COMMAND)
        oc_buf_printf(&head, "  %s", o->name);
    else if (o->letter)
        oc_buf_printf(&head, "  -%c, --%s%s", o->letter, oc_opt_is_switch(o) ? "[no-]" : "", o->name);
    else
        oc_buf_printf(&head, "      --%s%s", oc_opt_is_switch(o) ? "[no-]" : "", o->name);
    if (o->arg && *o->arg)
        oc_buf_printf(&head, o->kind == OC_OPT_HELP ? "[=%s]" : " %s", o->arg);
    oc_buf_put(out, head.p, head.n);
    if (head.n + 2 > INDENT)
        oc_buf_printf(out, "\n%*s", INDENT, "");
    else
        oc_buf_printf(out, "%*s", (int)(INDENT - head.n), "");
    oc_buf_free(&head);
    const char *listed = o->choices && o->arg && !strchr(o->arg, '|') ? o->choices : NULL;
    if (listed && o->kind != OC_OPT_HELP) {
        struct oc_buf help = { 0 };
        oc_buf_printf(&help, "%s: ", o->help);
        for (const char *s = listed; *s; s += *s == ' ') {
            const size_t n = strcspn(s, " ");
            oc_buf_printf(&help, "%s%.*s", s == listed ? "" : ", ", (int)n, s);
            s += n;
        }
        wrap(out, oc_buf_str(&help), INDENT);
        oc_buf_free(&help);
    } else {
        wrap(out, o->help, INDENT);
    }
}

static void usage(struct oc_buf *out, const struct oc_prog *prog, const struct oc_rows *rows)
{
    bool commands = false;

    oc_buf_printf(out, "Usage: %s [OPTION ...]", prog->name);
    if (rows->operands)
        oc_buf_printf(out, "%s%s", rows->operands->arg && *rows->operands->arg ? " " : "",
                      rows->operands->arg ? rows->operands->arg : "");
    else if (rows->io)
        oc_buf_puts(out, " [FILE ...]");
    oc_buf_char(out, '\n');
    for (size_t i = 0; i < rows->n; i++) {
        const struct oc_opt *o = rows->row[i].opt;
        if (o->kind == OC_OPT_COMMAND)
            oc_buf_printf(out, "       %s %s%s%s%s\n", prog->name, o->name, rows->io ? " [OPTION ...]" : "",
                          o->arg && *o->arg ? " " : "", o->arg ? o->arg : "");
        commands |= o->kind == OC_OPT_COMMAND;
    }
    oc_buf_printf(out, "%c%s.\n", toupper((unsigned char)prog->title[0]), prog->title + 1);
    if (commands) {
        oc_buf_puts(out, "\nCommands\n");
        for (size_t i = 0; i < rows->n; i++)
            if (rows->row[i].opt->kind == OC_OPT_COMMAND)
                text_option(out, rows->row[i].opt);
    }
}

static void print_text(struct oc_buf *out, const struct oc_prog *prog, const struct oc_rows *rows)
{
    const char *section = NULL;

    usage(out, prog, rows);
    for (size_t i = 0, n = 0; i < rows->n; i++) {
        const struct oc_opt_row *row = &rows->row[i];
        if (row->opt->kind == OC_OPT_COMMAND)
            continue;
        if (n++ == 0 || (row->section && (!section || strcmp(section, row->section) != 0)))
            oc_buf_printf(out, "\n%s\n", row->section ? row->section : "Options");
        section = row->section;
        text_option(out, row->opt);
    }
}

/* ---- JSON: one object, an option a line ---- */

static const char *type_name(const struct oc_opt *o)
{
    static const char *const names[] = {
        [OC_OPT_FLAG] = "flag", [OC_OPT_COUNT] = "count", [OC_OPT_STR] = "string", [OC_OPT_FILE] = "file",
        [OC_OPT_U64] = "integer", [OC_OPT_UINT] = "integer", [OC_OPT_INT] = "integer", [OC_OPT_SIZE] = "integer",
        [OC_OPT_NUM] = "number", [OC_OPT_RATE] = "rate", [OC_OPT_CHOICE] = "choice", [OC_OPT_LIST] = "string",
        [OC_OPT_CALL] = "string", [OC_OPT_SHOW] = "action", [OC_OPT_HELP] = "action", [OC_OPT_VERSION] = "action",
        [OC_OPT_COMMAND] = "command",
    };

    if (o->kind == OC_OPT_CALL && o->choices)
        return "choice";
    return names[o->kind];
}

static void json_member(struct oc_buf *out, const char *key, const char *text)
{
    oc_buf_printf(out, ",\"%s\":", key);
    if (text)
        oc_say_json(out, text);
    else
        oc_buf_puts(out, "null");
}

static void json_default(struct oc_buf *out, const struct oc_opt_row *row)
{
    const char *text = row->standard;

    switch (row->opt->kind) {
    case OC_OPT_FLAG: case OC_OPT_COUNT: case OC_OPT_U64: case OC_OPT_UINT: case OC_OPT_INT: case OC_OPT_SIZE:
    case OC_OPT_NUM: case OC_OPT_RATE:
        oc_buf_printf(out, ",\"default\":%s", text ? text : "null");
        break;
    default:
        json_member(out, "default", text);
    }
}

static void json_option(struct oc_buf *out, const struct oc_opt_row *row)
{
    const struct oc_opt *o = row->opt;
    const char letter[2] = { o->letter, '\0' };
    const char *repeated = o->kind == OC_OPT_LIST || o->kind == OC_OPT_COUNT || o->repeats ? "true" : "false";

    oc_buf_puts(out, "  {\"name\":");
    oc_say_json(out, o->name);
    json_member(out, "letter", o->letter ? letter : NULL);
    json_member(out, "argument", o->arg);
    json_member(out, "type", type_name(o));
    oc_buf_puts(out, ",\"choices\":");
    if (o->choices) {
        oc_buf_char(out, '[');
        for (const char *s = o->choices; *s; s += *s == ' ') {
            const size_t n = strcspn(s, " ");
            oc_buf_printf(out, "%s\"%.*s\"", s == o->choices ? "" : ",", (int)n, s);
            s += n;
        }
        oc_buf_char(out, ']');
    } else {
        oc_buf_puts(out, "null");
    }
    json_default(out, row);
    oc_buf_printf(out, ",\"repeatable\":%s,\"negatable\":%s,\"changes_values\":%s", repeated,
                  oc_opt_is_switch(o) ? "true" : "false", o->neutral ? "false" : "true");
    json_member(out, "command", o->of);
    json_member(out, "environment", o->env);
    json_member(out, "section", row->section);
    json_member(out, "help", o->help);
    oc_buf_char(out, '}');
}

static void print_json(struct oc_buf *out, const struct oc_prog *prog, const struct oc_rows *rows)
{
    oc_buf_puts(out, "{\"program\":");
    oc_say_json(out, prog->name);
    json_member(out, "title", prog->title);
    json_member(out, "version", OC_VERSION);
    json_member(out, "operands", rows->operands ? rows->operands->arg : rows->io ? "[FILE ...]" : NULL);
    for (int commands = 1; commands >= 0; commands--) {
        oc_buf_puts(out, commands ? ",\n \"commands\":[" : "],\n \"options\":[");
        bool first = true;
        for (size_t i = 0; i < rows->n; i++) {
            if ((rows->row[i].opt->kind == OC_OPT_COMMAND) != commands)
                continue;
            oc_buf_puts(out, first ? "\n" : ",\n");
            json_option(out, &rows->row[i]);
            first = false;
        }
    }
    oc_buf_puts(out, "]}\n");
}

/* ---- mdoc ---- */

/* One word of running text: nothing that mdoc would take for an escape or a request; an option keeps its dashes. */
static void mdoc_word(struct oc_buf *out, const char *word, size_t n, bool capital)
{
    if (*word == '.' || *word == '\'')
        oc_buf_puts(out, "\\&");
    for (size_t i = 0; i < n; i++)
        if (word[i] == '\\')
            oc_buf_puts(out, "\\e");
        else if (word[i] == '-' && *word == '-')
            oc_buf_puts(out, "\\-");
        else
            oc_buf_char(out, capital && i == 0 ? (char)toupper((unsigned char)word[i]) : word[i]);
}

/* Running text in lines of 78, a new line after each clause. */
static void mdoc_text(struct oc_buf *out, const char *s)
{
    size_t at = 0;

    for (bool first = true; *s; first = false) {
        const size_t n = strcspn(s, " ");
        if (at) {
            const bool clause = s[-2] == '.' || s[-2] == ';';
            oc_buf_char(out, clause || at + n + 2 > WIDTH - 1 ? '\n' : ' ');
            at = clause || at + n + 2 > WIDTH - 1 ? 0 : at + 1;
        }
        mdoc_word(out, s, n, first);
        at += n;
        s += n + (s[n] == ' ');
    }
    oc_buf_puts(out, ".\n");
}

/* An argument word as an operand of .It: blanks and what mdoc calls delimiters are kept by quotes and \& . */
static void mdoc_arg(struct oc_buf *out, const char *arg)
{
    oc_buf_char(out, '"');
    for (; *arg; arg++)
        if (*arg == '|' && (arg[1] == '\0'))
            oc_buf_puts(out, "|\\&");
        else
            oc_buf_char(out, *arg);
    oc_buf_char(out, '"');
}

static void mdoc_option(struct oc_buf *out, const struct oc_opt *o)
{
    if (o->kind == OC_OPT_COMMAND)
        oc_buf_printf(out, ".It Cm %s", o->name);
    else if (o->letter)
        oc_buf_printf(out, ".It Fl %c , Fl \\-%s", o->letter, o->name);
    else
        oc_buf_printf(out, ".It Fl \\-%s", o->name);
    if (o->arg && *o->arg) {
        oc_buf_puts(out, o->kind == OC_OPT_HELP ? " Ns Op Ns = Ns Ar " : " Ar ");
        mdoc_arg(out, o->arg);
    }
    oc_buf_char(out, '\n');
    mdoc_text(out, o->help);
    if (o->choices && o->arg && !strchr(o->arg, '|') && o->kind != OC_OPT_HELP) {
        oc_buf_printf(out, "One of");
        for (const char *s = o->choices; *s; s += *s == ' ') {
            const size_t n = strcspn(s, " ");
            oc_buf_printf(out, "\n.Cm %.*s%s", (int)n, s, s[n] && s[n + 1] ? " ," : " .");
            s += n;
        }
        oc_buf_char(out, '\n');
    }
    if (o->of)
        oc_buf_printf(out, "For the command\n.Cm %s .\n", o->of);
    if (o->env)
        oc_buf_printf(out, "Without it,\n.Ev %s\nis read.\n", o->env);
}

static void print_mdoc(struct oc_buf *out, const struct oc_rows *rows)
{
    const char *section = NULL;
    bool open = false;

    for (int commands = 1; commands >= 0; commands--)
        for (size_t i = 0; i < rows->n; i++) {
            const struct oc_opt_row *row = &rows->row[i];
            if ((row->opt->kind == OC_OPT_COMMAND) != commands)
                continue;
            const char *here = commands ? "Commands" : row->section ? row->section : section ? "Options" : NULL;
            if (!open || (here && (!section || strcmp(section, here) != 0))) {
                if (open)
                    oc_buf_puts(out, ".El\n");
                if (here)
                    oc_buf_printf(out, ".Ss %s\n", here);
                oc_buf_puts(out, ".Bl -tag -width Ds\n");
                open = true;
            }
            section = here;
            mdoc_option(out, row->opt);
        }
    oc_buf_puts(out, open ? ".El\n" : "");
}

void oc_help_print(FILE *out, const struct oc_prog *prog, const struct oc_rows *rows, const char *format)
{
    struct oc_buf buf = { 0 };

    if (strcmp(format, "json") == 0)
        print_json(&buf, prog, rows);
    else if (strcmp(format, "mdoc") == 0)
        print_mdoc(&buf, rows);
    else
        print_text(&buf, prog, rows);
    fwrite(buf.p, 1, buf.n, out);
    oc_buf_free(&buf);
}

/* ---- metadata ---- */

static void quoted(struct oc_buf *out, const char *text)
{
    const bool plain = text[strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_./:,=%@+^-")] == '\0';

    if (plain) {
        oc_buf_puts(out, text);
        return;
    }
    oc_buf_char(out, '\'');
    for (; *text; text++)
        if (*text == '\'')
            oc_buf_puts(out, "'\\''");
        else
            oc_buf_char(out, *text);
    oc_buf_char(out, '\'');
}

static void one_option(struct oc_buf *out, const struct oc_opt_row *row)
{
    const struct oc_opt *o = row->opt;
    const char *standard = row->standard ? row->standard : "", *text = standard;
    struct oc_buf now = { 0 };

    if (o->kind == OC_OPT_LIST) {
        const struct oc_words *w = row->to;
        for (size_t i = 0; i < w->n; i++) {
            oc_buf_printf(out, "%s--%s=", out->n ? " " : "", o->name);
            quoted(out, w->word[i]);
        }
        return;
    }
    oc_value_text(row, &now);
    if (o->kind != OC_OPT_CALL)
        text = oc_buf_str(&now);
    else if (row->said)
        text = row->said;
    if (strcmp(text, standard) != 0) {
        oc_buf_printf(out, "%s--%s%s", out->n ? " " : "", o->kind == OC_OPT_FLAG && text[0] == 'f' ? "no-" : "", o->name);
        if (o->kind != OC_OPT_FLAG) {
            oc_buf_char(out, '=');
            quoted(out, oc_opt_is_path(o, text) ? o->arg : text);     /* paths are no part of the metadata */
        }
    }
    oc_buf_free(&now);
}

const char *oc_help_options(const struct oc_rows *rows, const char *command)
{
    struct oc_buf out = { 0 };

    if (command)
        oc_buf_puts(&out, command);
    for (size_t i = 0; i < rows->n; i++)
        if (!rows->row[i].opt->neutral && rows->row[i].opt->kind != OC_OPT_COMMAND)
            one_option(&out, &rows->row[i]);
    char *text = strcpy(oc_opt_alloc(out.n + 1), oc_buf_str(&out));
    oc_buf_free(&out);
    return text;
}
