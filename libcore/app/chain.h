/*
 * chain - one chain as records: what oc-chain does beyond its options.
 *
 * The listing is made once; blocks of some thousand rows are priced wherever a thread is free.
 */
#ifndef OC_APP_CHAIN_H
#define OC_APP_CHAIN_H

#include "app/chaincols.h"
#include "app/instants.h"

struct oc_chain_run {
    struct oc_chain_words words;
    const char *greek_units;        /* textbook market */
    const char *dialect;            /* quotes ocs */
    bool contract_symbol;
    struct oc_instants instants;    /* --tz, --ts */
    bool ocs;                       /* the dialect */
    struct oc_chain_plan plan;
    struct oc_chaincols cols;
    struct oc_chain_at at;
    struct oc_chain_rows list;
};

/* Read what the words name, list the chain, and check it for arbitrage. */
int oc_chain_open(struct oc_chain_run *c, struct oc_io *io, struct oc_err *err);
/* Write it. */
int oc_chain_write(struct oc_chain_run *c, struct oc_io *io, struct oc_err *err);
void oc_chain_close(struct oc_chain_run *c);

/* --list-surfaces. */
int oc_chain_surfaces(FILE *out, const char *value, struct oc_err *err);

#endif
