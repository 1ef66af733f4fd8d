/* htmlrows - any bytes as an HTML document with a table. */
#include "app/htmlrows.h"
#include "translate.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const char *const heads[] = { "a,b" };
    const struct oc_translate_how how = { .preset = "fuzz", .nrecords = 1, .records = heads };

    fuzz_translate(data, size, &oc_htmlrows_translator, &how, 0);
    return 0;
}
