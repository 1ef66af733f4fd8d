/*
 * ingestplan - the rules of a preset resolved for one input: which of its cells every column is made of.
 *
 * Made once an input, from the names of its cells; shared by threads and not changed afterwards.
 */
#ifndef OC_APP_INGESTPLAN_H
#define OC_APP_INGESTPLAN_H

#include "app/ingest.h"

struct oc_ingest_head;

/* A column's rule for one row of a record. */
struct oc_ingest_rule {
    const struct oc_preset_column *c;   /* NULL: a cell that `rest` passes on */
    size_t ncell;
    const uint32_t *cell;               /* columns of the batch: one, or those of a join */
    const char *fixed;                  /* the same text in every row; NULL: made of cells */
    size_t nfixed;
    const struct oc_ingest_rule *of;    /* osi, clock, days-after: the column that it is made of */
    const char *of_text;                /* clock: the part of the file's name, where `of` is none */
    bool numeric;                       /* it is read as a number: decimal commas are undone */
    bool raw;                           /* cells that are left as they are, but for those that mean none */
    bool times;                         /* the factor is applied here; else when the column is loaded */
};

struct oc_ingest_column {
    const char *name, *factor;          /* factor of oc_add_cells(), or NULL */
    bool raw, fixed;                    /* all rules are */
    struct oc_ingest_rule *rule;        /* by row of the record */
};

/* A condition, resolved. */
struct oc_ingest_test {
    unsigned row;                       /* 0: of the record */
    uint32_t cell;
    const struct oc_preset_words *word; /* NULL: the cell must be there */
    const struct oc_preset_column *c;   /* whose `none` words mean that it is not; or NULL */
};

struct oc_ingest_plan {
    unsigned rows;
    size_t n;
    struct oc_ingest_column *column;
    size_t ntest;
    struct oc_ingest_test *test;
};

/*
 * For the cells of batch `in`, in the arena of h.  The first plan of a run decides which columns there are (g->shape): an
 * optional one that a later input lacks is empty there, one that only a later input has is refused.
 */
int oc_ingestplan_make(struct oc_ingest *g, struct oc_ingest_head *h, const struct oc_batch *in, struct oc_err *err);

#endif
