/* inject - see inject.h: the spec, and the pass over the records. */
#include "app/inject.h"

#include "app/checkout.h"
#include "base/num.h"
#include "math/philox.h"
#include "record/whole.h"

#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

enum { STREAM = 0x4000, COIN = OC_CHECK_calendar + 1, APART_QUOTES = 4 };   /* COIN: a stream that no fault draws from */
static const double RATE = 0.001, GAP = 3;

/* ---- the spec --------------------------------------------------------------------------------------------------- */

static oc_injectfault *fault_of(enum oc_check_id id)
{
    oc_injectfault *f = oc_injectlast_fault(id);

    f = f ? f : oc_injectbreaker_fault(id);
    return f ? f : oc_injectrow_fault(id);
}

static bool of_weeks(enum oc_check_id id) { return id == OC_CHECK_tz_dst || id == OC_CHECK_tz_shift; }
static bool can_plant(enum oc_check_id id) { return fault_of(id) || oc_injectchain_is(id) || of_weeks(id); }

static enum oc_check_id named(const char *s, size_t n)
{
    static const struct { const char *word; enum oc_check_id id; } aliases[] = {
        { "dup", OC_CHECK_duplicate }, { "out_of_order", OC_CHECK_order }, { "tz", OC_CHECK_tz_dst } };

    for (size_t i = 0; i < sizeof aliases / sizeof *aliases; i++)
        if (strlen(aliases[i].word) == n && memcmp(aliases[i].word, s, n) == 0)
            return aliases[i].id;
    return oc_check_find(s, n);
}

/* A share: .1%, 0.001; with a leading point too. */
static int read_number(const char *s, size_t n, double *out)
{
    char text[40];
    const bool percent = n && s[n - 1] == '%';
    const int len = snprintf(text, sizeof text, "%s%.*s", n && *s == '.' ? "0" : "", (int)(n - percent), s);

    if (len < 1 || len >= (int)sizeof text || oc_num_f64(text, (size_t)len, out))
        return -1;
    *out = percent ? *out / 100 : *out;
    return 0;
}

static int read_item(struct oc_inject *in, const char *s, size_t n, struct oc_err *err)
{
    const char *end = s + n, *eq = memchr(s, '=', n), *name_end = eq ? eq : memchr(s, ':', n);
    const size_t len = (size_t)((name_end ? name_end : end) - s);
    const bool all = len == 3 && memcmp(s, "all", 3) == 0;
    const enum oc_check_id id = all ? 0 : named(s, len);
    const char *colon = memchr(s, ':', n), *rate_end = colon ? colon : end;
    double rate = RATE, size = GAP;

    if (!all && id == OC_CHECKS)
        return oc_fail(err, OC_USAGE, "--inject: '%.*s' is no check; see --list-checks", (int)len, s);
    if (!all && !can_plant(id))
        return oc_fail(err, OC_USAGE, "--inject: %s is not planted: it is of a file's name, a figure, or what no record can"
                       " hold", oc_check_name(id));
    if (eq && read_number(eq + 1, (size_t)(rate_end - eq - 1), &rate))
        return oc_fail(err, OC_USAGE, "--inject: '%.*s' is not CHECK=RATE", (int)n, s);
    if (eq && !colon && rate >= 1 && end[-1] != '%') {      /* gap=3 */
        size = rate;
        rate = RATE;
    }
    if (colon && (read_number(colon + 1, (size_t)(end - colon - 1), &size)))
        return oc_fail(err, OC_USAGE, "--inject: '%.*s' is not CHECK=RATE:SIZE", (int)n, s);
    if (!(rate > 0 && rate <= 0.5) || !(size >= 1 && size <= 1e6) || floor(size) != size)
        return oc_fail(err, OC_USAGE, "--inject: '%.*s': a rate above 0 up to 50%%, a size from 1 to 1000000", (int)n, s);
    if (size != GAP && !all && id != OC_CHECK_gap)
        return oc_fail(err, OC_USAGE, "--inject: %s has no size; a rate is a percentage or below 1", oc_check_name(id));
    for (size_t i = all ? 0 : id; i < (all ? OC_CHECKS : (size_t)id + 1); i++)
        if (can_plant((enum oc_check_id)i))
            in->item[i] = (struct oc_injectitem){ .asked = true, .rate = rate, .size = size,
                                                  .plant = fault_of((enum oc_check_id)i) };
    return 0;
}

