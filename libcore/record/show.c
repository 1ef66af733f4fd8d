/* show - see show.h. */
#include "record/show.h"

#include "base/num.h"
#include "base/time.h"

#include <math.h>

const char *oc_show_text(const struct oc_col *c, size_t row, size_t *len)
{
    const char *s;

    if (!oc_bit(c->valid, row))
        return NULL;
    if (c->type == OC_SYM) {
        const uint32_t *off = c->dict->off + c->i32[row];
        s = c->dict->bytes + off[0];
        *len = off[1] - off[0];
    } else {
        s = c->chars + c->i32[row];
        *len = (size_t)(c->i32[row + 1] - c->i32[row]);
    }
    return *len ? oc_kind_word(c->def, s, *len, len) : NULL;
}

bool oc_show_missing(const struct oc_col *c, size_t row)
{
    size_t len;

    switch (c->type) {
    case OC_F64: return isnan(c->f64[row]);
    case OC_SYM:
    case OC_TEXT: return !oc_show_text(c, row, &len);
    default: return !oc_bit(c->valid, row);
    }
}

void oc_show_cell(const struct oc_col *c, size_t row, struct oc_buf *out)
{
    size_t len;
    const char *s;

    if (oc_show_missing(c, row) || oc_buf_room(out, OC_NUM_PRINT_MAX + OC_TIME_PRINT_MAX))
        return;
    switch (c->type) {
    case OC_F64: out->n += oc_num_print_f64(out->p + out->n, c->f64[row]); break;
    case OC_I64: out->n += oc_num_print_i64(out->p + out->n, c->i64[row]); break;
    case OC_TIME: out->n += oc_time_print(out->p + out->n, c->i64[row]); break;
    case OC_DATE: out->n += oc_time_print_date(out->p + out->n, c->i32[row]); break;
    case OC_BOOL: oc_buf_puts(out, oc_bit(c->bits, row) ? "true" : "false"); break;
    case OC_SYM:
    case OC_TEXT:
        s = oc_show_text(c, row, &len);
        oc_buf_put(out, s, len);
        break;
    }
}
