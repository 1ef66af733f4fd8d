/* ocsjson - see ocsjson.h. */
#include "app/ocsjson.h"

#include "app/ocsrules.h"
#include "app/ocsvalue.h"
#include "app/slurp.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

static int prices(const struct oc_ocsplace *p, const json_t *v)
{
    const size_t n = json_array_size(v);

    if (!json_is_array(v) || n == 0)
        return oc_ocsvalue_wrong(p, "this is not a list of prices");
    if (!(p->r->price = malloc(n * sizeof *p->r->price)))
        return oc_fail(p->err, OC_MEMORY, "no memory for %zu prices", n);
    for (size_t i = 0; i < n; i++) {
        char at[24];
        snprintf(at, sizeof at, "%zu", i);
        const struct oc_ocsplace q = oc_ocsvalue_below(p, at);
        if (oc_ocsvalue_number(&q, json_array_get(v, i), &p->r->price[i]))
            return -1;
        if (!(p->r->price[i] > 0) || !isfinite(p->r->price[i]))
            return oc_ocsvalue_wrong(&q, "this price is not above 0");
    }
    p->r->nprice = n;
    return 0;
}

static int parameter(const struct oc_ocsplace *p, const char *name, const json_t *v)
{
    struct oc_ocsjson *r = p->r;

    if (strcmp(name, "prices") == 0)
        return prices(p, v);
    if (strcmp(name, "timeframe") == 0 || strcmp(name, "time_frame") == 0)
        return oc_ocsvalue_frame(p, v, &r->price_periods);
    if (strcmp(name, "symbol") == 0) {
        char symbol[sizeof r->symbol];
        if (oc_ocsvalue_text(p, v, symbol, sizeof symbol))
            return -1;
        if (*r->symbol && strcmp(symbol, r->symbol) != 0)
            return oc_ocsvalue_wrong(p, "this is not the symbol of the request");
        memcpy(r->symbol, symbol, sizeof symbol);
        return 0;
    }
    if (r->nparam == OC_OCSJSON_PARAMS || !*name || strlen(name) >= sizeof r->param[0].name)
        return oc_ocsvalue_wrong(p, "there is no such parameter");
    memcpy(r->param[r->nparam].name, name, strlen(name) + 1);
    return oc_ocsvalue_number(p, v, &r->param[r->nparam++].value);
}

/* {"Heston": {"dt": 0.004, ...}} */
static int method(const struct oc_ocsplace *p, json_t *v)
{
    const char *name, *key;
    json_t *body, *value;

    if (!json_is_object(v) || json_object_size(v) != 1)
        return oc_ocsvalue_wrong(p, "this is not {\"MODEL\": {parameters}}");
    name = json_object_iter_key(json_object_iter(v));
    body = json_object_iter_value(json_object_iter(v));
    const struct oc_ocsplace q = oc_ocsvalue_below(p, name);
    if (!json_is_object(body) || strlen(name) >= sizeof p->r->model / 2)
        return oc_ocsvalue_wrong(&q, "this is not a model with its parameters");
    snake(name, p->r->model, sizeof p->r->model);
    json_object_foreach(body, key, value) {
        const struct oc_ocsplace at = oc_ocsvalue_below(&q, key);
        if (!json_is_null(value) && parameter(&at, key, value))
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

static int read_field(const struct oc_ocsplace *p, size_t i, json_t *v)
{
    char *base = (char *)p->r;

    switch (fields[i].kind) {
    case NUMBER: return oc_ocsvalue_number(p, v, (double *)(void *)(base + fields[i].value));
    case COUNT:
        *(bool *)(base + fields[i].has) = true;
        return oc_ocsvalue_count(p, v, (uint64_t *)(void *)(base + fields[i].value));
    case SYMBOL: return oc_ocsvalue_text(p, v, p->r->symbol, sizeof p->r->symbol);
    case ZONE: return oc_ocsvalue_text(p, v, p->r->timezone, sizeof p->r->timezone);
    case CALENDAR: return oc_ocsvalue_text(p, v, p->r->calendar, sizeof p->r->calendar);
    case METHOD: return method(p, v);
    case FRAME: return oc_ocsvalue_frame(p, v, &p->r->time_frame);
    case START: return oc_ocsvalue_instant(p, v);
    case CLOCK: return oc_ocsvalue_clock(p, v);
    case RULES: return oc_ocsrules_read(p, v);
    }
    return -1;
}

/* The number of a field's name, with the version that it makes; -1: unknown or of the other version. */
static int field_index(const struct oc_ocsplace *p, const char *key)
{
    const char *names[FIELDS];

    for (size_t i = 0; i < FIELDS; i++) {
        names[i] = fields[i].name;
        if (strcmp(key, fields[i].name) != 0)
            continue;
        if (fields[i].version && p->r->version && p->r->version != fields[i].version)
            return oc_ocsvalue_wrong(
                p, "this belongs to the other version of the request: days_to_expiration is v1, schedules are v2");
        if (fields[i].version)
            p->r->version = fields[i].version;
        return (int)i;
    }
    return oc_ocsvalue_unknown(p, key, FIELDS, names);
}

/* The base volatility and the method's are one number in v2. */
static int one_volatility(const struct oc_ocsjson *r, struct oc_err *err)
{
    for (size_t i = 0; i < r->nparam && r->version == 2; i++)
        if (strcmp(r->param[i].name, "volatility") == 0 && !isnan(r->volatility) && r->param[i].value != r->volatility)
            return oc_fail(err, OC_FORMAT, "volatility: %g here and %g in the method", r->volatility, r->param[i].value);
    return 0;
}

static int request(const struct oc_ocsplace *top, json_t *root)
{
    const char *key;
    json_t *value;

    if (!json_is_object(root))
        return oc_fail(top->err, OC_FORMAT, "this is not a JSON object");
    /* one member that is an object and no field: a method by itself */
    key = json_object_size(root) == 1 ? json_object_iter_key(json_object_iter(root)) : NULL;
    if (key && strcmp(key, "method") != 0 && json_is_object(json_object_get(root, key))) {
        const struct oc_ocsplace at = oc_ocsvalue_below(top, "method");
        return method(&at, root);
    }
    /* the symbol first, which the method's is compared with */
    for (int pass = 0; pass < 2; pass++)
        json_object_foreach(root, key, value) {
            const struct oc_ocsplace q = oc_ocsvalue_below(top, key);
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
    const struct oc_ocsplace top = { .r = r, .err = err };
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
