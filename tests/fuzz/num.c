/*
 * num - any text as a number: what we take, strtod takes for the same bits, and what we refuse is no plain decimal; the
 * first eight bytes as a double, printed, read back, and in the other formats.
 */
#include "base/num.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check_text(const char *s, size_t n)
{
    double v = 0, padded = 0, scaled = 0;
    char *room = malloc(n + 2 * OC_NUM_PAD + 1), *end;
    int64_t i;
    const int rc = oc_num_f64(s, n, &v);

    memset(room, '3', n + 2 * OC_NUM_PAD);
    memcpy(room + OC_NUM_PAD, s, n);
    if (oc_num_f64_padded(room + OC_NUM_PAD, n, &padded) != rc || (rc == 0 && memcmp(&v, &padded, 8) != 0))
        abort();
    room[OC_NUM_PAD + n] = '\0';
    const double want = strtod(room + OC_NUM_PAD, &end);
    const int plain = n && !isspace((unsigned char)*s) && strspn(room + OC_NUM_PAD, "0123456789+-.eE") == n;
    const int taken = plain && end == room + OC_NUM_PAD + n;
    if (taken != (rc != OC_NUM_BAD) || (rc == OC_NUM_RANGE) != (taken && isinf(want))
        || (rc == OC_NUM_OK && memcmp(&v, &want, 8) != 0))
        abort();
    const int rcs = oc_num_scaled(s, n, "1", &scaled);
    if (rcs != rc || (rc == OC_NUM_OK && memcmp(&v, &scaled, 8) != 0))
        abort();
    if (oc_num_i64(s, n, &i) == OC_NUM_OK && (double)i != want)
        abort();
    free(room);
}

static void check_print(double v, unsigned how)
{
    char buf[OC_NUM_FORMAT_MAX];
    double back;
    const size_t n = oc_num_print_f64(buf, v);

    if (!isfinite(v) ? n != 0 : n > OC_NUM_PRINT_MAX || oc_num_f64(buf, n, &back) || memcmp(&back, &v, 8) != 0)
        abort();
    const struct oc_num_format f = { how & 128 ? OC_NUM_SIG : OC_NUM_FIXED, (int)(how & 128 ? 1 + how % 17 : how % 100) };
    const size_t k = oc_num_print_format(buf, v, f);
    if (k > sizeof buf || (isfinite(v) && oc_num_f64(buf, k, &back)
                           && oc_num_f64(buf, k, &back) != OC_NUM_RANGE))      /* 1.797e308 in 3 digits is above all doubles */
        abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    double v;
    char *exact = malloc(size ? size : 1);

    memcpy(exact, data, size);
    check_text(exact, size);
    if (size > 8) {
        memcpy(&v, data, 8);
        check_print(v, data[8]);
    }
    free(exact);
    return 0;
}
