/* steprows - the columns of what a stepper prints: quote records, or factor records. */
#ifndef OC_APP_STEPROWS_H
#define OC_APP_STEPROWS_H

#include "app/stepper.h"

/* Dictionaries of the text columns into s->text. */
int oc_steprows_open(struct oc_stepper *s, struct oc_err *err);
void oc_steprows_close(struct oc_stepper *s);

#endif
