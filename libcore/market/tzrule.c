/* tzrule - POSIX TZ rules: see tzrule.h.  Hours run from -167 to 167, as RFC 8536 extends them. */
#include "market/tzrule.h"

#include "base/time.h"

#include <string.h>

struct text { const char *p; size_t n, i; };

static char peek(const struct text *t) { return t->i < t->n ? t->p[t->i] : '\0'; }

static bool take(struct text *t, char c)
{
    if (peek(t) != c)
        return false;
    t->i++;
    return true;
}

static bool number(struct text *t, int32_t least, int32_t most, int32_t *out)
{
    int32_t x = 0, k = 0;

    for (; k < 3 && peek(t) >= '0' && peek(t) <= '9'; k++)
        x = x * 10 + (t->p[t->i++] - '0');
    *out = x;
    return k > 0 && x >= least && x <= most;
}

static bool letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

/* Three letters or more, or anything of letters, digits and signs in angle brackets. */
static bool abbreviation(struct text *t, char out[12])
{
    const bool quoted = take(t, '<');
    size_t k = 0;

    for (char c; (c = peek(t)) != '\0'; t->i++) {
        if (!letter(c) && !(quoted && ((c >= '0' && c <= '9') || c == '+' || c == '-')))
            break;
        if (k == 11)
            return false;
        out[k++] = c;
    }
    out[k] = '\0';
    return k >= 3 && (!quoted || take(t, '>'));
}

/* [+-]h[:mm[:ss]] in seconds. */
static bool clock_time(struct text *t, int32_t hours, int32_t *seconds)
{
    const int32_t sign = take(t, '-') ? -1 : (take(t, '+'), 1);
    int32_t h, m = 0, s = 0;

    if (!number(t, 0, hours, &h))
        return false;
    if (take(t, ':') && (!number(t, 0, 59, &m) || (take(t, ':') && !number(t, 0, 59, &s))))
        return false;
    *seconds = sign * (h * 3600 + m * 60 + s);
    return true;
}

static bool when(struct text *t, struct oc_tzrule_when *w)
{
    bool ok;

    if (take(t, 'M')) {
        w->form = 'M';
        ok = number(t, 1, 12, &w->month) && take(t, '.') && number(t, 1, 5, &w->week) && take(t, '.')
            && number(t, 0, 6, &w->day);
    } else if (take(t, 'J')) {
        w->form = 'J';
        ok = number(t, 1, 365, &w->day);
    } else {
        w->form = 'n';
        ok = number(t, 0, 365, &w->day);
    }
    w->seconds = 2 * 3600;
    return ok && (!take(t, '/') || clock_time(t, 167, &w->seconds));
}

int oc_tzrule_parse(const char *p, size_t n, struct oc_tzrule *out)
{
    struct text t = { p, n, 0 };
    int32_t west;

    memset(out, 0, sizeof *out);
    if (!abbreviation(&t, out->abbr[0]) || !clock_time(&t, 24, &west))
        return -1;
    out->offset[0] = -west;
    if (t.i == n)
        return 0;
    out->has_dst = true;
    out->offset[1] = out->offset[0] + 3600;
    if (!abbreviation(&t, out->abbr[1]))
        return -1;
    if (peek(&t) != ',') {
        if (!clock_time(&t, 24, &west))
            return -1;
        out->offset[1] = -west;
    }
    return take(&t, ',') && when(&t, &out->change[1]) && take(&t, ',') && when(&t, &out->change[0]) && t.i == n ? 0 : -1;
}

static int32_t day_of(const struct oc_tzrule_when *w, int32_t year)
{
    const int32_t first = oc_time_days(year, 1, 1);

    if (w->form == 'n')
        return first + w->day;
    if (w->form == 'J')
        return first + w->day - 1 + (w->day > 59 && oc_time_month_days(year, 2) == 29);
    const int32_t month = oc_time_days(year, w->month, 1);
    const int32_t sunday0 = (oc_time_weekday(month) + 1) % 7;           /* weekday of the 1st, 0 Sunday */
    int32_t d = (w->day - sunday0 + 7) % 7 + 7 * (w->week - 1);
    if (d >= oc_time_month_days(year, w->month))
        d -= 7;
    return month + d;
}

int64_t oc_tzrule_change(const struct oc_tzrule *rule, int32_t year, int which)
{
    const struct oc_tzrule_when *w = &rule->change[which];

    return (int64_t)day_of(w, year) * 86400 + w->seconds - rule->offset[!which];
}
