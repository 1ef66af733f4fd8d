/*
 * exprscan - the words of expr.h's language, one at a time.
 *
 * What looks like a date is a date: 2024-01-19 is never 2024 - 1 - 19 (write blanks around a minus).
 */
#include "base/time.h"
#include "record/cell.h"
#include "record/exprnode.h"

#include <string.h>

static bool is_digit(char c) { return c >= '0' && c <= '9'; }
static bool is_alpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (c & 0x80); }

int oc_expr_as_date(struct oc_expr_node *n)
{
    int32_t days;

    if (oc_time_parse_date(n->text, n->len, &days) != n->len)
        return -1;
    n->op = OC_EXPR_DATE;
    n->integer = days;
    return 0;
}

int oc_expr_as_time(struct oc_expr_node *n)
{
    struct oc_stamp t;

    if (!n->len || oc_time_parse(n->text, n->len, &t) != n->len || !t.absolute)
        return -1;
    n->op = OC_EXPR_TIME;
    n->integer = t.ns;
    return 0;
}

static int no_memory(struct oc_expr_parser *ps) { return oc_fail(ps->err, OC_MEMORY, "no memory for an expression"); }

static int scan_date(struct oc_expr_parser *ps, size_t n)
{
    ps->value.text = oc_arena_copy(&ps->e->arena, ps->p, n);
    ps->value.len = n;
    if (!ps->value.text)
        return no_memory(ps);
    ps->p += n;
    if (n == 10) {
        ps->token = OC_T_DATE;
        if (oc_expr_as_date(&ps->value) == 0)
            return 0;
    } else {
        ps->token = OC_T_TIME;
        if (oc_expr_as_time(&ps->value) == 0)
            return 0;
    }
    const char *why = oc_time_why(ps->value.text, n);
    return oc_expr_fail(ps->e, ps->at, ps->err, "'%s' is no %s%s%s", ps->value.text,
                        n == 10 ? "date" : "instant with Z or an offset", why && *why ? ": " : "",
                        why ? why : "");
}

/* Length of a date or an instant at p, 0 where it is neither. */
static size_t date_length(const char *p)
{
    static const char shape[] = "0000-00-00";
    size_t n = 0;

    for (; shape[n]; n++)
        if (shape[n] == '0' ? !is_digit(p[n]) : p[n] != '-')
            return 0;
    if (p[n] != 'T' && p[n] != 't')
        return n;
    n++;
    while (is_digit(p[n]) || p[n] == ':' || p[n] == '.')
        n++;
    if (p[n] == 'Z' || p[n] == 'z')
        return n + 1;
    if ((p[n] == '+' || p[n] == '-') && is_digit(p[n + 1]))
        for (n++; is_digit(p[n]) || p[n] == ':';)
            n++;
    return n;
}

/* Digits without their underscores, then the exponent that a suffix means: no multiplication, no rounding. */
static int scan_number(struct oc_expr_parser *ps)
{
    char text[400];
    const char *suffix = "", *why = NULL;
    size_t n = 0;
    bool exponent = false;

    for (; n < sizeof text - 8; ps->p++) {
        const char c = *ps->p;
        if (c == '_' && n && is_digit(ps->p[-1]) && is_digit(ps->p[1]))
            continue;
        const bool begins = !exponent && (c == 'e' || c == 'E')
                            && (is_digit(ps->p[1]) || ((ps->p[1] == '-' || ps->p[1] == '+') && is_digit(ps->p[2])));
        if (begins) {
            exponent = true;
            text[n++] = c;
            ps->p++;
        } else if (!is_digit(c) && c != '.') {
            break;
        }
        text[n++] = *ps->p;
    }
    switch (*ps->p) {
    case '%': suffix = "e-2"; break;
    case 'k': suffix = "e3"; break;
    case 'M': suffix = "e6"; break;
    case 'G': suffix = "e9"; break;
    default: break;
    }
    ps->p += *suffix != '\0';
    if (is_alpha(*ps->p) || is_digit(*ps->p) || (exponent && *suffix))
        return oc_expr_fail(ps->e, ps->at, ps->err, "not a number");
    memcpy(text + n, suffix, strlen(suffix) + 1);
    const struct oc_reading plain = { 0 };
    if (oc_cell_f64(&plain, text, n + strlen(suffix), &ps->value.num, &why) != 1)
        return oc_expr_fail(ps->e, ps->at, ps->err, "'%s' %s", text, why ? why : "is not a number");
    ps->value.whole = !*suffix && oc_cell_i64(&plain, text, n, &ps->value.integer, &why) == 1;
    ps->token = OC_T_NUMBER;
    return 0;
}