int oc_inject_spec(struct oc_inject *in, const char *spec, struct oc_err *err)
{
    in->any = true;
    for (const char *p = spec; *p; p += *p == ',') {
        const size_t n = strcspn(p, ",");
        if (!n || read_item(in, p, n, err))
            return n ? -1 : oc_fail(err, OC_USAGE, "--inject: an empty item");
        p += n;
    }
    return *spec ? 0 : oc_fail(err, OC_USAGE, "--inject: nothing is named");
}

double oc_inject_uniform(const struct oc_inject *in, enum oc_check_id id, uint64_t record, uint64_t number)
{
    return oc_philox_uniform_at(in->io->seed, STREAM + (unsigned)id, record, number);
}

double oc_inject_tick(const struct oc_planting *p, double price)
{
    const double tick = oc_inject_limit(p, OC_CHECK_grid);

    return tick > 0 ? rint(price / tick) * tick : price;
}

/* ---- labels ----------------------------------------------------------------------------------------------------- */

int oc_inject_label(struct oc_inject *in, const struct oc_checking *k, enum oc_check_id id, size_t row, size_t at,
                    const char *column, double value, int64_t end_ts)
{
    struct oc_finding f = oc_checking_finding(k, row);

    f.check = id;
    f.severity = k->checks->item[id].severity;
    f.column = column;
    f.value = value;
    f.end_ts = end_ts;
    *f.file = '\0';
    if (strcmp(k->kind, "quote") == 0)
        oc_checkarbitrage_contract(k, row, f.legs, sizeof f.legs);
    return oc_check_pend(&in->label, in->nout + at, &f, k->err);
}

/* The label of what was planted at p->row, in the record itself or in one that is put in. */
static int label(struct oc_planting *p, enum oc_check_id id)
{
    struct oc_injectcols *c = p->c;
    const int64_t ts = c->ts.v ? c->ts.v[p->row] : 0, step = p->k->step ? p->k->step[p->row] : 0;
    const bool behind = p->more && !p->ahead;

    if (p->more && p->extra.retimed)
        c->ts.v[p->row] = p->extra.ts;
    const int rc = oc_inject_label(p->in, p->k, id, p->row, behind, p->column, p->value,
                                   id == OC_CHECK_interval ? ts + step + 1 : INT64_MIN);
    if (p->more && p->extra.retimed)
        c->ts.v[p->row] = ts;
    return rc;
}

/* ---- a batch ---------------------------------------------------------------------------------------------------- */

#define COL(n, t) { #n, t, OC_OPTIONAL, offsetof(struct oc_injectcols, n) }

static const struct oc_bindcol columns[] = {
    COL(price, OC_F64), COL(size, OC_F64), COL(bid, OC_F64), COL(ask, OC_F64), COL(bid_size, OC_F64), COL(ask_size, OC_F64),
    COL(open, OC_F64), COL(high, OC_F64), COL(low, OC_F64), COL(close, OC_F64), COL(volume, OC_F64), COL(vwap, OC_F64),
    COL(open_interest, OC_F64), COL(iv, OC_F64), COL(vendor_iv, OC_F64), COL(strike, OC_F64), COL(stop, OC_F64),
    COL(target, OC_F64), COL(quantity, OC_F64), COL(open_price, OC_F64), COL(equity, OC_F64), COL(balance, OC_F64),
    COL(spot, OC_F64), COL(ts, OC_TIME), COL(recv_ts, OC_TIME), COL(expiry, OC_DATE), { 0 }
};

static void *copy(struct oc_batch *b, const void *p, size_t n, struct oc_err *err)
{
    void *q = oc_arena_alloc(&b->arena, n + 64);

    if (!q)
        oc_fail(err, OC_MEMORY, "no memory for records");
    else
        memcpy(q, p, n);
    return q;
}

/* Values of our own: those of a binary input may lie in the file. */
static int own(struct oc_batch *b, struct oc_err *err)
{
    for (size_t i = 0; i < b->ncol; i++) {
        struct oc_col *c = &b->col[i];
        if (oc_load(b, c, err))
            return -1;
        const size_t size = c->type == OC_F64 || c->type == OC_TIME || c->type == OC_I64 ? 8 : c->type == OC_DATE ? 4 : 0;
        if (size && !(c->f64 = copy(b, c->f64, b->rows * size, err)))
            return -1;
        if (c->valid && !(c->valid = copy(b, c->valid, oc_bit_words(b->rows) * sizeof *c->valid, err)))
            return -1;
    }
    return 0;
}

static int places(struct oc_inject *in, uint32_t n, struct oc_err *err)
{
    if (n <= in->nplace)
        return 0;
    n = n > 2 * in->nplace ? n : 2 * in->nplace;
    struct oc_injectplace *s = realloc(in->place, n * sizeof *s);
    if (!s)
        return oc_fail(err, OC_MEMORY, "no memory for %u instruments", n);
    memset(s + in->nplace, 0, (n - in->nplace) * sizeof *s);
    in->place = s;
    in->nplace = n;
    return 0;
}

