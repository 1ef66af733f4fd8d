/*
 * jsonrows - any bytes as JSON: records at two paths, members in them, above them, at stars; a text before each value;
 * deltas.
 */
#include "app/jsondeltas.h"
#include "app/jsonrows.h"
#include "translate.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define COLUMN(h, ...) { .header = h, .n = sizeof (const char *[]){ __VA_ARGS__ } / sizeof (char *), \
                         .name = (const char *const[]){ __VA_ARGS__ } }

static const struct oc_translate_column columns[] = {
    COLUMN("a", "a", "b.c", "^a"), COLUMN("b", "b"), COLUMN("c", "[1]", "."), COLUMN("d", "^t", "^u.v"), COLUMN("e", "*1"),
}, plain[] = { COLUMN("a", "a"), COLUMN("line", "line"), COLUMN("b", "b.c") },
series[] = { COLUMN("times", "times"), COLUMN("asks", "asks"), COLUMN("volumes", "volumes") };
static const char *const paths[] = { "r[]", "m.*.*[]" };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const struct oc_translate_how deep = { "fuzz", 2, paths, 5, columns }, lines = { "fuzz", 0, NULL, 3, plain },
                                  deltas = { "fuzz", 0, NULL, 3, series };

    if (size < 1)
        return 0;
    const int kind = data[0] % 3;
    fuzz_translate(data + 1, size - 1, kind == 0 ? &oc_jsonrows_translator : kind == 1 ? &oc_jsonrows_of_lines
                   : &oc_jsondeltas_translator, kind == 0 ? &deep : kind == 1 ? &lines : &deltas, kind == 0);
    return 0;
}
