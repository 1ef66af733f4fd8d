/* batch: rows chosen and cut, computed columns and their names, reasons merged into status, dictionaries counted. */
#include "record/batch.h"
#include "record/symtab.h"
#include "test.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS = 200 };

static struct oc_err err;

/* A batch of one column of each type, value = row number (or its text), every seventh missing. */
static void fill(struct oc_batch *b)
{
    static struct oc_schema none;
    struct oc_symtab tab = { 0 };
    double *f;
    int64_t *i;
    int32_t *s;
    uint64_t *iv, *sv;
    char text[16];

    CHECK(oc_batch_reset(b, &none, &err) == 0, "%s", err.text);
    b->rows = ROWS;
    for (int r = 0; r < 10; r++) {
        snprintf(text, sizeof text, "t%d", r);
        oc_symtab_id(&tab, text, strlen(text));
    }
    struct oc_dict *d = oc_symtab_dict(&tab, &err);
    CHECK(oc_add_f64(b, "f", &f, &err) == 0 && oc_add_i64(b, "i", OC_I64, &i, &iv, &err) == 0
          && oc_add_sym(b, "s", d, &s, &sv, &err) == 0, "%s", err.text);
    CHECK(d->refs == 2, "refs %d", d->refs);
    oc_dict_drop(d);
    oc_symtab_free(&tab);
    for (int r = 0; r < ROWS; r++) {
        f[r] = r % 7 ? (double)r : (double)NAN;
        i[r] = r;
        s[r] = r % 10;
        if (r % 7 == 0) {
            oc_bit_clear(iv, (size_t)r);
            oc_bit_clear(sv, (size_t)r);
        }
    }
}

/* Does row r of b hold what row `from` held? */
static void same(const struct oc_batch *b, size_t r, int from)
{
    const struct oc_col *f = oc_col(b, "f"), *i = oc_col(b, "i"), *s = oc_col(b, "s");

    CHECK(from % 7 ? f->f64[r] == from : isnan(f->f64[r]), "row %zu: f %g for %d", r, f->f64[r], from);
    CHECK(oc_bit(i->valid, r) == (from % 7 != 0) && i->i64[r] == from, "row %zu: i for %d", r, from);
    CHECK(oc_bit(s->valid, r) == (from % 7 != 0) && s->i32[r] == from % 10, "row %zu: s for %d", r, from);
}

static void choose(void)
{
    struct oc_batch b = { 0 }, part = { 0 };
    uint64_t keep[(ROWS + 63) / 64] = { 0 };
    size_t k = 0;

    test_begin("batch: filtered and sliced rows keep their values");
    fill(&b);
    for (size_t r = 0; r < ROWS; r++)
        if (r * r % 11 < 4)
            oc_bit_set(keep, r);
    CHECK(oc_bad_row(&b, 4, oc_col(&b, "f"), &err, "out") == 0 && oc_bad_row(&b, 11, NULL, &err, "in") == 0, "bad");
    CHECK(oc_batch_filter(&b, keep, &err) == 0, "%s", err.text);
    for (int r = 0; r < ROWS; r++)
        if (r * r % 11 < 4)
            same(&b, k++, r);
    CHECK(k == b.rows, "%zu rows, %zu expected", b.rows, k);
    /* row 4 (16 mod 11 = 5) went, row 11 stays under its new number */
    CHECK(b.nbad == 1 && strcmp(b.bad[0].reason, "in") == 0 && b.line[b.bad[0].row] == 11, "bad %zu", b.nbad);
    CHECK(oc_batch_slice(&part, &b, 3, 40, &err) == 0 && part.rows == 40, "%s", err.text);
    k = 0;
    for (int r = 0; r < ROWS; r++)
        if (r * r % 11 < 4 && k++ >= 3 && k <= 43)
            same(&part, k - 4, r);
    oc_batch_free(&part);
    oc_batch_free(&b);
    test_end();
}

