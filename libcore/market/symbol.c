/* symbol - see symbol.h.  OSI: "Options Symbology Initiative", The Options Clearing Corporation, 2010. */
#include "market/symbol.h"

#include "base/time.h"

#include <string.h>

static const char months[] = "JANFEBMARAPRMAYJUNJULAUGSEPOCTNOVDEC";
static const double power10[] = { 1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9 };

static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_capital(char c) { return c >= 'A' && c <= 'Z'; }

static int two(const char *p) { return (p[0] - '0') * 10 + p[1] - '0'; }

static bool digits(const char *p, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!is_digit(p[i]))
            return false;
    return true;
}

/* Capitals, digits and what extra allows; at least one capital. */
static bool root_ok(const char *p, size_t n, size_t most, const char *extra)
{
    bool capital = false;

    for (size_t i = 0; i < n; i++) {
        if (!is_capital(p[i]) && !is_digit(p[i]) && !(p[i] && strchr(extra, p[i])))
            return false;
        capital = capital || is_capital(p[i]);
    }
    return capital && n <= most;
}

static void set_root(struct oc_symbol *s, const char *p, size_t n)
{
    memcpy(s->root, p, n);
    s->root[n] = '\0';
    s->root_len = n;
}

/* YYMMDD of the years 2000 to 2099. */
static bool yymmdd(const char *p, struct oc_symbol *s)
{
    const int y = 2000 + two(p), m = two(p + 2), d = two(p + 4);

    if (!oc_time_valid(y, m, d))
        return false;
    s->expiry = oc_time_days(y, m, d);
    s->has_expiry = true;
    return true;
}

/*
 * Digits with at most one point, which may be any of the characters in point.  15 digits are below 2^53 and 10^9 is exact,
 * so the one division rounds correctly.
 */
static bool decimal(const char *p, size_t n, const char *point, double *out)
{
    int64_t x = 0;
    size_t count = 0, decimals = 0;
    bool seen = false;

    for (size_t i = 0; i < n; i++) {
        if (!seen && p[i] && strchr(point, p[i]) && i > 0 && i + 1 < n) {
            seen = true;
            continue;
        }
        if (!is_digit(p[i]) || ++count > 15)
            return false;
        x = x * 10 + (p[i] - '0');
        decimals += seen;
    }
    *out = decimals <= 9 ? (double)x / power10[decimals] : 0;
    return x > 0 && decimals <= 9;
}

static const char *parse_osi(const char *p, size_t n, struct oc_symbol *s)
{
    const char *tail = p + n - 15;
    size_t root = n - 15;
    int32_t strike = 0;

    s->form = OC_SYMBOL_OSI;
    while (root > 0 && p[root - 1] == ' ')
        root--;
    if (root < n - 15) {
        s->form = OC_SYMBOL_PADDED;
        if (n != 21)
            return "its root is padded, but not to 6 characters";
    }
    if (!root_ok(p, root, 6, ""))
        return "its root is not 1 to 6 capitals and digits";
    set_root(s, p, root);
    if (!yymmdd(tail, s))
        return "its expiry is not a date YYMMDD";
    for (int i = 7; i < 15; i++)
        strike = strike * 10 + (tail[i] - '0');
    if (strike == 0)
        return "its strike is zero";
    s->type = tail[6];
    s->strike = strike / 1000.0;
    return NULL;
}

/* .ROOTYYMMDDC800.5: the last letter is the type. */
static const char *parse_decimal(const char *p, size_t n, struct oc_symbol *s)
{
    size_t i = n;

    s->form = OC_SYMBOL_DECIMAL;
    while (i > 0 && !is_capital(p[i - 1]))
        i--;
    if (i < 8 || (p[i - 1] != 'C' && p[i - 1] != 'P') || !digits(p + i - 7, 6))
        return "it has no YYMMDD and C or P before the strike";
    if (!root_ok(p, i - 7, 6, ""))
        return "its root is not 1 to 6 capitals and digits";
    set_root(s, p, i - 7);
    s->type = p[i - 1];
    if (!yymmdd(p + i - 7, s))
        return "its expiry is not a date YYMMDD";
    return decimal(p + i, n - i, ".", &s->strike) ? NULL : "its strike is not a number above zero";
}

