/*
 * preset - how a vendor's file becomes canonical records, told by a data file: oc-presets(5).
 *
 * A preset is lines of words; "..." holds words with blanks, # begins a comment.
 *     version N              id of the rules, for the metadata
 *     kind KIND              what comes out
 *     title TEXT
 *     header TEXT            the header line is the first that begins with TEXT; lines before it are the head
 *     rows N                 records that one line becomes (default 1)
 *     word FOREIGN ENGLISH   replaced in times before they are read
 *     column NAME [row N] [optional] SOURCE [CONVERSION ...]
 * SOURCE
 *     from HEADER ...        the cell under the first of these headers that the file has; HEADER#2 is the second of the name
 *     text WORD              the same for every row
 *     head PREFIX            the cell of the head that begins with PREFIX, without it
 *     osi COLUMN PART        root, underlying, expiry, type or strike of a contract symbol
 *     option                 what --NAME of the command line says (ts only)
 * CONVERSION
 *     date FORMAT ...        read by the first layout that fits (base/timescan.h), written YYYY-MM-DD
 *     time FORMAT ...        the same for instants, written RFC 3339; a zone is needed in the text, in --tz or by `zone`
 *     none WORD ...          cells equal to one of these numbers or words are missing
 *     none-below NUMBER      numbers below it are missing
 *     strip CHARS            these bytes are taken out: thousands separators, currency signs
 *     times FACTOR           exact decimal
 */
#ifndef OC_APP_PRESET_H
#define OC_APP_PRESET_H

#include "base/arena.h"
#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum oc_preset_source { OC_FROM_CELL, OC_FROM_TEXT, OC_FROM_HEAD, OC_FROM_OSI, OC_FROM_OPTION };
enum oc_preset_conv { OC_CONV_NONE, OC_CONV_DATE, OC_CONV_TIME };

struct oc_preset_words { size_t n; const char **word; };

struct oc_preset_column {
    const char *name;
    unsigned row;                   /* from 1; 0: all */
    bool optional;
    enum oc_preset_source source;
    struct oc_preset_words from;    /* headers; text; prefix; osi column and part */
    enum oc_preset_conv conv;
    struct oc_preset_words format, none;
    bool has_below;
    double below;
    const char *strip, *times;
};

struct oc_preset {
    const char *name, *version, *kind, *title, *header, *zone;
    unsigned rows;
    struct oc_preset_words foreign, english;
    size_t n;
    struct oc_preset_column *column;
    struct oc_arena arena;          /* owns all texts */
};

/* Read presets/NAME.preset of the data folder, or of the user's: $OC_DATA first.  A name with a / is a file. */
int oc_preset_open(const char *name, struct oc_preset *p, struct oc_err *err);
/* Parse the text of one; path is for messages. */
int oc_preset_parse(struct oc_preset *p, const char *path, const char *text, size_t n, struct oc_err *err);
void oc_preset_free(struct oc_preset *p);

#endif
