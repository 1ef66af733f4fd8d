/* ocsjson - see ocsjson.h. */
#include "app/ocsjson.h"

#include "app/slurp.h"
#include "base/nearest.h"
#include "base/num.h"
#include "base/time.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Where we are, for messages, and what is filled. */
struct place {
    struct oc_ocsjson *r;
    char path[160];
    struct oc_err *err;
};

static int wrong(const struct place *p, const char *what) { return oc_fail(p->err, OC_FORMAT, "%s: %s", p->path, what); }

/* The same place one level down; name may be hostile, so it is cut and freed of control characters. */
static struct place below(const struct place *p, const char *name)
{
    struct place q = { .r = p->r, .err = p->err };

    snprintf(q.path, sizeof q.path, "%.100s%s%.50s", p->path, *p->path ? "." : "", name);
    for (char *s = q.path; *s; s++)
        if ((unsigned char)*s < ' ')
            *s = '?';
    return q;
}

static int unknown(const struct place *p, const char *name, size_t n, const char *const names[])
{
    const char *near = oc_nearest(name, n, names);

    return near ? oc_fail(p->err, OC_FORMAT, "%s: there is no such field; did you mean '%s'?", p->path, near)
                : wrong(p, "there is no such field");
}

/* ---- values ----------------------------------------------------------------------------------------------- */

static int number(const struct place *p, const json_t *v, double *out)
{
    if (json_is_string(v)) {
        if (oc_num_f64(json_string_value(v), json_string_length(v), out))
            return wrong(p, "the text is not a number");
    } else if (json_is_number(v)) {
        *out = json_number_value(v);
    } else {
        return wrong(p, "this is not a number");
    }
    return 0;
}

/* A whole number up to 2^64 - 1; those above 2^63 - 1 come as text (see quote_large). */
static int count(const struct place *p, const json_t *v, uint64_t *out)
{
    const char *s = json_string_value(v);

    if (json_is_integer(v) && json_integer_value(v) >= 0) {
        *out = (uint64_t)json_integer_value(v);
        return 0;
    }
    if (!s || !*s || strspn(s, "0123456789") != json_string_length(v))
        return wrong(p, "this is not a whole number of 0 or more");
    for (*out = 0; *s; s++) {
        const uint64_t digit = (uint64_t)(*s - '0');
        if (*out > (UINT64_MAX - digit) / 10)
            return wrong(p, "this is above 18446744073709551615");
        *out = *out * 10 + digit;
    }
    return 0;
}

static int text(const struct place *p, const json_t *v, char *out, size_t size)
{
    const char *s = json_string_value(v);

    if (!s)
        return wrong(p, "this is not a text");
    if (!*s || json_string_length(v) >= size || strlen(s) != json_string_length(v))
        return wrong(p, "this text is empty or too long");
    for (size_t i = 0; s[i]; i++)
        if ((unsigned char)s[i] <= ' ' || s[i] == 0x7f)
            return wrong(p, "this text holds a blank or a control character");
    memcpy(out, s, strlen(s) + 1);
    return 0;
}

static const struct { const char *word; double periods; } frames[] = {
    { "microsecond", 5896800e6 }, { "millisecond", 5896800e3 }, { "second", 5896800 }, { "minute", 98280 }, { "hour", 1638 },
    { "day", 252 }, { "week", 52 }, { "month", 12 }, { "quarter", 4 }, { "year", 1 },
};

int oc_ocsjson_periods(const char *word, size_t n, double *periods)
{
    for (size_t i = 0; i < sizeof frames / sizeof *frames; i++)
        if (strlen(frames[i].word) == n && strncasecmp(frames[i].word, word, n) == 0) {
            *periods = frames[i].periods;
            return 0;
        }
    return -1;
}

/* "Day", or {"Custom": periods a year}. */
static int time_frame(const struct place *p, const json_t *v, double *periods)
{
    const json_t *custom = json_object_get(v, "Custom");

    if (json_is_string(v) && oc_ocsjson_periods(json_string_value(v), json_string_length(v), periods) == 0)
        return 0;
    if (json_object_size(v) != 1 || !(custom = custom ? custom : json_object_get(v, "custom")))
        return wrong(p, "this is none of Microsecond ... Day ... Year, {\"Custom\": periods a year}");
    if (number(p, custom, periods))
        return -1;
    return *periods > 0 ? 0 : wrong(p, "the periods a year are not above 0");
}

