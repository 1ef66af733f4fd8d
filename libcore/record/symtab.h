/*
 * symtab - distinct texts while they are collected: a hash table from text to a small number, in order of first
 * use.  Becomes a struct oc_dict when it is complete; or stays, as the writer's table of a whole stream.
 */
#ifndef OC_RECORD_SYMTAB_H
#define OC_RECORD_SYMTAB_H

#include "base/err.h"
#include "record/batch.h"

#include <stddef.h>
#include <stdint.h>

struct oc_symtab {
    uint32_t n;             /* texts */
    uint32_t *off;          /* n + 1 offsets into bytes */
    char *bytes;
    size_t nbytes, capbytes;
    uint32_t capoff;
    uint32_t *slot;         /* open addressing: 0 empty, else id + 1 */
    uint32_t *hash;         /* of text i, kept for growth and quick comparison */
    uint32_t nslot;         /* power of two */
};

/* The number of the text, which is taken in when it is new.  -1: memory. */
int32_t oc_symtab_id(struct oc_symtab *t, const char *s, size_t n);
/* The texts as a dictionary of its own (one reference, the caller's). */
struct oc_dict *oc_symtab_dict(const struct oc_symtab *t, struct oc_err *err);
void oc_symtab_clear(struct oc_symtab *t);      /* forget the texts, keep the memory */
void oc_symtab_free(struct oc_symtab *t);

#endif
