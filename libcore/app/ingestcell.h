/* ingestcell - one cell of a vendor's file through the conversions of its column. */
#ifndef OC_APP_INGESTCELL_H
#define OC_APP_INGESTCELL_H

#include "app/ingestplan.h"
#include "base/buf.h"

/* Workspace: texts between conversions, by depth (a clock asks for its date). */
struct oc_ingest_work {
    const struct oc_ingest *g;
    const struct oc_batch *in;
    struct oc_buf text[4], cell;
    char shown[44];             /* the cell that was refused, cut */
    const char *about;          /* the column whose cell it is, where that is another one; or NULL */
    uint32_t refused;           /* column of the batch that it is in; UINT32_MAX: none */
    char reason[100];
};

/* Is the column read as a number, so that a decimal comma is one? */
bool oc_ingestcell_numeric(const struct oc_ingest *g, const struct oc_preset_column *c);
/* Does the text mean that there is none? */
bool oc_ingestcell_none(const struct oc_preset_column *c, const char *s, size_t n);
/* Text of cell `col` of a record; blanks around it taken off. */
const char *oc_ingestcell_raw(struct oc_ingest_work *w, uint32_t col, size_t rec, size_t *n);

/*
 * What a rule makes of a record, in *s and *n (empty: missing), until the next call.
 * NULL, or why the cell is refused, as a clause about w->shown.  Memory: w->cell.failed, w->text[].failed.
 */
const char *oc_ingestcell_make(struct oc_ingest_work *w, const struct oc_ingest_rule *r, size_t rec, const char **s, size_t *n);
/* The conversions of a column on a text that is no cell (head, option, part of a name), in the arena; NULL: err. */
const char *oc_ingestcell_fixed(const struct oc_ingest *g, const struct oc_preset_column *c, const char *text,
                                struct oc_arena *arena, struct oc_err *err);
/* The decimal text times ten to the `by`, exactly, into out (500 bytes); false where it is not a plain decimal. */
bool oc_ingestcell_shift(const char **s, size_t *n, int by, char *out);
void oc_ingestcell_free(struct oc_ingest_work *w);

#endif