static void naming(void)
{
    struct oc_batch b = { 0 };
    const struct oc_naming suffix = { .suffix = "_x" }, replace = { .replace = "i,f" };
    double *v;

    test_begin("batch: a taken name is refused, suffixed or replaced");
    fill(&b);
    CHECK(oc_add_f64(&b, "f", &v, &err) == -1 && err.code == OC_EXISTS && strstr(err.text, "--suffix"), "%s", err.text);
    b.naming = &suffix;
    CHECK(oc_add_f64(&b, "f", &v, &err) == 0 && strcmp(b.col[3].name, "f_x") == 0, "no f_x");
    CHECK(oc_add_f64(&b, "f", &v, &err) == -1, "f_x twice");
    b.naming = &replace;
    CHECK(oc_add_f64(&b, "f", &v, &err) == 0 && b.ncol == 4 && b.col[0].f64 == v, "f is not replaced in its place");
    CHECK(oc_add_f64(&b, "s", &v, &err) == -1, "s is not on the list");
    oc_batch_free(&b);
    test_end();
}

static const char *status_of(const struct oc_batch *b, size_t r)
{
    static char text[200];
    const struct oc_col *c = oc_col(b, "status");

    if (!oc_bit(c->valid, r))
        return "";
    const uint32_t *o = c->dict->off + c->i32[r];
    snprintf(text, sizeof text, "%.*s", (int)(o[1] - o[0]), c->dict->bytes + o[0]);
    return text;
}

static void status(void)
{
    struct oc_batch b = { 0 };

    test_begin("batch: reasons are joined, merged and counted");
    fill(&b);
    uint64_t active[(ROWS + 63) / 64];
    memset(active, 0xff, sizeof active);
    oc_bit_clear(active, 9);
    b.active = active;
    CHECK(oc_add_status(&b, &err) == 0, "%s", err.text);
    CHECK(oc_status_add(&b, 3, "iv", "no-bid", &err) == 0 && oc_status_add(&b, 3, "price", "expired", &err) == 0
          && oc_status_add(&b, 3, "iv", "expired", &err) == 0 && oc_status_add(&b, 9, "iv", "no-bid", &err) == 0, "add");
    CHECK(oc_status_finish(&b, &err) == 0 && b.unanswered == 1, "unanswered %zu", b.unanswered);
    CHECK(strcmp(status_of(&b, 3), "iv:no-bid price:expired") == 0, "%s", status_of(&b, 3));
    CHECK(strcmp(status_of(&b, 4), "ok") == 0, "%s", status_of(&b, 4));
    CHECK(strcmp(status_of(&b, 9), "") == 0, "an inactive row says %s", status_of(&b, 9));
    /* a later program */
    CHECK(oc_add_status(&b, &err) == 0 && oc_status_add(&b, 3, "delta", "out-of-domain", &err) == 0
          && oc_status_add(&b, 4, "delta", "out-of-domain", &err) == 0 && oc_status_finish(&b, &err) == 0, "merge");
    CHECK(strcmp(status_of(&b, 3), "iv:no-bid price:expired delta:out-of-domain") == 0, "%s", status_of(&b, 3));
    CHECK(strcmp(status_of(&b, 4), "delta:out-of-domain") == 0, "%s", status_of(&b, 4));
    CHECK(strcmp(status_of(&b, 5), "ok") == 0, "%s", status_of(&b, 5));
    oc_batch_free(&b);
    test_end();
}

static void symtab(void)
{
    struct oc_symtab t = { 0 };
    char text[24];
    const int n = 5000;

    test_begin("symtab: numbers in order of first use, through growth");
    for (int round = 0; round < 2; round++)
        for (int i = 0; i < n; i++) {
            const int len = snprintf(text, sizeof text, "%.*s%d", i % 9, "abcdefghi", i);
            const int32_t id = oc_symtab_id(&t, text, (size_t)len);
            CHECK(id == i, "text %s: %d, not %d", text, id, i);
        }
    CHECK(oc_symtab_id(&t, "", 0) == n && oc_symtab_id(&t, "", 0) == n, "the empty text");
    oc_symtab_clear(&t);
    CHECK(oc_symtab_id(&t, "x", 1) == 0, "cleared");
    oc_symtab_free(&t);
    test_end();
}

int main(void)
{
    choose();
    naming();
    status();
    symtab();
    return test_done();
}
