/* schema - see schema.h. */
#include "record/schema.h"

#include "base/nearest.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int no_memory(struct oc_err *err) { return oc_fail(err, OC_MEMORY, "no memory for a schema"); }

static void field_free(struct oc_field *f)
{
    free(f->name);
    free(f->source);
    free(f->factor);
}

int oc_schema_add(struct oc_schema *s, const char *name, const char *source, const struct oc_coldef *def,
                  enum oc_type type, struct oc_err *err)
{
    /* room for a power of two of fields, so that n alone says how many there are */
    if ((s->n & (s->n - 1)) == 0) {
        const size_t cap = s->n ? 2 * s->n : 1;
        if (cap > SIZE_MAX / sizeof *s->field)
            return no_memory(err);
        struct oc_field *p = realloc(s->field, cap * sizeof *p);
        if (!p)
            return no_memory(err);
        s->field = p;
    }
    struct oc_field f = { strdup(name), strdup(source ? source : name), def, type, NULL };
    if (!f.name || !f.source) {
        field_free(&f);
        return no_memory(err);
    }
    s->field[s->n++] = f;
    return 0;
}

int oc_schema_find(const struct oc_schema *s, const char *name)
{
    for (size_t i = 0; i < s->n; i++)
        if (strcmp(s->field[i].name, name) == 0)
            return (int)i;
    return -1;
}

static size_t meta_at(const struct oc_schema *s, const char *key)
{
    size_t i = 0;

    while (i < s->nmeta && strcmp(s->meta[i].key, key) != 0)
        i++;
    return i;
}

int oc_schema_meta(struct oc_schema *s, const char *key, const char *value, struct oc_err *err)
{
    const size_t i = meta_at(s, key);

    if (!value) {
        if (i == s->nmeta)
            return 0;
        free(s->meta[i].key);
        free(s->meta[i].value);
        memmove(&s->meta[i], &s->meta[i + 1], (--s->nmeta - i) * sizeof *s->meta);
        return 0;
    }
    char *v = strdup(value);
    if (!v)
        return no_memory(err);
    if (i < s->nmeta) {
        free(s->meta[i].value);
        s->meta[i].value = v;
        return 0;
    }
    struct oc_meta *p = realloc(s->meta, (s->nmeta + 1) * sizeof *p);
    char *k = strdup(key);
    if (p)
        s->meta = p;
    if (!p || !k) {
        free(v);
        free(k);
        return no_memory(err);
    }
    s->meta[s->nmeta++] = (struct oc_meta){ k, v };
    return 0;
}

const char *oc_schema_meta_get(const struct oc_schema *s, const char *key)
{
    const size_t i = meta_at(s, key);

    return i < s->nmeta ? s->meta[i].value : NULL;
}

int oc_schema_copy(struct oc_schema *to, const struct oc_schema *from, struct oc_err *err)
{
    struct oc_schema s = { .kind = from->kind };

    for (size_t i = 0; i < from->n; i++) {
        const struct oc_field *f = &from->field[i];
        if (oc_schema_add(&s, f->name, f->source, f->def, f->type, err))
            goto fail;
        if (f->factor && !(s.field[i].factor = strdup(f->factor))) {
            no_memory(err);
            goto fail;
        }
    }
    for (size_t i = 0; i < from->nmeta; i++)
        if (oc_schema_meta(&s, from->meta[i].key, from->meta[i].value, err))
            goto fail;
    *to = s;
    return 0;
fail:
    oc_schema_free(&s);
    return -1;
}

void oc_schema_free(struct oc_schema *s)
{
    if (!s)
        return;
    for (size_t i = 0; i < s->n; i++)
        field_free(&s->field[i]);
    free(s->field);
    for (size_t i = 0; i < s->nmeta; i++) {
        free(s->meta[i].key);
        free(s->meta[i].value);
    }
    free(s->meta);
    *s = (struct oc_schema){ 0 };
}

bool oc_schema_equal(const struct oc_schema *a, const struct oc_schema *b)
{
    if (a->kind != b->kind || a->n != b->n)
        return false;
    for (size_t i = 0; i < a->n; i++)
        if (a->field[i].type != b->field[i].type || strcmp(a->field[i].name, b->field[i].name) != 0)
            return false;
    return true;
}

