/* backcell - a cell of a vendor's line, made of the column that it was read by: conversions of presets undone. */
#ifndef OC_APP_BACKCELL_H
#define OC_APP_BACKCELL_H

#include "app/ingest.h"
#include "base/buf.h"

struct oc_backcell {
    char name[200];
    int nth;                                /* of that name */
    unsigned row;                           /* of the record whose row holds it, from 0 */
    const struct oc_preset_column *c;       /* NULL: of `rest` */
    size_t piece;                           /* of a join */
    char column[300];                       /* in the records; "": none, the cell is always empty */
};

/*
 * Append what the vendor wrote where our column holds s[0 .. n); of[0 .. nof) is the cell that days are counted from.
 * -1: it is none of what the preset makes.
 */
int oc_backcell_undo(const struct oc_ingest *g, const struct oc_backcell *cell, const char *s, size_t n, const char *of,
                     size_t nof, struct oc_buf *out);

#endif
