/*
 * jsonpath - paths of members in a JSON document, as presets write them, and a tree of many for one walk.
 *
 *     a.b      member b of member a; a backslash takes the next character as it is
 *     a[0]     the first element; [] any element; * any member
 *     .        the value itself
 */
#ifndef OC_APP_JSONPATH_H
#define OC_APP_JSONPATH_H

#include "base/arena.h"
#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { OC_JSONPATH_MAX = 12 };

enum oc_jsonstep_kind { OC_JSONSTEP_KEY, OC_JSONSTEP_INDEX, OC_JSONSTEP_MEMBERS, OC_JSONSTEP_ELEMENTS };

struct oc_jsonstep {
    enum oc_jsonstep_kind kind;
    const char *key;
    size_t n;
    uint64_t index;
};

struct oc_jsonpath {
    size_t n;
    struct oc_jsonstep step[OC_JSONPATH_MAX];
};

/* Texts go to the arena.  -1: OC_FORMAT with what is wrong. */
int oc_jsonpath_parse(const char *text, struct oc_jsonpath *p, struct oc_arena *arena, struct oc_err *err);
/* Where a member or an element is in its container. */
struct oc_jsonhere { bool array; uint64_t index; const char *key; size_t n; };
bool oc_jsonpath_fits(const struct oc_jsonstep *s, const struct oc_jsonhere *h);

/* A member that a column reads, as its rank-th choice. */
struct oc_jsonuse { size_t column; unsigned rank; struct oc_jsonuse *next; };

struct oc_jsonnode {
    struct oc_jsonstep step;
    struct oc_jsonnode *child, *next;
    struct oc_jsonuse *use;
    uint64_t stamp;                 /* of the record or object that it was met in last: doubled members */
};

int oc_jsonpath_add(struct oc_jsonnode *root, const struct oc_jsonpath *p, size_t column, unsigned rank,
                    struct oc_arena *arena, struct oc_err *err);
struct oc_jsonnode *oc_jsonpath_child(const struct oc_jsonnode *node, const struct oc_jsonhere *h);

#endif
