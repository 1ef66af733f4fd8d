/*
 * ocsjson - the requests of OptionChain-Simulator as plain numbers: v1 (a chain of one expiry) and v2 (rolling expiries).
 *
 * Field names and the method's parameter names are read verbatim; the method may be spelled as there (GeometricBrownian) or
 * as here (geometric_brownian).  A number may be written as a string ("0.2"), null is absent.  What is not known, doubled,
 * of the wrong type or outside what a request may hold is refused: syntax with line and column, all else with the path of
 * the field (method.Heston.kappa).  What a field means for a chain or a walk is for chainspec and params to say.
 *
 * Prices of a Historical method are one a step, oldest first.  A time frame is a number of periods a trading year of 252
 * days of 6.5 hours: Day 252, Hour 1638, Week 52, Month 12.
 */
#ifndef OC_APP_OCSJSON_H
#define OC_APP_OCSJSON_H

#include "base/err.h"
#include "record/run.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { OC_OCSJSON_PARAMS = 16, OC_OCSJSON_RULES = 64, OC_OCSJSON_MAX = 64 << 20 /* bytes */ };

enum oc_ocsjson_kind { OC_OCSJSON_DAILY, OC_OCSJSON_WEEKLY, OC_OCSJSON_MONTHLY, OC_OCSJSON_YEARLY };

struct oc_ocsjson_rule {
    char id[65];
    enum oc_ocsjson_kind kind;
    unsigned weekdays;              /* bit 0 Monday ... bit 4 Friday; monthly, yearly: the last one of the month */
    int month;                      /* yearly: 1-12, 12 where not given */
    uint64_t target_count;
};

struct oc_ocsjson {
    int version;                    /* 1: has days_to_expiration; 2: has schedules; 0: neither, or a method alone */
    char symbol[32];                /* "": not given */
    char model[48];                 /* of the method, in snake case; "": no method */
    size_t nparam;
    struct { char name[32]; double value; } param[OC_OCSJSON_PARAMS];
    size_t nprice;
    double *price;                  /* [nprice], owned */
    double price_periods;           /* timeframe of the prices, periods a year; NaN */
    double time_frame;              /* periods a year; NaN */
    /* NaN: not given */
    double initial_price, volatility, risk_free_rate, dividend_yield, days_to_expiration, strike_interval, skew_slope,
        smile_curve, spread;
    bool has_steps, has_seed, has_chain_size, has_interval, has_start, has_clock;
    uint64_t steps, seed, chain_size, step_interval_seconds;
    int64_t start_at;               /* ns UTC */
    char timezone[64], calendar[32];/* "": not given */
    uint64_t expiration_time;       /* seconds after local midnight, where has_clock */
    size_t nrule;
    struct oc_ocsjson_rule rule[OC_OCSJSON_RULES];
};

/* Does a text begin as a request or a method, rather than as records of JSON lines? */
bool oc_ocsjson_is(const char *text, size_t n);
/* name is for messages.  OC_FORMAT with the position. */
int oc_ocsjson_read(struct oc_ocsjson *r, const char *name, const char *text, size_t n, struct oc_err *err);
void oc_ocsjson_free(struct oc_ocsjson *r);
/* A file (- is stdin), decompressed where it is compressed; its digest goes to io->side. */
int oc_ocsjson_load(struct oc_ocsjson *r, const char *path, struct oc_io *io, struct oc_err *err);

/* Periods a year of a time frame's word in either case ("Day", "day"); -1: no such word. */
int oc_ocsjson_periods(const char *word, size_t n, double *periods);

#endif
