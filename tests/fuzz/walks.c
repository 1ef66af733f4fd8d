/* walks - any text as the canonical text of walks: refused with words, or read to a text that reads to itself. */
#include "app/params.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char *text = malloc(size + 1);
    struct oc_walks w, again;
    struct oc_err err = { 0 };

    memcpy(text, data, size);
    text[size] = '\0';
    if (oc_walks_parse(&w, text, &err)) {
        if (!*err.text || err.code == OC_OK)
            abort();
        free(text);
        return 0;
    }
    if (oc_walks_parse(&again, w.canonical, &err) || strcmp(w.canonical, again.canonical) != 0 || w.n != again.n)
        abort();
    for (size_t i = 0; i < w.n; i++) {
        for (size_t k = 0; w.walk[i].process->param[k].names; k++)
            if (isinf(w.walk[i].par[k]) || (w.walk[i].par[k] != again.walk[i].par[k] && !isnan(w.walk[i].par[k])))
                abort();
        w.walk[i].spot = 100;
        w.walk[i].dt = 1.0 / 252;
        w.walk[i].steps = 1;
        if (oc_walk_open(&w.walk[i], &err) == 0)
            oc_walk_close(&w.walk[i]);
    }
    oc_walks_free(&again);
    oc_walks_free(&w);
    free(text);
    return 0;
}