static int emit(struct oc_inject *in, struct oc_injectrow row, struct oc_err *err)
{
    if (in->nout == in->capout) {
        const size_t cap = in->capout ? 2 * in->capout : 4096;
        struct oc_injectrow *p = realloc(in->out, cap * sizeof *p);
        if (!p)
            return oc_fail(err, OC_MEMORY, "no memory for records");
        in->out = p;
        in->capout = cap;
    }
    in->out[in->nout++] = row;
    return 0;
}

/* What a batch has of whole chains. */
struct chains {
    size_t n, at, *first, ngroup;
    struct oc_arbitragegroup *group;
    bool taken;                         /* the chain under way has a fault */
    size_t moved;                       /* row whose quote was moved up: told when its record is written */
    enum oc_check_id kind;
    double edge;
};

static int find_chains(struct oc_inject *in, struct oc_checking *k, struct chains *c)
{
    if (!in->v->chain.on)
        return 0;
    const ptrdiff_t n = oc_whole_chains(k->b, OC_CHECKARBITRAGE_WHOLE, &c->first, k->err);
    c->n = n < 0 ? 0 : (size_t)n;
    return n < 0 || (in->chains && oc_checkarbitrage_groups(k, &in->v->chain, &c->group, &c->ngroup)) ? -1 : 0;
}

/* Plant in the groups of the chain [from, to). */
static bool plant_chain(struct oc_inject *in, struct oc_planting *p, struct chains *c, size_t from, size_t to,
                        enum oc_check_id id)
{
    const double u = oc_inject_uniform(in, id, in->number + from, 1);

    for (size_t g = 0; g < c->ngroup; g++)
        if (c->group[g].row >= from && c->group[g].row < to && oc_injectchain_plant(p, &c->group[g], id, u)) {
            c->taken = true;
            c->moved = p->row;
            c->kind = id;
            c->edge = p->value;
            in->item[id].due--;
            in->item[id].planted++;
            return true;
        }
    return false;
}

/*
 * The first row of a chain: of the arbitrage that is due of its rows, what waits most and fits is planted.  Where faults of
 * single records are asked for too, they have every other chain.
 */
static void enter_chain(struct oc_inject *in, struct oc_planting *p, struct chains *c)
{
    const size_t from = c->first[c->at], to = c->first[++c->at];
    bool tried[OC_CHECKS] = { false };

    c->taken = false;
    c->moved = SIZE_MAX;
    for (size_t j = OC_CHECK_vertical; j <= OC_CHECK_calendar; j++)
        for (size_t i = from; in->item[j].asked && i < to; i++)
            in->item[j].due += oc_inject_uniform(in, (enum oc_check_id)j, in->number + i, 0) < in->item[j].rate;
    if (in->rows && oc_inject_uniform(in, (enum oc_check_id)COIN, in->number + from, 0) < 0.5)
        return;
    for (int n = 0; n < OC_ARBITRAGE_KINDS; n++) {
        size_t best = OC_CHECKS;
        for (size_t j = OC_CHECK_vertical; j <= OC_CHECK_calendar; j++)
            if (!tried[j] && in->item[j].due && (best == OC_CHECKS || in->item[j].due > in->item[best].due))
                best = j;
        if (best == OC_CHECKS || plant_chain(in, p, c, from, to, (enum oc_check_id)best))
            return;
        tried[best] = true;
    }
}

/* Of the faults that were not tried yet the one that waits most; OC_CHECKS: none. */
static enum oc_check_id next_due(const struct oc_inject *in, const bool tried[OC_CHECKS])
{
    size_t best = OC_CHECKS;

    for (size_t j = 0; j < OC_CHECKS; j++)
        if (!tried[j] && in->item[j].asked && in->item[j].plant && in->item[j].due
            && (best == OC_CHECKS || in->item[j].due > in->item[best].due))
            best = j;
    return (enum oc_check_id)best;
}

/* The fault that waits most and fits. */
static int plant(struct oc_inject *in, struct oc_planting *p, struct chains *c, enum oc_check_id *which)
{
    bool tried[OC_CHECKS] = { false };
    enum oc_check_id id;

    while ((id = next_due(in, tried)) != OC_CHECKS) {
        struct oc_injectitem *it = &in->item[id];
        const bool lasts = id == OC_CHECK_stale || id == OC_CHECK_jump || id == OC_CHECK_gap;
        tried[id] = true;
        if (!it->plant(p, id))
            continue;
        it->due--;
        it->planted += id != OC_CHECK_jump && id != OC_CHECK_gap;
        p->place->last = p->place->seen;
        *which = id;
        c->taken = c->n > 0;
        return p->k->rc || (!lasts && label(p, id)) ? -1 : 0;
    }
    return p->k->rc;
}

