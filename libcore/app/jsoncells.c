/* jsoncells - see jsoncells.h. */
#include "app/jsoncells.h"

#include "app/jsonfeed.h"

#include <string.h>

static int no_memory(struct oc_err *err) { return oc_fail(err, OC_MEMORY, "no memory to read JSON records"); }
static int scratch_failed(struct oc_err *err) { return oc_fail_errno(err, OC_IO, "a scratch file"); }

void oc_jsoncells_clear(struct oc_jsoncells *c, size_t n)
{
    memset(c->cell, 0, n * sizeof *c->cell);
    c->text.n = 0;
}

int oc_jsoncells_set(struct oc_jsoncells *to, const struct oc_translate_how *how, const struct oc_jsonuse *u, const char *s,
                     size_t n, bool null, struct oc_err *err)
{
    struct oc_jsoncell *c = &to->cell[u->column];

    if (c->met >> u->rank & 1)
        return oc_fail(err, OC_DATA, "the member '%s' is there twice", how->column[u->column].name[u->rank]);
    c->met |= UINT64_C(1) << u->rank;
    if (null || (c->set && c->rank < u->rank))
        return 0;
    if (to->text.n + n > OC_JSON_TEXT)
        return oc_fail(err, OC_LIMIT, "a record with more than %d bytes in its cells", OC_JSON_TEXT);
    c->set = true;
    c->rank = u->rank;
    c->at = to->text.n;
    c->n = n;
    oc_buf_put(&to->text, s, n);
    return to->text.failed ? no_memory(err) : 0;
}

int oc_jsoncells_write(const struct oc_jsoncells *c, size_t n, FILE **scratch, struct oc_err *err)
{
    if (!*scratch && !(*scratch = oc_translate_scratch(err)))
        return -1;
    for (size_t i = 0; i < n; i++) {
        const struct oc_jsoncell *x = &c->cell[i];
        const uint32_t head[2] = { x->set ? (uint32_t)x->n + 1 : 0, x->rank };
        if (fwrite(head, sizeof head, 1, *scratch) != 1 || (x->n && fwrite(c->text.p + x->at, 1, x->n, *scratch) != x->n))
            return scratch_failed(err);
    }
    return 0;
}

int oc_jsoncells_read(struct oc_jsoncells *c, size_t n, FILE *scratch, struct oc_err *err)
{
    for (size_t i = 0; i < n; i++) {
        uint32_t head[2];
        if (!scratch || fread(head, sizeof head, 1, scratch) != 1)
            return oc_fail(err, OC_DATA, "the file changed while it was read");
        if (!head[0])
            continue;
        struct oc_jsoncell *x = &c->cell[i];
        *x = (struct oc_jsoncell){ .set = true, .rank = head[1], .at = c->text.n, .n = head[0] - 1 };
        if (oc_buf_room(&c->text, x->n))
            return no_memory(err);
        if (x->n && fread(c->text.p + x->at, 1, x->n, scratch) != x->n)
            return scratch_failed(err);
        c->text.n += x->n;
    }
    return 0;
}
