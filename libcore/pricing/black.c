/* black - see black.h.  Cuts the columns into blocks for the kernel and answers the rows that it does not. */
#include "pricing/black.h"

#include "math/exp.h"
#include "math/isa.h"
#include "pricing/black_block.h"

#include <math.h>
#include <string.h>

OC_K_DECLARE(void, oc_black_block, (struct black_block *b));

/* Room for what the caller does not provide: padded or combined inputs, outputs that are not wanted. */
struct room {
    double in[7][BLACK_ROWS], scale[BLACK_ROWS], spot_form[BLACK_ROWS];
    double out[OC_QUANTITIES][BLACK_ROWS];
};

/* Input columns of a block, NULL where the caller has none. */
struct columns {
    const double *side, *spot, *forward, *strike, *years, *rate, *yield, *vol;
};

static const double *at(const double *column, size_t i) { return column ? column + i : NULL; }

static double cell(const double *column, size_t i) { return column ? column[i] : NAN; }

static struct columns columns_at(const struct oc_quotes *q, size_t i)
{
    return (struct columns){ at(q->side, i), at(q->spot, i), at(q->forward, i), at(q->strike, i), at(q->years, i),
                             at(q->rate, i), at(q->dividend_yield, i), at(q->vol, i) };
}

static int any_given(const double *column, size_t n)
{
    for (size_t i = 0; column && i < n; i++)
        if (!isnan(column[i]))
            return 1;
    return 0;
}

/* Point the block at the caller's columns, which are whole and in spot form. */
static void use_columns(struct black_block *b, const struct columns *c)
{
    b->side = c->side;
    b->under = c->spot;
    b->strike = c->strike;
    b->years = c->years;
    b->rate = c->rate;
    b->yield = c->yield;
    b->vol = c->vol;
    b->scale = b->spot_form = NULL;
}

/* The underlying of a row with forward f: f, or what the judgement will refuse if its spot cannot scale the Greeks. */
static double forward_under(double f, double spot)
{
    if (isnan(spot) || (spot >= 1e-100 && spot <= 1e100))
        return f;
    return isfinite(spot) ? 0.0 : NAN;
}

/* Copy n rows to the room: forward form where there is a forward; harmless rows up to the size of the block. */
static void use_room(struct black_block *b, const struct columns *c, size_t n, int forward, struct room *room)
{
    for (size_t i = 0; i < BLACK_ROWS; i++) {
        const int in = i < n;
        const double f = in ? cell(c->forward, i) : NAN, spot = in ? cell(c->spot, i) : 1.0;
        const double rate = in ? cell(c->rate, i) : 0.0;
        room->in[0][i] = in ? cell(c->side, i) : 1.0;
        room->in[1][i] = isnan(f) ? spot : forward_under(f, spot);
        room->in[2][i] = in ? cell(c->strike, i) : 1.0;
        room->in[3][i] = in ? cell(c->years, i) : 1.0;
        room->in[4][i] = rate;
        room->in[5][i] = !isnan(f) ? rate : in ? cell(c->yield, i) : 0.0;
        room->in[6][i] = in ? cell(c->vol, i) : 1.0;
        room->scale[i] = isnan(f) || isnan(spot) ? 1.0 : f / spot;
        room->spot_form[i] = isnan(f) ? 1.0 : 0.0;
    }
    b->side = room->in[0];
    b->under = room->in[1];
    b->strike = room->in[2];
    b->years = room->in[3];
    b->rate = room->in[4];
    b->yield = room->in[5];
    b->vol = room->in[6];
    b->scale = forward ? room->scale : NULL;
    b->spot_form = forward ? room->spot_form : NULL;
}

/* Why the kernel must not answer row i; OC_ROW_OK with *limit = 1 where the limit of no volatility holds. */
static enum oc_row judge(const struct black_block *b, size_t i, int *limit)
{
    const double T = b->years[i], A = b->under[i], K = b->strike[i], vol = b->vol[i], side = b->side[i];

