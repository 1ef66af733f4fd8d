/*
 * arrow_lz4 - decompression of LZ4 frames, which ClickHouse and pyarrow put into Arrow unless told otherwise.
 *
 * We never write LZ4.  Reading it takes a hundred lines; the library would be one more dependency for them.
 * Source: LZ4 Frame Format 1.6.3 and LZ4 Block Format; checksums are XXH32 with seed 0.
 */
#ifndef OC_RECORD_ARROW_LZ4_H
#define OC_RECORD_ARROW_LZ4_H

#include <stddef.h>

/*
 * One or more frames of n bytes that decompress to exactly `size` bytes at `to`.  Checksums are checked where the
 * frame has them.  -1: damaged, another size, or a frame that needs a dictionary.
 */
int oc_arrow_lz4_unpack(void *to, size_t size, const void *from, size_t n);

#endif
