/* tradelog - see tradelog.h */
#include "app/tradelog.h"

#include "market/zone.h"

#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

/* One row while the log is collected. */
struct result { int64_t ts, open; uint64_t at; double net, balance, at_risk; };

struct collector {
    const struct oc_tradelog_in *in;
    size_t n, cap;
    struct result *v;
    bool has_balance;
};

struct columns {
    struct oc_intcol ts, open_ts;
    const double *pnl, *fee, *swap, *pnl_net, *balance, *quantity, *open_price, *stop, *multiplier;
};

#define COLUMN(field, kind, need) { #field, kind, need, offsetof(struct columns, field) }

static const struct oc_bindcol wanted[] = {
    COLUMN(ts, OC_TIME, OC_REQUIRED), COLUMN(open_ts, OC_TIME, OC_OPTIONAL), COLUMN(pnl, OC_F64, OC_OPTIONAL),
    COLUMN(fee, OC_F64, OC_OPTIONAL), COLUMN(swap, OC_F64, OC_OPTIONAL), COLUMN(pnl_net, OC_F64, OC_OPTIONAL),
    COLUMN(balance, OC_F64, OC_OPTIONAL), COLUMN(quantity, OC_F64, OC_OPTIONAL), COLUMN(open_price, OC_F64, OC_OPTIONAL),
    COLUMN(stop, OC_F64, OC_OPTIONAL), COLUMN(multiplier, OC_F64, OC_OPTIONAL), { 0 }
};

/* A cell that is there, or `none` where the column is not; NaN where the cell is empty. */
static double cell(const double *column, size_t i, double none) { return column ? column[i] : none; }

static double net_of(const struct columns *c, size_t i)
{
    if (c->pnl_net && !isnan(c->pnl_net[i]))
        return c->pnl_net[i];
    return cell(c->pnl, i, NAN) - cell(c->fee, i, 0) + cell(c->swap, i, 0);
}

/* Money that the trade risks, for --rules; NaN where it is not known. */
static double risk_of(const struct collector *k, const struct columns *c, size_t i)
{
    const double m = cell(c->multiplier, i, k->in->multiplier), open = cell(c->open_price, i, NAN);
    const double distance = k->in->rules->risk_by_notional ? open : fabs(open - cell(c->stop, i, NAN));

    return distance * cell(c->quantity, i, NAN) * m;
}

static bool wants_risk(const struct collector *k) { return k->in->rules && !isnan(k->in->rules->max_risk); }

static int add_row(struct collector *k, struct oc_batch *b, const struct columns *c, size_t i, struct oc_err *err)
{
    const double net = net_of(c, i);
    const bool has_ts = oc_bit(c->ts.valid, i), opened = c->open_ts.v && oc_bit(c->open_ts.valid, i);

    if (!has_ts || isnan(net))
        return oc_bad_row(b, i, NULL, err, "%s", !has_ts ? "ts: is empty" : "pnl_net, or pnl with fee and swap, is empty");
    struct result r = { .ts = c->ts.v[i], .open = opened ? c->open_ts.v[i] : c->ts.v[i], .at = k->n, .net = net,
                        .balance = cell(c->balance, i, NAN), .at_risk = wants_risk(k) ? risk_of(k, c, i) : NAN };
    if (k->has_balance && isnan(r.balance))
        return oc_bad_row(b, i, NULL, err, "balance: is empty");
    if (wants_risk(k) && isnan(r.at_risk))
        return oc_bad_row(b, i, NULL, err, "max_risk: the risk of this trade is not known: it takes quantity, open_price, "
                                           "%smultiplier (column or --multiplier)", k->in->rules->risk_by_notional ? "" : "stop, ");
    k->v[k->n++] = r;
    return 0;
}

