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

#include <stdbool.h>
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
    const char *key_else;           /* the key of a stream that has no column of `key`; NULL: none */
    const char *marks;              /* rule 3: blank-separated, all must be there; a|b: one of them */
    const char *needs;              /* what a stream of the kind must have, in the same syntax */
    const char *together;           /* aliases that count only where all of them are there ("o h l c"), or NULL */
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
/* As oc_kind_column, for one cell of a header: aliases that count only together need all n names. */
const struct oc_coldef *oc_kind_column_among(const struct oc_kind *kind, const char *name, size_t n,
                                             const char *const names[]);
/*
 * Why a header cell that is close to a meaning is refused in this kind ("vol": a hint), or NULL.  *meanings, where
 * not NULL, receives the columns it could be, blank-separated: where the stream has them all by other names, the
 * cell does not matter and is foreign.
 */
const char *oc_kind_ambiguous(const struct oc_kind *kind, const char *name, size_t len, const char **meanings);
/*
 * The one spelling of a word that a column may hold in several: `call`, `Call`, `CE` are `C` in `type`.  Everything
 * else comes back as it is.  Comparisons, keys and digests go by it; cells keep what they hold.
 */
const char *oc_kind_word(const struct oc_coldef *def, const char *s, size_t n, size_t *out_n);
/*
 * Rule 3: the first kind whose marks are all among the n header cells (canonical names or aliases).
 * NULL: none; err then names the nearest kind and what it lacks.
 */
const struct oc_kind *oc_kind_detect(size_t n, const char *const names[], struct oc_err *err);
/*
 * The first item of a list in the syntax of marks that the columns do not fill, or NULL.  have(ctx, name, len) tells
 * whether a canonical name is there.  *len: of the item ("bid|ask|last|mark").
 */
const char *oc_kind_lacks(const char *list, bool (*have)(const void *ctx, const char *name, size_t len),
                          const void *ctx, size_t *len);
/*
 * OC_COLUMN: there is no column `name` among the n names; the text says which is meant (an alias of the kind, which may
 * be NULL, or the nearest name) and lists them.  Returns -1.
 */
int oc_kind_no_column(const struct oc_kind *kind, const char *name, size_t n, const char *const names[],
                      struct oc_err *err);

#endif
