/*
 * window - the last 31 numbers of a series, with their median and the median distance from it, kept sorted as they come.
 *
 *   cost    an insertion into 31 sorted numbers a number, no allocation
 *   ties    the median of an even count is the mean of the two in the middle; the distance is the upper of the two
 */
#ifndef OC_APP_WINDOW_H
#define OC_APP_WINDOW_H

#include <stdint.h>

enum { OC_WINDOW = 31 };

struct oc_window {
    int32_t n, at;                  /* numbers there are, place of the oldest when it is full */
    double ring[OC_WINDOW], sorted[OC_WINDOW];
};

/* x is finite. */
void oc_window_push(struct oc_window *w, double x);
/* NAN where there is none. */
double oc_window_median(const struct oc_window *w);
double oc_window_mad(const struct oc_window *w, double median);
/* The mean distance, summed in order of size. */
double oc_window_mean_distance(const struct oc_window *w, double median);

#endif
