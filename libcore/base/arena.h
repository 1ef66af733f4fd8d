/*
 * arena - memory that is given back all at once.  Every batch owns one: its columns and strings live in it
 * until the batch is reset.  Blocks are 64-byte aligned, so that a column may be read by full vectors.
 */
#ifndef OC_BASE_ARENA_H
#define OC_BASE_ARENA_H

#include <stddef.h>

struct oc_arena {
    struct oc_arena_block *head;    /* the block being filled; older ones behind it */
    size_t used;                    /* bytes used of head */
};

/* n bytes at a multiple of 64, not cleared; 64 bytes behind them may be read.  NULL when memory is out. */
void *oc_arena_alloc(struct oc_arena *a, size_t n);
/* As calloc: count * size with the product checked, cleared. */
void *oc_arena_zero(struct oc_arena *a, size_t count, size_t size);
/* A copy of n bytes with a NUL behind. */
char *oc_arena_copy(struct oc_arena *a, const void *p, size_t n);
/* Forget all contents; one block as large as all before is kept, so a steady stream allocates nothing. */
void oc_arena_reset(struct oc_arena *a);
void oc_arena_free(struct oc_arena *a);

#endif
