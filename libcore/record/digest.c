/* digest - see digest.h for the definition.  One SHA-256 a column, so that the cut into batches leaves no trace. */
#include "record/digest.h"

#include "record/show.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "values are hashed as they lie in memory");

struct column { char *name; char type; struct oc_sha256 sha; };

struct oc_digest {
    const struct oc_kind *kind;
    uint64_t rows;
    size_t n;
    struct column *column;
};

/* Values on their way into a hash. */
struct pipe { struct oc_sha256 *sha; size_t n; unsigned char bytes[16 * 1024]; };

static void flush(struct pipe *p)
{
    oc_sha256_add(p->sha, p->bytes, p->n);
    p->n = 0;
}

static void put(struct pipe *p, const void *v, size_t n)
{
    if (n > sizeof p->bytes - p->n)
        flush(p);
    if (n > sizeof p->bytes) {
        oc_sha256_add(p->sha, v, n);
        return;
    }
    memcpy(p->bytes + p->n, v, n);
    p->n += n;
}

/* How the values count: the type of COLUMNS.md, with one for all text; foreign columns are text. */
static char digest_type(const struct oc_coldef *def)
{
    return !def || def->type == OC_SYM ? OC_TEXT : def->type;
}

struct oc_digest *oc_digest_new(const struct oc_schema *s, struct oc_err *err)
{
    struct oc_digest *d = calloc(1, sizeof *d);

    if (d)
        d->column = calloc(s->n + 1, sizeof *d->column);
    if (!d || !d->column)
        goto fail;
    d->kind = s->kind;
    for (; d->n < s->n; d->n++) {
        struct column *c = &d->column[d->n];
        c->type = digest_type(s->field[d->n].def);
        c->name = strdup(s->field[d->n].name);
        if (!c->name)
            goto fail;
        oc_sha256_init(&c->sha);
    }
    return d;
fail:
    oc_digest_free(d);
    oc_fail(err, OC_MEMORY, "no memory for a digest");
    return NULL;
}

void oc_digest_free(struct oc_digest *d)
{
    if (!d)
        return;
    for (size_t i = 0; d->column && i < d->n; i++)
        free(d->column[i].name);
    free(d->column);
    free(d);
}

static void add_numbers(struct pipe *p, const struct oc_col *c, size_t rows)
{
    const uint64_t missing = UINT64_C(0x7ff8000000000000);

    for (size_t i = 0; i < rows; i++)
        put(p, isnan(c->f64[i]) ? (const void *)&missing : &c->f64[i], 8);
}

static void add_fixed(struct pipe *p, const struct oc_col *c, size_t rows)
{
    for (size_t i = 0; i < rows; i++) {
        unsigned char v[9] = { oc_bit(c->valid, i) };
        size_t n = 1;
        if (v[0] && c->type == OC_BOOL) {
            v[0] = oc_bit(c->bits, i) ? 1 : 2;
        } else if (v[0] && c->type == OC_DATE) {
            memcpy(v + 1, &c->i32[i], 4);
            n = 5;
        } else if (v[0]) {
            memcpy(v + 1, &c->i64[i], 8);
            n = 9;
        }
        put(p, v, n);
    }
}

static int add_text(struct pipe *p, const struct oc_col *c, size_t rows, struct oc_err *err)
{
    struct oc_buf text = { 0 };

    for (size_t i = 0; i < rows; i++) {
        text.n = 0;
        oc_show_cell(c, i, &text);
        const uint32_t n = (uint32_t)text.n;
        put(p, &n, sizeof n);
        put(p, text.n ? text.p : "", text.n);
    }
    const int rc = text.failed ? oc_fail(err, OC_MEMORY, "no memory for a digest") : 0;
    oc_buf_free(&text);
    return rc;
}

int oc_digest_add(struct oc_digest *d, struct oc_batch *b, struct oc_err *err)
{
    size_t k = 0;

    for (size_t i = 0; i < b->ncol; i++) {
        struct oc_col *c = &b->col[i];
        if (c->flags & OC_COL_DROPPED)
            continue;
        if (k == d->n || strcmp(d->column[k].name, c->name) != 0)
            return oc_fail(err, OC_INTERNAL, "column '%s' is not one of the digest", c->name);
        if (oc_load(b, c, err))
            return -1;
        struct pipe p = { .sha = &d->column[k].sha };
        int rc = 0;
        if (d->column[k].type == OC_TEXT)
            rc = add_text(&p, c, b->rows, err);
        else if (c->type == OC_F64)
            add_numbers(&p, c, b->rows);
        else
            add_fixed(&p, c, b->rows);
        flush(&p);
        if (rc)
            return rc;
        k++;
    }
    if (k != d->n)
        return oc_fail(err, OC_INTERNAL, "a batch lacks columns of the digest");
    d->rows += b->rows;
    return 0;
}

void oc_digest_hex(const struct oc_digest *d, char hex[OC_SHA256_HEX])
{
    struct oc_sha256 all;
    char line[64];

    oc_sha256_init(&all);
    oc_sha256_add(&all, line, (size_t)snprintf(line, sizeof line, "oc-digest 1\nkind %s\nrows %llu\n",
                                               d->kind ? d->kind->name : "-", (unsigned long long)d->rows));
    for (size_t i = 0; i < d->n; i++) {
        char own[OC_SHA256_HEX];
        oc_sha256_hex(&d->column[i].sha, own);
        oc_sha256_add(&all, d->column[i].name, strlen(d->column[i].name));
        oc_sha256_add(&all, line, (size_t)snprintf(line, sizeof line, " %c ", d->column[i].type));
        oc_sha256_add(&all, own, strlen(own));
        oc_sha256_add(&all, "\n", 1);
    }
    oc_sha256_hex(&all, hex);
}