static int row(struct oc_inject *in, struct oc_checking *k, struct oc_injectcols *cols, struct chains *c, size_t i)
{
    struct oc_injectplace *s = &in->place[k->instrument[i]];
    struct oc_planting p = { .in = in, .k = k, .c = cols, .place = s, .row = i, .value = NAN };
    const bool timed = cols->ts.v && oc_bit(cols->ts.valid, i);
    enum oc_check_id planted = OC_CHECKS;

    if (c->at < c->n && c->first[c->at] == i)
        enter_chain(in, &p, c);
    p.row = i;
    s->seen++;
    if (oc_injectlast_week(&p))
        return -1;
    const bool busy = s->busy != OC_INJECT_FREE;
    const int gone = timed ? oc_injectlast_go_on(&p) : 0;
    const uint64_t apart = strcmp(k->kind, "quote") == 0 ? APART_QUOTES : OC_INJECT_APART;
    if (gone < 0)
        return -1;
    for (size_t j = 0; j < OC_CHECKS; j++)
        if (in->item[j].asked && !oc_injectchain_is((enum oc_check_id)j) && j != OC_CHECK_tz_shift)
            in->item[j].due += oc_inject_uniform(in, (enum oc_check_id)j, in->number + i, 0) < in->item[j].rate;
    if (busy)
        s->last = s->seen;
    else if (timed && !oc_bit(k->hit, i) && !c->taken && !s->whole && s->seen > s->last + apart && oc_bit(k->b->active, i)
             && plant(in, &p, c, &planted))
        return -1;
    const bool dropped = gone || (s->busy == OC_INJECT_GAP && !busy);
    if (p.more && p.ahead && emit(in, p.extra, k->err))
        return -1;
    if (!dropped && c->taken && c->moved == i && oc_inject_label(in, k, c->kind, i, 0, "bid", c->edge, INT64_MIN))
        return -1;
    if (!dropped && emit(in, (struct oc_injectrow){ .row = (uint32_t)i }, k->err))
        return -1;
    if (p.more && !p.ahead && emit(in, p.extra, k->err))
        return -1;
    if (!dropped && timed)
        s->before = cols->ts.v[i];
    if (in->halts && !dropped && timed && oc_bit(k->b->active, i))
        oc_injectbreaker_row(&p, planted);
    if (k->rc)
        return -1;
    if (s->busy != OC_INJECT_STALE && cols->bid && cols->ask)
        memcpy(s->quote, (const double[4]){ cols->bid[i], cols->ask[i], cols->bid_size
                                            && cols->bid_size[i] == cols->bid_size[i]
               ? cols->bid_size[i] : 0, cols->ask_size && cols->ask_size[i] == cols->ask_size[i] ? cols->ask_size[i] : 0 },
               sizeof s->quote);
    return 0;
}

static int write_labels(struct oc_inject *in, struct oc_err *err)
{
    for (size_t i = 0; i < in->label.n; i++)
        in->label.finding[i].line = in->label.finding[i].line < 0 ? 0
            : in->line + (int64_t)in->label.row[i] + 1 + in->header;
    in->line += (int64_t)in->nout;
    return oc_check_flush(&in->label, in->labels, err);
}

/* Lines count the header where the output has one. */
static bool has_header(const struct oc_io *io, const struct oc_batch *b)
{
    const struct oc_format *f = io->output_format ? NULL : io->output ? oc_format_by_suffix(io->output) : NULL;
    const char *name = io->output_format ? io->output_format : f ? f->name : b->stride ? "csv" : "arrow";

    return strcmp(name, "csv") == 0 || strcmp(name, "tsv") == 0;
}

