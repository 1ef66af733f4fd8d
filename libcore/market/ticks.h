/*
 * ticks - which prices may be quoted, and steps as decimals.
 *
 * Strikes and prices are whole multiples of a step; where the step is a decimal of up to nine places they are the doubles
 * nearest to the decimal multiples (0.3, never 0.30000000000000004).
 */
#ifndef OC_MARKET_TICKS_H
#define OC_MARKET_TICKS_H

#include "base/err.h"

#include <stddef.h>

/* A step as units / scale, scale a power of ten: multiple i is i * units / scale, rounded once. */
struct oc_step_size { double units, scale; };

/* units = step, scale = 1 where it is no decimal of up to nine places. */
struct oc_step_size oc_ticks_decimal(double step);

/* Multiple i of a step, and the largest i whose multiple is at or below x. */
static inline double oc_ticks_multiple(struct oc_step_size s, double i) { return i * s.units / s.scale; }
double oc_ticks_index(struct oc_step_size s, double x);

enum { OC_TICKS_MAX = 8 };

/* Tick sizes by price: "0.01", "0.05<3,0.10" (0.05 below 3, else 0.10).  A limit is a multiple of both ticks beside it. */
struct oc_ticks {
    size_t n;
    double below[OC_TICKS_MAX];         /* the last one is infinity */
    struct oc_step_size step[OC_TICKS_MAX];
};

int oc_ticks_parse(const char *text, struct oc_ticks *t, struct oc_err *err);
double oc_ticks_size(const struct oc_ticks *t, double price);
/* The multiple of the tick at or below, at or above a price >= 0. */
double oc_ticks_down(const struct oc_ticks *t, double price);
double oc_ticks_up(const struct oc_ticks *t, double price);

#endif
