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

/* Records of oc_translate_how are paths: none are the values at the top.  The second is json-text. */
extern const struct oc_translator oc_jsonrows_translator, oc_jsonrows_of_lines;
/* Must the file be read twice? */
bool oc_jsonrows_twice(const struct oc_translate_how *how);

#endif
