/*
 * translate - documents become CSV text: what a translator of one format (JSON, DBN, HTML) is given to work with.
 *
 * A translator reads bytes of the file, and puts a header line and records.  It is asked for more only when what it made is
 * used up, so that it should do a piece of its work at a time: then memory is constant for a file of any size.  For each
 * record it says where in the file that begins: messages and --rejects show this place, never a line of the CSV in between.
 */
#ifndef OC_RECORD_TRANSLATE_H
#define OC_RECORD_TRANSLATE_H

#include "base/err.h"
#include "record/source.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct oc_translate;

/* What a preset asks of a document, for translators that can choose. */
struct oc_translate_column {
    const char *header;             /* of the CSV */
    size_t n;                       /* names in the document, first choice first: the first that is there and not empty */
    const char *const *name;
    bool needed;                    /* a document in which no record has it is of another kind */
};

struct oc_translate_how {
    const char *preset;             /* for messages */
    size_t nrecords;                /* which records: words of the format's own */
    const char *const *records;
    size_t n;
    const struct oc_translate_column *column;
};

struct oc_translator {
    size_t state_size;              /* zeroed */
    /* Before anything is read.  how: of oc_translate_open.  May put the header. */
    int (*open)(void *state, const struct oc_translate_how *how, struct oc_translate *t, struct oc_err *err);
    /* Read some, put some records or none: 1 there may be more, 0 that was all, -1.  Records put before -1 are kept. */
    int (*step)(void *state, struct oc_translate *t, struct oc_err *err);
    void (*close)(void *state);     /* also when open failed */
};

/*
 * Put a source that translates in place of *src.  `how` is borrowed until it is closed.  twice: the translator reads the
 * file from the beginning a second time (oc_translate_again); what cannot be opened again is spooled to a file without a
 * name. On error *src is closed and NULL.
 */
int oc_translate_open(struct oc_source **src, const struct oc_translator *of, const struct oc_translate_how *how, bool twice,
                      struct oc_err *err);

/* ---- what translators call --------------------------------------------------------------------------------- */

/* Bytes of the file, as oc_source_read. */
ptrdiff_t oc_translate_read(struct oc_translate *t, void *p, size_t cap, struct oc_err *err);
/* The file from its first byte again, when all of it was read once; only where `twice` was said. */
int oc_translate_again(struct oc_translate *t, struct oc_err *err);
const char *oc_translate_name(const struct oc_translate *t);
/* The error that is there lies at this place of the file.  -1. */
int oc_translate_at(const struct oc_translate *t, uint64_t line, uint64_t column, struct oc_err *err);
/* The next cell of the record, quoted where CSV needs it; then the record, which began at line and column of the file. */
void oc_translate_cell(struct oc_translate *t, const char *s, size_t n);
int oc_translate_row(struct oc_translate *t, uint64_t line, uint64_t column, struct oc_err *err);
/* The header line of the columns asked for. */
int oc_translate_header(struct oc_translate *t, const struct oc_translate_how *how, struct oc_err *err);
/* A new file without a name, for what is too large to be kept in memory. */
FILE *oc_translate_scratch(struct oc_err *err);

#endif
