/* barkeep - see barkeep.h */
#include "app/barkeep.h"

#include "base/num.h"
#include "base/readfile.h"
#include "base/sha256.h"
#include "record/output.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const char head[] = "oc-bars state 2\n";
enum { TAIL = 7 + 64 + 1, MOST = 1 << 30 };     /* "sha256 " HEX "\n" */

void oc_barkeep_begin(struct oc_barkeep *k)
{
    *k = (struct oc_barkeep){ .reading = false };
    oc_buf_puts(&k->text, head);
}

void oc_barkeep_free(struct oc_barkeep *k) { oc_buf_free(&k->text); }

static void digest(const char *p, size_t n, char hex[OC_SHA256_HEX])
{
    struct oc_sha256 s;

    oc_sha256_init(&s);
    oc_sha256_add(&s, p, n);
    oc_sha256_hex(&s, hex);
}

static int open_text(struct oc_barkeep *k, const char *path, struct oc_err *err)
{
    char hex[OC_SHA256_HEX];
    const char *p = k->text.p;
    const size_t n = k->text.n;
    if (n < sizeof head - 1 + TAIL || memcmp(p, "oc-bars state ", 14) != 0)
        return oc_fail(err, OC_FORMAT, "--state: %s is no state of oc-bars", path);
    if (memcmp(p, head, sizeof head - 1) != 0)
        return oc_fail(err, OC_FORMAT, "--state: %s has another version than this program's, 2", path);
    k->at = sizeof head - 1;
    k->end = n - TAIL;
    digest(p, k->end, hex);
    if (memcmp(p + k->end, "sha256 ", 7) != 0 || memcmp(p + k->end + 7, hex, 64) != 0 || p[n - 1] != '\n')
        return oc_fail(err, OC_FORMAT, "--state: %s is damaged: its digest is not that of its bytes", path);
    return 0;
}

int oc_barkeep_load(struct oc_barkeep *k, const char *path, struct oc_err *err)
{
    *k = (struct oc_barkeep){ .reading = true };
    if (oc_readfile(path, MOST, &k->text, err))
        return oc_while(err, "--state");
    return open_text(k, path, err);
}

int oc_barkeep_read(struct oc_barkeep *k, const char *path, const void *bytes, size_t n, struct oc_err *err)
{
    *k = (struct oc_barkeep){ .reading = true };
    oc_buf_put(&k->text, bytes, n);
    if (k->text.failed)
        return oc_fail(err, OC_MEMORY, "no memory for the state");
    return open_text(k, path, err);
}

int oc_barkeep_save(struct oc_barkeep *k, const char *path, struct oc_err *err)
{
    struct oc_output o = { .fd = -1 };
    char hex[OC_SHA256_HEX];

    if (k->text.failed)
        return oc_fail(err, OC_MEMORY, "no memory for the state");
    digest(k->text.p, k->text.n, hex);
    oc_buf_printf(&k->text, "sha256 %s\n", hex);
    if (k->text.failed)
        return oc_fail(err, OC_MEMORY, "no memory for the state");
    if (oc_output_open(&o, path, err))
        return oc_while(err, "--state");
    const int rc = o.sink.write(&o.sink, k->text.p, k->text.n, err);
    struct oc_err later;
    if (oc_output_close(&o, rc == 0, rc ? &later : err) || rc)
        return oc_while(err, "--state");
    return 0;
}

/* ---- fields ------------------------------------------------------------------------------------------------ */

static void wrong(struct oc_barkeep *k, const char *name)
{
    if (!k->bad)
        snprintf(k->why, sizeof k->why, "'%s' is not where it should be", name);
    k->bad = true;
}

void oc_barkeep_doubt(struct oc_barkeep *k, const char *name, bool impossible)
{
    if (k->reading && impossible && !k->bad) {
        k->bad = true;
        snprintf(k->why, sizeof k->why, "'%s' is nothing that it can be", name);
    }
}