static int scan_quoted(struct oc_expr_parser *ps, char quote)
{
    const size_t room = strlen(ps->p);
    char *text = oc_arena_alloc(&ps->e->arena, room);
    size_t n = 0;

    if (!text)
        return no_memory(ps);
    for (ps->p++; *ps->p != quote || ps->p[1] == quote; ps->p++) {
        if (!*ps->p)
            return oc_expr_fail(ps->e, ps->at, ps->err, "a %c is not closed", quote);
        ps->p += *ps->p == quote;
        text[n++] = *ps->p;
    }
    ps->p++;
    text[n] = '\0';
    ps->value.text = text;
    ps->value.len = n;
    ps->token = quote == '`' ? OC_T_COLUMN : OC_T_STRING;
    return 0;
}

static int scan_word(struct oc_expr_parser *ps)
{
    const char *begin = ps->p;

    while (is_alpha(*ps->p) || is_digit(*ps->p) || *ps->p == '.' || *ps->p == ':')
        ps->p++;
    ps->value.len = (size_t)(ps->p - begin);
    ps->value.text = oc_arena_copy(&ps->e->arena, begin, ps->value.len);
    ps->token = OC_T_WORD;
    return ps->value.text ? 0 : no_memory(ps);
}

static int scan_sign(struct oc_expr_parser *ps)
{
    /* longer ones first */
    static const struct { char text[3]; enum oc_expr_token token; } signs[] = {
        { "==", OC_T_EQ }, { "!=", OC_T_NE }, { "<=", OC_T_LE }, { ">=", OC_T_GE }, { "&&", OC_T_AND },
        { "||", OC_T_OR }, { "=", OC_T_EQ }, { "<", OC_T_LT }, { ">", OC_T_GT }, { "!", OC_T_NOT },
        { "(", OC_T_OPEN }, { ")", OC_T_CLOSE }, { ",", OC_T_COMMA }, { "+", OC_T_PLUS }, { "-", OC_T_MINUS },
        { "*", OC_T_TIMES }, { "/", OC_T_DIVIDE },
    };

    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
        if (strncmp(ps->p, signs[i].text, strlen(signs[i].text)) == 0) {
            ps->p += strlen(signs[i].text);
            ps->token = signs[i].token;
            return 0;
        }
    if (*ps->p == '&' || *ps->p == '|')
        return oc_expr_fail(ps->e, ps->at, ps->err, "'%c' is written twice: %c%c", *ps->p, *ps->p, *ps->p);
    return oc_expr_fail(ps->e, ps->at, ps->err, "'%c' has no meaning here", *ps->p);
}

int oc_expr_advance(struct oc_expr_parser *ps)
{
    ps->p += strspn(ps->p, " \t\r\n");
    ps->at = (size_t)(ps->p - ps->e->source);
    ps->value = (struct oc_expr_node){ .at = ps->at };
    const char c = *ps->p;
    if (!c) {
        ps->token = OC_T_END;
        return 0;
    }
    const size_t date = date_length(ps->p);
    if (date)
        return scan_date(ps, date);
    if (is_digit(c) || (c == '.' && is_digit(ps->p[1])))
        return scan_number(ps);
    if (c == '\'' || c == '"' || c == '`')
        return scan_quoted(ps, c);
    return is_alpha(c) ? scan_word(ps) : scan_sign(ps);
}