/* ---- meaning ---------------------------------------------------------------------------------------------- */

/* The names of the header as the input has them, for lookups that see it whole.  Freed by the caller. */
static const char **sources(const struct oc_schema *s, struct oc_err *err)
{
    const char **names = malloc((s->n + 1) * sizeof *names);

    if (!names) {
        no_memory(err);
        return NULL;
    }
    for (size_t i = 0; i < s->n; i++)
        names[i] = s->field[i].source;
    return names;
}

/* A header cell with the blanks around taken away, to compare with what --map says. */
static bool same_cell(const char *cell, const char *text)
{
    const size_t n = strlen(text);

    cell += strspn(cell, " \t");
    const size_t tail = strncmp(cell, text, n) == 0 ? strspn(cell + n, " \t") : 0;
    return strncmp(cell, text, n) == 0 && cell[n + tail] == '\0';
}

static int set_name(struct oc_field *f, const char *name, const struct oc_coldef *def, struct oc_err *err)
{
    char *copy = strdup(name);

    if (!copy)
        return no_memory(err);
    free(f->name);
    f->name = copy;
    f->def = def;
    if (def)
        f->type = (enum oc_type)def->type;
    return 0;
}

static int unknown_source(const struct oc_schema *s, const struct oc_map *map, struct oc_err *err)
{
    const char **names = sources(s, err);

    if (!names)
        return -1;
    oc_kind_no_column(NULL, map->column, s->n, names, err);
    free(names);
    return oc_while(err, "--map %s=%s", map->name, map->column);
}

/* One --map: the column gets the name and its meaning, and maybe a factor. */
static int apply_map(struct oc_schema *s, const struct oc_kind *kind, const struct oc_map *map, bool *mapped,
                     struct oc_err *err)
{
    size_t i = 0;

    while (i < s->n && strcmp(s->field[i].source, map->column) != 0)
        i++;
    for (size_t k = 0; i == s->n && k < s->n; k++)
        if (same_cell(s->field[k].source, map->column))
            i = k;
    if (i == s->n || mapped[i]) {
        if (i < s->n)
            return oc_fail(err, OC_COLUMN, "--map: column '%s' is mapped twice", map->column);
        return unknown_source(s, map, err);
    }
    struct oc_field *f = &s->field[i];
    const struct oc_coldef *def = oc_kind_column(kind, map->name, strlen(map->name));
    if (def && strcmp(def->name, map->name) != 0)
        return oc_fail(err, OC_COLUMN, "--map %s=%s: '%s' is an alias; the column's name is '%s'", map->name,
                       map->column, map->name, def->name);
    if (set_name(f, map->name, def, err))
        return -1;
    mapped[i] = true;
    if (!map->factor)
        return 0;
    if (!def || def->type != OC_F64)
        return oc_fail(err, OC_COLUMN, "--map %s=%s*%s: '%s' is not a column of numbers", map->name, map->column,
                       map->factor, map->name);
    free(f->factor);
    f->factor = strdup(map->factor);
    return f->factor ? 0 : no_memory(err);
}

static bool schema_has(const void *ctx, const char *name, size_t len)
{
    const struct oc_schema *s = ctx;

    for (size_t i = 0; i < s->n; i++)
        if (strlen(s->field[i].name) == len && memcmp(s->field[i].name, name, len) == 0)
            return true;
    return false;
}

/* A name with two meanings matters as long as one of them is not there by its own name. */
static int check_ambiguous(const struct oc_schema *s, const struct oc_kind *kind, const struct oc_field *f,
                           struct oc_err *err)
{
    const char *meanings;
    const char *hint = oc_kind_ambiguous(kind, f->source, strlen(f->source), &meanings);

    if (!hint)
        return 0;
    for (const char *p = meanings; *p; p += strspn(p, " ")) {
        const size_t n = strcspn(p, " ");
        if (oc_kind_column(kind, p, n) && !schema_has(s, p, n))
            return oc_fail(err, OC_COLUMN, "column '%s' can mean two things in '%s' records: %s", f->source,
                           kind->name, hint);
        p += n;
    }
    return 0;
}

