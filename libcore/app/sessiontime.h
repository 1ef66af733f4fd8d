/* sessiontime - the time that is written down for a session's time to live, and spans of it. */
#ifndef OC_APP_SESSIONTIME_H
#define OC_APP_SESSIONTIME_H

#include "base/err.h"

#include <stdint.h>

/* --now INSTANT, or the clock where it is NULL; ns UTC.  OC_USAGE. */
int oc_sessiontime_now(const char *text, int64_t *ns, struct oc_err *err);
/* "90s", "30m", "2h", "7d", "4w" in seconds, above 0.  OC_USAGE naming the option. */
int oc_sessiontime_span(const char *option, const char *text, int64_t *seconds, struct oc_err *err);

#endif
