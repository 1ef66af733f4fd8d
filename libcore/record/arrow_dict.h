/*
 * arrow_dict - the dictionary of one column of a stream that we write.
 *
 * Texts are numbered in the order of their first use by a row, whatever dictionaries the batches bring, so the stream
 * does not depend on how the input was cut.  The whole is sent again when it has grown (never a delta, which some
 * readers refuse), and begins anew with the message after it has passed 65,536 texts or 1 MiB.  In a column of which most texts
 * are new in every row (contract symbols) it begins anew with each message once it has passed 16 KiB: the texts before
 * would only be sent again, and never used.
 */
#ifndef OC_RECORD_ARROW_DICT_H
#define OC_RECORD_ARROW_DICT_H

#include "base/err.h"
#include "record/batch.h"
#include "record/symtab.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct oc_arrow_dict {
    struct oc_symtab tab;
    uint32_t sent;              /* texts that the reader has */
    bool started;               /* something was sent */
    uint32_t before;            /* texts there were at the start of the message */
    size_t rows;                /* rows of the message so far */
    struct oc_dict *last;       /* the batch dictionary that `map` is of */
    int32_t *map;               /* its entries in tab; -1: not used yet */
    uint32_t nmap, capmap;
    uint32_t same;              /* entries below this are numbered alike in both */
};

/* Before the first row of a message. */
void oc_arrow_dict_turn(struct oc_arrow_dict *d);
/*
 * The numbers of rows [from, from + n) of a loaded OC_SYM column: its own where they agree, else in room[n].
 * NULL: error (OC_MEMORY; OC_DATA: a text that is not UTF-8).
 */
const int32_t *oc_arrow_dict_map(struct oc_arrow_dict *d, const struct oc_col *c, size_t from, size_t n, int32_t *room,
                                 struct oc_err *err);
/* Are all n indices from 0 to below bound?  Branch-free, in blocks of constant size, so that it is vectorised. */
bool oc_arrow_dict_below(const int32_t *v, size_t n, uint32_t bound);
/* Must it be sent before the message that uses it? */
bool oc_arrow_dict_grown(const struct oc_arrow_dict *d);
void oc_arrow_dict_sent(struct oc_arrow_dict *d);
void oc_arrow_dict_free(struct oc_arrow_dict *d);

#endif
