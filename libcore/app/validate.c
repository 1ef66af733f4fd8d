/* validate - see validate.h. */
#include "app/validate.h"

#include "app/checking.h"
#include "app/checkout.h"
#include "app/checkrow.h"
#include "base/time.h"
#include "cli/say.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#define COL(n, t) { #n, t, OC_OPTIONAL, offsetof(struct oc_checkcols, n) }

static const struct oc_bindcol columns[OC_VALIDATE_COLUMNS + 1] = {
    COL(price, OC_F64), COL(size, OC_F64), COL(bid, OC_F64), COL(ask, OC_F64), COL(bid_size, OC_F64), COL(ask_size, OC_F64),
    COL(open, OC_F64), COL(high, OC_F64), COL(low, OC_F64), COL(close, OC_F64), COL(volume, OC_F64), COL(vwap, OC_F64),
    COL(open_interest, OC_F64), COL(strike, OC_F64), COL(iv, OC_F64), COL(vendor_iv, OC_F64), COL(last, OC_F64),
        COL(mark, OC_F64),
    COL(spot, OC_F64), COL(stop, OC_F64), COL(target, OC_F64), COL(quantity, OC_F64), COL(open_price, OC_F64),
        COL(equity, OC_F64),
    COL(balance, OC_F64), COL(dollar_volume, OC_F64), COL(buy_volume, OC_F64), COL(sell_volume, OC_F64), COL(ts, OC_TIME),
    COL(recv_ts, OC_TIME), COL(open_ts, OC_TIME), COL(trades, OC_I64), COL(expiry, OC_DATE), COL(symbol, OC_SYM),
        COL(type, OC_SYM),
    COL(side, OC_SYM), COL(interval, OC_SYM), COL(currency, OC_SYM), COL(calendar, OC_SYM), { 0 }
};

/*
 * Of these the ones that the stream has and that have their meaning in it: a foreign column of such a name (bid_size in
 * bars) is nobody's business here.
 */
static void choose_columns(struct oc_validate *v, const struct oc_schema *in)
{
    size_t n = 0;

    for (const struct oc_bindcol *c = columns; c->name; c++) {
        const int i = oc_schema_find(in, c->name);
        if (i >= 0 && in->field[i].def && in->field[i].type == c->type)
            v->columns[n++] = *c;
    }
    v->columns[n] = (struct oc_bindcol){ 0 };
}

struct has { const struct oc_schema *in; };

static bool has(const void *ctx, const char *name, size_t len)
{
    const struct oc_schema *in = ((const struct has *)ctx)->in;
    char text[64];

    snprintf(text, sizeof text, "%.*s", (int)len, name);
    return strcmp(text, "interval") == 0 || oc_schema_find(in, text) >= 0;
}

/* With --interval bars need no column of it; all else that their kind needs, they do. */
static int check_needs(const struct oc_validate *v, const struct oc_schema *in, struct oc_err *err)
{
    size_t len;
    const char *lacks = v->interval && in->kind ? oc_kind_lacks(in->kind->needs, has, &(struct has){ in }, &len) : NULL;

    return lacks ? oc_fail(err, OC_COLUMN, "records of kind %s need a column %.*s", in->kind->name, (int)len, lacks) : 0;
}

/* ---- before the first record --------------------------------------------------------------------------------- */

static int read_as_of(struct oc_validate *v, struct oc_err *err)
{
    struct oc_stamp t;
    const size_t n = strlen(v->as_of_text);

    if (!n || oc_time_parse(v->as_of_text, n, &t) != n || !t.absolute)
        return oc_fail(err, OC_USAGE, "--as-of: '%s' is no instant with an offset or Z", v->as_of_text);
    v->as_of = t.ns;
    return 0;
}

