/*
 * jsonl - what the parts of the JSON lines format share: jsonl.c (reader), jsonlwrite.c (writer), jsontext.c (values).
 *
 * One object a line.  The keys of the first record are the columns, in order; a later record may leave keys out (missing)
 * and have them in any order, but a new key, a key given twice, or a line that is no object is a malformed row.  A cell is
 * the raw JSON value: nested arrays and objects stay as they are in columns of text, and cannot be read by others.
 * A column's pairs of positions lie in one table: col->sep = table + 2 * column, col->stride = 2 * columns; b->sep has
 * the whole line of each row, stride 2.
 */
#ifndef OC_RECORD_JSONL_H
#define OC_RECORD_JSONL_H

#include "record/csv.h"

struct oc_jsonl {               /* state of a reader */
    struct oc_csv csv;          /* first: csvcut.c's; its delim is not used */
    size_t slots;               /* hash table of the keys: column + 1, or 0; a power of two, twice as many as columns */
    uint32_t *slot;
    char **raw;                 /* the keys as the first record writes them, with quotes: most lines are alike */
    size_t *raw_len;
};

struct oc_jsonlwriter {         /* state of a writer */
    bool began;                 /* bytes have left */
    char **lead;                /* per column of the output: {"name": or ,"name": */
    size_t n;
};

int oc_jsonlwrite_begin(struct oc_writer *w, struct oc_err *err);
int oc_jsonlwrite_encode(const struct oc_writer *w, struct oc_batch *b, struct oc_buf *out, struct oc_err *err);
int oc_jsonlwrite_emit(struct oc_writer *w, struct oc_batch *b, struct oc_buf *out, struct oc_err *err);
int oc_jsonlwrite_finish(struct oc_writer *w, bool complete, struct oc_err *err);
void oc_jsonlwrite_close(struct oc_writer *w);

#endif
