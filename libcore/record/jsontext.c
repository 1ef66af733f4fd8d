/* jsontext - see jsontext.h.  A recursive descent without recursion: the stack is one bit for each level. */
#include "record/jsontext.h"

#include <stdint.h>
#include <string.h>

static bool is_digit(char c) { return (unsigned char)(c - '0') < 10; }

static const char *wrong(const char **why, const char **at, const char *what, const char *p)
{
    *why = what;
    *at = p;
    return NULL;
}

/* ---- UTF-8 ------------------------------------------------------------------------------------------------- */

/* Length of the well-formed sequence at p (no overlong forms, no surrogates, up to U+10FFFF); 0: none. */
static size_t utf8(const unsigned char *p, size_t n)
{
    if (p[0] < 0x80)
        return 1;
    const size_t k = p[0] >= 0xc2 && p[0] <= 0xdf ? 2 : (p[0] & 0xf0) == 0xe0 ? 3 : p[0] >= 0xf0 && p[0] <= 0xf4 ? 4 : 0;
    if (!k || n < k)
        return 0;
    for (size_t i = 1; i < k; i++)
        if ((p[i] & 0xc0) != 0x80)
            return 0;
    const bool bad = (p[0] == 0xe0 && p[1] < 0xa0) || (p[0] == 0xed && p[1] > 0x9f) || (p[0] == 0xf0 && p[1] < 0x90)
                     || (p[0] == 0xf4 && p[1] > 0x8f);
    return bad ? 0 : k;
}

static void put_utf8(struct oc_buf *out, uint32_t c)
{
    char t[4];
    size_t n = 0;

    if (c < 0x80) {
        t[n++] = (char)c;
    } else if (c < 0x800) {
        t[n++] = (char)(0xc0 | c >> 6);
        t[n++] = (char)(0x80 | (c & 63));
    } else if (c < 0x10000) {
        t[n++] = (char)(0xe0 | c >> 12);
        t[n++] = (char)(0x80 | (c >> 6 & 63));
        t[n++] = (char)(0x80 | (c & 63));
    } else {
        t[n++] = (char)(0xf0 | c >> 18);
        t[n++] = (char)(0x80 | (c >> 12 & 63));
        t[n++] = (char)(0x80 | (c >> 6 & 63));
        t[n++] = (char)(0x80 | (c & 63));
    }
    oc_buf_put(out, t, n);
}

/* ---- checking ---------------------------------------------------------------------------------------------- */

static int hex4(const char *p, const char *end)
{
    int v = 0;

    if (end - p < 4)
        return -1;
    for (int i = 0; i < 4; i++) {
        const char c = p[i];
        const int d = is_digit(c) ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
        if (d < 0)
            return -1;
        v = v << 4 | d;
    }
    return v;
}

const char *oc_jsontext_string(const char *p, const char *end, const char **why, const char **at)
{
    const char *const begin = p++;

    while (p < end) {
        const unsigned char c = (unsigned char)*p;
        if (c == '"')
            return p + 1;
        if (c < ' ')
            return wrong(why, at, "a control character in a string", p);
        if (c == '\\') {
            if (end - p < 2)
                break;
            if (p[1] == 'u') {
                const int v = hex4(p + 2, end);
                if (v <= 0)
                    return wrong(why, at, v ? "a \\u without four hexadecimal digits" : "a NUL in a string", p);
                p += 6;
            } else if (p[1] && strchr("\"\\/bfnrt", p[1])) {
                p += 2;
            } else {
                return wrong(why, at, "an unknown escape in a string", p);
            }
            continue;
        }
        const size_t k = c < 0x80 ? 1 : utf8((const unsigned char *)p, (size_t)(end - p));
        if (!k)
            return wrong(why, at, "a string that is not UTF-8", p);
        p += k;
    }
    return wrong(why, at, "a string without an end", begin);
}

static const char *number_end(const char *p, const char *end)
{
    p += p < end && *p == '-';
    if (p < end && *p == '0')
        p++;
    else if (p < end && is_digit(*p))
        while (p < end && is_digit(*p))
            p++;
    else
        return NULL;
    if (p < end && *p == '.') {
        if (++p == end || !is_digit(*p))
            return NULL;
        while (p < end && is_digit(*p))
            p++;
    }
    if (p < end && (*p == 'e' || *p == 'E')) {
        p++;
        p += p < end && (*p == '+' || *p == '-');
        if (p == end || !is_digit(*p))
            return NULL;
        while (p < end && is_digit(*p))
            p++;
    }
    return p;
}

bool oc_jsontext_is_number(const char *s, size_t n) { return n && number_end(s, s + n) == s + n; }

static const char *scalar(const char *p, const char *end, const char **why, const char **at)
{
    static const struct { const char *word; size_t n; } words[] = { { "true", 4 }, { "false", 5 }, { "null", 4 } };

    if (*p == '"')
        return oc_jsontext_string(p, end, why, at);
    for (size_t i = 0; i < 3; i++)
        if ((size_t)(end - p) >= words[i].n && memcmp(p, words[i].word, words[i].n) == 0)
            return p + words[i].n;
    const char *q = number_end(p, end);
    return q ? q : wrong(why, at, "something that is no JSON value", p);
}

