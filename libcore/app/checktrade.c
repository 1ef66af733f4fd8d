/* checktrade - see checktrade.h. */
#include "app/checktrade.h"

#include "app/checkout.h"
#include "record/show.h"

#include <math.h>

struct signal { double entry, stop, target, quantity, equity; int side; };

/* +1 bought, -1 sold, 0 neither. */
static int side_of(const struct oc_symcol *c, size_t i)
{
    if (!c->index || !oc_bit(c->valid, i))
        return 0;
    const uint32_t *off = c->dict->off + c->index[i];
    const char first = off[1] > off[0] ? c->dict->bytes[off[0]] : '\0';

    return first == 'B' || first == 'b' || first == 'L' || first == 'l' ? 1 : first == 'S' || first == 's' ? -1 : 0;
}

static double at(const double *v, size_t i) { return v ? v[i] : NAN; }

static void sides(struct oc_checking *k, size_t i, const struct signal *s)
{
    if (oc_checking_on(k, OC_CHECK_stop_side) && s->side * (s->entry - s->stop) <= 0)
        oc_check_hit(k, OC_CHECK_stop_side, i, "stop", s->stop, s->entry, "stop %.10g of a %s at %.10g", s->stop,
                     s->side > 0 ? "purchase" : "sale", s->entry);
    if (oc_checking_on(k, OC_CHECK_target_side) && s->side * (s->target - s->entry) <= 0)
        oc_check_hit(k, OC_CHECK_target_side, i, "target", s->target, s->entry, "target %.10g of a %s at %.10g", s->target,
                     s->side > 0 ? "purchase" : "sale", s->entry);
}

static void amounts(struct oc_checking *k, size_t i, const struct signal *s)
{
    const double d = fabs(s->entry - s->stop), far = oc_checking_limit(k, OC_CHECK_stop_distance), rel = d / s->entry;
    const double reward = fabs(s->target - s->entry) / d, want = oc_checking_limit(k, OC_CHECK_reward);
    const double risk = s->quantity * d / s->equity, most = oc_checking_limit(k, OC_CHECK_risk);

    if (oc_checking_on(k, OC_CHECK_stop_distance) && (rel > far || rel < far * 1e-3))
        oc_check_hit(k, OC_CHECK_stop_distance, i, "stop", rel, rel > far ? far : far * 1e-3,
                     "stop %.10g is %.4g of entry %.10g away", s->stop, rel, s->entry);
    if (oc_checking_on(k, OC_CHECK_reward) && reward < want)
        oc_check_hit(k, OC_CHECK_reward, i, "target", reward, want, "the target is %.4g times as far as the stop", reward);
    if (oc_checking_on(k, OC_CHECK_risk) && risk > most)
        oc_check_hit(k, OC_CHECK_risk, i, "quantity", risk, most, "%.10g * %.10g is %.4g of %.10g", s->quantity, d, risk,
                     s->equity);
}

static int batch_end(struct oc_checktrade *t, struct oc_checks *checks, size_t row, struct oc_err *err)
{
    struct oc_finding f = { .check = OC_CHECK_signals, .severity = t->failed ? OC_SEVERITY_FAILED : OC_SEVERITY_OK,
                            .ts = INT64_MIN,
                            .end_ts = INT64_MIN, .value = NAN, .limit = NAN, .count = (int64_t)t->failed,
                            .rows = (int64_t)t->signals, .edge = NAN };

    snprintf(f.key, sizeof f.key, "signals %llu-%llu", (unsigned long long)t->before + 1,
             (unsigned long long)(t->before + t->signals));
    snprintf(f.message, sizeof f.message, "%llu of %llu signals failed a check", (unsigned long long)t->failed,
             (unsigned long long)t->signals);
    checks->item[OC_CHECK_signals].rows += t->signals;
    t->before += t->signals;
    t->signals = t->failed = 0;
    return oc_check_tell(checks, t->side, row, &f, err);
}

void oc_checktrade_rows(struct oc_checking *k, struct oc_checktrade *t)
{
    static const enum oc_check_id ids[] = { OC_CHECK_stop_side, OC_CHECK_stop_distance, OC_CHECK_target_side,
                                            OC_CHECK_reward, OC_CHECK_risk };
    const struct oc_checkcols *c = &k->c;
    const double every = oc_checking_limit(k, OC_CHECK_signals);

    if (!c->stop)
        return;
    for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
        oc_checking_seen(k, ids[i], k->n);
    for (size_t i = 0; i < k->n && k->rc == 0; i++) {
        if (isnan(c->stop[i]))
            continue;
        struct signal s = { at(c->open_price, i), c->stop[i], at(c->target, i), at(c->quantity, i), at(c->equity, i),
                            side_of(&c->side, i) };
        if (isnan(s.entry))
            s.entry = at(c->price, i);
        if (isnan(s.equity))
            s.equity = at(c->balance, i);
        if (s.side && s.entry > 0) {
            sides(k, i, &s);
            amounts(k, i, &s);
        }
        t->signals++;
        t->failed += !oc_checking_good(k, i);
        if ((double)t->signals >= every && oc_checking_on(k, OC_CHECK_signals) && batch_end(t, k->checks, i, k->err))
            k->rc = -1;
    }
}

int oc_checktrade_end(struct oc_checktrade *t, struct oc_checks *checks, struct oc_err *err)
{
    return t->signals && checks->item[OC_CHECK_signals].on ? batch_end(t, checks, SIZE_MAX, err) : 0;
}
