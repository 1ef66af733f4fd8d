/*
 * ocsrules - the expiry rules of a request of OptionChain-Simulator.
 */
#ifndef OC_APP_OCSRULES_H
#define OC_APP_OCSRULES_H

#include "app/ocsvalue.h"

/* The list of rules at p into p->r.  OC_FORMAT with the path of the field. */
int oc_ocsrules_read(const struct oc_ocsplace *p, json_t *v);

#endif
