/*
 * rerun - what a shard carries: base64 of any text, words and files of any JSON, and files of rules.  What was collected comes
 * back; what is damaged is an error.
 */
#include "app/rerun.h"
#include "base/base64.h"
#include "risk/rules.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void base64(const uint8_t *data, size_t size)
{
    struct oc_buf text = { 0 }, back = { 0 };

    oc_base64_put(&text, data, size);
    if (oc_base64_get(&back, text.p, text.n) || back.n != size || (size && memcmp(back.p, data, size) != 0))
        abort();
    back.n = 0;
    if (oc_base64_get(&back, (const char *)data, size) == 0) {      /* a text that is read is the one that is written */
        text.n = 0;
        oc_base64_put(&text, back.p, back.n);
        if (text.n != size || (size && memcmp(text.p, data, size) != 0))
            abort();
    }
    oc_buf_free(&text);
    oc_buf_free(&back);
}

/* The first line is the words, the rest the files. */
static void restore(const uint8_t *data, size_t size)
{
    const uint8_t *lf = memchr(data, '\n', size);
    const size_t n = lf ? (size_t)(lf - data) : size;
    char *words = strndup((const char *)data, n), *files = lf ? strndup((const char *)lf + 1, size - n - 1) : strdup("[]");
    const char *s = NULL;
    const struct oc_opt opts[] = {
        { "trades", NULL, "", OC_COMMAND(&s), .max = 255 }, { "rules", "FILE", "", OC_FILE(&s) }, { "block", "N", "", OC_STR(&s) },
        { 0 }
    };
    const struct oc_prog prog = { "oc-mc", "", opts };
    struct oc_rerun r = { 0 };
    struct oc_err err = { 0 };

    if (oc_rerun_restore(&r, &prog, words, files, 0, NULL, &err) && err.code != OC_DATA && err.code != OC_IO)
        abort();
    oc_rerun_close(&r);
    oc_opt_free();
    free(words);
    free(files);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct oc_rules rules = OC_RULES_NONE;
    struct oc_err err = { 0 };

    base64(data, size);
    if (oc_rules_read(&rules, "x", (const char *)data, size, &err) && err.code != OC_FORMAT)
        abort();
    restore(data, size);
    return 0;
}