    *limit = 0;
    if (fabs(side) != 1.0 || !isfinite(A) || !isfinite(K) || !isfinite(T) || !isfinite(b->rate[i])
        || !isfinite(b->yield[i]) || !isfinite(vol))
        return OC_ROW_BAD_INPUT;
    if (T <= 0)
        return OC_ROW_EXPIRED;
    if (vol < 0 || A < 1e-100 || A > 1e100 || K < 1e-100 || K > 1e100)
        return OC_ROW_OUT_OF_DOMAIN;
    if (fabs(b->rate[i] * T) >= 700 || fabs(b->yield[i] * T) >= 700)
        return OC_ROW_OUT_OF_DOMAIN;
    const double s = vol * sqrt(T);
    if (s > 1e6)
        return OC_ROW_OUT_OF_DOMAIN;
    *limit = !(s >= 1e-70) || !(fabs(b->x[i] * b->inv_s[i]) < 1e70);    /* as the kernel decides */
    return OC_ROW_OK;
}

/* Values of row i without volatility: the forward is sure.  Returns the status. */
static enum oc_row sure(const struct black_block *b, size_t i, double value[OC_QUANTITIES])
{
    const double w = b->side[i], A = b->under[i], K = b->strike[i], T = b->years[i], r = b->rate[i], y = b->yield[i];
    const double g = b->scale ? b->scale[i] : 1.0;
    const int spot_form = !b->scale || b->spot_form[i] > 0;
    const double D = oc_exp(-r * T), G = oc_exp(-y * T), price = w * (A * G - K * D);

    for (int j = 0; j < OC_QUANTITIES; j++)
        value[j] = price == 0 ? NAN : 0.0;
    value[OC_PRICE] = 0;
    if (price == 0)
        return OC_ROW_OUT_OF_DOMAIN;
    value[OC_ELASTICITY] = NAN;
    if (price < 0)
        return OC_ROW_OK;
    value[OC_PRICE] = price;
    value[OC_DELTA] = w * G * g;
    value[OC_THETA] = r * price - (r - y) * A * w * G;
    value[OC_RHO] = spot_form ? w * T * K * D : -T * price;
    value[OC_PHI] = spot_form ? -w * A * T * G : 0.0;
    value[OC_CHARM] = w * y * G * g;
    value[OC_ELASTICITY] = w * G * A / price;
    value[OC_DUAL_DELTA] = -w * D;
    value[OC_PROB_ITM] = 1;
    value[OC_DELTA_FWD] = w * D;
    return OC_ROW_OK;
}

/* Statuses of a block in which some row needs care, and the values of those rows. */
static void mend(struct black_block *b, size_t n, unsigned char *status)
{
    double value[OC_QUANTITIES];
    const int count = b->more ? OC_QUANTITIES : OC_RHO + 1;

    for (size_t i = 0; i < n; i++) {
        int limit;
        enum oc_row s = judge(b, i, &limit);
        status[i] = (unsigned char)s;
        if (s == OC_ROW_OK && !limit)
            continue;
        if (limit)
            status[i] = (unsigned char)sure(b, i, value);
        for (int j = 0; j < count; j++)
            b->value[j][i] = limit ? value[j] + 0.0 : NAN;    /* never -0 */
    }
}

/* Rows start .. start + n of q, n <= BLACK_ROWS. */
static void price_block(const struct oc_quotes *q, const struct oc_results *out, size_t start, size_t n,
                        struct black_block *b, struct room *room)
{
    const struct columns c = columns_at(q, start);
    const int forward = any_given(c.forward, n);
    const int whole = n == BLACK_ROWS && !forward && c.side && c.spot && c.strike && c.years && c.rate && c.yield && c.vol;

    b->n = BLACK_ROWS;
    if (whole)
        use_columns(b, &c);
    else
        use_room(b, &c, n, forward, room);
    for (int j = 0; j < OC_QUANTITIES; j++)
        b->value[j] = whole && out->value[j] ? out->value[j] + start : room->out[j];
    OC_K_PICK(oc_black_block)(b);
    if (b->bad)
        mend(b, n, out->status + start);
    else
        memset(out->status + start, OC_ROW_OK, n);
    for (int j = 0; !whole && j < OC_QUANTITIES; j++)
        if (out->value[j])
            memcpy(out->value[j] + start, room->out[j], n * sizeof(double));
}

void oc_black_price(const struct oc_quotes *q, const struct oc_results *out)
{
    struct black_block b;
    struct room room;

    b.more = 0;
    for (int j = OC_RHO + 1; j < OC_QUANTITIES; j++)
        b.more |= out->value[j] != NULL;
    for (size_t i = 0; i < q->n; i += BLACK_ROWS)
        price_block(q, out, i, q->n - i < BLACK_ROWS ? q->n - i : BLACK_ROWS, &b, &room);
}
