/* value - see value.h.  The grammar of a number is checked here, so the conversion sees only plain decimals. */
#include "cli/value.h"

#include "base/nearest.h"
#include "base/num.h"

#include <math.h>
#include <string.h>

enum { DIGITS_MAX = 48 };

/* A number taken apart: digits without `_` and point, a power of ten, a power of two (Ki Mi Gi). */
struct parts {
    char digits[DIGITS_MAX + 1];
    size_t n;
    bool negative, percent;
    long ten;
    unsigned two;
};

static bool digit(char c) { return c >= '0' && c <= '9'; }

/* Digits with `_` between them; how many were taken, or -1 when `_` stands elsewhere or they are too many. */
static int take_digits(const char **s, struct parts *p)
{
    int taken = 0;

    for (; digit(**s) || (**s == '_' && taken > 0 && digit((*s)[1])); (*s)++) {
        if (**s == '_')
            continue;
        taken++;
        if (p->n == 0 && **s == '0')
            continue;               /* zeros in front carry nothing */
        if (p->n == DIGITS_MAX)
            return -1;
        p->digits[p->n++] = **s;
    }
    return taken;
}

static int take_suffix(const char *s, struct parts *p)
{
    static const struct { const char *word; unsigned char ten, two; } suffix[] = {
        { "", 0, 0 }, { "k", 3, 0 }, { "M", 6, 0 }, { "G", 9, 0 }, { "Ki", 0, 10 }, { "Mi", 0, 20 }, { "Gi", 0, 30 },
    };

    if (strcmp(s, "%") == 0) {
        p->percent = true;
        p->ten -= 2;
        return 0;
    }
    for (size_t i = 0; i < sizeof suffix / sizeof *suffix; i++)
        if (strcmp(s, suffix[i].word) == 0) {
            p->ten += suffix[i].ten;
            p->two = suffix[i].two;
            return 0;
        }
    return -1;
}

static int take_apart(const char *s, struct parts *p)
{
    *p = (struct parts){ 0 };
    p->negative = *s == '-';
    s += *s == '-' || *s == '+';
    const int whole = take_digits(&s, p);
    int behind = 0;
    if (*s == '.') {
        s++;
        behind = take_digits(&s, p);
    }
    if (whole < 0 || behind < 0 || whole + behind == 0)
        return -1;
    p->ten = -behind;
    if (*s == 'e' || *s == 'E') {
        const char *e = s + 1 + (s[1] == '-' || s[1] == '+');
        if (!digit(*e))
            return -1;
        long x = 0;
        for (; digit(*e); e++)
            x = x > 99999 ? x : x * 10 + (*e - '0');
        p->ten += s[1] == '-' ? -x : x;
        s = e;
    }
    p->digits[p->n] = '\0';
    return take_suffix(s, p);
}

int oc_value_u64(const char *text, uint64_t *v, const char **why)
{
    struct parts p;
    uint64_t x = 0;

    if (take_apart(text, &p) || p.percent) {
        *why = "is not a whole number";
        return -1;
    }
    if (p.negative) {
        *why = "is negative";
        return -1;
    }
    *why = "is too large";
    for (size_t i = 0; i < p.n; i++)
        if (__builtin_mul_overflow(x, 10u, &x) || __builtin_add_overflow(x, (uint64_t)(p.digits[i] - '0'), &x))
            return -1;
    if (__builtin_mul_overflow(x, UINT64_C(1) << p.two, &x))
        return -1;
    for (; p.ten > 0 && x; p.ten--)
        if (__builtin_mul_overflow(x, 10u, &x))
            return -1;
    for (; p.ten < 0 && x; p.ten++, x /= 10)
        if (x % 10) {
            *why = "is not a whole number";
            return -1;
        }
    *v = x;
    return 0;
}

int oc_value_f64(const char *text, double *v, bool *percent, const char **why)
{
    struct parts p;
    char plain[DIGITS_MAX + 32];

    if (take_apart(text, &p) || p.two || (p.percent && !percent)) {
        *why = "is not a number";
        return -1;
    }
    const int n = snprintf(plain, sizeof plain, "%s%se%ld", p.negative ? "-" : "", p.n ? p.digits : "0", p.ten);
    if (oc_num_f64(plain, (size_t)n, v)) {
        *why = "is out of range";
        return -1;
    }
    if (percent)
        *percent = p.percent;
    return 0;
}

static int refuse(const struct oc_opt_row *row, const char *text, const char *why, struct oc_err *err)
{
    return oc_fail(err, OC_USAGE, "--%s: '%s' %s", row->opt->name, text, why);
}

