/*
 * follow - a file that somebody still writes, as a source that waits for its next line: oc-ingest --follow.
 *
 * Whole lines only are handed on, at once.  A file that is cut back, or replaced by another one of its name (rotated), is read
 * on from its beginning behind the same header; where it is gone and nothing takes its place within half a second, and at SIGINT
 * or SIGTERM, the source ends as a file does.  That it was cut back shows by its size alone: one that has grown over the place
 * that was read before it is looked at again cannot be told from one that was appended to.  A line without its end is left out then, with a word on stderr.
 */
#ifndef OC_APP_FOLLOW_H
#define OC_APP_FOLLOW_H

#include "app/preset.h"
#include "base/err.h"
#include "record/source.h"

/*
 * Take the place of *src, which is not read.  p: whose header a file that takes the place must have; without a header, lines
 * alone are expected, and with a head that says something of the records, a rotated file is the end.  NULL: the first line
 * is the header.  OC_USAGE: not a regular file, or compressed.
 */
int oc_follow_wrap(struct oc_source **src, const struct oc_preset *p, struct oc_err *err);

#endif
