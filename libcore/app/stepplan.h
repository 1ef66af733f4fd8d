/* stepplan - what follows from a stepper's plan before its first step: drift, growth of money, the id of the run. */
#ifndef OC_APP_STEPPLAN_H
#define OC_APP_STEPPLAN_H

#include "app/stepper.h"

/* Rate from `from` to `years` later, both in years after the start; of a curve the forward rate. */
double oc_stepplan_rate(const struct oc_stepper *s, double from, double years);
/* Rate less dividend yield, 1/year: what the walk is opened with; of a curve at its first day. */
double oc_stepplan_drift(const struct oc_stepper *s);
/* What the spot is expected to grow by in that time, as a logarithm. */
double oc_stepplan_growth(const struct oc_stepper *s, double from, double years);
/* Does the model take that drift, or has it one of its own, or none? */
bool oc_stepplan_drifts(const struct oc_stepper *s);
/* s->run: the first 12 hexadecimal digits of the SHA-256 of everything that a step's figures depend on. */
int oc_stepplan_run(struct oc_stepper *s, struct oc_err *err);

#endif
