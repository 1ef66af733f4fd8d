/* ocsvalue - see ocsvalue.h. */
#include "app/ocsvalue.h"

#include "base/nearest.h"
#include "base/num.h"
#include "base/time.h"

#include <math.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

int oc_ocsvalue_wrong(const struct oc_ocsplace *p, const char *what)
{
    return oc_fail(p->err, OC_FORMAT, "%s: %s", p->path, what);
}

/* The same place one level down; name may be hostile, so it is cut and freed of control characters. */
struct oc_ocsplace oc_ocsvalue_below(const struct oc_ocsplace *p, const char *name)
{
    struct oc_ocsplace q = { .r = p->r, .err = p->err };

    snprintf(q.path, sizeof q.path, "%.100s%s%.50s", p->path, *p->path ? "." : "", name);
    for (char *s = q.path; *s; s++)
        if ((unsigned char)*s < ' ')
            *s = '?';
    return q;
}

int oc_ocsvalue_unknown(const struct oc_ocsplace *p, const char *name, size_t n, const char *const names[])
{
    const char *near = oc_nearest(name, n, names);

    return near ? oc_fail(p->err, OC_FORMAT, "%s: there is no such field; did you mean '%s'?", p->path, near)
                : oc_ocsvalue_wrong(p, "there is no such field");
}

/* ---- values ----------------------------------------------------------------------------------------------- */

int oc_ocsvalue_number(const struct oc_ocsplace *p, const json_t *v, double *out)
{
    if (json_is_string(v)) {
        if (oc_num_f64(json_string_value(v), json_string_length(v), out))
            return oc_ocsvalue_wrong(p, "the text is not a number");
    } else if (json_is_number(v)) {
        *out = json_number_value(v);
    } else {
        return oc_ocsvalue_wrong(p, "this is not a number");
    }
    return 0;
}

/* A whole number up to 2^64 - 1; those above 2^63 - 1 come as text (see quote_large). */
int oc_ocsvalue_count(const struct oc_ocsplace *p, const json_t *v, uint64_t *out)
{
    const char *s = json_string_value(v);

    if (json_is_integer(v) && json_integer_value(v) >= 0) {
        *out = (uint64_t)json_integer_value(v);
        return 0;
    }
    if (!s || !*s || strspn(s, "0123456789") != json_string_length(v))
        return oc_ocsvalue_wrong(p, "this is not a whole number of 0 or more");
    for (*out = 0; *s; s++) {
        const uint64_t digit = (uint64_t)(*s - '0');
        if (*out > (UINT64_MAX - digit) / 10)
            return oc_ocsvalue_wrong(p, "this is above 18446744073709551615");
        *out = *out * 10 + digit;
    }
    return 0;
}

int oc_ocsvalue_text(const struct oc_ocsplace *p, const json_t *v, char *out, size_t size)
{
    const char *s = json_string_value(v);

    if (!s)
        return oc_ocsvalue_wrong(p, "this is not a text");
    if (!*s || json_string_length(v) >= size || strlen(s) != json_string_length(v))
        return oc_ocsvalue_wrong(p, "this text is empty or too long");
    for (size_t i = 0; s[i]; i++)
        if ((unsigned char)s[i] <= ' ' || s[i] == 0x7f)
            return oc_ocsvalue_wrong(p, "this text holds a blank or a control character");
    memcpy(out, s, strlen(s) + 1);
    return 0;
}

static const struct { const char *word; double periods; } frames[] = {
    { "microsecond", 5896800e6 }, { "millisecond", 5896800e3 }, { "second", 5896800 }, { "minute", 98280 }, { "hour", 1638 },
    { "day", 252 }, { "week", 52 }, { "month", 12 }, { "quarter", 4 }, { "year", 1 },
};

int oc_ocsjson_periods(const char *word, size_t n, double *periods)
{
    for (size_t i = 0; i < sizeof frames / sizeof *frames; i++)
        if (strlen(frames[i].word) == n && strncasecmp(frames[i].word, word, n) == 0) {
            *periods = frames[i].periods;
            return 0;
        }
    return -1;
}

/* "Day", or {"Custom": periods a year}. */
int oc_ocsvalue_frame(const struct oc_ocsplace *p, const json_t *v, double *periods)
{
    const json_t *custom = json_object_get(v, "Custom");

    if (json_is_string(v) && oc_ocsjson_periods(json_string_value(v), json_string_length(v), periods) == 0)
        return 0;
    if (json_object_size(v) != 1 || !(custom = custom ? custom : json_object_get(v, "custom")))
        return oc_ocsvalue_wrong(p, "this is none of Microsecond ... Day ... Year, {\"Custom\": periods a year}");
    if (oc_ocsvalue_number(p, custom, periods))
        return -1;
    return *periods > 0 ? 0 : oc_ocsvalue_wrong(p, "the periods a year are not above 0");
}

int oc_ocsvalue_instant(const struct oc_ocsplace *p, const json_t *v)
{
    const char *s = json_string_value(v);
    const size_t n = json_string_length(v);
    struct oc_stamp t;

    if (!s || oc_time_parse(s, n, &t) != n || !n || !t.absolute)
        return oc_ocsvalue_wrong(p, "this is not an instant such as 2026-01-05T14:30:00Z");
    p->r->start_at = t.ns;
    p->r->has_start = true;
    return 0;
}

/* HH:MM or HH:MM:SS */
int oc_ocsvalue_clock(const struct oc_ocsplace *p, const json_t *v)
{
    const char *s = json_string_value(v);
    char buf[48];
    struct oc_stamp t;

    const int n = snprintf(buf, sizeof buf, "1970-01-01T%.20s", s ? s : "");
    if (!s || (strlen(s) != 5 && strlen(s) != 8) || oc_time_parse(buf, (size_t)n, &t) != (size_t)n || t.absolute)
        return oc_ocsvalue_wrong(p, "this is not a time of day such as 16:00 or 16:00:00");
    p->r->expiration_time = (uint64_t)(t.ns / OC_TIME_SECOND);
    p->r->has_clock = true;
    return 0;
}
