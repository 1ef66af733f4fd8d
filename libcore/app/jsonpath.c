/* jsonpath - see jsonpath.h.  The trees are small, and siblings are compared one after the other. */
#include "app/jsonpath.h"

#include "base/num.h"

#include <string.h>

static int bad(struct oc_err *err, const char *why, const char *text)
{
    return oc_fail(err, OC_FORMAT, "the path '%s' %s", text, why);
}

/* [], [3]: *at is behind the bracket that opens. */
static int bracket(const char *text, const char **at, struct oc_jsonstep *s, struct oc_err *err)
{
    const char *end = strchr(*at, ']');
    int64_t index = 0;

    if (!end)
        return bad(err, "has a bracket without its end", text);
    s->kind = end == *at ? OC_JSONSTEP_ELEMENTS : OC_JSONSTEP_INDEX;
    if (end != *at && (oc_num_i64(*at, (size_t)(end - *at), &index) || index < 0))
        return bad(err, "has no number in its brackets", text);
    s->index = (uint64_t)index;
    *at = end + 1;
    return 0;
}

static int member(const char *text, const char **at, struct oc_jsonstep *s, struct oc_arena *arena, struct oc_err *err)
{
    char *key = oc_arena_alloc(arena, strlen(*at) + 1);
    const char *p = *at;

    if (!key)
        return oc_fail(err, OC_MEMORY, "no memory for a path");
    s->kind = OC_JSONSTEP_KEY;
    s->key = key;
    for (; *p && *p != '.' && *p != '['; p++) {
        p += *p == '\\' && p[1];
        key[s->n++] = *p;
    }
    key[s->n] = '\0';
    if (p == *at)
        return bad(err, "has an empty name", text);
    if (p == *at + 1 && **at == '*')
        s->kind = OC_JSONSTEP_MEMBERS;
    *at = p;
    return 0;
}

int oc_jsonpath_parse(const char *text, struct oc_jsonpath *p, struct oc_arena *arena, struct oc_err *err)
{
    const char *at = text;

    *p = (struct oc_jsonpath){ 0 };
    if (strcmp(text, ".") == 0)
        return 0;
    while (*at) {
        if (p->n == OC_JSONPATH_MAX)
            return bad(err, "is too long", text);
        struct oc_jsonstep *s = &p->step[p->n++];
        const bool opens = *at == '[';
        at += opens || (*at == '.' && p->n > 1);
        if (opens ? bracket(text, &at, s, err) : member(text, &at, s, arena, err))
            return -1;
    }
    return 0;
}

bool oc_jsonpath_fits(const struct oc_jsonstep *s, const struct oc_jsonhere *h)
{
    switch (s->kind) {
    case OC_JSONSTEP_ELEMENTS: return h->array;
    case OC_JSONSTEP_INDEX: return h->array && h->index == s->index;
    case OC_JSONSTEP_MEMBERS: return !h->array;
    case OC_JSONSTEP_KEY: return !h->array && h->n == s->n && memcmp(h->key, s->key, s->n) == 0;
    }
    return false;
}

static bool same(const struct oc_jsonstep *a, const struct oc_jsonstep *b)
{
    return a->kind == b->kind && a->index == b->index && a->n == b->n && (a->n == 0 || memcmp(a->key, b->key, a->n) == 0);
}

int oc_jsonpath_add(struct oc_jsonnode *root, const struct oc_jsonpath *p, size_t column, unsigned rank,
                    struct oc_arena *arena, struct oc_err *err)
{
    for (size_t i = 0; i < p->n; i++) {
        struct oc_jsonnode *c = root->child;
        while (c && !same(&c->step, &p->step[i]))
            c = c->next;
        if (!c) {
            if (!(c = oc_arena_zero(arena, 1, sizeof *c)))
                return oc_fail(err, OC_MEMORY, "no memory for a path");
            c->step = p->step[i];
            c->next = root->child;
            root->child = c;
        }
        root = c;
    }
    struct oc_jsonuse *u = oc_arena_zero(arena, 1, sizeof *u);
    if (!u)
        return oc_fail(err, OC_MEMORY, "no memory for a path");
    *u = (struct oc_jsonuse){ .column = column, .rank = rank, .next = root->use };
    root->use = u;
    return 0;
}

struct oc_jsonnode *oc_jsonpath_child(const struct oc_jsonnode *node, const struct oc_jsonhere *h)
{
    if (!node)
        return NULL;
    for (struct oc_jsonnode *c = node->child; c; c = c->next)
        if (oc_jsonpath_fits(&c->step, h))
            return c;
    return NULL;
}
