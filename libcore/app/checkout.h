/* checkout - findings as check records: into a file that is written beside the output. */
#ifndef OC_APP_CHECKOUT_H
#define OC_APP_CHECKOUT_H

#include "app/check.h"
#include "record/side.h"

#include <stddef.h>

/* n findings as n records, 0 for the header alone. */
int oc_checkout_write(struct oc_side *s, const struct oc_finding *f, size_t n, struct oc_err *err);
/* The samples of each check, then a summary of each check that looked at rows. */
int oc_checkout_summary(struct oc_side *s, const struct oc_checks *c, struct oc_err *err);
/* Why a run failed: the failed checks and how often, into err as OC_RULE.  Returns -1. */
int oc_checkout_verdict(const struct oc_checks *c, struct oc_err *err);

#endif