int oc_validate_open(struct oc_validate *v, struct oc_err *err)
{
    v->as_of = INT64_MIN;
    if (v->as_of_text && read_as_of(v, err))
        return -1;
    if (v->interval && !(v->step = oc_checkgap_interval(v->interval, strlen(v->interval))))
        return oc_fail(err, OC_USAGE, "--interval: '%s' is no time such as 1m, 5s, 1h, 1d, 1w", v->interval);
    if (v->gaps_file && !v->instants->calendar)
        return oc_fail(err, OC_USAGE, "--gaps wants --calendar ID, whose sessions say what should be there: XNYS, FX_24_5, "
                       "CRYPTO_24_7, ..., or WEEKDAYS");
    const struct oc_zone *zone = v->instants->calendar ? oc_calendar_zone(v->instants->calendar) : v->instants->zone;
    if (v->chain.on && oc_checkarbitrage_open(&v->chain, v->io, v->instants,
                                              v->instants->calendar ? oc_calendar_id(v->instants->calendar) : NULL, err))
        return -1;
    if (v->location && oc_checklocation_open(&v->place, v->location, zone, err))
        return -1;
    if (v->checks_file && oc_side_open(v->io, "--checks", v->checks_file, "check", &v->checks_side, err))
        return -1;
    if (v->gaps_file && oc_side_open(v->io, "--gaps", v->gaps_file, "gap", &v->gaps_side, err))
        return -1;
    v->series.descending = v->order && *v->order == 'd';
    v->gap.descending = v->series.descending;
    v->gap.extended = v->hours && *v->hours == 'e';
    v->gap.side = v->gaps_side;
    v->trade.side = v->halt.side = v->checks_side;
    v->halt.on = v->breaker;
    v->checks.reasons = v->io->rejects != NULL;
    return 0;
}

int oc_validate_begin(void *ctx, const struct oc_schema *in, struct oc_err *err)
{
    struct oc_validate *v = ctx;

    if (check_needs(v, in, err))
        return -1;
    v->kind = in->kind ? in->kind->name : "";
    if (v->chain.on && strcmp(v->kind, "quote") != 0)
        return oc_fail(err, OC_USAGE, "--arbitrage is of whole chains, that is of quote records; these are of kind %s",
                       *v->kind ? v->kind : "none");
    oc_check_kind(&v->checks, v->kind);
    choose_columns(v, in);
    v->keys.forget = v->forgets;
    v->checks.item[OC_CHECK_duplicate].drops |= v->dedup;
    /* a tick or a fill has a key only where the vendor numbers them */
    v->key_tells = strcmp(v->kind, "tick") == 0    ? oc_schema_find(in, "seq") >= 0 || oc_schema_find(in, "tick_id") >= 0
                   : strcmp(v->kind, "trade") == 0 ? oc_schema_find(in, "trade_id") >= 0 || oc_schema_find(in, "seq") >= 0
                                                   : true;
    if (v->checks_side && oc_checkout_write(v->checks_side, NULL, 0, err))
        return -1;
    return oc_checkgap_write(&v->gap, v->kind, err);
}

/* ---- a batch ------------------------------------------------------------------------------------------------- */

/* Every cell that has a meaning is read: what cannot be read is a finding too. */
static int load_all(struct oc_batch *b, struct oc_err *err)
{
    for (size_t i = 0; i < b->ncol; i++)
        if (oc_load(b, &b->col[i], err))
            return -1;
    return 0;
}

/* The interval of each bar in ns. */
static int steps(const struct oc_validate *v, struct oc_checking *k)
{
    const struct oc_symcol *c = &k->c.interval;

    if (strcmp(v->kind, "bar") != 0)
        return 0;
    int64_t *of = oc_arena_zero(&k->b->arena, (c->dict ? c->dict->n : 0) + 1, sizeof *of);
    int64_t *step = oc_arena_zero(&k->b->arena, k->n + 1, sizeof *step);
    if (!of || !step)
        return oc_fail(k->err, OC_MEMORY, "no memory for intervals");
    for (uint32_t i = 0; c->index && i < c->dict->n; i++)
        of[i] = oc_checkgap_interval(c->dict->bytes + c->dict->off[i], c->dict->off[i + 1] - c->dict->off[i]);
    for (size_t i = 0; i < k->n; i++)
        step[i] = v->step ? v->step : c->index && oc_bit(c->valid, i) ? of[c->index[i]] : 0;
    k->step = step;
    return 0;
}

/* Rows that nobody is to judge: those that --only leaves out. */
static int failed_bits(struct oc_checking *k)
{
    const size_t words = oc_bit_words(k->n);

    k->failed = oc_arena_zero(&k->b->arena, words + 1, sizeof *k->failed);
    if (!k->failed)
        return oc_fail(k->err, OC_MEMORY, "no memory for a batch");
    for (size_t i = 0; k->b->active && i < words; i++)
        k->failed[i] = ~k->b->active[i];
    return 0;
}

