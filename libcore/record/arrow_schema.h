/*
 * arrow_schema - the schema message, as fields of an Arrow stream and as a struct oc_schema; and back.
 */
#ifndef OC_RECORD_ARROW_SCHEMA_H
#define OC_RECORD_ARROW_SCHEMA_H

#include "record/arrow_body.h"
#include "record/arrow_type.h"
#include "record/schema.h"

#include <stdbool.h>
#include <stddef.h>

/* The columns of a Schema table (owned by the caller); *ours: it says that messages carry checksums. */
int oc_arrow_schema_fields(const struct oc_arrow_tab *t, size_t *n, struct oc_arrow_field **field, bool *ours,
                           struct oc_err *err);
void oc_arrow_schema_free(size_t n, struct oc_arrow_field *field);
/* Give the schema these columns with their natural types, the kind, and the metadata of the table. */
int oc_arrow_schema_fill(const struct oc_arrow_tab *t, size_t n, const struct oc_arrow_field *field,
                         struct oc_schema *s, struct oc_err *err);
/* Has a record batch the nodes and buffers of these columns, and are they, as columns of ours, no more than `max`? */
int oc_arrow_schema_fits(size_t n, const struct oc_arrow_field *field, const struct oc_arrow_body *b, size_t max,
                         struct oc_err *err);

/*
 * Write the Schema table of the columns we write.  plain: text in place of dictionaries (the file layout allows a
 * dictionary to be sent only once).
 */
struct oc_arrow_layout { const struct oc_schema *schema; bool plain; };
size_t oc_arrow_schema_put(struct oc_buf *fb, const void *layout);

#endif
