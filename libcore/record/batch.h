/*
 * batch - a block of records as columns, with one arena behind it.
 *
 * A batch is read from text (CSV, TSV, JSON lines) or from Arrow.  From text, a column first knows only where its
 * cells lie; oc_load() parses them when somebody wants values, so a column that nobody asks for is never parsed
 * and leaves as it came.  From Arrow, the values are there at once.
 *
 * Text cells.  The records of a text batch lie in `text`; `sep` holds positions such that cell i of row r is
 *     text[sep[r * stride + i] + 1 .. sep[r * stride + i + 1])
 * that is, the position of the delimiter before it and of the delimiter (or line end, CR excluded) behind it.  A
 * column carries its own pointer into that table (`sep + i`), so columns of one batch may come from elsewhere.
 * The cell is raw: quoted where the file quoted it; oc_cell_text() decodes.
 *
 * Memory.  Everything a column points to lives in the batch's arena, in the reader's block, or in a struct
 * oc_dict (counted).  Arrays are 64-byte aligned and may be read up to the next multiple of 64 bytes.
 *
 * Missing values.  In an OC_F64 column: NaN.  In all others: bit 0 in `valid` (NULL: all present), and the slot
 * holds 0.
 */
#ifndef OC_RECORD_BATCH_H
#define OC_RECORD_BATCH_H

#include "base/arena.h"
#include "base/bind.h"
#include "base/buf.h"
#include "base/err.h"
#include "record/schema.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Distinct texts; immutable once made, shared by reference count (atomic) between batches and threads. */
struct oc_dict {
    int refs;
    uint32_t n;
    const uint32_t *off;    /* n + 1 offsets into bytes */
    const char *bytes;
    void *owner;            /* what oc_dict_drop frees besides itself; NULL: inside the same allocation */
};

struct oc_dict *oc_dict_new(uint32_t n, const uint32_t *off, const char *bytes, struct oc_err *err);   /* copies */
struct oc_dict *oc_dict_keep(struct oc_dict *d);
void oc_dict_drop(struct oc_dict *d);                   /* NULL accepted */

enum oc_dialect {           /* how raw cells are decoded */
    OC_CELL_CSV,            /* RFC 4180, delimiter , */
    OC_CELL_TSV,            /* the same with tabs */
    OC_CELL_JSON            /* a JSON value: string with escapes, number, true, false, null */
};

enum {
    OC_COL_COMPUTED = 1,    /* written by a program: printed by --float, null where the row is inactive */
    OC_COL_LOADED   = 2,    /* values are there */
    OC_COL_DROPPED  = 4,    /* not part of the output */
    OC_COL_JUDGED   = 8     /* its values were looked at for what cannot be meant (oc_load) */
};

struct oc_col {
    const char *name;               /* output name */
    const struct oc_coldef *def;    /* NULL: foreign */
    enum oc_type type;
    unsigned flags;
    const char *factor;             /* cells are multiplied by this exact decimal when loaded, and printed anew */
    /* raw cells, when the batch came from text and the column was not replaced */
    const char *text;
    const uint32_t *sep;
    size_t stride;
    /* values, when OC_COL_LOADED */
    union {
        double *f64;
        int64_t *i64;               /* OC_TIME, OC_I64 */
        int32_t *i32;               /* OC_DATE, OC_SYM (index), OC_TEXT (rows + 1 offsets into chars) */
        uint64_t *bits;             /* OC_BOOL */
    };
    uint64_t *valid;                /* NULL: all */
    const char *chars;              /* OC_TEXT */
    struct oc_dict *dict;           /* OC_SYM; the batch holds one reference */
    const double *before;           /* computed over a column of numbers: what that held, for rows not computed; or NULL */
};

/* A row that is malformed, or (with answer = false) one without an answer. */
struct oc_bad {
    uint32_t row;
    uint32_t col;           /* column of the batch; UINT32_MAX: none */
    uint32_t cell;          /* cell of the input record, from 1; 0: none.  With no column: the record is no record */
    bool drop;              /* well-formed, but not good: it leaves whatever --on-error says (oc_drop_row) */
    char reason[116];       /* text for the user: "bid: 'x' is not a number" */
};

struct oc_status;           /* see oc_add_status */

struct oc_reading;          /* how cells are read: --na, --tz, --ts-unit, --at (record/cell.h) */

