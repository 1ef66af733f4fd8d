/*
 * dbnmeta - the metadata in front of a DBN file, and the names of instruments.
 *
 *     0  "DBN"   3  u8 version   4  u32 length of what follows, then
 *     0  dataset, 16 bytes                     42  (version 1: u64 records, then all 8 further on)
 *    16  u16 schema, 0xffff: several           42  u8 stype_in, u8 stype_out, u8 ts_out
 *    18  u64 start, u64 end, u64 limit         45  u16 bytes of a symbol (version 1: 22, not said)
 *   100  u32 0, then lists with a u32 count before: symbols, partly found, not found, mappings; a mapping is a symbol, a u32
 *        count and so many of { u32 first day, u32 day behind the last (YYYYMMDD), symbol }
 */
#ifndef OC_APP_DBNMETA_H
#define OC_APP_DBNMETA_H

#include "base/arena.h"
#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { OC_DBN_MAGIC = 8, OC_DBN_STYPE_ID = 0, OC_DBN_STYPE_RAW = 1 };

/* An instrument has this name from one day to the day before another (INT32_MAX: for ever); days since 1970, UTC. */
struct oc_dbn_name { uint32_t id; int32_t from, to; bool raw; const char *name; size_t before; };

struct oc_dbn_meta {
    unsigned version;
    char dataset[17];
    bool ts_out;
    unsigned stype_in, stype_out;       /* 255: none is said */
    size_t symbol_len;
    size_t n, cap;
    /* in the order in which they came; `before`: 1 + the one before of that instrument */
    struct oc_dbn_name *name;
    size_t nslot;                       /* hash of instruments, a power of 2: 1 + its latest name */
    size_t *slot;
    struct oc_arena arena;
};

/* The first 8 bytes: *length of the metadata that follow. */
int oc_dbnmeta_begin(struct oc_dbn_meta *m, const unsigned char first[OC_DBN_MAGIC], uint32_t *length, struct oc_err *err);
int oc_dbnmeta_read(struct oc_dbn_meta *m, const unsigned char *p, size_t n, struct oc_err *err);
/* A name from a record of the stream; it stands above what is there.  raw: it is the contract's own. */
int oc_dbnmeta_add(struct oc_dbn_meta *m, struct oc_dbn_name name, size_t len, struct oc_err *err);
/* The name of an instrument on a day, the contract's own or the one asked for; "" where there is none. */
const char *oc_dbnmeta_find(const struct oc_dbn_meta *m, uint32_t id, int32_t day, bool raw);
void oc_dbnmeta_free(struct oc_dbn_meta *m);

#endif
