/*
 * step - oc-step as a filter: from what its options say, and the snapshot it reads, to a stepper and its records.
 *
 * The chain comes from the main input, or from options alone: these are asked for by --symbol or --spec.  What the rows of
 * the input give (ts, symbol, spot, rate, dividend yield or forward, expiries, strikes, iv) stands above the options.
 */
#ifndef OC_APP_STEP_H
#define OC_APP_STEP_H

#include "app/instants.h"
#include "app/stepper.h"
#include "cli/opt.h"

struct oc_step {
    struct oc_chain_words chain;
    struct oc_words model;              /* --model */
    const char *params;                 /* --params */
    const char *step, *start, *clock, *stick;
    const char *seed;                   /* text; NULL: the request's, else 1 */
    uint64_t steps;                     /* 0: the request's */
    uint64_t paths;
    uint64_t from, to;                  /* first and last step printed; to UINT64_MAX: to the end */
    double dt;                          /* years a step; NaN: as the clock goes */
    const char *greek_units;            /* textbook market */
    bool factors;
    struct oc_io *io;
    struct oc_instants *instants;       /* --ts, --tz */
};

/* Is the main input read? */
bool oc_step_reads(const struct oc_step *p);
/* The stepper of the options and io->input; of *s only branch is read.  Nothing is left open where it fails. */
int oc_step_open(const struct oc_step *p, struct oc_stepper *s, struct oc_err *err);
/* Open it and write all records. */
int oc_step_run(const struct oc_step *p, struct oc_err *err);

#endif
