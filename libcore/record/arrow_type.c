/* arrow_type - see arrow_type.h. */
#include "record/arrow_type.h"

#include <stdlib.h>
#include <string.h>

/* All members of the union Type, for messages; those we read have a case in read_type(). */
static const char *const union_names[] = {
    "none", "null", "int", "floating point", "binary", "utf8", "bool", "decimal", "date", "time", "timestamp",
    "interval", "list", "struct", "union", "fixed-size binary", "fixed-size list", "map", "duration", "large binary",
    "large utf8", "large list", "run-end encoded", "binary view", "utf8 view", "list view", "large list view",
};

static int refuse(const char *name, const char *what, struct oc_err *err)
{
    return oc_fail(err, OC_FORMAT, "Arrow column '%s' is of type %s, which is not read; drop or convert it", name,
                   what);
}

static int read_int(const struct oc_arrow_tab *t, struct oc_arrow_type *out)
{
    const int64_t bits = oc_arrow_fb_int(t, 0, 4, 0);

    if (bits != 8 && bits != 16 && bits != 32 && bits != 64)
        return -1;
    *out = (struct oc_arrow_type){ .kind = OC_ARROW_INT, .width = (uint8_t)(bits / 8),
                                   .is_signed = oc_arrow_fb_int(t, 1, 1, 0) != 0 };
    return 0;
}

static int read_float(const struct oc_arrow_tab *t, struct oc_arrow_type *out)
{
    const int64_t precision = oc_arrow_fb_int(t, 0, 2, 0);      /* half, single, double */

    if (precision != 1 && precision != 2)
        return -1;
    *out = (struct oc_arrow_type){ .kind = OC_ARROW_FLOAT, .width = precision == 1 ? 4 : 8 };
    return 0;
}

static int read_decimal(const struct oc_arrow_tab *t, struct oc_arrow_type *out)
{
    const int64_t scale = oc_arrow_fb_int(t, 1, 4, 0), bits = oc_arrow_fb_int(t, 2, 4, 128);

    if ((bits != 32 && bits != 64 && bits != 128) || scale < -400 || scale > 400)
        return -1;
    *out = (struct oc_arrow_type){ .kind = OC_ARROW_DECIMAL, .width = (uint8_t)(bits / 8), .scale = (int32_t)scale };
    return 0;
}

static int read_timestamp(const struct oc_arrow_tab *t, struct oc_arrow_type *out)
{
    static const int64_t units[] = { 1000000000, 1000000, 1000, 1 };
    const int64_t unit = oc_arrow_fb_int(t, 0, 2, 0);
    size_t n;

    if (unit < 0 || unit > 3)
        return -1;
    const char *zone = oc_arrow_fb_string(t, 1, &n);
    *out = (struct oc_arrow_type){ .kind = OC_ARROW_TIMESTAMP, .width = 8, .unit = units[unit],
                                   .zoned = zone && n > 0 };
    return 0;
}

static int read_date(const struct oc_arrow_tab *t, struct oc_arrow_type *out)
{
    const int64_t unit = oc_arrow_fb_int(t, 0, 2, 1);

    if (unit != 0 && unit != 1)
        return -1;
    *out = unit == 0 ? (struct oc_arrow_type){ .kind = OC_ARROW_DATE32, .width = 4 }
                     : (struct oc_arrow_type){ .kind = OC_ARROW_DATE64, .width = 8 };
    return 0;
}

/* The union Type; -1 when it is none that we read. */
static int read_type(int64_t member, const struct oc_arrow_tab *t, struct oc_arrow_type *out)
{
    switch (member) {
    case ARROW_T_NULL: *out = (struct oc_arrow_type){ .kind = OC_ARROW_NULL }; return 0;
    case ARROW_T_INT: return read_int(t, out);
    case ARROW_T_FLOAT: return read_float(t, out);
    case ARROW_T_UTF8: *out = (struct oc_arrow_type){ .kind = OC_ARROW_UTF8 }; return 0;
    case ARROW_T_BOOL: *out = (struct oc_arrow_type){ .kind = OC_ARROW_BOOL }; return 0;
    case ARROW_T_DECIMAL: return read_decimal(t, out);
    case ARROW_T_DATE: return read_date(t, out);
    case ARROW_T_TIMESTAMP: return read_timestamp(t, out);
    case ARROW_T_LARGE_UTF8: *out = (struct oc_arrow_type){ .kind = OC_ARROW_LARGE_UTF8 }; return 0;
    case ARROW_T_UTF8_VIEW: *out = (struct oc_arrow_type){ .kind = OC_ARROW_UTF8_VIEW }; return 0;
    default: return -1;
    }
}

static bool is_text(const struct oc_arrow_type *t)
{
    return t->kind == OC_ARROW_UTF8 || t->kind == OC_ARROW_LARGE_UTF8 || t->kind == OC_ARROW_UTF8_VIEW;
}

