/* cat - see cat.h. */
#include "app/cat.h"

#include "app/cat_pull.h"
#include "record/digest.h"
#include "record/kind.h"
#include "record/output.h"
#include "record/show.h"

#include <string.h>

static int put(struct oc_output *o, struct oc_buf *text, struct oc_err *err)
{
    const int rc = text->failed ? oc_fail(err, OC_MEMORY, "no memory for the output")
                   : text->n ? o->sink.write(&o->sink, text->p, text->n, err) : 0;

    text->n = 0;
    return rc;
}

static int close_output(struct oc_output *o, struct oc_buf *text, int rc, struct oc_err *err)
{
    struct oc_err later = { 0 };

    if (rc == 0)
        rc = put(o, text, err);
    oc_buf_free(text);
    return oc_output_close(o, rc == 0, rc ? &later : err) ? -1 : rc;
}

/* ---- digest ------------------------------------------------------------------------------------------------ */

static int digest_one(const struct oc_io *io, const char *path, struct oc_buf *text, struct oc_err *err)
{
    struct oc_cat_pull p = { 0 };
    struct oc_digest *d = NULL;
    char hex[OC_SHA256_HEX];
    int rc = oc_cat_pull_open(&p, io, path ? 1 : 0, &path, NULL, err);

    if (rc == 0 && !(d = oc_digest_new(&p.schema, err)))
        rc = -1;
    while (rc == 0 && (rc = oc_cat_pull_next(&p, err)) > 0)
        rc = oc_digest_add(d, &p.batch, err);
    if (rc == 0) {
        oc_digest_hex(d, hex);
        oc_buf_printf(text, "%s  %s\n", hex, path ? path : "-");
    }
    oc_digest_free(d);
    oc_cat_pull_close(&p);
    return rc;
}

int oc_cat_digest(const struct oc_io *io, struct oc_err *err)
{
    struct oc_output o;
    struct oc_buf text = { 0 };
    int rc = 0;

    if (oc_output_open(&o, io->output, err))
        return -1;
    if (!io->ninput)
        rc = digest_one(io, NULL, &text, err);
    for (size_t i = 0; rc == 0 && i < io->ninput; i++) {
        rc = digest_one(io, io->input[i], &text, err);
        if (rc == 0)
            rc = put(&o, &text, err);
    }
    return close_output(&o, &text, rc, err);
}

/* ---- rejected rows ----------------------------------------------------------------------------------------- */

int oc_cat_raw(const struct oc_io *io, struct oc_err *err)
{
    struct oc_cat_pull p = { 0 };
    struct oc_output o;
    struct oc_buf text = { 0 };

    if (oc_output_open(&o, io->output, err))
        return -1;
    int rc = oc_cat_pull_open(&p, io, io->ninput, io->input, "reject", err);
    if (rc == 0 && oc_schema_find(&p.schema, "raw") < 0)
        rc = oc_fail(err, OC_COLUMN, "--raw: the input has no column 'raw', which holds the rows of a reject file");
    while (rc == 0 && (rc = oc_cat_pull_next(&p, err)) > 0) {
        const struct oc_col *raw = oc_col(&p.batch, "raw");
        for (size_t i = 0; i < p.batch.rows; i++) {
            oc_show_cell(raw, i, &text);
            oc_buf_char(&text, '\n');
        }
        rc = put(&o, &text, err);
    }
    oc_cat_pull_close(&p);
    return close_output(&o, &text, rc, err);
}

/* ---- columns ----------------------------------------------------------------------------------------------- */

static const char *type_word(char type)
{
    switch (type) {
    case OC_TIME: return "timestamp";
    case OC_DATE: return "date";
    case OC_F64: return "float";
    case OC_I64: return "integer";
    case OC_BOOL: return "boolean";
    case OC_SYM: return "dictionary";
    default: return "text";
    }
}

