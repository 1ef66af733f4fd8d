/*
 * jsonrows - records in a JSON document as lines of CSV: the translator of presets with `format json` and `json-text`.
 *
 * A record is a value at one of the record paths.  A column is the first of its paths that is there and not null:
 *     strike, greeks.delta, [0], .   in the record; a text is decoded, a number keeps its spelling, a container is JSON text
 *     ^name, ^a.b                    the same from an enclosing object, nearest first, wherever in it the member stands
 *     *1, *2                         the keys met at the stars of the record's path
 *     line                           json-text: the text before the value
 * Where a column looks upwards the document is read twice, because members may stand behind the records.
 */
#ifndef OC_APP_JSONROWS_H
#define OC_APP_JSONROWS_H

#include "record/translate.h"

struct oc_jsonrows_column {
    const char *header;
    size_t n;                       /* paths, first choice first */
    const char *const *path;
    bool needed;                    /* a document in which no record has it is of another kind */
};

struct oc_jsonrows {
    const char *preset;             /* for messages */
    bool lines;                     /* json-text */
    size_t nrecords;
    const char *const *records;     /* none: the values at the top */
    size_t n;
    const struct oc_jsonrows_column *column;
};

/* `how` is a struct oc_jsonrows; the second says whether the file must be read twice. */
extern const struct oc_translator oc_jsonrows_translator;
bool oc_jsonrows_twice(const struct oc_jsonrows *r);

#endif
