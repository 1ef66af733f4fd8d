/*
 * stepquoted - what the quotes that oc-step reads say of its chain: as words of oc-chain's options before the plan is made,
 * and, where words cannot say it, into the plan.
 */
#ifndef OC_APP_STEPQUOTED_H
#define OC_APP_STEPQUOTED_H

#include "app/step.h"
#include "app/stepquotes.h"
#include "base/num.h"
#include "market/root.h"

/* A stepper that is being opened. */
struct oc_stepopening {
    const struct oc_step *p;
    struct oc_stepper *s;
    struct oc_stepquotes quotes;        /* n 0: none are read */
    struct oc_terms terms;
    struct oc_roots *roots;
    struct oc_chain_words words;
    struct oc_buf dates;                /* --schedule of the quotes */
    char strikes[OC_NUM_PRINT_MAX], size[16];
    bool column;                        /* the smile is that of the quotes' own iv */
    bool yield_later;                   /* the plan is made with one of 0, which that of the quotes' forwards replaces */
    bool smile_later;                   /* the plan is made with a flat one, which the quotes' own or the model's replaces */
    struct oc_err *err;
};

/* Which smile is meant, and words for what the quotes say, into o->words. */
int oc_stepquoted_words(struct oc_stepopening *o);
/* The quotes' rates, volatilities and strikes into the plan and the stepper. */
int oc_stepquoted_plan(struct oc_stepopening *o);

#endif
