/* stepplan - what follows from a stepper's plan before its first step: drift, growth of money, the id of the run. */
#ifndef OC_APP_STEPPLAN_H
#define OC_APP_STEPPLAN_H

#include "app/stepper.h"

/* Rate less dividend yield, 1/year: what the walk grows by. */
double oc_stepplan_drift(const struct oc_stepper *s);
/* What 1 in so many years is worth now. */
double oc_stepplan_discount(const struct oc_stepper *s, double years);
/* s->run: the first 12 hexadecimal digits of the SHA-256 of everything that a step's figures depend on. */
int oc_stepplan_run(struct oc_stepper *s, struct oc_err *err);
/* That text. */
int oc_stepplan_text(const struct oc_stepper *s, struct oc_buf *out);

#endif
