/*
 * schema - the columns of a stream in order, their meaning, and what travels with them as metadata.
 */
#ifndef OC_RECORD_SCHEMA_H
#define OC_RECORD_SCHEMA_H

#include "base/err.h"
#include "record/kind.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * One column.  Names are owned by the schema.  `source` is the name as the input had it (header cell or Arrow
 * field); `name` is what the output calls it.
 */
struct oc_field {
    char *name;
    char *source;
    const struct oc_coldef *def;    /* NULL: foreign */
    enum oc_type type;              /* foreign columns of text input are OC_TEXT */
    char *factor;                   /* --map NAME=COL*FACTOR: exact decimal text, else NULL */
};

struct oc_meta { char *key, *value; };

struct oc_schema {
    const struct oc_kind *kind;     /* NULL: not known (yet) */
    size_t n;
    struct oc_field *field;
    size_t nmeta;
    struct oc_meta *meta;           /* Arrow schema metadata, in order; keys unique */
};

/* Append a field; source NULL means the same as name.  -1: out of memory. */
int oc_schema_add(struct oc_schema *s, const char *name, const char *source, const struct oc_coldef *def,
                  enum oc_type type, struct oc_err *err);
/* Index of the field of that (output) name, or -1. */
int oc_schema_find(const struct oc_schema *s, const char *name);
/* Set or replace a metadata value; value NULL removes the key. */
int oc_schema_meta(struct oc_schema *s, const char *key, const char *value, struct oc_err *err);
const char *oc_schema_meta_get(const struct oc_schema *s, const char *key);
int oc_schema_copy(struct oc_schema *to, const struct oc_schema *from, struct oc_err *err);
void oc_schema_free(struct oc_schema *s);
/* Same names, types and order (metadata and factors are not compared). */
bool oc_schema_equal(const struct oc_schema *a, const struct oc_schema *b);

/* What the user said about foreign names: --map, in order. */
struct oc_map { const char *name, *column, *factor; };    /* factor NULL: 1 */

/*
 * Give the fields of a freshly read header their meaning: maps, then names and aliases of the kind (detected by
 * rule 3 when kind is NULL and the schema carries none).  Sets name, def, type, factor and schema->kind.
 * Errors (OC_COLUMN): two columns for one name, an ambiguous name, a map of a column that is not there,
 * a column that the kind requires and the stream lacks (unless `partial`).
 */
int oc_schema_resolve(struct oc_schema *s, const struct oc_kind *kind, size_t nmap, const struct oc_map *map,
                      bool partial, struct oc_err *err);

#endif
