/* tsv - tab-separated values: csv.c with another delimiter.  Cells are quoted by the same rules. */
#include "record/csv.h"

static int sniff(const unsigned char *p, size_t n) { return oc_csv_sniff(p, n, '\t'); }
static int open_tab(struct oc_reader *r, struct oc_err *err) { return oc_csv_open(r, '\t', err); }
static int begin_tab(struct oc_writer *w, struct oc_err *err) { return oc_csvwrite_begin(w, '\t', err); }

const struct oc_format oc_format_tsv = {
    .name = "tsv", .suffixes = ".tsv .tab", .text = true, .sniff = sniff,
    .reader_size = sizeof(struct oc_csv), .open = open_tab, .cut = oc_csvcut_next, .parse = oc_csvparse_block,
    .reader_close = oc_csv_close,
    .writer_size = sizeof(struct oc_csvwriter), .begin = begin_tab, .encode = oc_csvwrite_encode,
    .emit = oc_csvwrite_emit, .finish = oc_csvwrite_finish,
};
