/* presetnear - which of the presets that ship fits the first lines of a file best, by the names of its cells. */
#ifndef OC_APP_PRESETNEAR_H
#define OC_APP_PRESETNEAR_H

#include "app/preset.h"

/* What a preset asks of a header, and how much of it a line has. */
struct oc_presetnear { size_t asked, there; const char *lacks; };    /* lacks: the first one that is not there, or NULL */

/* The cells of a line (separator , ; | or tab, whichever it has most of) against the headers that p reads. */
struct oc_presetnear oc_presetnear_count(const struct oc_preset *p, const char *line, const char *end);
/*
 * A clause for a message into out: which line comes near the header of `tried` and what it lacks, else which of the presets
 * that ship is nearest.  Empty where nothing has half of its columns there.
 */
void oc_presetnear(const struct oc_preset *tried, const char *text, size_t n, char *out, size_t size);

#endif