/* Behind '{' or ',' of an object: the key and its colon. */
static const char *key(const char *p, const char *end, const char **why, const char **at)
{
    p = oc_jsontext_blank(p, end);
    if (p == end || *p != '"')
        return wrong(why, at, "a key that is no string", p);
    if (!(p = oc_jsontext_string(p, end, why, at)))
        return NULL;
    p = oc_jsontext_blank(p, end);
    return p < end && *p == ':' ? oc_jsontext_blank(p + 1, end) : wrong(why, at, "a key without a colon", p);
}

const char *oc_jsontext_value(const char *p, const char *end, const char **why, const char **at)
{
    uint64_t object = 0;            /* bit d: level d is an object */
    unsigned depth = 0;

    for (;;) {                      /* p is where a value begins */
        if (p == end)
            return wrong(why, at, "a value that is missing", p);
        if (*p == '{' || *p == '[') {
            const bool is_object = *p == '{';
            const char *q = oc_jsontext_blank(p + 1, end);
            if (q < end && *q == (is_object ? '}' : ']')) {
                p = q + 1;
            } else {
                if (depth == OC_JSONTEXT_DEPTH)
                    return wrong(why, at, "arrays or objects nested too deeply", p);
                object = is_object ? object | UINT64_C(1) << depth : object & ~(UINT64_C(1) << depth);
                depth++;
                p = is_object ? key(p + 1, end, why, at) : q;
                if (!p)
                    return NULL;
                continue;
            }
        } else if (!(p = scalar(p, end, why, at))) {
            return NULL;
        }
        for (;;) {                  /* p is behind a value */
            if (!depth)
                return p;
            const bool in_object = object >> (depth - 1) & 1;
            p = oc_jsontext_blank(p, end);
            if (p == end || (*p != ',' && *p != (in_object ? '}' : ']')))
                return wrong(why, at, "a value without a comma or bracket behind it", p);
            if (*p++ == ',') {
                p = in_object ? key(p, end, why, at) : oc_jsontext_blank(p, end);
                if (!p)
                    return NULL;
                break;
            }
            depth--;
        }
    }
}

/* ---- decoding and encoding --------------------------------------------------------------------------------- */

/* An escape at p (checked before); returns what is behind it. */
static const char *put_escape(struct oc_buf *out, const char *p, const char *end)
{
    static const char from[] = "\"\\/bfnrt", to[] = "\"\\/\b\f\n\r\t";

    if (p[1] != 'u') {
        const char *k = p[1] ? strchr(from, p[1]) : NULL;
        oc_buf_char(out, k ? to[k - from] : p[1]);
        return p + 2;
    }
    const int v = hex4(p + 2, end);
    uint32_t c = v < 0 ? 0xfffd : (uint32_t)v;
    p += end - p < 6 ? end - p : 6;
    if (c >= 0xd800 && c < 0xdc00 && end - p >= 6 && p[0] == '\\' && p[1] == 'u') {
        const int low = hex4(p + 2, end);
        if (low >= 0xdc00 && low < 0xe000) {
            put_utf8(out, 0x10000 + ((c - 0xd800) << 10) + ((uint32_t)low - 0xdc00));
            return p + 6;
        }
    }
    put_utf8(out, c >= 0xd800 && c < 0xe000 ? 0xfffd : c);
    return p;
}

const char *oc_jsontext_decode(const char *raw, size_t len, struct oc_buf *scratch, size_t *out_len, bool *null)
{
    *null = len == 0 || (len == 4 && memcmp(raw, "null", 4) == 0);
    *out_len = *null ? 0 : len;
    if (*null || raw[0] != '"' || len < 2)
        return raw;
    const char *p = raw + 1, *const end = raw + len - 1;
    *out_len = len - 2;
    if (!memchr(p, '\\', len - 2))
        return p;
    scratch->n = 0;
    while (p < end) {
        if (*p == '\\' && end - p >= 2) {
            p = put_escape(scratch, p, end);
            continue;
        }
        const char *q = memchr(p + 1, '\\', (size_t)(end - p - 1));
        const char *to = q ? q : end;
        oc_buf_put(scratch, p, (size_t)(to - p));
        p = to;
    }
    *out_len = scratch->n;
    return scratch->p ? scratch->p : p;
}

void oc_jsontext_put(struct oc_buf *out, const char *s, size_t n)
{
    static const char hex[] = "0123456789abcdef";

    oc_buf_char(out, '"');
    for (size_t i = 0; i < n;) {
        const unsigned char c = (unsigned char)s[i];
        size_t k = utf8((const unsigned char *)s + i, n - i);
        if (!k) {
            oc_buf_put(out, "\xef\xbf\xbd", 3);
            k = 1;
        } else if (c == '"' || c == '\\') {
            const char t[2] = { '\\', s[i] };
            oc_buf_put(out, t, 2);
        } else if (c == '\n' || c == '\r' || c == '\t') {
            const char t[2] = { '\\', c == '\n' ? 'n' : c == '\r' ? 'r' : 't' };
            oc_buf_put(out, t, 2);
        } else if (c < ' ') {
            const char t[6] = { '\\', 'u', '0', '0', hex[c >> 4], hex[c & 15] };
            oc_buf_put(out, t, 6);
        } else {
            oc_buf_put(out, s + i, k);
        }
        i += k;
    }
    oc_buf_char(out, '"');
}
