/*
 * status - the column `status` of a batch: "ok", or items "column:reason" joined by blanks.
 *
 * Items are kept in a list per row until the step is over; then every row's text is looked up among the few
 * distinct ones.  A status that the input has already is merged into: what an earlier program said comes first.
 */
#include "record/batch.h"
#include "record/symtab.h"

#include <string.h>

struct item { uint32_t next; const char *column, *reason; };    /* next: index + 1 of the row's next item */

struct oc_status {
    uint32_t *head;         /* per row: index + 1 of its first item, 0 none */
    struct item *item;
    uint32_t n, cap;
    struct oc_col old;      /* the input's status; name NULL: none */
};

static int no_memory(struct oc_err *err) { return oc_fail(err, OC_MEMORY, "no memory for the status of rows"); }

int oc_add_status(struct oc_batch *b, struct oc_err *err)
{
    if (b->status)
        return 0;
    struct oc_status *s = oc_arena_zero(&b->arena, 1, sizeof *s);
    if (!s || !(s->head = oc_arena_zero(&b->arena, b->rows, sizeof *s->head)))
        return no_memory(err);
    struct oc_col *old = oc_col(b, "status");
    if (old) {
        if (oc_load(b, old, err))
            return -1;
        s->old = *old;
        old->dict = NULL;       /* s->old has the reference now */
        if (s->old.type != OC_SYM)
            return oc_fail(err, OC_COLUMN, "column 'status' of the input is no text");
    }
    const struct oc_naming over = { .replace = "status" }, *kept = b->naming;
    int32_t *index = NULL;
    b->naming = &over;
    const int rc = oc_add_sym(b, "status", NULL, &index, NULL, err);
    b->naming = kept;
    b->status = s;
    return rc;
}

int oc_status_add(struct oc_batch *b, size_t row, const char *column, const char *reason, struct oc_err *err)
{
    struct oc_status *s = b->status;

    if (!oc_bit(b->active, row))
        return 0;
    for (uint32_t k = s->head[row]; k; k = s->item[k - 1].next)
        if (strcmp(s->item[k - 1].column, column) == 0)
            return 0;               /* the first reason of a column stands */
    if (s->n == s->cap) {
        const uint32_t cap = s->cap ? 2 * s->cap : 64;
        struct item *p = oc_arena_alloc(&b->arena, cap * sizeof *p);
        if (!p)
            return no_memory(err);
        if (s->n)
            memcpy(p, s->item, s->n * sizeof *p);
        s->item = p;
        s->cap = cap;
    }
    s->item[s->n] = (struct item){ 0, column, reason };
    uint32_t *link = &s->head[row];
    while (*link)
        link = &s->item[*link - 1].next;
    *link = ++s->n;
    return 0;
}

/* What the row's status says, in buf: the old text unless it is ok, then the new items. */
static void row_text(const struct oc_status *s, size_t row, struct oc_buf *buf)
{
    buf->n = 0;
    if (s->old.name && oc_bit(s->old.valid, row)) {
        const struct oc_dict *d = s->old.dict;
        const uint32_t i = (uint32_t)s->old.i32[row], n = d->off[i + 1] - d->off[i];
        if (!(n == 2 && memcmp(d->bytes + d->off[i], "ok", 2) == 0))
            oc_buf_put(buf, d->bytes + d->off[i], n);
    }
    for (uint32_t k = s->head[row]; k; k = s->item[k - 1].next) {
        if (buf->n)
            oc_buf_char(buf, ' ');
        oc_buf_puts(buf, s->item[k - 1].column);
        oc_buf_char(buf, ':');
        oc_buf_puts(buf, s->item[k - 1].reason);
    }
    if (buf->n == 0)
        oc_buf_puts(buf, "ok");
}

int oc_status_finish(struct oc_batch *b, struct oc_err *err)
{
    struct oc_status *s = b->status;
    struct oc_symtab tab = { 0 };
    struct oc_buf buf = { 0 };
    int rc = 0;

    if (!s)
        return 0;
    struct oc_col *c = oc_col(b, "status");
    const int32_t ok = oc_symtab_id(&tab, "ok", 2);
    if (ok < 0)
        rc = no_memory(err);
    for (size_t r = 0; r < b->rows && rc == 0; r++) {
        if (!s->head[r] && !(s->old.name && oc_bit(s->old.valid, r))) {
            c->i32[r] = ok;
            if (!oc_bit(b->active, r))      /* not computed: neither ok nor a reason */
                rc = oc_batch_missing(b, c, r, err);
            continue;
        }
        b->unanswered += s->head[r] != 0;
        row_text(s, r, &buf);
        c->i32[r] = oc_symtab_id(&tab, buf.p, buf.n);
        if (c->i32[r] < 0 || buf.failed)
            rc = no_memory(err);
    }
    if (rc == 0 && !(c->dict = oc_symtab_dict(&tab, err)))
        rc = -1;
    oc_symtab_free(&tab);
    oc_buf_free(&buf);
    oc_dict_drop(s->old.dict);
    b->status = NULL;
    return rc;
}
