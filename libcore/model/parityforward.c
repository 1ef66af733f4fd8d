/* parityforward - see parityforward.h. */
#include "model/parityforward.h"

#include <math.h>
#include <stdlib.h>

static const double TUKEY = 4.685;      /* 95 % efficient where errors are normal */
static const double MAD = 1.4826;       /* from the median of |error| to a standard deviation */
static const double TAPER = 0.25;       /* of the forward */
static const double EXACT = 1e-12;      /* of strike and price: what rounding alone does to a difference of prices */
static const double NAMED = 1e-9;       /* of the same: nothing smaller is called an outlier */
static const double TICK = 1e-4;        /* of the same: locked quotes on ticks contradict each other by less */
enum { STEPS = 60, SETTLE = 12 };       /* iterations; those after which the robust deviation stays */

struct line { double forward, discount; };

struct fit {
    const struct oc_parity_how *how;
    size_t n;
    const struct oc_parity_pair *pair;
    double *y, *s, *sigma, *weight, *value;     /* of the pairs; value: two of each, for medians */
    double deviation;
    double taper_at;                    /* forward of the start */
    struct line line;
};

/* ---- medians --------------------------------------------------------------------------------------------- */

struct weighted { double value, weight; };

static int by_value(const void *a, const void *b)
{
    const struct weighted *x = a, *y = b;

    return x->value != y->value ? (x->value > y->value) - (x->value < y->value)
                                : (x->weight > y->weight) - (x->weight < y->weight);
}

/* Of n values with weights, as pairs in w, which is sorted: the value at half of the weight, the middle of two at a tie. */
static double median(struct weighted *w, size_t n)
{
    double half = 0, sum = 0;

    qsort(w, n, sizeof *w, by_value);
    for (size_t i = 0; i < n; i++)
        half += w[i].weight / 2;
    for (size_t i = 0; i < n; i++) {
        sum += w[i].weight;
        if (sum == half && i + 1 < n)
            return (w[i].value + w[i + 1].value) / 2;
        if (sum >= half)
            return w[i].value;
    }
    return w[n - 1].value;
}

/* The value that would stand at place k if v[n] were sorted; v is put into another order (Hoare). */
static double select_nth(double *v, size_t n, size_t k)
{
    size_t a = 0, b = n - 1;

    while (a < b) {
        const double pivot = v[a + (b - a) / 2];
        size_t i = a, j = b;
        for (;; i++, j--) {
            while (v[i] < pivot)
                i++;
            while (pivot < v[j])
                j--;
            if (i >= j)
                break;
            const double t = v[i];
            v[i] = v[j];
            v[j] = t;
        }
        /* what is left of i is not above the pivot, what is right of j not below it */
        if (k <= j)
            b = j;
        else
            a = j + 1;
    }
    return v[k];
}

/* ---- start ------------------------------------------------------------------------------------------------- */

static void middles(struct fit *f)
{
    const double top = f->pair[f->n - 1].strike;

    for (size_t i = 0; i < f->n; i++) {
        const struct oc_parity_pair *p = &f->pair[i];
        f->y[i] = (p->call_bid + p->call_ask - p->put_bid - p->put_ask) / 2;
        f->s[i] = (p->call_ask - p->call_bid + p->put_ask - p->put_bid) / 2;
        f->value[i] = f->s[i];
    }
    const double e = 0.1 * select_nth(f->value, f->n, f->n / 2) + EXACT * top;
    for (size_t i = 0; i < f->n; i++)
        f->sigma[i] = f->s[i] + e;
}

static double start_discount(struct fit *f)
{
    struct weighted *const w = (struct weighted *)(void *)f->value;
    const size_t half = f->n / 2, slopes = f->n - half;

    for (size_t i = 0; i < slopes; i++) {
        const double apart = f->pair[i + half].strike - f->pair[i].strike;
        w[i].value = (f->y[i] - f->y[i + half]) / apart;
        w[i].weight = apart / (f->sigma[i] + f->sigma[i + half]);
    }
    return median(w, slopes);
}

static double start_forward(struct fit *f, double discount)
{
    struct weighted *const w = (struct weighted *)(void *)f->value;

    for (size_t i = 0; i < f->n; i++)
        w[i] = (struct weighted){ f->pair[i].strike + f->y[i] / discount, 1 / f->sigma[i] };
    return median(w, f->n);
}