static int start_at(const struct place *p, const json_t *v)
{
    const char *s = json_string_value(v);
    const size_t n = json_string_length(v);
    struct oc_stamp t;

    if (!s || oc_time_parse(s, n, &t) != n || !n || !t.absolute)
        return wrong(p, "this is not an instant such as 2026-01-05T14:30:00Z");
    p->r->start_at = t.ns;
    p->r->has_start = true;
    return 0;
}

/* HH:MM or HH:MM:SS */
static int clock_time(const struct place *p, const json_t *v)
{
    const char *s = json_string_value(v);
    char buf[48];
    struct oc_stamp t;

    const int n = snprintf(buf, sizeof buf, "1970-01-01T%.20s", s ? s : "");
    if (!s || (strlen(s) != 5 && strlen(s) != 8) || oc_time_parse(buf, (size_t)n, &t) != (size_t)n || t.absolute)
        return wrong(p, "this is not a time of day such as 16:00 or 16:00:00");
    p->r->expiration_time = (uint64_t)(t.ns / OC_TIME_SECOND);
    p->r->has_clock = true;
    return 0;
}

/* ---- the method ------------------------------------------------------------------------------------------- */

/* GeometricBrownian, geometric-brownian, GARCH: words in lower case joined by underscores. */
static void snake(const char *in, char *out, size_t size)
{
    size_t k = 0;

    for (size_t i = 0; in[i] && k + 2 < size; i++) {
        const bool upper = in[i] >= 'A' && in[i] <= 'Z', after_lower = i && in[i - 1] >= 'a' && in[i - 1] <= 'z';
        if (upper && after_lower)
            out[k++] = '_';
        out[k++] = upper ? (char)(in[i] - 'A' + 'a') : in[i] == '-' || in[i] == ' ' ? '_' : in[i];
    }
    out[k] = '\0';
}

static int prices(const struct place *p, const json_t *v)
{
    const size_t n = json_array_size(v);

    if (!json_is_array(v) || n == 0)
        return wrong(p, "this is not a list of prices");
    if (!(p->r->price = malloc(n * sizeof *p->r->price)))
        return oc_fail(p->err, OC_MEMORY, "no memory for %zu prices", n);
    for (size_t i = 0; i < n; i++) {
        char at[24];
        snprintf(at, sizeof at, "%zu", i);
        const struct place q = below(p, at);
        if (number(&q, json_array_get(v, i), &p->r->price[i]))
            return -1;
        if (!(p->r->price[i] > 0) || !isfinite(p->r->price[i]))
            return wrong(&q, "this price is not above 0");
    }
    p->r->nprice = n;
    return 0;
}

static int parameter(const struct place *p, const char *name, const json_t *v)
{
    struct oc_ocsjson *r = p->r;

    if (strcmp(name, "prices") == 0)
        return prices(p, v);
    if (strcmp(name, "timeframe") == 0 || strcmp(name, "time_frame") == 0)
        return time_frame(p, v, &r->price_periods);
    if (strcmp(name, "symbol") == 0) {
        char symbol[sizeof r->symbol];
        if (text(p, v, symbol, sizeof symbol))
            return -1;
        if (*r->symbol && strcmp(symbol, r->symbol) != 0)
            return wrong(p, "this is not the symbol of the request");
        memcpy(r->symbol, symbol, sizeof symbol);
        return 0;
    }
    if (r->nparam == OC_OCSJSON_PARAMS || !*name || strlen(name) >= sizeof r->param[0].name)
        return wrong(p, "there is no such parameter");
    memcpy(r->param[r->nparam].name, name, strlen(name) + 1);
    return number(p, v, &r->param[r->nparam++].value);
}

/* {"Heston": {"dt": 0.004, ...}} */
static int method(const struct place *p, json_t *v)
{
    const char *name, *key;
    json_t *body, *value;

    if (!json_is_object(v) || json_object_size(v) != 1)
        return wrong(p, "this is not {\"MODEL\": {parameters}}");
    name = json_object_iter_key(json_object_iter(v));
    body = json_object_iter_value(json_object_iter(v));
    const struct place q = below(p, name);
    if (!json_is_object(body) || strlen(name) >= sizeof p->r->model / 2)
        return wrong(&q, "this is not a model with its parameters");
    snake(name, p->r->model, sizeof p->r->model);
    json_object_foreach(body, key, value) {
        const struct place at = below(&q, key);
        if (!json_is_null(value) && parameter(&at, key, value))
            return -1;
    }
    return 0;
}

/* ---- schedules -------------------------------------------------------------------------------------------- */

