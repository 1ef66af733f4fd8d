/* checking - see checking.h. */
#include "app/checking.h"

#include "app/checkout.h"
#include "base/num.h"
#include "base/time.h"

#include <inttypes.h>
#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

struct oc_finding oc_checking_blank(void)
{
    return (struct oc_finding){ .ts = INT64_MIN, .end_ts = INT64_MIN, .value = NAN, .limit = NAN, .count = -1, .rows = -1,
                                .edge = NAN };
}

static void put_sym(char *out, size_t size, const struct oc_symcol *c, size_t row)
{
    if (!c->index || !oc_bit(c->valid, row))
        return;
    const uint32_t *off = c->dict->off + c->index[row];
    snprintf(out, size, "%.*s", (int)(off[1] - off[0]), c->dict->bytes + off[0]);
}

/* What tells the row from its neighbours: an option's terms and the instant. */
static void put_key(const struct oc_checking *k, size_t row, char *out, size_t size)
{
    const struct oc_checkcols *c = &k->c;
    char text[OC_NUM_PRINT_MAX + OC_TIME_PRINT_MAX];
    size_t n = strlen(out);

#define PUT(len) n += (size_t)snprintf(out + n, size - n, "%s%.*s", n ? " " : "", (int)(len), text)
    if (c->expiry.v && oc_bit(c->expiry.valid, row) && n < size - 40)
        PUT(oc_time_print_date(text, c->expiry.v[row]));
    if (c->strike && !isnan(c->strike[row]) && n < size - 40)
        PUT(oc_num_print_f64(text, c->strike[row]));
    if (c->type.index && n < size - 40) {
        put_sym(text, 8, &c->type, row);
        PUT(strlen(text));
    }
    if (c->ts.v && oc_bit(c->ts.valid, row) && n < size - 40)
        PUT(oc_time_print(text, c->ts.v[row]));
#undef PUT
}

struct oc_finding oc_checking_finding(const struct oc_checking *k, size_t row)
{
    struct oc_finding f = oc_checking_blank();
    const struct oc_batch *b = k->b;

    put_sym(f.symbol, sizeof f.symbol, &k->c.symbol, row);
    if (k->c.ts.v && oc_bit(k->c.ts.valid, row))
        f.ts = k->c.ts.v[row];
    snprintf(f.file, sizeof f.file, "%s", b->file ? b->file : "");
    f.line = (int64_t)(k->line + (b->line ? b->line[row] : row));
    put_sym(f.key, sizeof f.key, &k->c.symbol, row);
    put_key(k, row, f.key, sizeof f.key);
    return f;
}

/* ---- what is kept ---------------------------------------------------------------------------------------------- */

/*
 * The first samples of a check are those of the first rows, whatever column a check looks at first: within a batch they are
 * put in the order of rows.
 */
static bool wanted(const struct oc_checks *c, const struct oc_checkitem *it, size_t row)
{
    return it->nsample < c->samples || (it->settled < c->samples && row < it->row[c->samples - 1]);
}

void oc_check_settle(struct oc_checks *c)
{
    for (size_t i = 0; i < OC_CHECKS; i++)
        c->item[i].settled = c->item[i].nsample;
}

static int no_memory(struct oc_err *err) { return oc_fail(err, OC_MEMORY, "no memory for what checks find"); }

int oc_check_pend(struct oc_checkpending *p, size_t row, const struct oc_finding *f, struct oc_err *err)
{
    if (p->n == p->cap) {
        const size_t cap = p->cap ? 2 * p->cap : 64;
        struct oc_finding *g = realloc(p->finding, cap * sizeof *g);
        p->finding = g ? g : p->finding;
        size_t *r = g ? realloc(p->row, cap * sizeof *r) : NULL;
        if (!r)
            return no_memory(err);
        p->row = r;
        p->cap = cap;
    }
    p->finding[p->n] = *f;
    p->row[p->n++] = row;
    return 0;
}

/* In the order of rows; of one row, in the order in which they came. */
struct place { size_t row, at; };

static int by_row(const void *a, const void *b)
{
    const struct place *x = a, *y = b;

    return x->row != y->row ? (x->row > y->row) - (x->row < y->row) : (x->at > y->at) - (x->at < y->at);
}

