/*
 * chain_words - any text as a schedule, ticks, a spread, a smile, a ladder, a table of strikes; what is taken must keep its
 * laws.
 */
#include "app/chainwords.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void schedules(const char *text)
{
    static struct oc_calendar *cal;
    static struct oc_listed out[OC_EXPIRY_MAX];
    struct oc_schedule s;
    struct oc_err err;
    size_t n;

    if (!cal && oc_calendar_open("XNYS", &cal, &err))
        abort();
    s.calendar = cal;
    if (oc_schedule_parse(text, OC_EXPIRY_PM, &s, &err))
        return;
    const int64_t now = INT64_C(1795208400) * 1000000000;
    if (oc_schedule_at(&s, now, out, &n, &err))
        return;
    for (size_t i = 0; i < n; i++)
        if (out[i].expires_at <= now || (i && out[i].expires_at <= out[i - 1].expires_at) || !out[i].rules
            || !oc_calendar_is_session(cal, out[i].date))
            abort();
}

static void ticks(const char *text)
{
    struct oc_ticks t;
    struct oc_err err;

    if (oc_ticks_parse(text, &t, &err))
        return;
    for (double x = 1e-3; x < 1e5; x *= 3.7) {
        const double down = oc_ticks_down(&t, x), up = oc_ticks_up(&t, x);
        if (!(down <= x && up >= x && down >= 0) || oc_ticks_down(&t, down) != down || oc_ticks_up(&t, up) != up)
            abort();
    }
}

static void ladders(const char *text, size_t n)
{
    struct oc_ladder l = { .size = 5 };
    double k[11];
    struct oc_err err;
    size_t count;

    if (oc_listing_read("fuzz", text, n, "a", &l.listing, &err) == 0)
        l.how = OC_LADDER_LISTED;
    else if (oc_chainwords_strikes(text, &l, &err))
        return;
    if (oc_ladder_strikes(&l, 100, 0.2, 0.1, k, &count, &err))
        return;
    if (count == 0 || count > 11)
        abort();
    for (size_t i = 0; i < count; i++)
        if (!(k[i] > 0) || (i && !(k[i] > k[i - 1])))
            abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = malloc(size + 1);
    struct oc_spread spread;
    struct oc_smile smile = { 0 };
    bool want[OC_QUANTITIES], pinned;
    struct oc_ladder l;
    struct oc_err err;

    if (!text)
        return 0;
    if (size)
        memcpy(text, data, size);
    text[size] = '\0';
    schedules(text);
    ticks(text);
    ladders(text, size);
    (void)oc_chainwords_spread(text, &spread, &err);
    (void)oc_chainwords_greeks(text, want, &err);
    (void)oc_chainwords_pinned(text, &pinned, &err);
    (void)oc_chainwords_size(text, &l, &err);
    if (oc_chainwords_smile(text, 0.2, &smile, &err) == 0 && oc_smile_open(&smile, &err) == 0
        && !(oc_smile_atm(&smile, 1, 1) > 0))
        abort();
    oc_smile_close(&smile);
    free(text);
    return 0;
}