static int weekday(const struct place *p, const json_t *v, unsigned *set)
{
    static const char *const days[] = { "monday", "tuesday", "wednesday", "thursday", "friday" };
    const char *s = json_string_value(v);
    const size_t n = s ? strlen(s) : 0;

    for (unsigned i = 0; i < 5 && n >= 3; i++)
        if ((n == 3 || n == strlen(days[i])) && strncasecmp(s, days[i], n) == 0) {
            *set |= 1u << i;
            return 0;
        }
    return wrong(p, "this is none of Mon, Tue, Wed, Thu, Fri");
}

static int rule_id(const struct place *p, const json_t *v, char *id, size_t size)
{
    if (text(p, v, id, size))
        return -1;
    for (const char *s = id; *s; s++)
        if (!((*s >= 'a' && *s <= 'z') || (*s >= 'A' && *s <= 'Z') || (*s >= '0' && *s <= '9') || *s == '_' || *s == '-'))
            return wrong(p, "a rule's name has letters, digits, _ and - only");
    return 0;
}

static int rule_kind(const struct place *p, const json_t *v, enum oc_ocsjson_kind *kind)
{
    static const char *const kinds[] = { "daily", "weekly", "monthly", "yearly" };
    const char *s = json_string_value(v);

    for (int i = 0; s && i < 4; i++)
        if (strcmp(kinds[i], s) == 0) {
            *kind = (enum oc_ocsjson_kind)i;
            return 0;
        }
    return wrong(p, "this is none of daily, weekly, monthly, yearly");
}

static int weekdays(const struct place *p, const json_t *v, unsigned *set)
{
    if (!json_is_array(v) || json_array_size(v) == 0)
        return wrong(p, "this is not a list of weekdays");
    for (size_t i = 0; i < json_array_size(v); i++)
        if (weekday(p, json_array_get(v, i), set))
            return -1;
    return 0;
}

static int rule_field(const struct place *p, const char *key, const json_t *v, struct oc_ocsjson_rule *rule)
{
    static const char *const names[] = { "rule_id", "kind", "target_count", "weekdays", "weekday", "month" };
    uint64_t month = 0;

    if (strcmp(key, "rule_id") == 0)
        return rule_id(p, v, rule->id, sizeof rule->id);
    if (strcmp(key, "kind") == 0)
        return 0;
    if (strcmp(key, "target_count") == 0)
        return count(p, v, &rule->target_count) ? -1 : rule->target_count ? 0 : wrong(p, "this is 0");
    if (strcmp(key, "weekdays") == 0 && rule->kind == OC_OCSJSON_WEEKLY)
        return weekdays(p, v, &rule->weekdays);
    if (strcmp(key, "weekday") == 0 && rule->kind >= OC_OCSJSON_MONTHLY)
        return weekday(p, v, &rule->weekdays);
    if (strcmp(key, "month") == 0 && rule->kind == OC_OCSJSON_YEARLY) {
        if (count(p, v, &month) || month < 1 || month > 12)
            return wrong(p, "this is not a month, 1 to 12");
        rule->month = (int)month;
        return 0;
    }
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(key, names[i]) == 0)
            return wrong(p, "a rule of this kind has no such field");
    return unknown(p, key, sizeof names / sizeof *names, names);
}

static int rule(const struct place *p, json_t *v)
{
    struct oc_ocsjson_rule *rule = &p->r->rule[p->r->nrule];
    const char *key;
    json_t *value;
    const struct place kind = below(p, "kind");

    *rule = (struct oc_ocsjson_rule){ .month = 12 };
    if (!json_is_object(v))
        return wrong(p, "this is not a rule");
    if (rule_kind(&kind, json_object_get(v, "kind"), &rule->kind))
        return -1;
    json_object_foreach(v, key, value) {
        const struct place q = below(p, key);
        if (!json_is_null(value) && rule_field(&q, key, value, rule))
            return -1;
    }
    if (!*rule->id)
        return wrong(p, "the rule has no rule_id");
    if (!rule->target_count)
        return wrong(p, "the rule has no target_count");
    if (rule->kind != OC_OCSJSON_DAILY && !rule->weekdays)
        return wrong(p, "the rule has no weekday");
    for (size_t i = 0; i < p->r->nrule; i++)
        if (strcmp(p->r->rule[i].id, rule->id) == 0)
            return wrong(p, "two rules have this rule_id");
    p->r->nrule++;
    return 0;
}

static int schedules(const struct place *p, json_t *v)
{
    if (!json_is_array(v) || json_array_size(v) == 0)
        return wrong(p, "this is not a list of rules");
    if (json_array_size(v) > OC_OCSJSON_RULES)
        return wrong(p, "these are more than 64 rules");
    for (size_t i = 0; i < json_array_size(v); i++) {
        char at[24];
        snprintf(at, sizeof at, "%zu", i);
        const struct place q = below(p, at);
        if (rule(&q, json_array_get(v, i)))
            return -1;
    }
    return 0;
}

