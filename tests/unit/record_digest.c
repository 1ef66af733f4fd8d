/*
 * record_digest - what counts for a digest and what does not.  The definition itself is tested by
 * tests/cmd/oc-cat/digest-definition.
 */
#include "record/digest.h"
#include "test.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* A small stream: what the cases below change. */
struct stream {
    const char *kind, *name;    /* name: of the first column */
    double bid[3];
    int64_t step[3];
    bool has_step[3];
    const char *text[3];
    bool sym;                   /* text as a dictionary, else plain */
    bool null;                  /* an empty text by the validity bitmap, else as an empty text */
    size_t cut;                 /* rows of the first batch */
};

static const struct stream plain = { "quote", "bid", { 1.5, NAN, -2 }, { 1, 2, 3 }, { true, false, true },
                                     { "a", "", "bcd" }, false, false, 3 };

static void text_column(struct oc_batch *b, struct oc_col *c, const struct stream *s, size_t from, size_t n)
{
    int32_t *at = oc_arena_zero(&b->arena, n + 1, sizeof *at);
    uint32_t off[4] = { 0 };
    char *chars = oc_arena_alloc(&b->arena, 64);
    struct oc_err err = { 0 };
    size_t used = 0;

    if (s->null)
        c->valid = oc_arena_zero(&b->arena, 1, sizeof *c->valid);
    for (size_t i = 0; i < n; i++) {
        const size_t len = strlen(s->text[from + i]);
        memcpy(chars + used, s->text[from + i], len);
        at[i] = s->sym ? (int32_t)i : (int32_t)used;
        used += len;
        off[i + 1] = (uint32_t)used;
        if (c->valid && len)
            oc_bit_set(c->valid, i);
    }
    at[n] = (int32_t)used;
    c->i32 = at;
    c->chars = chars;
    if (s->sym)
        c->dict = oc_dict_new((uint32_t)n, off, chars, &err);
}

static void add(struct oc_digest *d, const struct oc_schema *schema, const struct stream *s, size_t from, size_t n)
{
    struct oc_batch b = { 0 };
    struct oc_err err = { 0 };

    CHECK(oc_batch_reset(&b, schema, &err) == 0, "%s", err.text);
    b.rows = n;
    for (size_t i = 0; i < b.ncol; i++)
        b.col[i].flags |= OC_COL_LOADED;
    b.col[0].f64 = (double *)s->bid + from;
    b.col[1].i64 = (int64_t *)s->step + from;
    b.col[1].valid = oc_arena_zero(&b.arena, 1, sizeof *b.col[1].valid);
    for (size_t i = 0; i < n; i++)
        if (s->has_step[from + i])
            oc_bit_set(b.col[1].valid, i);
    text_column(&b, &b.col[2], s, from, n);
    CHECK(oc_digest_add(d, &b, &err) == 0, "%s", err.text);
    oc_batch_free(&b);
}

static const char *digest(const struct stream *s)
{
    static char hex[4][OC_SHA256_HEX];
    static unsigned turn;
    struct oc_schema schema = { 0 };
    struct oc_err err = { 0 };
    const struct oc_kind *k = oc_kind_find(s->kind, &err);

    schema.kind = k;
    oc_schema_add(&schema, s->name, NULL, oc_kind_column(k, s->name, strlen(s->name)), OC_F64, &err);
    oc_schema_add(&schema, "step", NULL, oc_kind_column(k, "step", 4), OC_I64, &err);
    oc_schema_add(&schema, "exchange", NULL, oc_kind_column(k, "exchange", 8), s->sym ? OC_SYM : OC_TEXT, &err);
    struct oc_digest *d = oc_digest_new(&schema, &err);
    add(d, &schema, s, 0, s->cut);
    add(d, &schema, s, s->cut, 3 - s->cut);
    char *out = hex[turn++ % 4];
    oc_digest_hex(d, out);
    oc_digest_free(d);
    oc_schema_free(&schema);
    return out;
}

static void same(const struct stream *s, const char *what)
{
    CHECK(strcmp(digest(s), digest(&plain)) == 0, "%s changes the digest", what);
}

static void differs(const struct stream *s, const char *what)
{
    CHECK(strcmp(digest(s), digest(&plain)) != 0, "%s does not change the digest", what);
}

int main(void)
{
    struct stream s;

    test_begin("record_digest what does not count");
    for (size_t cut = 0; cut < 3; cut++)
        s = plain, s.cut = cut, same(&s, "the cut into batches");
    s = plain, s.sym = true, same(&s, "a dictionary");
    s = plain, s.null = true, same(&s, "an empty text as a missing one");
    s = plain, s.sym = s.null = true, same(&s, "a dictionary with a missing text");
    s = plain, s.bid[1] = -NAN, same(&s, "the bits of a NaN");
    s = plain, s.step[1] = 77, same(&s, "the slot of a missing value");
    test_end();

    test_begin("record_digest what counts");
    s = plain, s.bid[0] = nextafter(1.5, 2), differs(&s, "a number");
    s = plain, s.bid[1] = 0, differs(&s, "0 for a missing number");
    s = plain, s.has_step[1] = true, differs(&s, "a value for a missing one");
    s = plain, s.step[2] = 4, differs(&s, "an integer");
    s = plain, s.text[0] = "b", differs(&s, "a text");
    s = plain, s.text[0] = "ab", s.text[2] = "cd", differs(&s, "where a text ends");
    s = plain, s.name = "ask", differs(&s, "a name");
    s = plain, s.kind = "tick", differs(&s, "the kind");
    s = plain, s.text[0] = "bcd", s.text[2] = "a", differs(&s, "the order of rows");
    struct stream zero = plain, minus = plain;
    zero.bid[0] = 0.0, minus.bid[0] = -0.0;
    CHECK(strcmp(digest(&zero), digest(&minus)) != 0, "-0 is 0");
    test_end();

    return test_done();
}
