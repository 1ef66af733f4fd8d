/* iv - see iv.h.  Cuts the columns into blocks for the kernel and judges the rows that it does not solve. */
#include "pricing/iv.h"

#include "math/exp.h"
#include "math/isa.h"
#include "pricing/iv_block.h"

#include <float.h>
#include <math.h>
#include <string.h>

OC_K_DECLARE(void, oc_iv_block, (struct iv_block *b));
OC_K_DECLARE(void, oc_iv_block_fast, (struct iv_block *b));
OC_K_DECLARE(void, oc_iv_block_normal, (struct iv_block *b));

enum problem { LOGNORMAL, LOGNORMAL_FAST, NORMAL };

/* Rows of the problem; slack: ulps of max(|F|, |K|) that a price may lie below intrinsic. */
struct task {
    enum problem problem;
    double slack;
    const double *side, *forward, *strike, *years, *price;
    double *vol;
    unsigned char *status;
};

/* What is known of row i without the kernel; for OC_ROW_OK *zero says that the volatility is 0. */
static enum oc_row judge(const struct task *t, size_t i, int *zero)
{
    const double w = t->side[i], F = t->forward[i], K = t->strike[i], T = t->years[i], price = t->price[i];

    *zero = 0;
    if (fabs(w) != 1.0 || !isfinite(F) || !isfinite(K) || !isfinite(T) || !isfinite(price))
        return OC_ROW_BAD_INPUT;
    if (T <= 0)
        return OC_ROW_EXPIRED;
    const double low = F < K ? F : K, high = F < K ? K : F, size = fabs(F) > fabs(K) ? fabs(F) : fabs(K);
    if (T >= 1e100 || fabs(F - K) > 1e100 || low < (t->problem == NORMAL ? -1e100 : 1e-100))
        return OC_ROW_OUT_OF_DOMAIN;
    const double d = F - K, back = F - d, lost = (F - (d + back)) + (back - K);
    const int in_money = w * d > 0;
    const double value = in_money ? (price - w * d) - w * lost : price;
    if (value < 0 && (price < 0 || -value > t->slack * DBL_EPSILON * size))
        return OC_ROW_BELOW_INTRINSIC;
    if (t->problem != NORMAL && !((in_money ? high : low) - price > 0))
        return OC_ROW_ABOVE_MAXIMUM;
    if (value > 0 && (value < 1e-300 || value > 1e100))
        return OC_ROW_OUT_OF_DOMAIN;
    *zero = value <= 0;
    return OC_ROW_OK;
}

static void mend(const struct task *t, const struct iv_block *b, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        int zero;
        enum oc_row s = judge(t, i, &zero);
        if (s == OC_ROW_OK && !zero && !(fabs(b->left[i]) <= b->close))
            s = OC_ROW_NO_CONVERGENCE;
        t->status[i] = (unsigned char)s;
        if (s != OC_ROW_OK)
            t->vol[i] = NAN;
        else if (zero)
            t->vol[i] = 0;
    }
}

/* One block of n <= IV_ROWS rows, whole blocks in place, the rest padded with a harmless row. */
static void solve_block(const struct task *t, size_t n)
{
    double room[5][IV_ROWS], vol[IV_ROWS];
    const double *in[5] = { t->side, t->forward, t->strike, t->years, t->price };
    static const double harmless[5] = { 1.0, 1.0, 1.0, 1.0, 0.1 };
    struct iv_block b;

    for (int j = 0; j < 5 && n < IV_ROWS; j++) {
        memcpy(room[j], in[j], n * sizeof(double));
        for (size_t i = n; i < IV_ROWS; i++)
            room[j][i] = harmless[j];
        in[j] = room[j];
    }
    b.side = in[0];
    b.forward = in[1];
    b.strike = in[2];
    b.years = in[3];
    b.price = in[4];
    b.vol = n < IV_ROWS ? vol : t->vol;
    if (t->problem == NORMAL)
        OC_K_PICK(oc_iv_block_normal)(&b);
    else if (t->problem == LOGNORMAL_FAST)
        OC_K_PICK(oc_iv_block_fast)(&b);
    else
        OC_K_PICK(oc_iv_block)(&b);
    if (n < IV_ROWS)
        memcpy(t->vol, vol, n * sizeof(double));
    if (b.bad)
        mend(t, &b, n);
    else
        memset(t->status, OC_ROW_OK, n);
}

