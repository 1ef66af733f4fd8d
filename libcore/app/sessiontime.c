/* sessiontime - see sessiontime.h.  The one place where sessions read a clock. */
#include "app/sessiontime.h"

#include "base/num.h"
#include "base/time.h"

#include <string.h>
#include <time.h>

int oc_sessiontime_now(const char *text, int64_t *ns, struct oc_err *err)
{
    struct oc_stamp stamp;
    struct timespec t;

    if (text) {
        if (!*text || oc_time_parse(text, strlen(text), &stamp) != strlen(text) || !stamp.absolute)
            return oc_fail(err, OC_USAGE, "--now: '%s' is no instant such as 2026-11-20T21:00:00Z", text);
        *ns = stamp.ns;
        return 0;
    }
    clock_gettime(CLOCK_REALTIME, &t);
    *ns = (int64_t)t.tv_sec * OC_TIME_SECOND + t.tv_nsec;
    return 0;
}

int oc_sessiontime_span(const char *option, const char *text, int64_t *seconds, struct oc_err *err)
{
    static const struct { char letter; int64_t seconds; } unit[] = {
        { 's', 1 }, { 'm', 60 }, { 'h', 3600 }, { 'd', 86400 }, { 'w', 604800 }
    };
    const size_t n = strlen(text);

    for (size_t i = 0; i < sizeof unit / sizeof *unit; i++)
        if (n > 1 && text[n - 1] == unit[i].letter && oc_num_i64(text, n - 1, seconds) == OC_NUM_OK && *seconds > 0
            && *seconds <= INT64_C(100000000000) / unit[i].seconds) {
            *seconds *= unit[i].seconds;
            return 0;
        }
    return oc_fail(err, OC_USAGE, "--%s: '%.80s' is no time such as 90s, 30m, 2h, 7d or 4w", option, text);
}
