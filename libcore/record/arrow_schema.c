/* arrow_schema - see arrow_schema.h. */
#include "record/arrow_schema.h"
#include "record/arrow_meta.h"

#include <stdlib.h>
#include <string.h>

enum { COLUMNS_MAX = 16384 };

/* ---- reading ----------------------------------------------------------------------------------------------------- */

static int says_format(const struct oc_arrow_tab *t, bool *ours, struct oc_err *err)
{
    struct oc_arrow_pair pair;

    *ours = false;
    for (size_t i = 0; oc_arrow_meta_pair(t, ARROW_SCHEMA_META, i, &pair); i++)
        if (oc_arrow_meta_is(&pair, OC_ARROW_META_FORMAT)) {
            *ours = true;
            if (pair.nvalue != 1 || *pair.value != '1')
                return oc_fail(err, OC_FORMAT, "the Arrow stream was written by a later version (oc.format %.*s)",
                               (int)(pair.nvalue < 20 ? pair.nvalue : 20), pair.value);
        }
    return 0;
}

int oc_arrow_schema_fields(const struct oc_arrow_tab *t, size_t *n, struct oc_arrow_field **field, bool *ours,
                           struct oc_err *err)
{
    const struct oc_arrow_vec v = oc_arrow_fb_vector(t, ARROW_SCHEMA_FIELDS, 4);

    if (oc_arrow_fb_int(t, ARROW_SCHEMA_ENDIAN, 2, 0) != 0)
        return oc_fail(err, OC_FORMAT, "the Arrow stream is big-endian, which is not read");
    if (says_format(t, ours, err))
        return -1;
    if (v.n > COLUMNS_MAX)
        return oc_fail(err, OC_LIMIT, "an Arrow stream of %zu columns; %d are read at most", v.n, COLUMNS_MAX);
    *field = calloc(v.n + 1, sizeof **field);
    if (!*field)
        return oc_fail(err, OC_MEMORY, "no memory for the columns of an Arrow stream");
    for (*n = 0; *n < v.n; ) {
        const struct oc_arrow_tab f = oc_arrow_fb_element(t->fb, v, *n);
        const int rc = t->fb->bad ? -1 : oc_arrow_type_field(&f, &(*field)[*n], err);
        *n += 1;
        if (rc || t->fb->bad) {
            oc_arrow_schema_free(*n, *field);
            *field = NULL;
            *n = 0;
            return t->fb->bad ? oc_fail(err, OC_FORMAT, "the schema of an Arrow stream does not hold together") : -1;
        }
    }
    return 0;
}

void oc_arrow_schema_free(size_t n, struct oc_arrow_field *field)
{
    for (size_t i = 0; field && i < n; i++)
        free(field[i].name);
    free(field);
}

/* Metadata of other tools that describes their memory, and would be wrong after a change. */
static bool not_kept(const struct oc_arrow_pair *p)
{
    return oc_arrow_meta_is(p, OC_ARROW_META_FORMAT) || oc_arrow_meta_is(p, "pandas")
        || oc_arrow_meta_is(p, "ARROW:schema") || memchr(p->key, '\0', p->nkey) || memchr(p->value, '\0', p->nvalue);
}

static int keep_pair(struct oc_schema *s, const struct oc_arrow_pair *p, struct oc_err *err)
{
    char *key = strndup(p->key, p->nkey), *value = strndup(p->value, p->nvalue);
    int rc = 0;

    if (!key || !value)
        rc = oc_fail(err, OC_MEMORY, "no memory for the metadata of an Arrow stream");
    else if (oc_arrow_meta_is(p, OC_ARROW_META_KIND))
        rc = (s->kind = oc_kind_find(value, err)) ? 0 : -1;
    else if (p->nkey)
        rc = oc_schema_meta(s, key, value, err);
    free(key);
    free(value);
    return rc;
}

int oc_arrow_schema_fill(const struct oc_arrow_tab *t, size_t n, const struct oc_arrow_field *field,
                         struct oc_schema *s, struct oc_err *err)
{
    struct oc_arrow_pair pair;

    for (size_t i = 0; i < n; i++)
        if (oc_schema_add(s, field[i].name, NULL, NULL, oc_arrow_type_natural(&field[i]), err))
            return -1;
    for (size_t i = 0; oc_arrow_meta_pair(t, ARROW_SCHEMA_META, i, &pair); i++)
        if (!not_kept(&pair) && keep_pair(s, &pair, err))
            return -1;
    return t->fb->bad ? oc_fail(err, OC_FORMAT, "the schema of an Arrow stream does not hold together") : 0;
}

/* Bytes of a row in a batch of ours; texts count their offsets. */
static unsigned row_bytes(const struct oc_arrow_field *f)
{
    switch (oc_arrow_type_natural(f)) {
    case OC_F64:
    case OC_I64:
    case OC_TIME: return 8;
    case OC_BOOL: return 1;
    default: return 4;
    }
}

int oc_arrow_schema_fits(size_t n, const struct oc_arrow_field *field, const struct oc_arrow_body *b, size_t max,
                         struct oc_err *err)
{
    size_t buffers = 0, views = 0;
    uint64_t width = 1;

    for (size_t i = 0; i < n; i++) {
        buffers += oc_arrow_type_buffers(&field[i]);
        width += row_bytes(&field[i]);
        if (field[i].type.kind == OC_ARROW_UTF8_VIEW && !field[i].dictionary)
            buffers += views < b->nvariadic ? (size_t)b->variadic[views++] : 0;
    }
    if (b->nnode != n || b->nbuffer != buffers || views != b->nvariadic)
        return oc_fail(err, OC_FORMAT, "an Arrow batch has %zu columns and %zu buffers, its schema needs %zu and %zu",
                       b->nnode, b->nbuffer, n, buffers);
    if (b->rows > max / width)
        return oc_fail(err, OC_LIMIT, "an Arrow batch of %llu rows of %llu bytes; --max-batch allows %zu bytes",
                       (unsigned long long)b->rows, (unsigned long long)width, max);
    return 0;
}