/* What is kept of contracts that are over since the last batch. */
static int forget(struct oc_validate *v, struct oc_err *err)
{
    for (uint32_t i = 0; i < v->keys.nended; i++) {
        const uint32_t id = v->keys.ended[i];
        oc_checkseries_forget(&v->series, id);
        oc_checkbreaker_forget(&v->halt, id);
        oc_checkgap_forget(&v->gap, id);
        if (oc_checksession_forget(&v->session, id, &v->checks, v->instants->calendar, err))
            return -1;
    }
    oc_rowkeys_dropped(&v->keys);
    return 0;
}

/*
 * The calendar that rows name is the one that they are judged by, or the run is refused: which one holds is not ours to say.
 * Without --calendar no session is asked for, and that is told once.
 */
static int calendars(struct oc_validate *v, const struct oc_checking *k)
{
    const struct oc_symcol *c = &k->c.calendar;
    const char *id = k->calendar ? oc_calendar_id(k->calendar) : NULL;

    for (size_t i = 0; c->index && i < k->n; i++) {
        if (!oc_bit(c->valid, i) || !oc_bit(k->b->active, i))
            continue;
        const uint32_t *off = c->dict->off + c->index[i];
        const int n = (int)(off[1] - off[0]);
        const char *named = c->dict->bytes + off[0];
        if (!n || (id && (int)strlen(id) == n && memcmp(id, named, (size_t)n) == 0))
            continue;
        if (!id) {
            if (!v->unjudged)
                oc_say(OC_WARNING, "rows name calendar %.*s; without --calendar they are not held against its sessions", n,
                       named);
            v->unjudged = true;
            return 0;
        }
        oc_fail(k->err, OC_DATA, "the row of line %llu names calendar %.*s, and --calendar says %s: one calendar in a run",
                (unsigned long long)(k->line + (k->b->line ? k->b->line[i] : i)), n, named, id);
        oc_at(k->err, k->b->file, 0, 0);
        return -1;
    }
    return 0;
}

static int prepare(struct oc_validate *v, struct oc_checking *k)
{
    const bool equals = v->checks.item[OC_CHECK_duplicate].on || v->checks.item[OC_CHECK_conflict].on;

    if (load_all(k->b, k->err) || oc_bind(k->b, v->columns, &k->c, k->err) || failed_bits(k) || steps(v, k)
        || calendars(v, k) || forget(v, k->err)
        || oc_rowkeys_fill(&v->keys, k->b, equals, k->err))
        return -1;
    k->instrument = v->keys.instrument;
    k->instruments = v->keys.n;
    k->hash = v->keys.hash;
    k->key = v->key_tells ? v->keys.key : NULL;
    return 0;
}

/* Rows that were judged, and those of them that leave, once each though several cells may be at fault. */
static int count(struct oc_validate *v, const struct oc_checking *k)
{
    uint64_t *left = oc_arena_zero(&k->b->arena, oc_bit_words(k->n) + 1, sizeof *left);

    if (!left)
        return oc_fail(k->err, OC_MEMORY, "no memory for a batch");
    for (size_t i = 0; i < k->n; i++)
        v->rows += !k->b->active || oc_bit(k->b->active, i);
    for (size_t i = 0; i < k->b->nbad; i++) {
        const struct oc_bad *bad = &k->b->bad[i];
        v->left += bad->drop && !oc_bit(left, bad->row);
        if (bad->drop)
            oc_bit_set(left, bad->row);
    }
    return 0;
}

/* The order in which checks look at rows: what reads values alone, then what remembers. */
static void check_all(struct oc_validate *v, struct oc_checking *k)
{
    const bool keep = v->io->on_error == OC_ON_ERROR_NA;

    oc_check_settle(k->checks);
    oc_checkrow_unreadable(k, keep);
    if (oc_checking_on(k, OC_CHECK_required))
        oc_checkrow_required(k);
    oc_checkrow_ranges(k);
    oc_checkrow_sides(k);
    oc_checkrow_instants(k, v->as_of);
    oc_checklocation_rows(k, &v->place);
    if (oc_checking_on(k, OC_CHECK_order))
        oc_checkseries_order(k, &v->series);
    oc_checkequal_rows(k, &v->equal);
    oc_checkseries_prices(k, &v->series);
    oc_checksession_parts(k, &v->session);
    if (oc_checking_on(k, OC_CHECK_tz_shift) || oc_checking_on(k, OC_CHECK_tz_dst))
        oc_checksession_weeks(k, &v->session);
    oc_checkbreaker_rows(k, &v->halt);
    v->gap.halt_until = v->halt.row_halt;
    if (v->gaps_side || oc_checking_on(k, OC_CHECK_gap) || oc_checking_on(k, OC_CHECK_interval))
        oc_checkgap_rows(k, &v->gap);
    oc_checktrade_rows(k, &v->trade);
    oc_checkarbitrage_rows(k, &v->chain);
}

