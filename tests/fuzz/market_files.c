/* market_files - any text as a calendar and as a table of roots; a calendar that is read must count what it lists. */
#include "base/time.h"
#include "market/calendar.h"
#include "market/root.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(const struct oc_calendar *c)
{
    struct oc_session s;
    struct oc_err err = { 0 };
    int32_t first, last, count = 0, at;

    oc_calendar_covers(c, &first, &last);
    for (int32_t d = first; d <= last; d++) {
        if (!oc_calendar_is_session(c, d))
            continue;
        if (oc_calendar_count(c, first, d) != count++ || oc_calendar_step(c, d, 0, &at, &err) || at != d)
            abort();
        if (oc_calendar_session(c, d, &s, &err) == 0 && s.close < s.open)
            abort();
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct oc_calendar *c = NULL;
    struct oc_roots *r = NULL;
    struct oc_err err = { 0 };

    if (oc_calendar_read("fuzz", (const char *)data, size, &c, &err) == 0) {
        check(c);
        oc_calendar_free(c);
    }
    if (oc_root_read("fuzz", (const char *)data, size, &r, &err) == 0) {
        if (oc_root_count(r) == 0)
            abort();
        oc_root_free(r);
    }
    return 0;
}
