/* base64 - see base64.h */
#include "base/base64.h"

#include <stdint.h>

static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void oc_base64_put(struct oc_buf *out, const void *p, size_t n)
{
    const unsigned char *s = p;

    for (size_t i = 0; i < n; i += 3) {
        const size_t k = n - i < 3 ? n - i : 3;
        const uint32_t w = (uint32_t)s[i] << 16 | (k > 1 ? (uint32_t)s[i + 1] << 8 : 0) | (k > 2 ? s[i + 2] : 0);
        const char four[4] = { letters[w >> 18], letters[w >> 12 & 63], k > 1 ? letters[w >> 6 & 63] : '=',
                               k > 2 ? letters[w & 63] : '=' };
        oc_buf_put(out, four, 4);
    }
}

/* 0..63, or -1. */
static int value_of(char c)
{
    const char *at = c ? strchr(letters, c) : NULL;

    return at ? (int)(at - letters) : -1;
}

int oc_base64_get(struct oc_buf *out, const char *text, size_t n)
{
    if (n % 4)
        return -1;
    for (size_t i = 0; i < n; i += 4) {
        const int last = i + 4 == n, pad = !last ? 0 : text[i + 2] == '=' ? 2 : text[i + 3] == '=';
        uint32_t w = 0;
        for (int j = 0; j < 4; j++) {
            const int v = j >= 4 - pad ? 0 : value_of(text[i + (size_t)j]);
            if (v < 0)
                return -1;
            w = w << 6 | (uint32_t)v;
        }
        if ((pad == 2 && (text[i + 3] != '=' || w & 0xffff)) || (pad == 1 && w & 0xff))
            return -1;
        const unsigned char three[3] = { (unsigned char)(w >> 16), (unsigned char)(w >> 8), (unsigned char)w };
        oc_buf_put(out, three, (size_t)(3 - pad));
    }
    return out->failed ? -1 : 0;
}
