/* arrow_write - batches as an Arrow IPC stream or file: the writer's half of struct oc_format. */
#ifndef OC_RECORD_ARROW_WRITE_H
#define OC_RECORD_ARROW_WRITE_H

#include "record/arrow_dict.h"
#include "record/arrow_recut.h"
#include "record/arrow_send.h"
#include "record/format.h"

struct oc_arrow_writer {            /* struct oc_writer's state */
    struct oc_arrow_out out;
    struct oc_arrow_layout layout;
    size_t ncol;
    struct oc_arrow_head batch;
    struct oc_arrow_dict *dict;     /* per column; used by dictionary columns */
    struct oc_arrow_head *text;     /* per column: its dictionary message */
    struct oc_arrow_recut recut;    /* fixed_rows > 0 */
    struct oc_arrow_part *part;     /* of the gathered rows */
    struct oc_arena arena;
    bool fixed;
};

int oc_arrow_write_begin(struct oc_writer *w, struct oc_err *err);
int oc_arrow_write_encode(const struct oc_writer *w, struct oc_batch *b, struct oc_buf *out, struct oc_err *err);
int oc_arrow_write_emit(struct oc_writer *w, struct oc_batch *b, struct oc_buf *out, struct oc_err *err);
int oc_arrow_write_finish(struct oc_writer *w, bool complete, struct oc_err *err);
void oc_arrow_write_close(struct oc_writer *w);

#endif