/* ---- the line ---------------------------------------------------------------------------------------------- */

static double error_of(const struct fit *f, size_t i)
{
    return f->y[i] - f->line.discount * (f->line.forward - f->pair[i].strike);
}

static double size_of(const struct fit *f, size_t i) { return f->pair[i].strike + fabs(f->y[i]); }

/* Error from which on a pair has no weight. */
static double reach(const struct fit *f, size_t i)
{
    return fmax(TUKEY * f->deviation * f->sigma[i], EXACT * size_of(f, i));
}

static void deviate(struct fit *f)
{
    for (size_t i = 0; i < f->n; i++)
        f->value[i] = fabs(error_of(f, i)) / f->sigma[i];
    f->deviation = MAD * select_nth(f->value, f->n, f->n / 2);
}

static void weigh(struct fit *f)
{
    for (size_t i = 0; i < f->n; i++) {
        const double u = error_of(f, i) / reach(f, i), v = 1 - u * u, m = (f->pair[i].strike / f->taper_at - 1) / TAPER;
        f->weight[i] = v > 0 ? v * v / (f->sigma[i] * f->sigma[i] * (1 + m * m)) : 0;
    }
}

/* The weighted line.  false: the weights leave no slope. */
static bool draw(struct fit *f)
{
    double sum = 0, at = 0, height = 0, square = 0, product = 0;

    for (size_t i = 0; i < f->n; i++) {
        sum += f->weight[i];
        at += f->weight[i] * f->pair[i].strike;
        height += f->weight[i] * f->y[i];
    }
    if (!(sum > 0))
        return false;
    at /= sum;
    height /= sum;
    for (size_t i = 0; i < f->n; i++) {
        const double d = f->pair[i].strike - at;
        square += f->weight[i] * d * d;
        product += f->weight[i] * d * (f->y[i] - height);
    }
    if (isnan(f->how->discount)) {
        if (!(square > 0) || !(product < 0))
            return false;
        f->line.discount = -product / square;
    }
    f->line.forward = at + height / f->line.discount;
    return true;
}

static bool stands(struct line a, struct line b)
{
    return fabs(a.forward - b.forward) <= 1e-15 * fabs(b.forward) && fabs(a.discount - b.discount) <= 1e-15 * b.discount;
}

static bool iterate(struct fit *f)
{
    for (int k = 0; k < STEPS; k++) {
        const struct line before = f->line;
        if (k < SETTLE)
            deviate(f);
        weigh(f);
        if (!draw(f))
            return false;
        if (k >= SETTLE && stands(before, f->line))
            break;
    }
    return true;
}

/* ---- what the pairs say of the line --------------------------------------------------------------------------- */

static void name_outliers(const struct fit *f, bool *outlier, struct oc_parity_fit *out)
{
    for (size_t i = 0; i < f->n; i++) {
        const double size = size_of(f, i), far = fmax(fmax(f->s[i], fmin(reach(f, i), TICK * size)), NAMED * size);
        outlier[i] = fabs(error_of(f, i)) > far;
        out->outliers += outlier[i];
    }
}

static void bound(const struct fit *f, const bool *outlier, struct oc_parity_fit *out)
{
    double low = -INFINITY, high = INFINITY;

    for (size_t i = 0; i < f->n; i++) {
        if (outlier[i])
            continue;
        low = fmax(low, f->pair[i].strike + (f->y[i] - f->s[i]) / f->line.discount);
        high = fmin(high, f->pair[i].strike + (f->y[i] + f->s[i]) / f->line.discount);
    }
    out->low = low;
    out->high = high;
}

/* How far the pairs are from the line, and how well they tell it: weighted least squares at the last weights. */
static void judge(const struct fit *f, struct oc_parity_fit *out)
{
    const bool slope = isnan(f->how->discount);
    double sum = 0, square = 0, at = 0, spread = 0;
    size_t used = 0;

    for (size_t i = 0; i < f->n; i++) {
        sum += f->weight[i];
        at += f->weight[i] * f->pair[i].strike;
        square += f->weight[i] * error_of(f, i) * error_of(f, i);
        used += f->weight[i] > 0;
    }
    at /= sum;
    for (size_t i = 0; i < f->n; i++)
        spread += f->weight[i] * (f->pair[i].strike - at) * (f->pair[i].strike - at);
    out->residual = sqrt(square / sum);
    if (used <= (slope ? 2 : 1))
        return;
    const double variance = square / (double)(used - (slope ? 2 : 1)), lever = f->line.forward - at;
    out->discount_stderr = slope ? sqrt(variance / spread) : 0;
    out->forward_stderr = sqrt(variance / sum + (slope ? variance * lever * lever / spread : 0)) / f->line.discount;
}

