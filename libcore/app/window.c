/* window - see window.h. */
#include "app/window.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

/* The first place whose number is not below x. */
static int32_t place(const struct oc_window *w, double x)
{
    int32_t k = 0;

    for (int32_t i = 0; i < w->n; i++)      /* no branch on the numbers: they are as good as random */
        k += w->sorted[i] < x;
    return k;
}

void oc_window_push(struct oc_window *w, double x)
{
    const bool full = w->n == OC_WINDOW;
    const int32_t old = full ? place(w, w->ring[w->at]) : w->n;     /* the place that becomes free */
    int32_t i = place(w, x);

    if (i > old)                    /* what lies between moves one down, and x stands in front of its place */
        memmove(w->sorted + old, w->sorted + old + 1, (size_t)(--i - old) * sizeof *w->sorted);
    else
        memmove(w->sorted + i + 1, w->sorted + i, (size_t)(old - i) * sizeof *w->sorted);
    w->sorted[i] = x;
    w->n += !full;
    w->ring[w->at] = x;
    w->at = (w->at + 1) % OC_WINDOW;
}

double oc_window_median(const struct oc_window *w)
{
    const int32_t h = w->n / 2;

    return !w->n ? NAN : w->n % 2 ? w->sorted[h] : 0.5 * (w->sorted[h - 1] + w->sorted[h]);
}

/* Distances from the median grow to both sides of it: the two sides are merged as far as the middle. */
double oc_window_mad(const struct oc_window *w, double median)
{
    int32_t up = place(w, median), down = up - 1;
    double d = NAN;

    for (int32_t k = 0; k <= w->n / 2 && k < w->n; k++) {
        const double left = down >= 0 ? median - w->sorted[down] : INFINITY;
        const double right = up < w->n ? w->sorted[up] - median : INFINITY;
        if (left < right) {
            d = left;
            down--;
        } else {
            d = right;
            up++;
        }
    }
    return d;
}

double oc_window_mean_distance(const struct oc_window *w, double median)
{
    double s = 0;

    for (int32_t i = 0; i < w->n; i++)
        s += fabs(w->sorted[i] - median);
    return w->n ? s / w->n : NAN;
}