/* ---- the request ------------------------------------------------------------------------------------------ */

enum kind { NUMBER, COUNT, SYMBOL, ZONE, CALENDAR, METHOD, FRAME, START, CLOCK, RULES };

#define AT(field) offsetof(struct oc_ocsjson, field)
static const struct { const char *name; enum kind kind; size_t value, has; int version; } fields[] = {
    { "symbol", SYMBOL, 0, 0, 0 },
    { "steps", COUNT, AT(steps), AT(has_steps), 0 },
    { "initial_price", NUMBER, AT(initial_price), 0, 0 },
    { "volatility", NUMBER, AT(volatility), 0, 0 },
    { "risk_free_rate", NUMBER, AT(risk_free_rate), 0, 0 },
    { "dividend_yield", NUMBER, AT(dividend_yield), 0, 0 },
    { "method", METHOD, 0, 0, 0 },
    { "time_frame", FRAME, 0, 0, 0 },
    { "chain_size", COUNT, AT(chain_size), AT(has_chain_size), 0 },
    { "strike_interval", NUMBER, AT(strike_interval), 0, 0 },
    { "skew_slope", NUMBER, AT(skew_slope), 0, 0 },
    { "smile_curve", NUMBER, AT(smile_curve), 0, 0 },
    { "spread", NUMBER, AT(spread), 0, 0 },
    { "seed", COUNT, AT(seed), AT(has_seed), 0 },
    { "days_to_expiration", NUMBER, AT(days_to_expiration), 0, 1 },
    { "start_at", START, 0, 0, 2 },
    { "step_interval_seconds", COUNT, AT(step_interval_seconds), AT(has_interval), 2 },
    { "timezone", ZONE, 0, 0, 2 },
    { "calendar", CALENDAR, 0, 0, 2 },
    { "expiration_time", CLOCK, 0, 0, 2 },
    { "schedules", RULES, 0, 0, 2 },
};
enum { FIELDS = sizeof fields / sizeof *fields };

static int read_field(const struct place *p, size_t i, json_t *v)
{
    char *base = (char *)p->r;

    switch (fields[i].kind) {
    case NUMBER: return number(p, v, (double *)(void *)(base + fields[i].value));
    case COUNT:
        *(bool *)(base + fields[i].has) = true;
        return count(p, v, (uint64_t *)(void *)(base + fields[i].value));
    case SYMBOL: return text(p, v, p->r->symbol, sizeof p->r->symbol);
    case ZONE: return text(p, v, p->r->timezone, sizeof p->r->timezone);
    case CALENDAR: return text(p, v, p->r->calendar, sizeof p->r->calendar);
    case METHOD: return method(p, v);
    case FRAME: return time_frame(p, v, &p->r->time_frame);
    case START: return start_at(p, v);
    case CLOCK: return clock_time(p, v);
    case RULES: return schedules(p, v);
    }
    return -1;
}

/* The number of a field's name, with the version that it makes; -1: unknown or of the other version. */
static int field_index(const struct place *p, const char *key)
{
    const char *names[FIELDS];

    for (size_t i = 0; i < FIELDS; i++) {
        names[i] = fields[i].name;
        if (strcmp(key, fields[i].name) != 0)
            continue;
        if (fields[i].version && p->r->version && p->r->version != fields[i].version)
            return wrong(p, "this belongs to the other version of the request: days_to_expiration is v1, schedules are v2");
        if (fields[i].version)
            p->r->version = fields[i].version;
        return (int)i;
    }
    return unknown(p, key, FIELDS, names);
}

/* The base volatility and the method's are one number in v2. */
static int one_volatility(const struct oc_ocsjson *r, struct oc_err *err)
{
    for (size_t i = 0; i < r->nparam && r->version == 2; i++)
        if (strcmp(r->param[i].name, "volatility") == 0 && !isnan(r->volatility) && r->param[i].value != r->volatility)
            return oc_fail(err, OC_FORMAT, "volatility: %g here and %g in the method", r->volatility, r->param[i].value);
    return 0;
}