static void solve(struct task t, size_t n)
{
    while (n > 0) {
        const size_t now = n < IV_ROWS ? n : IV_ROWS;
        solve_block(&t, now);
        t.side += now;
        t.forward += now;
        t.strike += now;
        t.years += now;
        t.price += now;
        t.vol += now;
        t.status += now;
        n -= now;
    }
}

void oc_iv_black(size_t n, const double *side, const double *forward, const double *strike, const double *years,
                 const double *price, enum oc_accuracy accuracy, double *vol, unsigned char *status)
{
    const enum problem p = accuracy == OC_IV_FAST ? LOGNORMAL_FAST : LOGNORMAL;

    solve((struct task){ p, 0.0, side, forward, strike, years, price, vol, status }, n);
}

void oc_iv_bachelier(size_t n, const double *side, const double *forward, const double *strike, const double *years,
                     const double *price, double *vol, unsigned char *status)
{
    solve((struct task){ NORMAL, 0.0, side, forward, strike, years, price, vol, status }, n);
}

/* Columns of a block of quotes: forward and undiscounted price. */
struct terms {
    double side[IV_ROWS], forward[IV_ROWS], strike[IV_ROWS], years[IV_ROWS], price[IV_ROWS];
};

static double cell(const double *column, size_t i) { return column ? column[i] : NAN; }

/* Forward, strike and undiscounted price of rows start .. start + n, shifted if asked. */
static void bind(const struct oc_quotes *q, const double *price, int shifted, size_t start, size_t n, struct terms *t)
{
    double carry[IV_ROWS], growth[IV_ROWS];

    for (size_t i = 0; i < n; i++) {
        const double T = cell(q->years, start + i), r = cell(q->rate, start + i);
        t->side[i] = cell(q->side, start + i);
        t->years[i] = T;
        t->forward[i] = cell(q->forward, start + i);
        carry[i] = isnan(t->forward[i]) ? (r - cell(q->dividend_yield, start + i)) * T : 0.0;
        growth[i] = r * T;
    }
    oc_exp_v(n, carry, carry);
    oc_exp_v(n, growth, growth);
    for (size_t i = 0; i < n; i++) {
        const double shift = shifted ? cell(q->shift, start + i) : 0.0;
        const double given = t->forward[i];
        t->forward[i] = (isnan(given) ? cell(q->spot, start + i) * carry[i] : given) + shift;
        t->strike[i] = cell(q->strike, start + i) + shift;
        t->price[i] = price[start + i] * growth[i];
    }
}

static void solve_quotes(enum problem problem, int shifted, const struct oc_quotes *q, const double *price, double *vol,
                         unsigned char *status)
{
    struct terms t;

    for (size_t i = 0; i < q->n; i += IV_ROWS) {
        const size_t n = q->n - i < IV_ROWS ? q->n - i : IV_ROWS;
        bind(q, price, shifted, i, n, &t);
        solve((struct task){ problem, 4.0, t.side, t.forward, t.strike, t.years, t.price, vol + i, status + i }, n);
    }
}

void oc_iv_black_quotes(const struct oc_quotes *q, const double *price, enum oc_accuracy accuracy, int use_shift,
                        double *vol, unsigned char *status)
{
    solve_quotes(accuracy == OC_IV_FAST ? LOGNORMAL_FAST : LOGNORMAL, use_shift, q, price, vol, status);
}

void oc_iv_bachelier_quotes(const struct oc_quotes *q, const double *price, double *vol, unsigned char *status)
{
    solve_quotes(NORMAL, 0, q, price, vol, status);
}