static int make(void *ctx, struct oc_batch *b, struct oc_batch *out, struct oc_err *err)
{
    struct oc_inject *in = ctx;
    struct oc_checking k = { 0 };
    struct oc_injectcols cols = { 0 };
    struct chains c = { .moved = SIZE_MAX };

    in->nout = 0;
    if (!b->rows && !b->file)
        return oc_injectout_write(in, b, out, err);
    if (own(b, err))
        return -1;
    in->header = has_header(in->io, b);
    k.hit = oc_arena_zero(&b->arena, oc_bit_words(b->rows) + 1, sizeof *k.hit);
    k.judged = oc_arena_zero(&b->arena, b->rows + 1, sizeof *k.judged);
    if (!k.hit || !k.judged)
        return oc_fail(err, OC_MEMORY, "no memory for records");
    if (oc_validate_look(in->v, b, &k, err) || oc_bind(b, columns, &cols, err) || places(in, k.instruments, err)
        || find_chains(in, &k, &c))
        return -1;
    for (size_t i = 0; i < b->nbad; i++) {      /* --on-error settles these, not the check */
        b->bad[i].drop = false;
        oc_bit_set(k.hit, b->bad[i].row);
    }
    for (size_t i = 0; i < b->rows; i++) {
        in->faulty += oc_bit(k.hit, i);
        if (row(in, &k, &cols, &c, i))
            return -1;
    }
    in->number += b->rows;
    return oc_injectout_write(in, b, out, err) || write_labels(in, err) ? -1 : 0;
}

/* ---- the run ---------------------------------------------------------------------------------------------------- */

static int begin(void *ctx, const struct oc_schema *schema, struct oc_err *err)
{
    struct oc_inject *in = ctx;
    struct oc_validate *v = in->v;
    bool any = false;

    if (oc_validate_begin(v, schema, err))
        return -1;
    for (size_t i = 0; i < OC_CHECKS; i++) {
        struct oc_injectitem *it = &in->item[i];
        it->asked &= oc_check_concerns((enum oc_check_id)i, v->kind) && v->checks.item[i].on
                     && (!oc_injectchain_is((enum oc_check_id)i) || v->chain.on)
                     && (!oc_injectbreaker_fault((enum oc_check_id)i) || v->breaker);
        in->halts |= it->asked && oc_injectbreaker_fault((enum oc_check_id)i);
        in->chains |= it->asked && oc_injectchain_is((enum oc_check_id)i);
    }
    /* records that leave a chain or its instant would take other faults along */
    in->item[OC_CHECK_gap].asked &= !in->chains;
    in->item[OC_CHECK_tz_dst].asked &= !in->chains;
    in->item[OC_CHECK_tz_shift].asked &= !in->chains;
    for (size_t i = 0; i < OC_CHECKS; i++) {
        any |= in->item[i].asked;
        in->rows |= in->item[i].asked && in->item[i].plant;
    }
    if (!any)
        return oc_fail(err, OC_USAGE, "--inject: nothing of it is of use for records of kind %s (chains want --arbitrage)",
                       v->kind);
    return oc_checkout_write(in->labels, NULL, 0, err);
}

static int finish(void *ctx, bool complete, struct oc_err *err)
{
    struct oc_inject *in = ctx;
    struct oc_err later = { 0 };
    int rc = complete ? oc_injectlast_end(in, err) : 0;

    if (complete && rc == 0)
        rc = oc_check_flush(&in->label, in->labels, err);
    if (oc_side_close(in->labels, complete && rc == 0, rc ? &later : err))
        rc = -1;
    in->labels = NULL;
    return rc;
}

int oc_inject_run(struct oc_inject *in, struct oc_err *err)
{
    if (oc_side_open(in->io, "--labels", in->labels_file, "check", &in->labels, err))
        return -1;
    return oc_run(in->io, &(struct oc_work){ .make = make, .begin = begin, .finish = finish, .ordered = true, .recurs = true,
                  .whole = in->v->chain.on ? OC_CHECKARBITRAGE_WHOLE : NULL, .ctx = in }, err);
}

char *oc_inject_summary(const struct oc_inject *in)
{
    struct oc_buf b = { 0 };
    const char *sep = "planted: ";

    for (size_t i = 0; i < OC_CHECKS; i++)
        if (in->item[i].asked) {
            oc_buf_printf(&b, "%s%llu %s", sep, (unsigned long long)in->item[i].planted, oc_check_name((enum oc_check_id)i));
            if (in->item[i].due)
                oc_buf_printf(&b, " (%llu found no place)", (unsigned long long)in->item[i].due);
            sep = ", ";
        }
    if (in->faulty)
        oc_buf_printf(&b, "; %llu records had faults of their own", (unsigned long long)in->faulty);
    (void)oc_buf_str(&b);
    return b.p;
}

void oc_inject_close(struct oc_inject *in)
{
    struct oc_err none = { 0 };

    oc_side_close(in->labels, false, &none);
    free(in->label.finding);
    free(in->label.row);
    for (uint32_t i = 0; i < in->nplace; i++)
        free(in->place[i].halt);
    free(in->place);
    free(in->out);
}
