/*
 * arena - see arena.h.  A list of blocks; a reset that finds more than one replaces them by a single block
 * of their total size, so that after the first batches every batch is served by one block.
 */
#include "base/arena.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { ALIGN = 64, FIRST = 64 * 1024 };

struct oc_arena_block {
    struct oc_arena_block *next;
    size_t size;                    /* of the room behind this header */
};

static unsigned char *room(struct oc_arena_block *b) { return (unsigned char *)b + ALIGN; }

static struct oc_arena_block *block_new(size_t size)
{
    struct oc_arena_block *b = NULL;

    if (size > SIZE_MAX - 3 * ALIGN)
        return NULL;
    b = aligned_alloc(ALIGN, (size + 3 * ALIGN - 1) / ALIGN * ALIGN);
    if (b) {
        b->next = NULL;
        b->size = size;
    }
    return b;
}

void *oc_arena_alloc(struct oc_arena *a, size_t n)
{
    if (n > SIZE_MAX / 2)
        return NULL;
    const size_t need = (n + ALIGN - 1) / ALIGN * ALIGN;
    if (!a->head || a->head->size - a->used < need) {
        size_t size = a->head ? 2 * a->head->size : FIRST;
        if (size < need)
            size = need;
        struct oc_arena_block *b = block_new(size);
        if (!b)
            return NULL;
        b->next = a->head;
        a->head = b;
        a->used = 0;
    }
    void *p = room(a->head) + a->used;
    a->used += need;
    return p;
}

void *oc_arena_zero(struct oc_arena *a, size_t count, size_t size)
{
    size_t n;

    if (__builtin_mul_overflow(count, size, &n))
        return NULL;
    void *p = oc_arena_alloc(a, n);
    return p ? memset(p, 0, n) : NULL;
}

char *oc_arena_copy(struct oc_arena *a, const void *p, size_t n)
{
    char *s = oc_arena_alloc(a, n + 1);

    if (!s)
        return NULL;
    if (n)
        memcpy(s, p, n);
    s[n] = '\0';
    return s;
}

void oc_arena_reset(struct oc_arena *a)
{
    size_t total = 0;

    a->used = 0;
    if (!a->head || !a->head->next)
        return;
    for (const struct oc_arena_block *b = a->head; b; b = b->next)
        total += b->size;
    oc_arena_free(a);
    a->head = block_new(total);
}

void oc_arena_free(struct oc_arena *a)
{
    while (a->head) {
        struct oc_arena_block *next = a->head->next;
        free(a->head);
        a->head = next;
    }
    a->used = 0;
}