static int see(void *ctx, struct oc_batch *b, struct oc_err *err)
{
    struct collector *k = ctx;
    struct columns c = { 0 };

    if (oc_bind(b, wanted, &c, err))
        return -1;
    if (!c.pnl_net && !c.pnl)
        return oc_fail(err, OC_COLUMN, "there is no column pnl_net and no column pnl; --map pnl_net=COLUMN names it");
    k->has_balance = c.balance != NULL;
    if (k->has_balance == !isnan(k->in->initial_balance))
        return oc_fail(err, OC_USAGE, k->has_balance ? "--initial-balance: the log has a column balance, which says it"
                       : "there is no column balance: --initial-balance MONEY, so that profits become returns");
    if (k->n + b->rows > k->cap) {
        const size_t cap = 2 * k->cap + b->rows;
        struct result *v = realloc(k->v, cap * sizeof *v);
        if (!v)
            return oc_fail(err, OC_MEMORY, "no memory for %zu trades", cap);
        k->v = v;
        k->cap = cap;
    }
    for (size_t i = 0; i < b->rows; i++)
        if (add_row(k, b, &c, i, err))
            return -1;
    return 0;
}

static int by_time(const void *a, const void *b)
{
    const struct result *x = a, *y = b;

    if (x->ts != y->ts)
        return x->ts < y->ts ? -1 : 1;
    return x->at < y->at ? -1 : x->at > y->at;
}

static int64_t day_of(const struct oc_instants *in, int64_t ts)
{
    const int64_t local = in->zone ? oc_zone_local(in->zone, ts) : ts, day = INT64_C(86400000000000);

    return local / day - (local % day < 0);
}

static int fill(const struct collector *k, struct oc_tradelog *log, struct oc_tradelog_sums *sums, struct oc_err *err)
{
    double earned = 0, peak = 0;
    int64_t first = k->v[0].open;

    for (size_t i = 0; i < k->n; i++) {
        const struct result *r = &k->v[i];
        const double before = k->has_balance ? r->balance - r->net : k->in->initial_balance + earned;
        if (!(before > 0))
            return oc_fail(err, OC_DATA, "trade %zu in the order of time comes with a balance of %g: no return on that", i + 1,
                           before);
        log->ret[i] = r->net / before;
        log->risk[i] = r->at_risk / before;
        log->day[i] = day_of(k->in->instants, r->ts);
        earned += r->net;
        peak = earned > peak ? earned : peak;
        sums->max_drawdown = peak - earned > sums->max_drawdown ? peak - earned : sums->max_drawdown;
        sums->wins += r->net > 0;
        sums->losses += r->net < 0;
        first = r->open < first ? r->open : first;
    }
    sums->net = earned;
    const int64_t last = k->v[k->n - 1].ts;
    if (last <= first)
        return oc_fail(err, OC_DATA, "all trades close at the instant of the first opening: no time passes");
    log->years = (double)((uint64_t)last - (uint64_t)first) / (365 * 86400e9);      /* may be more than 292 years */
    return 0;
}

int oc_tradelog_read(const struct oc_tradelog_in *in, struct oc_io *io, const char *path, struct oc_tradelog *log,
                     struct oc_tradelog_sums *sums, struct oc_err *err)
{
    struct collector k = { .in = in };
    int rc = oc_each_partial(io, path, "trade", see, &k, err);

    *sums = (struct oc_tradelog_sums){ 0 };
    if (rc == 0 && k.n == 0)
        rc = oc_fail(err, OC_DATA, "there is no trade");
    if (rc == 0) {
        qsort(k.v, k.n, sizeof *k.v, by_time);
        log->n = k.n;
        log->ret = malloc(k.n * sizeof *log->ret);
        log->risk = malloc(k.n * sizeof *log->risk);
        log->day = malloc(k.n * sizeof *log->day);
        rc = log->ret && log->risk && log->day ? fill(&k, log, sums, err)
                                               : oc_fail(err, OC_MEMORY, "no memory for %zu trades", k.n);
    }
    free(k.v);
    return rc;
}

void oc_tradelog_free(struct oc_tradelog *log)
{
    free(log->ret);
    free(log->risk);
    free(log->day);
    *log = (struct oc_tradelog){ 0 };
}