/* DMMMYY or DDMMMYY, without a zero in front. */
static bool crypto_date(const char *p, size_t n, struct oc_symbol *s)
{
    const size_t d = n - 5;
    int month = 0;

    if (n == 6 && digits(p, 6))
        return yymmdd(p, s);
    if ((n != 6 && n != 7) || !digits(p, d) || p[0] == '0' || !digits(p + d + 3, 2))
        return false;
    while (month < 12 && memcmp(p + d, months + 3 * month, 3) != 0)
        month++;
    const int y = 2000 + two(p + d + 3), day = d == 1 ? p[0] - '0' : two(p);
    if (month == 12 || !oc_time_valid(y, month + 1, day))
        return false;
    s->expiry = oc_time_days(y, month + 1, day);
    s->has_expiry = true;
    return true;
}

/* The last '-' before end; n if there is none. */
static size_t dash(const char *p, size_t end, size_t n)
{
    while (end > 0 && p[end - 1] != '-')
        end--;
    return end ? end - 1 : n;
}

static const char *parse_crypto(const char *p, size_t n, struct oc_symbol *s)
{
    const size_t c = dash(p, n, n), b = c < n ? dash(p, c, n) : n, a = b < n ? dash(p, b, n) : n;

    s->form = OC_SYMBOL_CRYPTO;
    if (a >= n || c + 2 != n || (p[n - 1] != 'C' && p[n - 1] != 'P'))
        return "it is not ROOT-EXPIRY-STRIKE-C or -P";
    if (!root_ok(p, a, sizeof s->root - 1, "_-"))
        return "its root is not made of capitals and digits";
    set_root(s, p, a);
    s->type = p[n - 1];
    if (!crypto_date(p + a + 1, b - a - 1, s))
        return "its expiry is not a date such as 22MAY20";
    return decimal(p + b + 1, c - b - 1, "dD.", &s->strike) ? NULL : "its strike is not a number above zero";
}

static const char *parse_future(const char *p, size_t n, struct oc_symbol *s)
{
    static const char letters[] = "FGHJKMNQUVXZ";
    const char *blank = memchr(p, ' ', n);
    size_t i = (size_t)(blank - p), count = 0;

    s->form = OC_SYMBOL_FUTURE;
    if (n - i < 3 || (p[i + 1] != 'C' && p[i + 1] != 'P') || !decimal(p + i + 2, n - i - 2, ".", &s->strike))
        return "behind the blank is not C or P and a strike";
    s->type = p[i + 1];
    for (; i > 0 && is_digit(p[i - 1]); i--)
        count++;
    const char *letter = i > 0 && p[i - 1] ? strchr(letters, p[i - 1]) : NULL;
    if (count < 1 || count > 2 || !letter || !root_ok(p, i - 1, 6, ""))
        return "before the blank is not a product, a month letter and one or two digits of the year";
    s->month = (int32_t)(letter - letters) + 1;
    s->year = count == 2 ? 2000 + two(p + i) : p[i] - '0';
    set_root(s, p, i - 1);
    return NULL;
}

/* ROOTYYDDLSTRIKE, perhaps with -X behind. */
static const char *parse_letter(const char *p, size_t n, struct oc_symbol *s)
{
    size_t i = n > 2 && p[n - 2] == '-' && is_capital(p[n - 1]) ? n - 2 : n;
    const size_t end = i;

    s->form = OC_SYMBOL_LETTER;
    while (i > 0 && (is_digit(p[i - 1]) || p[i - 1] == '.'))
        i--;
    /* a digit in the root, or a 0 before the strike, is a name of today's that lacks something */
    if (i < 6 || p[i - 1] < 'A' || p[i - 1] > 'X' || !digits(p + i - 5, 4) || !root_ok(p, i - 5, 5, "") || i == end
        || p[i] == '0' || is_digit(p[i - 6]))
        return "it has none of the known forms, such as SPXW220610C00800000";
    const int month = (p[i - 1] - 'A') % 12 + 1, year = 2000 + two(p + i - 5), day = two(p + i - 3);
    if (!oc_time_valid(year, month, day))
        return "its expiry is not a date YYDD and the letter of a month";
    s->type = p[i - 1] < 'M' ? 'C' : 'P';
    s->expiry = oc_time_days(year, month, day);
    s->has_expiry = true;
    set_root(s, p, i - 5);
    return decimal(p + i, end - i, ".", &s->strike) ? NULL : "its strike is not a number above zero";
}

