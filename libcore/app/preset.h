/*
 * preset - how a vendor's file becomes canonical records, told by a data file: oc-presets(5) has the language.
 *
 * A preset is lines of words; "..." holds words with blanks (\t \" \\ inside), # begins a comment.  A line is a statement
 * (preset.c) or a column (presetcolumn.c):
 *     column NAME [row K] [optional] SOURCE [CONVERSION ...]
 */
#ifndef OC_APP_PRESET_H
#define OC_APP_PRESET_H

#include "base/arena.h"
#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { OC_PRESET_ROWS = 24 };   /* most records of a line */

enum oc_preset_source {
    OC_FROM_CELL,       /* from HEADER ...: the first of these headers that the file has */
    OC_FROM_TEXT,       /* text WORD */
    OC_FROM_HEAD,       /* head PREFIX: the cell of the head that begins so; head LINE CELL: the one that stands there */
    OC_FROM_OSI,        /* osi COLUMN PART: of a contract symbol */
    OC_FROM_OPTION,     /* option: --ts, --symbol, --set NAME=TEXT */
    OC_FROM_FILE,       /* file PART ...: of the file's name, with a blank between */
    OC_FROM_JOIN        /* join HEADER HEADER ...: with a blank between */
};

enum oc_preset_conv { OC_CONV_NONE, OC_CONV_DATE, OC_CONV_TIME, OC_CONV_CLOCK, OC_CONV_DAYS };

struct oc_preset_words { size_t n; const char **word; };

struct oc_preset_column {
    const char *name;
    unsigned row;                   /* from 1; 0: all */
    bool optional;
    bool inherited;                 /* of `like`: may be described again */
    enum oc_preset_source source;
    struct oc_preset_words from;    /* headers; text; prefix; osi column and part; part of the file's name */
    enum oc_preset_conv conv;
    struct oc_preset_words format, none;
    bool none_zero;                 /* the only word of `none` is 0, and there is no `none-below` */
    bool has_below;
    double below;
    const char *strip, *times, *over;
    const char *part;               /* separator; NULL: the whole cell */
    unsigned nth;                   /* piece, from 1 */
    struct oc_preset_words is;      /* foreign, ours, foreign, ours ... */
    bool exp;                       /* e to the power of the number */
    bool or_option;                 /* `from`: where the file has no such cell, the command line says it; said, it stands above */
    bool suffixes, percent, upper;
    int64_t unit;                   /* clock: ns */
    const char *of;                 /* clock, days-after, a ratio: column, or part of the file's name */
    bool ratio;                     /* divided by `of` (over COLUMN) */
    int at, early;                  /* minutes from midnight at which a date stands; -1: none said.  early: on a half day */
    char first;                     /* a date becomes the first of its week 'w' (Monday) or month 'm'; 0: stays */
    int64_t shift;                  /* ns added to an instant */
};

/* A condition on records: `only` (row 0), `row K when`, `row K needs` (no words). */
struct oc_preset_when { unsigned row; const char *header; struct oc_preset_words word; };

struct oc_preset {
    const char *name, *version, *kind, *title, *zone;
    const char *calendar;           /* whose half days `at` knows; NULL: no column asks */
    const char *separator;          /* NULL: comma or tab as the first line shows; else one byte, or "blanks" */
    const char *format;             /* NULL: text with lines; else json, json-text, dbn, html */
    const char *rest;               /* prefix of cells that no column reads; NULL: they are left out */
    const char *end;                /* begins the line that closes the file; NULL: none does */
    bool decimal_comma, writes;
    bool unended;                   /* written back, the last line has no line end */
    unsigned rows;
    unsigned least;                 /* short N: a record may have as few cells; 0: as many as the header */
    struct oc_preset_words header, fields, comment, file;
    struct oc_preset_words records; /* of `format`: its arguments, or those of `records` */
    struct oc_preset_words foreign, english;
    size_t n;
    struct oc_preset_column *column;
    size_t nwhen;
    struct oc_preset_when *when;
    struct oc_arena arena;          /* owns all texts */
};

/* Read presets/NAME.preset of the data folder, or of the user's: $OC_DATA first.  A name with a / is a file. */
int oc_preset_open(const char *name, struct oc_preset *p, struct oc_err *err);
/* Parse the text of one; path is for messages. */
int oc_preset_parse(struct oc_preset *p, const char *path, const char *text, size_t n, struct oc_err *err);
void oc_preset_free(struct oc_preset *p);

/* The rule of a column for a row (from 0) of a record; NULL: it has none. */
const struct oc_preset_column *oc_preset_rule(const struct oc_preset *p, const char *name, unsigned row);

#endif
