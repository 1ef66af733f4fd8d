/* chainwords - see chainwords.h. */
#include "app/chainwords.h"

#include "app/price.h"
#include "base/num.h"
#include "model/spec.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int oc_chainwords_strikes(const char *text, struct oc_ladder *l, struct oc_err *err)
{
    double step;

    l->how = OC_LADDER_AUTO;
    if (!text || strcmp(text, "auto") == 0)
        return 0;
    if (oc_num_f64(text, strlen(text), &step) == OC_NUM_OK) {
        if (!(step > 0 && step < 1e9))
            return oc_fail(err, OC_USAGE, "--strikes: an interval is above 0 and below 1e9, not %s", text);
        l->how = OC_LADDER_STEP;
        l->step = step;
        return 0;
    }
    l->how = OC_LADDER_LISTED;
    return oc_listing_find(text, &l->listing, err) ? oc_while(err, "--strikes") : 0;
}

int oc_chainwords_size(const char *text, struct oc_ladder *l, struct oc_err *err)
{
    int64_t n = 30;

    if (text && (oc_num_i64(text, strlen(text), &n) || n < 0 || n > OC_LADDER_SIZE_MAX))
        return oc_fail(err, OC_USAGE, "--chain-size: '%s' is no number of strikes from 0 to %d", text, OC_LADDER_SIZE_MAX);
    l->size = (unsigned)n;
    return 0;
}

int oc_chainwords_pinned(const char *text, bool *pinned, struct oc_err *err)
{
    *pinned = text && strcmp(text, "pinned") == 0;
    return !text || *pinned || strcmp(text, "rolling") == 0 ? 0
        : oc_fail(err, OC_USAGE, "--ladder: '%s' is neither rolling nor pinned", text);
}

int oc_chainwords_spread(const char *text, struct oc_spread *s, struct oc_err *err)
{
    struct oc_spec spec;
    char all[1024];

    *s = (struct oc_spread){ 0 };
    if (!text)
        return 0;
    snprintf(all, sizeof all, strchr(text, '=') ? "spread:%s" : "spread:spread=%s", text);
    if (strlen(text) + 16 > sizeof all)
        return oc_fail(err, OC_USAGE, "--spread: the text is too long");
    if (oc_spec_parse(all, &spec, err) || oc_spec_known(&spec, "spread proportional moneyness tenor", err)
        || oc_spec_number(&spec, "spread", &s->spread, err) < 0
        || oc_spec_number(&spec, "proportional", &s->proportional, err) < 0
        || oc_spec_number(&spec, "moneyness", &s->moneyness, err) < 0 || oc_spec_number(&spec, "tenor", &s->tenor, err) < 0)
        return oc_while(err, "--spread");
    return 0;
}

int oc_chainwords_greeks(const char *text, bool want[OC_QUANTITIES], struct oc_err *err)
{
    struct oc_price p = { 0 };

    if (text && oc_price_greeks(&p, text, false, err))
        return -1;
    memcpy(want, p.want, sizeof p.want);
    want[OC_PRICE] = true;
    return 0;
}

int oc_chainwords_smile(const char *text, double vol, struct oc_smile *s, struct oc_err *err)
{
    const char *comma = text ? strchr(text, ',') : NULL;
    struct oc_slice slice = { .years = NAN, .p = { vol, NAN, NAN } };

    if (text && (!comma || oc_num_f64(text, (size_t)(comma - text), &slice.p[1])
                 || oc_num_f64(comma + 1, strlen(comma + 1), &slice.p[2])))
        return oc_fail(err, OC_USAGE, "--smile: '%s' is not SKEW,CURVE, as in -0.2,0.1", text);
    if (isnan(vol))
        return oc_fail(err, OC_USAGE,
                       text ? "--smile needs --vol" : "the volatility is missing: --vol or --surface supplies it");
    if (oc_smile_find(text ? "quadratic" : "flat", &s->model, err))
        return -1;
    if (!(s->slice = malloc(sizeof slice)))
        return oc_fail(err, OC_MEMORY, "no memory for a smile");
    *s->slice = slice;
    s->n = 1;
    return 0;
}