const char *oc_symbol_parse(const char *p, size_t n, struct oc_symbol *out)
{
    *out = (struct oc_symbol){ 0 };
    if (n > 2 && p[0] == 'O' && p[1] == ':') {
        p += 2;
        n -= 2;
    }
    if (n > 15 && (p[n - 9] == 'C' || p[n - 9] == 'P') && digits(p + n - 8, 8) && digits(p + n - 15, 6) && p[0] != '.')
        return parse_osi(p, n, out);
    if (n > 1 && p[0] == '.')
        return parse_decimal(p + 1, n - 1, out);
    const char *bracket = n && p[n - 1] == ')' ? memchr(p, '(', n) : NULL;
    if (bracket)
        return parse_letter(bracket + 1, (size_t)(p + n - 1 - bracket - 1), out);
    if (n && memchr(p, ' ', n))
        return parse_future(p, n, out);
    if (n > 2 && memchr(p, '-', n - 2))
        return parse_crypto(p, n, out);
    return parse_letter(p, n, out);
}

/* ---- printing ------------------------------------------------------------------------------------------------- */

static void put_digits(char *p, uint64_t x, size_t n)
{
    while (n > 0) {
        p[--n] = (char)('0' + x % 10);
        x /= 10;
    }
}

/* The strike with as few decimals as give it back, up to 9; the length, or 0. */
static size_t put_decimal(char *p, double strike, char point)
{
    for (size_t k = 0; k <= 9; k++) {
        const double scaled = strike * power10[k] + 0.5;
        if (!(scaled < 1e15) || !(scaled >= 1))
            continue;
        uint64_t x = (uint64_t)scaled;
        if ((double)x / power10[k] != strike)
            continue;
        size_t n = 1;
        for (uint64_t y = x; y >= 10; y /= 10)
            n++;
        n = n > k ? n : k + 1;
        put_digits(p, x, n);
        if (k == 0)
            return n;
        memmove(p + n - k + 1, p + n - k, k);
        p[n - k] = point;
        return n + 1;
    }
    return 0;
}

static size_t print_crypto(char *out, const struct oc_symbol *s, struct oc_civil c)
{
    size_t n = s->root_len;

    memcpy(out, s->root, n);
    out[n++] = '-';
    if (c.day > 9)
        out[n++] = (char)('0' + c.day / 10);
    out[n++] = (char)('0' + c.day % 10);
    memcpy(out + n, months + 3 * (c.month - 1), 3);
    put_digits(out + n + 3, (uint64_t)c.year, 2);
    n += 5;
    out[n++] = '-';
    const size_t k = put_decimal(out + n, s->strike, 'd');
    n += k;
    out[n++] = '-';
    out[n++] = s->type;
    return k ? n : 0;
}

size_t oc_symbol_print(char out[OC_SYMBOL_MAX], const struct oc_symbol *s, enum oc_symbol_form form)
{
    const bool crypto = form == OC_SYMBOL_CRYPTO;
    const struct oc_civil c = oc_time_civil(s->expiry);
    size_t n = 0;

    if (!s->has_expiry || c.year < 2000 || c.year > 2099 || form >= OC_SYMBOL_FUTURE || (s->type != 'C' && s->type != 'P')
        || !root_ok(s->root, s->root_len, crypto ? sizeof s->root - 1 : 6, crypto ? "_-" : ""))
        return 0;
    if (crypto)
        return print_crypto(out, s, c);
    if (form == OC_SYMBOL_DECIMAL)
        out[n++] = '.';
    memcpy(out + n, s->root, s->root_len);
    n += s->root_len;
    while (form == OC_SYMBOL_PADDED && n < 6)
        out[n++] = ' ';
    put_digits(out + n, (uint64_t)(c.year % 100 * 10000 + c.month * 100 + c.day), 6);
    out[n + 6] = s->type;
    n += 7;
    if (form == OC_SYMBOL_DECIMAL) {
        const size_t k = put_decimal(out + n, s->strike, '.');
        return k ? n + k : 0;
    }
    const double milli = s->strike * 1000 + 0.5;
    if (!(milli >= 1 && milli < 1e8) || (double)(uint32_t)milli / 1000.0 != s->strike)
        return 0;
    put_digits(out + n, (uint32_t)milli, 8);
    return n + 8;
}
