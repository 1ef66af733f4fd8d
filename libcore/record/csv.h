/*
 * csv - what the parts of the CSV and TSV format share: csv.c (header, recognition), csvcut.c (blocks), csvparse.c (cells),
 * csvwrite.c (output); tsv.c is the second row of the format table over the same code.
 *
 * The dialect is RFC 4180 with a header line, strictly: a quote begins a cell or is doubled inside a quoted one, behind a
 * closing quote comes a delimiter or a line end.  Lines end in LF or CR LF; a CR elsewhere outside quotes is malformed, and
 * so is a NUL.  Blank lines are skipped (as libcsv does), in a file of one column too, where a missing cell is written "".
 * The last record may lack its line end; an open quote at the end of input is a cut file.
 *
 * Malformed records end at the first line feed behind what is wrong with them; the next record begins there.  Their row
 * is in b->bad with col UINT32_MAX and cell the first cell that is wrong (a quote, CR, NUL) or the number of cells found
 * (ragged).  A batch with such rows, or with blank lines or quotes, has stride = columns + 2: entry columns + 1 is the
 * end of the record, so that text[sep[0] + 1 .. sep[stride - 1]) is the record verbatim in any batch; cells that are not
 * there are empty, and a cell with a wrong quote or CR holds all that follows.
 */
#ifndef OC_RECORD_CSV_H
#define OC_RECORD_CSV_H

#include "record/format.h"

struct oc_csv {                 /* state of a reader */
    char delim;
    bool lines;                 /* JSON lines: a line feed always ends a record */
    size_t columns;
    char *stash;                /* bytes read and not yet in a block: stash[off .. n) */
    size_t off, n, cap;
    uint64_t line;              /* of the next block's first record */
    bool eof, failed;
    struct oc_err later;        /* failed: what ends the input, told when the records before it have been cut */
};

struct oc_csvwriter {           /* state of a writer */
    char delim;
    bool began;                 /* bytes have left */
};

/* csvcut.c - where records end; jsonl.c uses it too. */
enum oc_csvstate { OC_CSV_PLAIN, OC_CSV_QUOTED, OC_CSV_SKIP };
struct oc_csvcut {
    char delim;
    bool lines;                 /* quotes mean nothing */
    enum oc_csvstate state;
    size_t scan;                /* bytes looked at */
    size_t end;                 /* behind the last record end found; 0: none */
    size_t rows, max_rows;      /* records found, counted only when max_rows != 0 */
    size_t max_record;          /* checked for each record when not 0 */
    bool full, too_long;        /* max_rows reached; a record from `end` on is longer than max_record */
};
/* Look at text[scan .. n): bytes that were there before must be the same. */
void oc_csvcut_scan(struct oc_csvcut *c, const char *text, size_t n);
/* At the end of input: is text[end .. n) the beginning of a quoted cell without its end? */
bool oc_csvcut_open(const struct oc_csvcut *c, const char *text, size_t n);
int oc_csvcut_next(struct oc_reader *r, struct oc_block *blk, struct oc_err *err);
/* -1, OC_TRUNCATED: text[0 .. n) is the last record and has no end. */
int oc_csvcut_fail_open(const struct oc_reader *r, const char *text, size_t n, struct oc_err *err);

/*
 * For open(): reads until stash[*from .. *to) is the first record that is not blank, with its line end, and counts the
 * blank lines before it in r->first_line.  None: -1, OC_FORMAT.
 */
int oc_csvcut_first(struct oc_reader *r, size_t *from, size_t *to, struct oc_err *err);

/* csvparse.c */
int oc_csvparse_block(const struct oc_reader *r, struct oc_block *blk, struct oc_batch *b, struct oc_err *err);

/* csvwrite.c: OC_CELL_CSV or OC_CELL_TSV by the delimiter */
int oc_csvwrite_begin(struct oc_writer *w, char delim, struct oc_err *err);
int oc_csvwrite_encode(const struct oc_writer *w, struct oc_batch *b, struct oc_buf *out, struct oc_err *err);
int oc_csvwrite_emit(struct oc_writer *w, struct oc_batch *b, struct oc_buf *out, struct oc_err *err);
int oc_csvwrite_finish(struct oc_writer *w, bool complete, struct oc_err *err);

/* csv.c */
int oc_csv_open(struct oc_reader *r, char delim, struct oc_err *err);
void oc_csv_close(struct oc_reader *r);
int oc_csv_sniff(const unsigned char *p, size_t n, char delim);

#endif
