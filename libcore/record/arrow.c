/*
 * arrow - the Arrow IPC stream and file format: one row of formats.def.
 *
 * Written: timestamp[ns, UTC], date32, float64, int64, bool, utf8, dictionary<int32, utf8>; buffers aligned to 64
 * bytes, validity left out where nothing is missing, a checksum in every message: oc-arrow(5) describes it.
 * Read: that, and what other writers make of such data (arrow_type.c lists the types), by copy where it lies otherwise.
 *
 * Where to look: arrow_fb (FlatBuffers), arrow_type and arrow_schema (columns), arrow_bytes and arrow_read (framing),
 * arrow_body (buffers, compression), arrow_text, arrow_fixed, arrow_values and arrow_cast (to columns of a batch);
 * arrow_part (from columns), arrow_dict, arrow_recut, arrow_send and arrow_write (to the sink); arrow_sum, arrow_meta
 * and arrow_file.
 */
#include "record/arrow_read.h"
#include "record/arrow_values.h"
#include "record/arrow_write.h"
#include "record/format.h"

#include <string.h>

/* FFFFFFFF and a plausible metadata length, or the magic of the file layout. */
static int sniff(const unsigned char *p, size_t n)
{
    int32_t word[2];

    if (n >= 6 && memcmp(p, OC_ARROW_FILE_MAGIC, 6) == 0)
        return 100;
    if (n < sizeof word)
        return n && n < 6 && memcmp(p, "\xff\xff\xff\xff\0\0\0\0", n) == 0 ? 30 : 0;
    memcpy(word, p, sizeof word);
    return word[0] == -1 && word[1] >= 0 && word[1] % 8 == 0 ? 100 : 0;
}

const struct oc_format oc_format_arrow = {
    .name = "arrow",
    .suffixes = ".arrows .arrow .feather",
    .sniff = sniff,
    .reader_size = sizeof(struct oc_arrow_in),
    .open = oc_arrow_read_open,
    .cut = oc_arrow_read_cut,
    .parse = oc_arrow_values_parse,
    .block_free = oc_arrow_read_block_free,
    .reader_close = oc_arrow_read_close,
    .writer_size = sizeof(struct oc_arrow_writer),
    .begin = oc_arrow_write_begin,
    .encode = oc_arrow_write_encode,
    .emit = oc_arrow_write_emit,
    .finish = oc_arrow_write_finish,
    .writer_close = oc_arrow_write_close,
};