int oc_check_flush(struct oc_checkpending *p, struct oc_side *side, struct oc_err *err)
{
    struct place *place = p->n ? malloc(p->n * sizeof *place) : NULL;
    struct oc_finding *sorted = place ? malloc(p->n * sizeof *sorted) : NULL;
    int rc = p->n && !sorted ? no_memory(err) : 0;

    for (size_t i = 0; sorted && i < p->n; i++)
        place[i] = (struct place){ p->row[i], i };
    if (sorted)
        qsort(place, p->n, sizeof *place, by_row);
    for (size_t i = 0; sorted && i < p->n; i++)
        sorted[i] = p->finding[place[i].at];
    if (sorted && side)
        rc = oc_checkout_write(side, sorted, p->n, err);
    p->n = 0;
    free(place);
    free(sorted);
    return rc;
}

static int add_sample(const struct oc_checks *c, struct oc_checkitem *it, size_t row, const struct oc_finding *f,
                      struct oc_err *err)
{
    if (!it->sample && !(it->sample = calloc(c->samples, sizeof *it->sample)))
        return no_memory(err);
    if (!it->row && !(it->row = calloc(c->samples, sizeof *it->row)))
        return no_memory(err);
    size_t at = it->nsample < c->samples ? it->nsample++ : c->samples - 1;
    for (; at > it->settled && it->row[at - 1] > row; at--) {
        it->sample[at] = it->sample[at - 1];
        it->row[at] = it->row[at - 1];
    }
    it->sample[at] = *f;
    it->row[at] = row;
    return 0;
}

static int keep(struct oc_checks *c, enum oc_check_id id, size_t row, const struct oc_finding *f, struct oc_err *err)
{
    struct oc_checkitem *it = &c->item[id];
    struct oc_finding g = *f;

    g.check = id;
    g.severity = it->severity;
    return c->samples == OC_CHECK_ALL ? oc_check_pend(&c->pending, row, &g, err) : add_sample(c, it, row, &g, err);
}

void oc_check_note(struct oc_checks *c, enum oc_check_id id, size_t row, const struct oc_finding *f, struct oc_err *err)
{
    struct oc_checkitem *it = &c->item[id];

    it->hits++;
    if (c->samples == OC_CHECK_ALL || wanted(c, it, row))
        (void)keep(c, id, row, f, err);             /* without memory err says so, and the step asks it */
}

int oc_check_tell(struct oc_checks *c, struct oc_side *side, size_t row, const struct oc_finding *f, struct oc_err *err)
{
    if (c->samples == OC_CHECK_ALL)
        return oc_check_pend(&c->pending, row, f, err);
    return side ? oc_checkout_write(side, f, 1, err) : 0;
}

void oc_check_hit(struct oc_checking *k, enum oc_check_id id, size_t row, const char *column, double value, double limit,
                  const char *fmt, ...)
{
    struct oc_checkitem *it = &k->checks->item[id];
    const bool sample = k->checks->samples == OC_CHECK_ALL || wanted(k->checks, it, row);
    const bool drop = it->drops && oc_checking_good(k, row);
    va_list ap;

    it->hits++;
    if (it->drops)
        oc_bit_set(k->failed, row);
    if (k->hit) {
        oc_bit_set(k->hit, row);
        return;
    }
    if (!sample && !drop)
        return;
    char text[sizeof((struct oc_finding){ 0 }).message] = "";
    if (sample || k->checks->reasons) {
        va_start(ap, fmt);
        vsnprintf(text, sizeof text, fmt, ap);
        va_end(ap);
    }
    if (sample) {
        struct oc_finding f = oc_checking_finding(k, row);
        f.column = column;
        f.value = value;
        f.limit = limit;
        memcpy(f.message, text, sizeof text);
        snprintf(f.legs, sizeof f.legs, "%s", k->legs ? k->legs : "");
        f.edge = k->legs ? k->edge : NAN;
        if (keep(k->checks, id, row, &f, k->err))
            k->rc = -1;
    }
    if (drop && oc_drop_row(k->b, row, column, k->err, "%s: %s", oc_check_name(id), text))
        k->rc = -1;
}