struct oc_naming {          /* what to do when a computed column has a name that is there: --suffix, --replace */
    const char *suffix;     /* appended to the name of every computed column but status; NULL: none */
    const char *replace;    /* comma-separated names that may be overwritten; NULL: none */
};

struct oc_batch {
    const struct oc_schema *schema; /* of the input; the columns added since then are only in `col` */
    size_t rows;
    size_t ncol, capcol;
    struct oc_col *col;             /* in output order */
    struct oc_arena arena;
    /* text origin */
    enum oc_dialect dialect;
    const char *text;
    const uint32_t *sep;            /* of the record reader: rows * stride */
    size_t stride;                  /* cells a record + 1; 0: not from text */
    const uint32_t *line;           /* line of the row within the block; NULL: row number */
    uint64_t lines;                 /* lines in the block, for the positions of later ones */
    bool crlf;                      /* records of this file end in CR LF */
    const struct oc_reading *reading;
    const struct oc_naming *naming; /* NULL: a taken name is an error */
    /* rows */
    uint64_t *active;               /* rows to compute (--only); NULL: all */
    size_t nbad, capbad;
    struct oc_bad *bad;             /* in arena; any order, several a row possible */
    struct oc_status *status;       /* items under way, NULL: none */
    size_t unanswered;              /* rows that got an item, set by oc_status_finish */
    size_t excluded;                /* of what .make wrote: records that it left out because they are not asked for */
    const uint32_t *origin;         /* of what .make wrote: the record of the input batch; NULL: the same number */
    /* position in the stream */
    uint64_t number;                /* block number */
    const char *file;               /* input it came from; the same pointer for all its blocks, another for each input */
    uint64_t first_line;            /* line of that input's first record */
    const void *head;               /* what the program's .prelude made of that input's first lines */
    void *job;                      /* what the program's .job says this block is about; NULL: no such program, or the first call */
};

/* ---- what a step uses ---------------------------------------------------------------------------------- */

/* The column of that output name, or NULL. */
struct oc_col *oc_col(const struct oc_batch *b, const char *name);

/*
 * Parse the cells of a column into values (no work when that is done).  An unreadable cell becomes a missing
 * value and an entry in b->bad; it is not an error here.  -1: memory only.
 */
int oc_load(struct oc_batch *b, struct oc_col *c, struct oc_err *err);

/*
 * The column of that name and type, loaded, or NULL where there is none.  *rc becomes -1 where it cannot be loaded; where
 * that is -1 already, nothing is.
 */
struct oc_col *oc_load_named(struct oc_batch *b, const char *name, enum oc_type type, int *rc, struct oc_err *err);

/* A dictionary column as a module sees it: text of row r is dict->bytes[off[i] .. off[i + 1]), i = index[r]. */
struct oc_symcol { const int32_t *index; const uint64_t *valid; const struct oc_dict *dict; };
struct oc_intcol { const int64_t *v; const uint64_t *valid; };  /* OC_TIME, OC_I64 */
struct oc_daycol { const int32_t *v; const uint64_t *valid; };  /* OC_DATE */

/*
 * Fill the fields of *out by name: const double * for OC_F64; for the other types the struct above that fits is
 * written into the field (index or v NULL: column absent).  OC_TEXT and OC_BOOL are read through oc_col().
 * A required column that is absent: -1, OC_COLUMN.
 */
int oc_bind(struct oc_batch *b, const struct oc_bindcol *cols, void *out, struct oc_err *err);

/*
 * Append a computed column; its array (uninitialised, padded to 64 bytes) comes back in *v.  A name that exists is
 * -1, OC_EXISTS, unless the run's --suffix or --replace settles it.
 */
int oc_add_f64(struct oc_batch *b, const char *name, double **v, struct oc_err *err);
int oc_add_i64(struct oc_batch *b, const char *name, enum oc_type type, int64_t **v, uint64_t **valid,
               struct oc_err *err);
/* A column of true and false, all false at first; valid NULL: all present. */
int oc_add_bool(struct oc_batch *b, const char *name, uint64_t **bits, uint64_t **valid, struct oc_err *err);
/* A column of dates, all present. */
int oc_add_date(struct oc_batch *b, const char *name, int32_t **v, struct oc_err *err);
/* Append a dictionary column over a dictionary that the caller made (a reference is taken). */
int oc_add_sym(struct oc_batch *b, const char *name, struct oc_dict *d, int32_t **index, uint64_t **valid,
               struct oc_err *err);
