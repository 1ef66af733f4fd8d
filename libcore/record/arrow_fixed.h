/*
 * arrow_fixed - Arrow columns of fixed width to arrays of ours: numbers, booleans, decimals, instants, dates, indices.
 *
 * Missing slots are made what a batch promises: NaN in an f64 column, 0 elsewhere, whatever the stream holds there.
 */
#ifndef OC_RECORD_ARROW_FIXED_H
#define OC_RECORD_ARROW_FIXED_H

#include "record/arrow_body.h"
#include "record/arrow_text.h"
#include "record/arrow_type.h"
#include "record/batch.h"
#include "record/cell.h"

#include <stdbool.h>
#include <stddef.h>

/* One column on its way. */
struct oc_arrow_from {
    struct oc_batch *b;
    struct oc_col *c;                       /* where it goes, for messages */
    const struct oc_reading *reading;
    const struct oc_arrow_field *field;
    const struct oc_arrow_node *node;
    const struct oc_arrow_view *view;       /* its buffers, validity first */
    size_t nview;
    const struct oc_arrow_texts *texts;     /* dictionary */
    bool in_place;                          /* buffers may be changed and pointed at */
    size_t max;                             /* --max-batch */
};

/* Values of a column that is neither text nor dictionary nor null, into v, whose validity is known already. */
int oc_arrow_fixed_read(const struct oc_arrow_from *f, struct oc_col *v, struct oc_err *err);
/* The indices of a dictionary column as int32; one that int32 cannot hold becomes INT32_MAX or stays negative. */
int oc_arrow_fixed_index(const struct oc_arrow_from *f, const uint64_t *valid, int32_t **index, struct oc_err *err);

#endif