static int choose(const struct oc_opt_row *row, const char *text, struct oc_err *err)
{
    const char *list = row->opt->choices, *words[32];
    size_t n = 0;

    if (oc_opt_in(list, text, strlen(text)))
        return 0;
    char *copy = strcpy(oc_opt_alloc(strlen(list) + 1), list), *rest = NULL;
    for (char *w = strtok_r(copy, " ", &rest); w && n < 32; w = strtok_r(NULL, " ", &rest))
        words[n++] = w;
    const char *near = oc_nearest(text, n, words);
    size_t len = strlen(list);
    while (len && list[len - 1] == ' ')
        len--;
    return oc_fail(err, OC_USAGE, "--%s: '%s' is none of: %.*s%s%s%s", row->opt->name, text, (int)len, list,
                   near ? "; did you mean " : "", near ? near : "", near ? "?" : "");
}

static int set_whole(const struct oc_opt_row *row, const char *text, uint64_t most, uint64_t *v, struct oc_err *err)
{
    const char *why;

    if (oc_value_u64(text, v, &why))
        return refuse(row, text, why, err);
    return *v > most ? refuse(row, text, "is too large", err) : 0;
}

static int set_f64(const struct oc_opt_row *row, const char *text, struct oc_err *err)
{
    const char *why;
    bool percent;
    double v;

    if (oc_value_f64(text, &v, &percent, &why))
        return refuse(row, text, why, err);
    if (row->opt->kind == OC_OPT_RATE && !percent && (v >= 1 || v <= -1))
        return oc_fail(err, OC_USAGE, "--%s: '%s' is a fraction a year, 100%% and more: write %s%% for percent, or the "
                       "fraction in percent if it is meant", row->opt->name, text, text);
    *(double *)row->to = v;
    return 0;
}

static void add_word(struct oc_words *w, const char *text)
{
    if ((w->n & (w->n - 1)) == 0) {     /* full at each power of two */
        const char **more = oc_opt_alloc((w->n ? w->n * 2 : 1) * sizeof *more);
        if (w->n)
            memcpy(more, w->word, w->n * sizeof *more);
        w->word = more;
    }
    w->word[w->n++] = text;
}

int oc_value_set(const struct oc_opt_row *row, const char *text, struct oc_err *err)
{
    uint64_t v = 0;

    if (row->opt->choices && choose(row, text, err))
        return -1;
    switch (row->opt->kind) {
    case OC_OPT_STR:
    case OC_OPT_FILE:
    case OC_OPT_CHOICE:
        *(const char **)row->to = text;
        return 0;
    case OC_OPT_U64:
        return set_whole(row, text, UINT64_MAX, row->to, err);
    case OC_OPT_SIZE:
        if (set_whole(row, text, SIZE_MAX, &v, err))
            return -1;
        *(size_t *)row->to = (size_t)v;
        return 0;
    case OC_OPT_UINT:
    case OC_OPT_INT:
        if (set_whole(row, text, row->opt->kind == OC_OPT_UINT ? UINT32_MAX : INT32_MAX, &v, err))
            return -1;
        if (row->opt->kind == OC_OPT_UINT)
            *(unsigned *)row->to = (unsigned)v;
        else
            *(int *)row->to = (int)v;
        return 0;
    case OC_OPT_NUM:
    case OC_OPT_RATE:
        return set_f64(row, text, err);
    case OC_OPT_LIST:
    case OC_OPT_OPERANDS:
        add_word(row->to, text);
        return 0;
    case OC_OPT_CALL:
        return row->opt->call(row->to, text, err);
    default:
        return oc_fail(err, OC_INTERNAL, "--%s takes no value", row->opt->name);
    }
}

void oc_value_text(const struct oc_opt_row *row, struct oc_buf *out)
{
    const void *to = row->to;
    char digits[OC_NUM_PRINT_MAX];

    switch (row->opt->kind) {
    case OC_OPT_FLAG: oc_buf_puts(out, *(const bool *)to ? "true" : "false"); break;
    case OC_OPT_COUNT:
    case OC_OPT_INT: oc_buf_printf(out, "%d", *(const int *)to); break;
    case OC_OPT_UINT: oc_buf_printf(out, "%u", *(const unsigned *)to); break;
    case OC_OPT_U64: oc_buf_printf(out, "%llu", (unsigned long long)*(const uint64_t *)to); break;
    case OC_OPT_SIZE: oc_buf_printf(out, "%zu", *(const size_t *)to); break;
    case OC_OPT_NUM:
    case OC_OPT_RATE:
        if (!isnan(*(const double *)to))
            oc_buf_put(out, digits, oc_num_print_f64(digits, *(const double *)to));
        break;
    case OC_OPT_STR:
    case OC_OPT_FILE:
    case OC_OPT_CHOICE:
        if (*(const char *const *)to)
            oc_buf_puts(out, *(const char *const *)to);
        break;
    case OC_OPT_LIST:
        for (size_t i = 0; i < ((const struct oc_words *)to)->n; i++)
            oc_buf_printf(out, "%s%s", i ? "," : "", ((const struct oc_words *)to)->word[i]);
        break;
    default:
        break;
    }
}
