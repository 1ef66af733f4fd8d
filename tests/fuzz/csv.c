/*
 * csv - any text through the CSV or TSV reader and through libcsv alone: the same records, lines and ending.
 * The first two bytes choose the format, the block size and the rows a block.
 */
#include "../unit/csv_oracle.h"

extern const struct oc_format oc_format_csv, oc_format_tsv;

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 2)
        return 0;
    const struct csv_case cc = { data[0] & 1 ? &oc_format_tsv : &oc_format_csv, 1 + (size_t)(data[0] >> 1) * 3, data[1] % 5,
                                 (size_t)1 << 20 };
    const char *text = (const char *)data + 2;
    struct oc_buf want = { 0 }, got = { 0 };
    struct oc_err err = { 0 };
    const enum meaning w = oracle_read(text, size - 2, data[0] & 1 ? '\t' : ',', &want);

    if (reader_read(&cc, text, size - 2, &got, &err) != w)
        abort();
    if (w != MEANS_NO_HEADER && (want.n != got.n || (want.n && memcmp(want.p, got.p, want.n) != 0)))
        abort();
    oc_buf_free(&want);
    oc_buf_free(&got);
    return 0;
}