static int check_doubles(const struct oc_schema *s, struct oc_err *err)
{
    for (size_t i = 0; i < s->n; i++)
        for (size_t k = 0; k < i; k++) {
            const struct oc_field *a = &s->field[k], *b = &s->field[i];
            if (strcmp(a->name, b->name) != 0 || !*a->name)
                continue;
            if (strcmp(a->source, b->source) == 0)
                return oc_fail(err, OC_COLUMN, "column '%s' is there twice", a->source);
            return oc_fail(err, OC_COLUMN, "columns '%s' and '%s' both mean '%s' (--map gives one another name)",
                           a->source, b->source, a->name);
        }
    return 0;
}

static int check_needs(const struct oc_schema *s, const struct oc_kind *kind, struct oc_err *err)
{
    char lacks[300];
    size_t len, at = 0;
    const char *p = kind->needs, *near = NULL;

    for (; (p = oc_kind_lacks(p, schema_has, s, &len)); p += len, p += *p == ' ')
        at += at < sizeof lacks ? (size_t)snprintf(lacks + at, sizeof lacks - at, "%s%.*s", at ? ", " : "", (int)len, p)
                                : 0;
    if (!at)
        return 0;
    const char **names = sources(s, err);
    if (!names)
        return -1;
    char first[64];     /* a misspelt one is likely */
    snprintf(first, sizeof first, "%.*s", (int)strcspn(lacks, "|,"), lacks);
    near = oc_nearest(first, s->n, names);
    for (char *q = lacks; *q; q++)
        if (*q == '|')
            *q = '/';
    oc_fail(err, OC_COLUMN, "the input lacks what '%s' records need: %s%s%s%s (--map NAME=COLUMN says what a column "
            "means)", kind->name, lacks, near ? "; is '" : "", near ? near : "", near ? "' one of them?" : "");
    free(names);
    return -1;
}

static int name_fields(struct oc_schema *s, const struct oc_kind *kind, const bool *mapped, struct oc_err *err)
{
    const char **names = sources(s, err);
    int rc = names ? 0 : -1;

    for (size_t i = 0; i < s->n && rc == 0; i++) {
        struct oc_field *f = &s->field[i];
        if (mapped[i])
            continue;
        const struct oc_coldef *def = oc_kind_column_among(kind, f->source, s->n, names);
        rc = def ? set_name(f, def->name, def, err) : set_name(f, f->source, NULL, err);
    }
    free(names);
    return rc;
}

/* Detection sees the names that --map gives. */
static const struct oc_kind *detect(const struct oc_schema *s, size_t nmap, const struct oc_map *map,
                                    struct oc_err *err)
{
    const char **names = sources(s, err);

    if (!names)
        return NULL;
    for (size_t i = 0; i < s->n; i++)
        for (size_t m = 0; m < nmap; m++)
            if (same_cell(names[i], map[m].column)) {
                names[i] = map[m].name;
                break;
            }
    const struct oc_kind *kind = oc_kind_detect(s->n, names, err);
    free(names);
    return kind;
}

int oc_schema_resolve(struct oc_schema *s, const struct oc_kind *kind, size_t nmap, const struct oc_map *map,
                      bool partial, struct oc_err *err)
{
    const bool carried = s->kind != NULL;   /* the names went through here before, in the program that wrote them */

    if (!kind)
        kind = carried ? s->kind : detect(s, nmap, map, err);
    if (!kind)
        return -1;
    bool *mapped = calloc(s->n + 1, sizeof *mapped);
    if (!mapped)
        return no_memory(err);
    int rc = 0;
    for (size_t i = 0; i < nmap && rc == 0; i++)
        rc = apply_map(s, kind, &map[i], mapped, err);
    if (rc == 0)
        rc = name_fields(s, kind, mapped, err);
    for (size_t i = 0; i < s->n && rc == 0 && !carried; i++)
        rc = s->field[i].def || mapped[i] ? 0 : check_ambiguous(s, kind, &s->field[i], err);
    if (rc == 0)
        rc = check_doubles(s, err);
    if (rc == 0 && !partial)
        rc = check_needs(s, kind, err);
    free(mapped);
    s->kind = kind;
    return rc;
}