/* The value behind the name of the next line, in the text; "" when it is not that name. */
static const char *value(struct oc_barkeep *k, const char *name, size_t *len)
{
    const size_t n = strlen(name);
    const char *p = k->text.p + k->at;

    *len = 0;
    if (k->bad || k->end - k->at < n + 2 || memcmp(p, name, n) != 0 || p[n] != ' ') {
        wrong(k, name);
        return "";
    }
    const char *stop = memchr(p + n + 1, '\n', k->end - k->at - n - 1);
    if (!stop) {
        wrong(k, name);
        return "";
    }
    *len = (size_t)(stop - (p + n + 1));
    k->at += n + 1 + *len + 1;
    return p + n + 1;
}

void oc_barkeep_i64(struct oc_barkeep *k, const char *name, int64_t *v)
{
    if (!k->reading) {
        oc_buf_printf(&k->text, "%s %lld\n", name, (long long)*v);
        return;
    }
    size_t n;
    const char *s = value(k, name, &n);
    if (oc_num_i64(s, n, v) != OC_NUM_OK)
        wrong(k, name);
}

/* A small number, within its bounds. */
static int64_t small(struct oc_barkeep *k, const char *name, int64_t v, int64_t least, int64_t most)
{
    oc_barkeep_i64(k, name, &v);
    if (v < least || v > most) {
        wrong(k, name);
        v = 0;
    }
    return v;
}

void oc_barkeep_int(struct oc_barkeep *k, const char *name, int *v) { *v = (int)small(k, name, *v, INT32_MIN, INT32_MAX); }
void oc_barkeep_i8(struct oc_barkeep *k, const char *name, int8_t *v) { *v = (int8_t)small(k, name, *v, -128, 127); }
void oc_barkeep_bool(struct oc_barkeep *k, const char *name, bool *v) { *v = small(k, name, *v, 0, 1); }

void oc_barkeep_f64(struct oc_barkeep *k, const char *name, double *v)
{
    char text[OC_NUM_PRINT_MAX];
    size_t n;

    if (!k->reading) {
        const size_t len = isnan(*v) ? 0 : oc_num_print_f64(text, *v);
        oc_buf_printf(&k->text, "%s %.*s\n", name, len ? (int)len : 1, len ? text : "-");
        return;
    }
    const char *s = value(k, name, &n);
    if (n == 1 && *s == '-')
        *v = NAN;
    else if (oc_num_f64(s, n, v) != OC_NUM_OK)
        wrong(k, name);
}

void oc_barkeep_wide(struct oc_barkeep *k, const char *name, struct oc_wide *v)
{
    size_t n;

    if (!k->reading) {
        oc_buf_printf(&k->text, "%s %016llx%016llx%016llx%016llx\n", name, (unsigned long long)v->w[3],
                      (unsigned long long)v->w[2], (unsigned long long)v->w[1], (unsigned long long)v->w[0]);
        return;
    }
    const char *s = value(k, name, &n);
    *v = (struct oc_wide){ { 0 } };
    if (n != 64)
        wrong(k, name);
    for (size_t i = 0; i < 64 && n == 64; i++) {
        const char *digits = "0123456789abcdef", *d = s[i] ? strchr(digits, s[i]) : NULL;
        if (!d) {
            wrong(k, name);
            return;
        }
        uint64_t *w = &v->w[3 - i / 16];
        *w = *w << 4 | (uint64_t)(d - digits);
    }
}

void oc_barkeep_i128(struct oc_barkeep *k, const char *name, __int128 *v)
{
    struct oc_wide w = oc_wide_from(*v);

    oc_barkeep_wide(k, name, &w);
    *v = (__int128)((unsigned __int128)w.w[1] << 64 | w.w[0]);
}

void oc_barkeep_text(struct oc_barkeep *k, const char *name, const char **text, size_t *len)
{
    if (!k->reading) {
        oc_buf_printf(&k->text, "%s ", name);
        oc_buf_put(&k->text, *text, *len);
        oc_buf_char(&k->text, '\n');
        return;
    }
    *text = value(k, name, len);
}

void oc_barkeep_same(struct oc_barkeep *k, const char *name, const char *text)
{
    size_t n = strlen(text);
    const char *was = text;

    oc_barkeep_text(k, name, &was, &n);
    if (k->reading && !k->bad && (n != strlen(text) || memcmp(was, text, n) != 0)) {
        k->bad = true;
        snprintf(k->why, sizeof k->why, "%s was '%.*s' and is '%s'", name, n > 40 ? 40 : (int)n, was, text);
    }
}