int oc_cat_columns(const struct oc_io *io, struct oc_err *err)
{
    struct oc_cat_pull p = { 0 };
    struct oc_output o;
    struct oc_buf text = { 0 };

    if (oc_output_open(&o, io->output, err))
        return -1;
    int rc = oc_cat_pull_open(&p, io, io->ninput, io->input, NULL, err);
    for (size_t i = 0; rc == 0 && i < p.schema.n; i++) {
        const struct oc_field *f = &p.schema.field[i];
        oc_buf_printf(&text, "%s\t%s\t%s\t%s\n", f->name, type_word((char)f->type), f->def ? f->def->unit : "",
                      strcmp(f->name, f->source) ? f->source : "");
    }
    oc_cat_pull_close(&p);
    return close_output(&o, &text, rc, err);
}

static const char *need_word(char need)
{
    switch (need) {
    case 'R': return "required";
    case 'a': return "one of";
    case 'c': return "computed";
    default: return "optional";
    }
}

/* Words in lines of up to 78 bytes, as manuals are written; a backslash has a meaning of its own there. */
static void mdoc_text(FILE *out, const char *head, const char *s, const char *tail)
{
    size_t at = strlen(head);

    fputs(head, out);
    while (*s) {
        const size_t n = strcspn(s, " ");
        if (at && at + 1 + n > 78) {
            fputc('\n', out);
            at = 0;
        } else if (at) {
            fputc(' ', out);
            at++;
        }
        for (size_t i = 0; i < n; i++)
            fputs(s[i] == '\\' ? "\\e" : (const char[]){ s[i], '\0' }, out);
        at += n;
        s += n;
        s += strspn(s, " ");
    }
    fprintf(out, "%s\n", tail);
}

static void mdoc_column(FILE *out, const struct oc_coldef *c)
{
    fprintf(out, ".It Ic %s\n%s, %s%s%s:\n", c->name, type_word(c->type), need_word(c->need), *c->unit ? ", " : "",
            c->unit);
    mdoc_text(out, "", c->help, ".");
    if (*c->aliases)
        mdoc_text(out, "Aliases:", c->aliases, ".");
}

static void mdoc_kind(FILE *out, const struct oc_kind *k)
{
    const struct oc_coldef *c, *shared;

    fprintf(out, ".Ss %s: %s\n", k->name, k->title);
    mdoc_text(out, "Key:", *k->key ? k->key : "none", ".");
    if (k->key_else)
        mdoc_text(out, "Without any of these:", k->key_else, ".");
    mdoc_text(out, "Marks:", k->marks, ".");
    fputs(".Bl -tag -width Ds -compact\n", out);
    for (size_t i = 0; (c = oc_kind_column_at(k, i)); i++) {
        /* shared columns stand once, under their own heading */
        shared = oc_kind_column(NULL, c->name, strlen(c->name));
        if (shared != c)
            mdoc_column(out, c);
    }
    fputs(".El\n", out);
}

static void mdoc_all(FILE *out)
{
    const struct oc_kind *first = oc_kind_at(0);
    const struct oc_coldef *c;

    fputs(".Ss Columns that every kind may have\n.Bl -tag -width Ds -compact\n", out);
    for (size_t i = 0; (c = oc_kind_column_at(first, i)); i++)
        if (oc_kind_column(NULL, c->name, strlen(c->name)) == c)
            mdoc_column(out, c);
    fputs(".El\n", out);
    for (size_t i = 0; oc_kind_at(i); i++)
        mdoc_kind(out, oc_kind_at(i));
}

int oc_cat_list_columns(FILE *out, const char *kind, struct oc_err *err)
{
    const struct oc_coldef *c;

    if (!kind) {
        for (size_t i = 0; oc_kind_at(i); i++)
            fprintf(out, "%s\t%s\n", oc_kind_at(i)->name, oc_kind_at(i)->title);
        return 0;
    }
    if (strcmp(kind, "mdoc") == 0) {
        mdoc_all(out);
        return 0;
    }
    const struct oc_kind *k = oc_kind_find(kind, err);
    if (!k)
        return -1;
    for (size_t i = 0; (c = oc_kind_column_at(k, i)); i++)
        fprintf(out, "%s\t%s\t%s\t%s\t%s\t%s\n", c->name, type_word(c->type), need_word(c->need), c->unit, c->aliases,
                c->help);
    return 0;
}