/* Append a column of texts: off[rows + 1] into bytes[nbytes], both the caller's to fill. */
int oc_add_text(struct oc_batch *b, const char *name, size_t nbytes, int32_t **off, char **bytes, struct oc_err *err);

/*
 * Append a column of raw cells that lie elsewhere (a step that maps foreign records): copied as they are by text
 * writers of the same dialect, loaded like any other.  factor may be NULL.  All must outlive the batch's step.
 */
int oc_add_cells(struct oc_batch *b, const char *name, const char *text, const uint32_t *sep, size_t stride,
                 const char *factor, struct oc_err *err);

/*
 * The column `status`, made when the first one asks for it; an existing one is merged into.  For a row without an
 * answer call oc_status_add(b, row, "iv", "below-intrinsic").  Rows never mentioned are "ok".
 */
int oc_add_status(struct oc_batch *b, struct oc_err *err);
int oc_status_add(struct oc_batch *b, size_t row, const char *column, const char *reason, struct oc_err *err);

/* Malformed input found by the step itself (a missing input that no option supplies): obeys --on-error. */
int oc_bad_row(struct oc_batch *b, size_t row, const struct oc_col *c, struct oc_err *err, const char *fmt, ...)
    __attribute__((format(printf, 5, 6)));

/*
 * A record that is well-formed but not good: it leaves the output whatever --on-error says, goes to --rejects verbatim where
 * one is named (struct oc_work .sorts_out lets --rejects stand alone) and counts as rejected.  column: the one at fault,
 * NULL for none.  A row that --only leaves out stays.
 */
int oc_drop_row(struct oc_batch *b, size_t row, const char *column, struct oc_err *err, const char *fmt, ...)
    __attribute__((format(printf, 5, 6)));

static inline bool oc_bit(const uint64_t *bits, size_t i) { return !bits || (bits[i >> 6] >> (i & 63) & 1); }
static inline void oc_bit_set(uint64_t *bits, size_t i) { bits[i >> 6] |= UINT64_C(1) << (i & 63); }
static inline void oc_bit_clear(uint64_t *bits, size_t i) { bits[i >> 6] &= ~(UINT64_C(1) << (i & 63)); }
static inline size_t oc_bit_words(size_t n) { return (n + 63) / 64; }

/* ---- what formats and the loop use ---------------------------------------------------------------------- */

/* Is the name one of the comma-separated list?  NULL lists none. */
bool oc_batch_listed(const char *list, const char *name);
/* Empty the batch, keep its memory, and take over the columns of a schema (not loaded, no cells). */
int oc_batch_reset(struct oc_batch *b, const struct oc_schema *s, struct oc_err *err);
void oc_batch_free(struct oc_batch *b);
/* Raw cell i of row r. */
static inline const char *oc_cell(const struct oc_col *c, size_t r, size_t *len)
{
    const uint32_t *s = c->sep + r * c->stride;
    *len = (size_t)s[1] - s[0] - 1;
    return c->text + s[0] + 1;
}
/*
 * The text that a raw cell means.  Points into the cell where nothing has to be undone; else the decoded text is
 * put in `scratch` (overwritten each call).  *null is set for JSON null (CSV: never).
 */
const char *oc_cell_text(enum oc_dialect d, const char *raw, size_t len, struct oc_buf *scratch, size_t *out_len,
                         bool *null);
/* The cell of a loaded column becomes missing: NaN, or bit 0 of `valid`, which is made where there was none. */
int oc_batch_missing(struct oc_batch *b, struct oc_col *c, size_t row, struct oc_err *err);
/* Keep the rows whose bit is set, in order; every column, raw or loaded, is compacted. */
int oc_batch_filter(struct oc_batch *b, const uint64_t *keep, struct oc_err *err);
/* Rows [from, to) as a batch of their own that borrows from b (no copy of values). */
int oc_batch_slice(struct oc_batch *to, const struct oc_batch *b, size_t from, size_t n, struct oc_err *err);
/* Write the items of oc_status_add into the column `status`; called by the loop after the step. */
int oc_status_finish(struct oc_batch *b, struct oc_err *err);

#endif
