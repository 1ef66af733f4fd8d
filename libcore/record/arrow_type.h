/*
 * arrow_type - Arrow's types as far as a stream of records has them, and the numbers that its metadata uses.
 *
 * Source: the Apache Arrow columnar format, versions 4 and 5 of the metadata (Schema.fbs, Message.fbs, File.fbs).
 */
#ifndef OC_RECORD_ARROW_TYPE_H
#define OC_RECORD_ARROW_TYPE_H

#include "base/bind.h"
#include "base/err.h"
#include "record/arrow_fb.h"

#include <stdbool.h>
#include <stdint.h>

/* Slots of the tables, and values of the enumerations, that we use. */
enum {
    ARROW_MESSAGE_VERSION = 0, ARROW_MESSAGE_TYPE = 1, ARROW_MESSAGE_HEADER = 2, ARROW_MESSAGE_BODY = 3,
    ARROW_MESSAGE_META = 4,
    ARROW_IS_SCHEMA = 1, ARROW_IS_DICTIONARY = 2, ARROW_IS_BATCH = 3,
    ARROW_SCHEMA_ENDIAN = 0, ARROW_SCHEMA_FIELDS = 1, ARROW_SCHEMA_META = 2,
    ARROW_FIELD_NAME = 0, ARROW_FIELD_NULLABLE = 1, ARROW_FIELD_TYPE_KIND = 2, ARROW_FIELD_TYPE = 3,
    ARROW_FIELD_DICTIONARY = 4, ARROW_FIELD_CHILDREN = 5, ARROW_FIELD_META = 6,
    ARROW_ENCODING_ID = 0, ARROW_ENCODING_INDEX = 1,
    ARROW_KEY = 0, ARROW_VALUE = 1,
    ARROW_BATCH_ROWS = 0, ARROW_BATCH_NODES = 1, ARROW_BATCH_BUFFERS = 2, ARROW_BATCH_COMPRESSION = 3,
    ARROW_BATCH_VARIADIC = 4,
    ARROW_COMPRESSION_CODEC = 0, ARROW_COMPRESSION_METHOD = 1, ARROW_LZ4 = 0, ARROW_ZSTD = 1,
    ARROW_DICT_ID = 0, ARROW_DICT_DATA = 1, ARROW_DICT_DELTA = 2,
    ARROW_FOOTER_VERSION = 0, ARROW_FOOTER_SCHEMA = 1, ARROW_FOOTER_DICTS = 2, ARROW_FOOTER_BATCHES = 3,
    ARROW_FOOTER_META = 4, ARROW_FOOTER_BLOCK = 24,
    ARROW_V4 = 3, ARROW_V5 = 4
};

/* Members of the union Type. */
enum {
    ARROW_T_NULL = 1, ARROW_T_INT = 2, ARROW_T_FLOAT = 3, ARROW_T_UTF8 = 5, ARROW_T_BOOL = 6, ARROW_T_DECIMAL = 7,
    ARROW_T_DATE = 8, ARROW_T_TIMESTAMP = 10, ARROW_T_LARGE_UTF8 = 20, ARROW_T_UTF8_VIEW = 24
};

enum oc_arrow_kind {
    OC_ARROW_NULL, OC_ARROW_INT, OC_ARROW_FLOAT, OC_ARROW_BOOL, OC_ARROW_UTF8, OC_ARROW_LARGE_UTF8,
    OC_ARROW_UTF8_VIEW, OC_ARROW_DATE32, OC_ARROW_DATE64, OC_ARROW_TIMESTAMP, OC_ARROW_DECIMAL
};

struct oc_arrow_type {
    enum oc_arrow_kind kind;
    bool is_signed;         /* INT */
    bool zoned;             /* TIMESTAMP: an instant; else a local time */
    uint8_t width;          /* bytes of a value; 0: bits, or of varying length */
    int32_t scale;          /* DECIMAL: digits behind the point */
    int64_t unit;           /* TIMESTAMP: nanoseconds in one */
};

struct oc_arrow_field {
    char *name;                     /* owned */
    struct oc_arrow_type type;      /* dictionary: of its entries */
    bool dictionary;
    int64_t id;                     /* dictionary */
    struct oc_arrow_type index;     /* dictionary */
    size_t entry;                   /* dictionary: its place among those of the stream (arrow_read.h) */
};

/* Read a Field table.  Nested and other foreign types are refused by name (OC_FORMAT). */
int oc_arrow_type_field(const struct oc_arrow_tab *t, struct oc_arrow_field *f, struct oc_err *err);
/* What the column is in a batch, when no kind says otherwise. */
enum oc_type oc_arrow_type_natural(const struct oc_arrow_field *f);
/* Same name and layout. */
bool oc_arrow_type_equal(const struct oc_arrow_field *a, const struct oc_arrow_field *b);
/* Number of buffers in a record batch, those of a view's data not counted. */
unsigned oc_arrow_type_buffers(const struct oc_arrow_field *f);
/* For messages: "timestamp", "int32", ... */
const char *oc_arrow_type_name(const struct oc_arrow_type *t);

#endif
