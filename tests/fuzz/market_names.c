/* market_names - any text as a time, a layout, a contract's name, a settlement, a rule; what is read must print and come back. */
#include "base/timescan.h"
#include "market/curve.h"
#include "market/expiry.h"
#include "market/symbol.h"
#include "market/tzrule.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void times(const char *p, size_t n)
{
    static const char *const layouts[] = { "%a %b %d %Y", "%B %d, %Y, %I:%M %p %Z", "%Y%m%d %H:%M:%S.%f %z", "%m/%d/%y", "%s.%f" };
    struct oc_stamp s, back;
    struct oc_scanned scanned;
    char text[OC_TIME_PRINT_MAX];

    const size_t used = oc_time_parse(p, n, &s);
    if (used > n || strlen(oc_time_why(p, n)) == 0)
        abort();
    if (used) {
        const size_t len = oc_time_print(text, s.ns);
        if (oc_time_parse(text, len, &back) != len || back.ns != s.ns)
            abort();
    }
    for (size_t i = 0; i < sizeof layouts / sizeof *layouts; i++)
        if (oc_timescan_read(layouts[i], p, n, &scanned) > n)
            abort();
}

static void contracts(const char *p, size_t n)
{
    struct oc_symbol s, back;
    char text[OC_SYMBOL_MAX];

    if (oc_symbol_parse(p, n, &s))
        return;
    if (!(s.strike > 0) || s.root_len != strlen(s.root))
        abort();
    const size_t len = s.form >= OC_SYMBOL_FUTURE ? 0 : oc_symbol_print(text, &s, s.form);
    if (len && (oc_symbol_parse(text, len, &back) || back.strike != s.strike || back.expiry != s.expiry || back.type != s.type))
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const char *p = (const char *)data;
    struct oc_tzrule rule;
    int32_t settle;
    double years;

    times(p, size);
    contracts(p, size);
    if (oc_expiry_settle(p, size, &settle) == 0 && (settle < OC_EXPIRY_AM || settle > 1440))
        abort();
    if (oc_curve_tenor(p, size, &years) == 0 && !(years > 0))
        abort();
    if (oc_tzrule_parse(p, size, &rule) == 0 && rule.has_dst)
        (void)oc_tzrule_change(&rule, 2024, 1);
    return 0;
}
