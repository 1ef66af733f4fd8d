/* spec - see spec.h. */
#include "model/spec.h"

#include "base/num.h"
#include "base/words.h"

#include <stdio.h>
#include <string.h>

/* Cut the next NAME=VALUE off the list at *p. */
static int parameter(char **p, struct oc_spec *out, struct oc_err *err)
{
    char *name = *p, *end = name + strcspn(name, ","), *eq = memchr(name, '=', (size_t)(end - name));

    if (!eq || eq == name || eq + 1 == end)
        return oc_fail(err, OC_USAGE, "'%.*s' is not NAME=VALUE", (int)(end - name), name);
    if (out->n == OC_SPEC_MAX)
        return oc_fail(err, OC_USAGE, "more than %d parameters", OC_SPEC_MAX);
    *eq = '\0';
    *p = *end ? end + 1 : end;
    *end = '\0';
    for (size_t i = 0; i < out->n; i++)
        if (strcmp(out->param[i].name, name) == 0)
            return oc_fail(err, OC_USAGE, "parameter '%s' is given twice", name);
    out->param[out->n].name = name;
    out->param[out->n++].value = eq + 1;
    return 0;
}

static int cut(char *text, struct oc_spec *out, struct oc_err *err)
{
    char *at = strrchr(text, '@'), *colon = strchr(text, ':');

    if (at) {
        *at = '\0';
        out->symbol = at + 1;
    }
    if (colon)
        *colon = '\0';
    out->model = text;
    if (!*out->model || (at && !*out->symbol))
        return oc_fail(err, OC_USAGE, "this is not MODEL[:NAME=VALUE,...][@SYMBOL]");
    for (char *p = colon ? colon + 1 : NULL; p && *p;)
        if (parameter(&p, out, err))
            return -1;
    return 0;
}

int oc_spec_cut(char *text, struct oc_spec *out, struct oc_err *err)
{
    char shown[80];

    *out = (struct oc_spec){ .n = 0 };
    snprintf(shown, sizeof shown, "%s", text);
    return cut(text, out, err) ? oc_while(err, "'%s'", shown) : 0;
}

int oc_spec_parse(const char *text, struct oc_spec *out, struct oc_err *err)
{
    *out = (struct oc_spec){ .n = 0 };
    if (strlen(text) >= sizeof out->text)
        return oc_fail(err, OC_USAGE, "a model specification of more than %zu bytes", sizeof out->text - 1);
    memcpy(out->text, text, strlen(text) + 1);
    return cut(out->text, out, err) ? oc_while(err, "'%s'", text) : 0;
}

const char *oc_spec_place(const char *text, const char *name, size_t *n)
{
    const char *colon = strchr(text, ':'), *at = strrchr(text, '@'), *end = at ? at : text + strlen(text);
    const size_t len = strlen(name);

    for (const char *p = colon && colon < end ? colon + 1 : end; p < end;) {
        const char *comma = memchr(p, ',', (size_t)(end - p)), *stop = comma ? comma : end;
        if ((size_t)(stop - p) > len && memcmp(p, name, len) == 0 && p[len] == '=') {
            *n = (size_t)(stop - p) - len - 1;
            return p + len + 1;
        }
        p = comma ? comma + 1 : end;
    }
    return NULL;
}

const char *oc_spec_value(const struct oc_spec *s, const char *names)
{
    for (size_t i = 0; i < s->n; i++)
        if (oc_words_has(names, ' ', s->param[i].name, strlen(s->param[i].name)))
            return s->param[i].value;
    return NULL;
}

int oc_spec_number(const struct oc_spec *s, const char *names, double *v, struct oc_err *err)
{
    const char *text = oc_spec_value(s, names);
    size_t n = text ? strlen(text) : 0;

    if (!text)
        return 0;
    for (size_t i = 0, given = 0; i < s->n; i++)
        if (oc_words_has(names, ' ', s->param[i].name, strlen(s->param[i].name)) && ++given > 1)
            return oc_fail(err, OC_USAGE, "%s: '%s' is another name of a parameter that is given already", s->model,
                           s->param[i].name);
    const bool percent = n && text[n - 1] == '%';
    if (percent ? oc_num_scaled(text, n - 1, "0.01", v) : oc_num_f64(text, n, v))
        return oc_fail(err, OC_USAGE, "'%s' of %s is not a number", text, s->model);
    return 1;
}

int oc_spec_known(const struct oc_spec *s, const char *names, struct oc_err *err)
{
    for (size_t i = 0; i < s->n; i++)
        if (!oc_words_has(names, ' ', s->param[i].name, strlen(s->param[i].name)))
            return oc_fail(err, OC_USAGE, "%s has no parameter '%s'; it has: %s", s->model, s->param[i].name,
                           *names ? names : "none");
    return 0;
}
