/*
 * kind - the record kinds and their columns: COLUMNS.md as one table.
 *
 * Everything that knows a column name asks here: readers (aliases, types), writers, --help, the completions and
 * oc-columns(5), which is printed from it.
 */
#ifndef OC_RECORD_KIND_H
#define OC_RECORD_KIND_H

#include "base/bind.h"
#include "base/err.h"

#include <stddef.h>

/* One column of one kind. */
struct oc_coldef {
    const char *name;       /* canonical */
    char type;              /* enum oc_type */
    char need;              /* 'R' required, 'a' one of the a columns, 'o' optional, 'c' written by a program */
    const char *unit;       /* "price", "1/year", "UTC", ...; "" where none */
    const char *aliases;    /* blank-separated, lower case; "" where none */
    const char *help;       /* one line for oc-columns(5) */
};

struct oc_kind {
    const char *name;               /* "quote", "contract", ... */
    const char *title;              /* one line */
    const char *key;                /* blank-separated columns that make a record the same record in a store */
    const char *marks;              /* rule 3, as the table's comment defines its small syntax */
    const struct oc_coldef *const *groups;  /* NULL-terminated list of column tables that this kind draws from */
};

/* In the order of rule 9 (which is the order of detection). NULL past the last one. */
const struct oc_kind *oc_kind_at(size_t i);
/* NULL and err (with the nearest name) where there is none. */
const struct oc_kind *oc_kind_find(const char *name, struct oc_err *err);

/*
 * The column that a header cell names in this kind: trimmed of blanks, ASCII case folded, canonical names and
 * aliases.  NULL: foreign to it.  kind NULL: a lookup over the columns that all kinds share.
 */
const struct oc_coldef *oc_kind_column(const struct oc_kind *kind, const char *name, size_t len);
/* The i-th column of the kind, in the order of COLUMNS.md; NULL past the last. */
const struct oc_coldef *oc_kind_column_at(const struct oc_kind *kind, size_t i);
/* Why a header cell that is close to a meaning is refused in this kind ("vol": a hint), or NULL. */
const char *oc_kind_ambiguous(const struct oc_kind *kind, const char *name, size_t len);
/*
 * Rule 3: the first kind whose marks are all among the n header cells (canonical names or aliases).
 * NULL: none; err then names the nearest kind and what it lacks.
 */
const struct oc_kind *oc_kind_detect(size_t n, const char *const names[], struct oc_err *err);
/* The name among the list nearest to `word` (edit distance), for hints; NULL when none is near. */
const char *oc_nearest(const char *word, size_t n, const char *const names[]);

#endif
