/*
 * dbnlayout - the records of Databento Binary Encoding, versions 1 to 3: their fields by name.
 *
 * All numbers are little endian and lie at multiples of their size, as C lays a struct out.  A record begins with
 *     0  u8   length in units of 4 bytes        4  u32  instrument_id
 *     1  u8   rtype                             8  u64  ts_event, ns since 1970
 *     2  u16  publisher_id
 * Prices are units of 1e-9, INT64_MAX: none.  Times are ns since 1970, UINT64_MAX: none.
 * Source: the public specification, github.com/databento/dbn (record structs of its three versions, rtypes, metadata).
 */
#ifndef OC_APP_DBNLAYOUT_H
#define OC_APP_DBNLAYOUT_H

#include "base/buf.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum oc_dbn_type {
    OC_DBN_PRICE, OC_DBN_TIME, OC_DBN_U64, OC_DBN_I64,      /* 8 bytes */
    OC_DBN_U32, OC_DBN_I32,                                 /* 4; the largest of I32, U32 and U16 is none */
    OC_DBN_U16, OC_DBN_I16, OC_DBN_U8, OC_DBN_I8,
    OC_DBN_CHAR,                                            /* one letter, 0: none */
    OC_DBN_TEXT                                             /* `width` bytes, ended by 0 */
};

struct oc_dbn_field { const char *name; enum oc_dbn_type type; uint16_t width, at; };

enum { OC_DBN_FIELDS = 96 };

struct oc_dbn_layout {
    size_t size, n;                             /* bytes, without what ts_out adds */
    struct oc_dbn_field field[OC_DBN_FIELDS];
};

/* What a record type is called (trades, mbp-1, ohlcv-1m, ...), NULL: unknown; and the other way, -1: no such name. */
const char *oc_dbnlayout_name(unsigned rtype);
int oc_dbnlayout_rtype(const char *name);
/* The interval of a bar's type ("1m"), else "". */
const char *oc_dbnlayout_interval(unsigned rtype);
/* Fields of a record type in a version of the format; false: its records are not read here. */
bool oc_dbnlayout_of(unsigned rtype, unsigned version, struct oc_dbn_layout *out);
const struct oc_dbn_field *oc_dbnlayout_field(const struct oc_dbn_layout *l, const char *name);
/* A field of a record as text: nothing where there is no value. */
void oc_dbnlayout_print(const struct oc_dbn_field *f, const unsigned char *record, struct oc_buf *out);

#endif
