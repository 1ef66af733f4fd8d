/*
 * jsonfeed - a JSON document of any size as events (yajl), each at its place in the file.
 *
 * Several values one behind the other are read as they come (JSON lines).  With `lines` each line is TEXT, a blank and one
 * value: recorded websockets.  Malformed, cut, too deep, no UTF-8: refused at line and column.  Memory is one buffer and the
 * longest text, which may not be above a limit.
 */
#ifndef OC_APP_JSONFEED_H
#define OC_APP_JSONFEED_H

#include "record/translate.h"

enum oc_json_event {
    OC_JSON_OBJECT, OC_JSON_ARRAY, OC_JSON_END,             /* containers */
    OC_JSON_KEY,
    OC_JSON_STRING, OC_JSON_NUMBER, OC_JSON_WORD,           /* decoded; source spelling; true and false */
    OC_JSON_NULL
};

enum { OC_JSON_DEPTH = 100, OC_JSON_TEXT = 1 << 20 };       /* containers one in another; bytes of a text */

struct oc_jsonfeed;

/* One event; text is borrowed.  -1: stop, with err (the feed puts the place to it where it has none). */
typedef int oc_jsonfeed_event(void *ctx, enum oc_json_event e, const char *s, size_t n, struct oc_err *err);

struct oc_jsonfeed *oc_jsonfeed_open(struct oc_translate *t, bool lines, oc_jsonfeed_event *event, void *ctx,
                                     struct oc_err *err);
/* Read a piece of the file: 1, 0 it has ended well, -1. */
int oc_jsonfeed_step(struct oc_jsonfeed *f, struct oc_err *err);
/* Where the value, key or end that is being told begins. */
void oc_jsonfeed_place(struct oc_jsonfeed *f, uint64_t *line, uint64_t *column);
/* The TEXT of the line. */
const char *oc_jsonfeed_line(const struct oc_jsonfeed *f, size_t *n);
/* Begin again: the translator reads the file a second time. */
int oc_jsonfeed_again(struct oc_jsonfeed *f, struct oc_err *err);
void oc_jsonfeed_close(struct oc_jsonfeed *f);

#endif
