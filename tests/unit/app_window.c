/* window - the sorted window against a sort of the last 31 numbers; known answers. */
#include "app/window.h"
#include "test.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static int by_size(const void *a, const void *b)
{
    const double x = *(const double *)a, y = *(const double *)b;

    return x < y ? -1 : x > y;
}

static double middle(const double *sorted, int n) { return n % 2 ? sorted[n / 2] : 0.5 * (sorted[n / 2 - 1] + sorted[n / 2]); }

/* Many equal numbers, a drift, and a jump: 2000 pushes. */
static void against_sort(void)
{
    struct oc_window w = { 0 };
    double last[OC_WINDOW], sorted[OC_WINDOW], away[OC_WINDOW];
    uint32_t seed = 7;
    int wrong = 0;

    for (int i = 0; i < 2000; i++) {
        seed = seed * 1664525u + 1013904223u;
        const double x = (double)((seed >> 16) % 7) - 3 + (i > 1000 ? 100 : 0) + 0.001 * i;
        last[i % OC_WINDOW] = x;
        oc_window_push(&w, x);
        const int n = i + 1 < OC_WINDOW ? i + 1 : OC_WINDOW;
        memcpy(sorted, last, sizeof sorted);
        qsort(sorted, (size_t)n, sizeof *sorted, by_size);
        const double m = middle(sorted, n);
        for (int k = 0; k < n; k++)
            away[k] = fabs(sorted[k] - m);
        qsort(away, (size_t)n, sizeof *away, by_size);
        wrong += w.n != n || memcmp(w.sorted, sorted, (size_t)n * sizeof *sorted) != 0 || oc_window_median(&w) != m
                 || oc_window_mad(&w, m) != away[n / 2];
    }
    CHECK(wrong == 0, "%d of 2000 windows differ from a sort", wrong);
}

static void known(void)
{
    struct oc_window w = { 0 };

    CHECK(isnan(oc_window_median(&w)) && isnan(oc_window_mad(&w, 0)), "nothing has a median");
    for (int i = 1; i <= 5; i++)
        oc_window_push(&w, i * i);                  /* 1 4 9 16 25: distances 8 5 0 7 16 */
    CHECK(oc_window_median(&w) == 9 && oc_window_mad(&w, 9) == 7, "%g %g", oc_window_median(&w), oc_window_mad(&w, 9));
    CHECK(oc_window_mean_distance(&w, 9) == 7.2, "%g", oc_window_mean_distance(&w, 9));
}

int main(void)
{
    test_begin("window against a sort");
    against_sort();
    test_end();
    test_begin("window: known answers");
    known();
    test_end();
    return test_done();
}
