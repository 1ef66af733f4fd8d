/* expiry - instants of expiry: see expiry.h. */
#include "market/expiry.h"

int oc_expiry_settle(const char *p, size_t n, int32_t *settle)
{
    if (n == 2 && (p[1] | 32) == 'm' && ((p[0] | 32) == 'a' || (p[0] | 32) == 'p')) {
        *settle = (p[0] | 32) == 'a' ? OC_EXPIRY_AM : OC_EXPIRY_PM;
        return 0;
    }
    if (n != 5 || p[2] != ':')
        return -1;
    for (int i = 0; i < 5; i++)
        if (i != 2 && (p[i] < '0' || p[i] > '9'))
            return -1;
    const int32_t minute = (p[3] - '0') * 10 + p[4] - '0';
    *settle = ((p[0] - '0') * 10 + p[1] - '0') * 60 + minute;
    return minute > 59 || *settle > 1440 ? -1 : 0;
}

int oc_expiry_instant(const struct oc_calendar *cal, int32_t date, int32_t settle, int64_t *ns, struct oc_err *err)
{
    struct oc_session s;
    int32_t session;

    if (oc_calendar_step(cal, date, 0, &session, err) || oc_calendar_session(cal, session, &s, err))
        return -1;
    if (settle == OC_EXPIRY_PM)
        *ns = s.pm;
    else if (settle == OC_EXPIRY_AM)
        *ns = s.am;
    else if (oc_calendar_instant(cal, session, settle, ns))
        return oc_fail(err, OC_DATA, "the expiry is outside the years 1677 to 2262");
    return 0;
}

int oc_expiry_lookup(struct oc_expiry_cache *c, int32_t date, int32_t settle, int64_t *ns, struct oc_err *err)
{
    /* neighbouring dates fall into neighbouring slots, the settlements of a date far apart */
    const uint32_t i = ((uint32_t)date + (uint32_t)settle * 101u) % 256;

    if (!c->slot[i].known || c->slot[i].date != date || c->slot[i].settle != settle) {
        if (oc_expiry_instant(c->cal, date, settle, &c->slot[i].ns, err)) {
            c->slot[i].known = false;
            return -1;
        }
        c->slot[i].date = date;
        c->slot[i].settle = settle;
        c->slot[i].known = true;
    }
    *ns = c->slot[i].ns;
    return 0;
}

size_t oc_expiry_column(struct oc_expiry_cache *c, size_t n, const int32_t *date, const int32_t *settle, int64_t *ns,
                        struct oc_err *err)
{
    for (size_t i = 0; i < n; i++)
        if (oc_expiry_lookup(c, date[i], settle ? settle[i] : OC_EXPIRY_PM, &ns[i], err))
            return i;
    return n;
}