static int read_encoding(const struct oc_arrow_tab *t, struct oc_arrow_field *f, struct oc_err *err)
{
    f->id = oc_arrow_fb_int(t, ARROW_ENCODING_ID, 8, 0);
    f->dictionary = true;
    const struct oc_arrow_tab index = oc_arrow_fb_table(t, ARROW_ENCODING_INDEX);
    f->index = (struct oc_arrow_type){ .kind = OC_ARROW_INT, .width = 4, .is_signed = true };
    if (index.len && read_int(&index, &f->index))
        return oc_fail(err, OC_FORMAT, "Arrow column '%s': index of its dictionary is of no known width", f->name);
    if (!is_text(&f->type))
        return refuse(f->name, "dictionary of something that is no text", err);
    return 0;
}

int oc_arrow_type_field(const struct oc_arrow_tab *t, struct oc_arrow_field *f, struct oc_err *err)
{
    size_t n;
    const char *name = oc_arrow_fb_string(t, ARROW_FIELD_NAME, &n);

    *f = (struct oc_arrow_field){ 0 };
    if (name && memchr(name, '\0', n))
        return oc_fail(err, OC_FORMAT, "an Arrow column has a NUL in its name");
    f->name = strndup(name ? name : "", name ? n : 0);
    if (!f->name)
        return oc_fail(err, OC_MEMORY, "no memory for the columns of an Arrow stream");
    const int64_t member = oc_arrow_fb_int(t, ARROW_FIELD_TYPE_KIND, 1, 0);
    const struct oc_arrow_tab type = oc_arrow_fb_table(t, ARROW_FIELD_TYPE);
    const bool known = member >= 0 && (size_t)member < sizeof union_names / sizeof *union_names;
    if (read_type(member, &type, &f->type))
        return refuse(f->name, known ? union_names[member] : "unknown to this version", err);
    if (oc_arrow_fb_vector(t, ARROW_FIELD_CHILDREN, 4).n)
        return oc_fail(err, OC_FORMAT, "Arrow column '%s' of type %s has children", f->name, union_names[member]);
    const struct oc_arrow_tab encoding = oc_arrow_fb_table(t, ARROW_FIELD_DICTIONARY);
    return encoding.len ? read_encoding(&encoding, f, err) : 0;
}

enum oc_type oc_arrow_type_natural(const struct oc_arrow_field *f)
{
    if (f->dictionary)
        return OC_SYM;
    switch (f->type.kind) {
    case OC_ARROW_INT: return OC_I64;
    case OC_ARROW_FLOAT:
    case OC_ARROW_DECIMAL: return OC_F64;
    case OC_ARROW_BOOL: return OC_BOOL;
    case OC_ARROW_DATE32:
    case OC_ARROW_DATE64: return OC_DATE;
    case OC_ARROW_TIMESTAMP: return OC_TIME;
    default: return OC_TEXT;        /* null too: missing in any type */
    }
}

static bool same(const struct oc_arrow_type *a, const struct oc_arrow_type *b)
{
    return a->kind == b->kind && a->is_signed == b->is_signed && a->zoned == b->zoned && a->width == b->width
        && a->scale == b->scale && a->unit == b->unit;
}

bool oc_arrow_type_equal(const struct oc_arrow_field *a, const struct oc_arrow_field *b)
{
    return strcmp(a->name, b->name) == 0 && same(&a->type, &b->type) && a->dictionary == b->dictionary
        && (!a->dictionary || same(&a->index, &b->index));
}

unsigned oc_arrow_type_buffers(const struct oc_arrow_field *f)
{
    if (f->dictionary)
        return 2;
    switch (f->type.kind) {
    case OC_ARROW_NULL: return 0;
    case OC_ARROW_UTF8:
    case OC_ARROW_LARGE_UTF8: return 3;
    default: return 2;
    }
}

const char *oc_arrow_type_name(const struct oc_arrow_type *t)
{
    static const char *const ints[2][4] = { { "uint8", "uint16", "uint32", "uint64" },
                                            { "int8", "int16", "int32", "int64" } };

    switch (t->kind) {
    case OC_ARROW_NULL: return "null";
    case OC_ARROW_INT: return ints[t->is_signed][t->width == 1 ? 0 : t->width == 2 ? 1 : t->width == 4 ? 2 : 3];
    case OC_ARROW_FLOAT: return t->width == 4 ? "float32" : "float64";
    case OC_ARROW_BOOL: return "bool";
    case OC_ARROW_UTF8: return "utf8";
    case OC_ARROW_LARGE_UTF8: return "large utf8";
    case OC_ARROW_UTF8_VIEW: return "utf8 view";
    case OC_ARROW_DATE32: return "date32";
    case OC_ARROW_DATE64: return "date64";
    case OC_ARROW_TIMESTAMP: return t->zoned ? "timestamp" : "timestamp without a zone";
    case OC_ARROW_DECIMAL: return "decimal";
    }
    return "unknown";
}