/* ---- one expiry ------------------------------------------------------------------------------------------------ */

/* Of all pairs those with |K / F - 1| <= near: a range, as strikes ascend. */
static void narrow(struct fit *f, size_t *from)
{
    size_t a = 0, b = f->n;

    while (a < b && f->pair[a].strike < f->line.forward * (1 - f->how->near))
        a++;
    while (b > a && f->pair[b - 1].strike > f->line.forward * (1 + f->how->near))
        b--;
    *from = a;
    f->pair += a;
    f->y += a;
    f->s += a;
    f->sigma += a;
    f->n = b - a;
}

static enum oc_parity_status by_vix(struct fit *f, struct oc_parity_fit *out)
{
    size_t best = 0;

    for (size_t i = 1; i < f->n; i++)
        if (fabs(f->y[i]) < fabs(f->y[best]))
            best = i;
    const double K = f->pair[best].strike, D = f->how->discount;
    if (!(K + f->y[best] / D > 0))
        return OC_PARITY_DOMAIN;
    out->forward = K + f->y[best] / D;
    out->discount = D;
    out->low = K + (f->y[best] - f->s[best]) / D;
    out->high = K + (f->y[best] + f->s[best]) / D;
    return OC_PARITY_OK;
}

static bool is_line(const struct fit *f)
{
    return f->line.discount > 0 && f->line.forward > 0 && isfinite(f->line.discount) && isfinite(f->line.forward);
}

static enum oc_parity_status by_line(struct fit *f, bool *outlier, struct oc_parity_fit *out)
{
    size_t from;

    f->line.discount = isnan(f->how->discount) ? start_discount(f) : f->how->discount;
    f->line.forward = f->line.discount > 0 ? start_forward(f, f->line.discount) : NAN;
    if (!is_line(f))
        return OC_PARITY_DOMAIN;
    narrow(f, &from);
    out->pairs = f->n;
    if (f->n < f->how->min_pairs || (isnan(f->how->discount) && f->n < 2))
        return OC_PARITY_FEW;
    f->taper_at = f->line.forward;
    if (!iterate(f) || !is_line(f))
        return OC_PARITY_DOMAIN;
    name_outliers(f, outlier + from, out);
    bound(f, outlier + from, out);
    judge(f, out);
    const double middle = (out->low + out->high) / 2;
    if ((double)out->outliers > f->how->max_outliers * (double)f->n)
        return OC_PARITY_INCONSISTENT;
    if (f->how->method == OC_PARITY_EXECUTABLE && !(out->high - out->low >= -NAMED * middle))
        return OC_PARITY_INCONSISTENT;
    out->forward = f->how->method == OC_PARITY_EXECUTABLE ? middle : f->line.forward;
    out->discount = f->line.discount;
    return OC_PARITY_OK;
}

enum oc_parity_status oc_parityforward_fit(const struct oc_parity_how *how, size_t n, const struct oc_parity_pair *pair,
                                           double *work, bool *outlier, struct oc_parity_fit *out)
{
    struct fit f = { .how = how, .n = n, .pair = pair, .y = work, .s = work + n, .sigma = work + 2 * n,
                     .weight = work + 3 * n, .value = work + 4 * n };

    *out = (struct oc_parity_fit){ .forward = NAN, .discount = NAN, .low = NAN, .high = NAN, .residual = NAN, .pairs = n,
                                   .forward_stderr = NAN, .discount_stderr = NAN };
    for (size_t i = 0; i < n; i++)
        outlier[i] = false;
    if (n == 0 || n < how->min_pairs || (isnan(how->discount) && n < 2))
        return OC_PARITY_FEW;
    middles(&f);
    return how->method == OC_PARITY_VIX ? by_vix(&f, out) : by_line(&f, outlier, out);
}