static int request(const struct place *top, json_t *root)
{
    const char *key;
    json_t *value;

    if (!json_is_object(root))
        return oc_fail(top->err, OC_FORMAT, "this is not a JSON object");
    /* one member that is an object and no field: a method by itself */
    key = json_object_size(root) == 1 ? json_object_iter_key(json_object_iter(root)) : NULL;
    if (key && strcmp(key, "method") != 0 && json_is_object(json_object_get(root, key))) {
        const struct place at = below(top, "method");
        return method(&at, root);
    }
    /* the symbol first, which the method's is compared with */
    for (int pass = 0; pass < 2; pass++)
        json_object_foreach(root, key, value) {
            const struct place q = below(top, key);
            const int i = json_is_null(value) || (strcmp(key, "symbol") == 0) != (pass == 0) ? -2 : field_index(&q, key);
            if (i == -1 || (i >= 0 && read_field(&q, (size_t)i, value)))
                return -1;
        }
    return one_volatility(top->r, top->err);
}

/*
 * Whole numbers of 19 digits and more (seeds up to 2^64 - 1) do not fit the parser's integers: they are put in quotation
 * marks, and read as text.  The copy is the caller's.
 */
static char *quote_large(const char *s, size_t n, size_t *out_n)
{
    char *out = malloc(n + n / 8 + 8);
    bool quoted = false;
    size_t k = 0;

    for (size_t i = 0; out && i < n;) {
        size_t len = 0;
        while (!quoted && i + len < n && s[i + len] >= '0' && s[i + len] <= '9')
            len++;
        const bool joined =
            (i && strchr("+-.eE", s[i - 1]) && s[i - 1]) || (i + len < n && s[i + len] && strchr(".eE", s[i + len]));
        if (len >= 19 && !joined)
            out[k++] = '"';
        memcpy(out + k, s + i, len ? len : 1);
        k += len ? len : 1;
        if (len >= 19 && !joined)
            out[k++] = '"';
        if (!len && s[i] == '"')
            quoted = !quoted;
        else if (!len && quoted && s[i] == '\\' && i + 1 < n)
            out[k++] = s[++i];
        i += len ? len : 1;
    }
    *out_n = k;
    return out;
}

int oc_ocsjson_read(struct oc_ocsjson *r, const char *name, const char *text_, size_t n, struct oc_err *err)
{
    const struct place top = { .r = r, .err = err };
    json_error_t why;
    size_t len = 0;

    *r = (struct oc_ocsjson){ .price_periods = NAN,
                              .time_frame = NAN,
                              .initial_price = NAN,
                              .volatility = NAN,
                              .risk_free_rate = NAN,
                              .dividend_yield = NAN,
                              .days_to_expiration = NAN,
                              .strike_interval = NAN,
                              .skew_slope = NAN,
                              .smile_curve = NAN,
                              .spread = NAN };
    char *copy = quote_large(text_, n, &len);
    if (!copy)
        return oc_fail(err, OC_MEMORY, "no memory for %s", name);
    json_t *root = json_loadb(copy, len, JSON_REJECT_DUPLICATES, &why);
    free(copy);
    if (!root) {
        oc_fail(err, OC_FORMAT, "not JSON: %.120s", why.text);
        return oc_at(err, name, why.line > 0 ? (uint64_t)why.line : 0, why.column > 0 ? (unsigned)why.column : 0);
    }
    const int rc = request(&top, root);
    json_decref(root);
    if (rc)
        oc_ocsjson_free(r);
    return rc ? oc_at(err, name, 0, 0) : 0;
}

void oc_ocsjson_free(struct oc_ocsjson *r)
{
    free(r->price);
    r->price = NULL;
    r->nprice = 0;
}

/*
 * JSON lines of param records have the keys model and name on their first line; everything else that begins with a brace is
 * meant as a request, so that its mistakes are told as such.
 */
bool oc_ocsjson_is(const char *p, size_t n)
{
    size_t i = 0;

    while (i < n && (p[i] == ' ' || p[i] == '\t' || p[i] == '\n' || p[i] == '\r'))
        i++;
    if (i == n || p[i] != '{')
        return false;
    const char *end = memchr(p + i, '\n', n - i);
    json_t *line = json_loadb(p + i, end ? (size_t)(end - p) - i : n - i, JSON_DISABLE_EOF_CHECK, NULL);
    const bool record =
        json_object_get(line, "model")
        && (json_object_get(line, "name") || json_object_get(line, "parameter") || json_object_get(line, "param"));
    json_decref(line);
    return !record;
}

int oc_ocsjson_load(struct oc_ocsjson *r, const char *path, struct oc_io *io, struct oc_err *err)
{
    struct oc_buf text_ = { 0 };
    int rc = oc_slurp(path, io, OC_OCSJSON_MAX, &text_, err);

    if (rc == 0)
        rc = oc_ocsjson_read(r, strcmp(path, "-") == 0 ? "stdin" : path, text_.p ? text_.p : "", text_.n, err);
    oc_buf_free(&text_);
    return rc;
}