int oc_validate_look(struct oc_validate *v, struct oc_batch *b, struct oc_checking *k, struct oc_err *err)
{
    k->checks = &v->checks;
    k->b = b;
    k->n = b->rows;
    k->kind = v->kind;
    k->calendar = v->instants->calendar;
    k->end_stamped = *v->stamp == 'e';
    k->err = err;
    if (b->file != v->file) {
        v->file = b->file;
        v->line = b->first_line;
        k->fresh = true;
    }
    k->line = v->line;
    v->line += b->lines ? b->lines : b->rows;
    if (prepare(v, k))
        return -1;
    check_all(v, k);
    return count(v, k) ? -1 : k->rc;
}

int oc_validate_step(void *ctx, struct oc_batch *b, struct oc_err *err)
{
    struct oc_validate *v = ctx;
    struct oc_checking k = { 0 };

    if (!b->rows && !b->file)           /* the call that settles the columns */
        return 0;
    return oc_validate_look(v, b, &k, err) || err->code == OC_MEMORY
           || (v->gap.ngap && oc_checkgap_write(&v->gap, v->kind, err))
           || oc_check_flush(&v->checks.pending, v->checks_side, err) ? -1 : 0;
}

/* ---- the end ------------------------------------------------------------------------------------------------- */

/* Shares of the whole stream against their limits. */
static void shares(struct oc_validate *v, struct oc_err *err)
{
    const struct { enum oc_check_id id; uint64_t part; bool least; const char *text; } share[] = {
        { OC_CHECK_missing, v->checks.item[OC_CHECK_required].hits, false, "empty required cells in" },
        { OC_CHECK_quality, v->rows - v->left, true, "good of" },
    };

    for (size_t i = 0; i < sizeof share / sizeof *share && v->rows; i++) {
        struct oc_checkitem *it = &v->checks.item[share[i].id];
        const double value = (double)share[i].part / (double)v->rows;
        if (!it->on || (share[i].id == OC_CHECK_missing && !v->checks.item[OC_CHECK_required].on))
            continue;
        it->rows = v->rows;
        if (share[i].least ? value >= it->limit : value <= it->limit)
            continue;
        struct oc_finding f = oc_checking_blank();
        f.value = value;
        f.limit = it->limit;
        snprintf(f.message, sizeof f.message, "%llu %s %llu rows", (unsigned long long)share[i].part, share[i].text,
                 (unsigned long long)v->rows);
        oc_check_note(&v->checks, share[i].id, SIZE_MAX, &f, err);
    }
}

int oc_validate_finish(void *ctx, bool complete, struct oc_err *err)
{
    struct oc_validate *v = ctx;
    struct oc_err later = { 0 };
    int rc = 0;

    if (complete)
        rc = oc_checksession_end(&v->session, &v->checks, v->instants->calendar, err);
    if (complete && rc == 0)
        rc = oc_checkgap_end(&v->gap, &v->checks, err);
    if (complete && rc == 0)
        rc = oc_checktrade_end(&v->trade, &v->checks, err);
    if (complete && rc == 0)
        shares(v, err);
    if (complete && rc == 0)
        rc = oc_check_flush(&v->checks.pending, v->checks_side, err);
    if (complete && rc == 0 && v->checks_side)
        rc = oc_checkout_summary(v->checks_side, &v->checks, err);
    if (oc_side_close(v->checks_side, complete && rc == 0, rc ? &later : err))
        rc = -1;
    if (oc_side_close(v->gaps_side, complete && rc == 0, rc ? &later : err))
        rc = -1;
    v->checks_side = v->gaps_side = NULL;
    return rc == 0 && complete && oc_check_failed(&v->checks) ? oc_checkout_verdict(&v->checks, err) : rc;
}

void oc_validate_close(struct oc_validate *v)
{
    struct oc_err none = { 0 };

    oc_side_close(v->checks_side, false, &none);
    oc_side_close(v->gaps_side, false, &none);
    oc_check_free(&v->checks);
    oc_rowkeys_free(&v->keys);
    oc_checkequal_free(&v->equal);
    oc_checkseries_free(&v->series);
    oc_checksession_free(&v->session);
    oc_checkgap_free(&v->gap);
    oc_checkbreaker_free(&v->halt);
    oc_checkarbitrage_close(&v->chain);
}