/* ---- writing ----------------------------------------------------------------------------------------------------- */

static size_t put_int32(struct oc_buf *fb)
{
    size_t slot[2];
    const size_t t = oc_arrow_fb_put_table(fb, "41", slot);

    oc_arrow_fb_set(fb, slot[0], 4, 32);
    oc_arrow_fb_set(fb, slot[1], 1, 1);
    return t;
}

/* The member of the union Type; *member says which. */
static size_t put_type(struct oc_buf *fb, enum oc_type type, int *member)
{
    size_t slot[2], t;

    switch (type) {
    case OC_F64:
        *member = ARROW_T_FLOAT;
        t = oc_arrow_fb_put_table(fb, "2", slot);
        oc_arrow_fb_set(fb, slot[0], 2, 2);
        return t;
    case OC_I64:
        *member = ARROW_T_INT;
        t = oc_arrow_fb_put_table(fb, "41", slot);
        oc_arrow_fb_set(fb, slot[0], 4, 64);
        oc_arrow_fb_set(fb, slot[1], 1, 1);
        return t;
    case OC_DATE:
        *member = ARROW_T_DATE;
        return oc_arrow_fb_put_table(fb, "2", slot);            /* 0: days */
    case OC_TIME:
        *member = ARROW_T_TIMESTAMP;
        t = oc_arrow_fb_put_table(fb, "2o", slot);
        oc_arrow_fb_set(fb, slot[0], 2, 3);                     /* nanoseconds */
        oc_arrow_fb_point(fb, slot[1], oc_arrow_fb_put_string(fb, "UTC", 3));
        return t;
    case OC_BOOL:
        *member = ARROW_T_BOOL;
        return oc_arrow_fb_put_table(fb, "", slot);
    case OC_SYM:
    case OC_TEXT: break;
    }
    *member = ARROW_T_UTF8;
    return oc_arrow_fb_put_table(fb, "", slot);
}

static size_t put_field(struct oc_buf *fb, const struct oc_field *f, int64_t id, bool dictionary)
{
    const char *unit = f->def ? f->def->unit : "";
    size_t slot[7], encoding[2];
    int member = 0;

    /* fields without an entry (dictionary, children, metadata) are absent, not empty; readers take both */
    const char *const layouts[2][2] = { { "o11o-o-", "o11o-oo" }, { "o11ooo-", "o11oooo" } };
    const size_t t = oc_arrow_fb_put_table(fb, layouts[dictionary][*unit != 0], slot);
    oc_arrow_fb_set(fb, slot[ARROW_FIELD_NULLABLE], 1, 1);
    oc_arrow_fb_point(fb, slot[ARROW_FIELD_NAME], oc_arrow_fb_put_string(fb, f->name, strlen(f->name)));
    oc_arrow_fb_point(fb, slot[ARROW_FIELD_TYPE], put_type(fb, f->type, &member));
    oc_arrow_fb_set(fb, slot[ARROW_FIELD_TYPE_KIND], 1, member);
    oc_arrow_fb_point(fb, slot[ARROW_FIELD_CHILDREN], oc_arrow_fb_put_vector(fb, 0, 4));
    if (dictionary) {
        oc_arrow_fb_point(fb, slot[ARROW_FIELD_DICTIONARY], oc_arrow_fb_put_table(fb, "8o", encoding));
        oc_arrow_fb_set(fb, encoding[ARROW_ENCODING_ID], 8, id);
        oc_arrow_fb_point(fb, encoding[ARROW_ENCODING_INDEX], put_int32(fb));
    }
    if (*unit) {
        char key[] = "unit";
        const struct oc_meta pair = { key, (char *)unit };
        oc_arrow_fb_point(fb, slot[ARROW_FIELD_META], oc_arrow_meta_put(fb, 1, &pair));
    }
    return t;
}

/* oc.format and oc.kind in front of what the schema carries. */
static size_t put_meta(struct oc_buf *fb, const struct oc_schema *s)
{
    char format[] = OC_ARROW_META_FORMAT, one[] = "1", kind[] = OC_ARROW_META_KIND;
    struct oc_meta *pair = calloc(s->nmeta + 2, sizeof *pair);
    size_t n = 0;

    if (!pair) {
        fb->failed = 1;
        return fb->n;
    }
    pair[n++] = (struct oc_meta){ format, one };
    if (s->kind)
        pair[n++] = (struct oc_meta){ kind, (char *)s->kind->name };
    if (s->nmeta)
        memcpy(pair + n, s->meta, s->nmeta * sizeof *pair);
    const size_t at = oc_arrow_meta_put(fb, n + s->nmeta, pair);
    free(pair);
    return at;
}

size_t oc_arrow_schema_put(struct oc_buf *fb, const void *layout)
{
    const struct oc_arrow_layout *l = layout;
    const struct oc_schema *s = l->schema;
    size_t slot[3];

    const size_t t = oc_arrow_fb_put_table(fb, "2oo", slot);
    const size_t vec = oc_arrow_fb_put_vector(fb, s->n, 4);
    oc_arrow_fb_point(fb, slot[ARROW_SCHEMA_FIELDS], vec);
    for (size_t i = 0; i < s->n; i++)
        oc_arrow_fb_point(fb, vec + 4 + 4 * i,
                          put_field(fb, &s->field[i], (int64_t)i, s->field[i].type == OC_SYM && !l->plain));
    oc_arrow_fb_point(fb, slot[ARROW_SCHEMA_META], put_meta(fb, s));
    return t;
}
