/* sessionplan - see sessionplan.h. */
#include "app/sessionplan.h"

#include "app/sessionfiles.h"
#include "app/sessiontable.h"
#include "base/num.h"
#include "base/sha256.h"
#include "cli/value.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CACHE = 8 };

struct slot {
    char key[OC_SHA256_HEX];
    uint64_t used;
    json_t *options;            /* its texts are what the variables point to */
    const char **words;         /* of lists */
    struct oc_stepper stepper;
};

struct oc_sessionplans {
    struct oc_sessionhost host;
    struct oc_sessiontable *table;
    uint64_t clock;
    struct slot slot[CACHE];
};

struct oc_sessionplans *oc_sessionplan_host(const struct oc_sessionhost *h)
{
    struct oc_sessionplans *p = calloc(1, sizeof *p);

    if (!p || !(p->table = oc_sessiontable_open(h->prog, h->io))) {
        free(p);
        return NULL;
    }
    p->host = *h;
    return p;
}

static void empty(struct slot *s)
{
    if (s->options)
        oc_stepper_close(&s->stepper);
    json_decref(s->options);
    free(s->words);
    *s = (struct slot){ .options = NULL };
}

void oc_sessionplan_close(struct oc_sessionplans *p)
{
    if (!p)
        return;
    for (size_t i = 0; i < CACHE; i++)
        empty(&p->slot[i]);
    oc_sessiontable_close(p->table);
    free(p);
}

/* ---- a plan from words ----------------------------------------------------------------------------------- */

int oc_sessionplan_value(struct oc_sessionplans *p, const char *name, const char *value, json_t *set, json_t *files,
                         struct oc_err *err)
{
    const struct oc_opt_row *row = oc_sessiontable_row(p->table, name);
    json_t *v;

    if (!row)
        return oc_sessiontable_unknown(name, err);
    if (value && files && oc_sessionfiles_take(row->opt, value, files, err))
        return -1;
    if (!value) {
        v = json_null();
    } else if (row->opt->kind == OC_OPT_FLAG) {
        if (strcmp(value, "true") != 0 && strcmp(value, "false") != 0)
            return oc_fail(err, OC_USAGE, "%s: '%s' is neither true nor false", name, value);
        v = json_boolean(*value == 't');
    } else if (row->opt->kind == OC_OPT_LIST || row->opt->repeats) {
        v = json_is_array(json_object_get(set, name)) ? json_incref(json_object_get(set, name)) : json_array();
        json_array_append_new(v, json_string(value));
    } else {
        v = json_string(value);
    }
    if (json_object_set_new(set, name, v) == 0)
        return 0;
    return oc_fail(err, OC_USAGE, "%s: '%.80s' is not UTF-8", name, value ? value : "");
}

struct gathering { struct oc_sessionplans *p; json_t *options, *files; const char *first; };

static int gather(void *ctx, const struct oc_opt_row *row, bool negated, const char *value, struct oc_err *err)
{
    struct gathering *g = ctx;

    if (!row || !oc_sessiontable_row(g->p->table, row->opt->name))
        return 0;
    if (!g->first)
        g->first = row->opt->name;
    if (!g->options)
        return 0;
    /* a scalar that is given again replaces what was given before */
    return oc_sessionplan_value(g->p, row->opt->name, value ? value : negated ? "false" : "true", g->options, g->files, err);
}

const char *oc_sessionplan_given(struct oc_sessionplans *p, int argc, char **argv, struct oc_err *err)
{
    struct gathering g = { .p = p };

    return oc_opt_walk(p->host.prog, argc, argv, gather, &g, err) ? NULL : g.first;
}

json_t *oc_sessionplan_gather(struct oc_sessionplans *p, int argc, char **argv, struct oc_err *err)
{
    json_t *spec = json_pack("{s:i, s:{}, s:{}, s:[]}", "oc_session", 1, "options", "files", "changes");
    struct gathering g = { .p = p, .options = json_object_get(spec, "options"), .files = json_object_get(spec, "files") };

    if (!spec)
        oc_fail(err, OC_MEMORY, "no memory for a plan");
    if (spec && oc_opt_walk(p->host.prog, argc, argv, gather, &g, err) == 0)
        return spec;
    json_decref(spec);
    return NULL;
}

/* ---- a plan from outside --------------------------------------------------------------------------------- */

/* A number as it would be typed: the shortest text that reads back to it. */
static json_t *text_of(const json_t *v)
{
    char text[OC_NUM_PRINT_MAX];

    if (json_is_integer(v))
        snprintf(text, sizeof text, "%" JSON_INTEGER_FORMAT, json_integer_value(v));
    else
        text[oc_num_print_f64(text, json_real_value(v))] = '\0';
    return json_string(text);
}

/* The value as a plan has it, new; NULL where it is of another kind. */
static json_t *plan_value(const struct oc_opt *opt, json_t *v)
{
    const bool list = opt->kind == OC_OPT_LIST || opt->repeats;

    if (json_is_null(v) || opt->kind == OC_OPT_FLAG)
        return json_is_null(v) || json_is_boolean(v) ? json_incref(v) : NULL;
    if (list && json_is_string(v))
        return json_pack("[O]", v);
    if (!list && json_is_number(v) && opt->kind != OC_OPT_FILE)
        return text_of(v);
    if (list ? !json_is_array(v) : !json_is_string(v))
        return NULL;
    for (size_t i = 0; list && i < json_array_size(v); i++)
        if (!json_is_string(json_array_get(v, i)))
            return NULL;
    return json_incref(v);
}

static int check_value(struct oc_sessionplans *p, json_t *options, const char *name, json_t *v, struct oc_err *err)
{
    const struct oc_opt_row *row = oc_sessiontable_row(p->table, name);

    if (!row)
        return oc_sessiontable_unknown(name, err);
    json_t *good = plan_value(row->opt, v);
    if (good)
        return json_object_set_new(options, name, good) ? oc_fail(err, OC_MEMORY, "no memory for a plan") : 0;
    return oc_fail(err, OC_USAGE, "%s: wants %s", name, row->opt->kind == OC_OPT_FLAG ? "true or false"
                   : row->opt->kind == OC_OPT_LIST || row->opt->repeats ? "a string, or an array of strings"
                   : row->opt->kind == OC_OPT_FILE ? "a string, as on a command line"
                                                   : "a string, as on a command line, or a number");
}

int oc_sessionplan_check(struct oc_sessionplans *p, json_t *spec, struct oc_err *err)
{
    json_t *options = json_object_get(spec, "options"), *files = json_object_get(spec, "files"), *v;
    const char *name;
    void *next;

    if (!json_is_object(options) || !json_is_object(files))
        return oc_fail(err, OC_USAGE, "options and files are objects");
    json_object_foreach_safe(options, next, name, v)
        if (check_value(p, options, name, v, err))
            return -1;
    json_object_foreach(files, name, v)
        if (!json_is_string(v))
            return oc_fail(err, OC_USAGE, "file '%.80s' is no string of base64", name);
    return 0;
}

/* ---- what is in force ------------------------------------------------------------------------------------ */

json_t *oc_sessionplan_options(const json_t *spec, uint64_t step)
{
    json_t *all = json_copy(json_object_get(spec, "options")), *v;
    size_t i;
    const json_t *change;

    json_array_foreach(json_object_get(spec, "changes"), i, change) {
        const char *name;
        if ((uint64_t)json_integer_value(json_object_get(change, "at")) > step)
            break;
        json_object_foreach(json_object_get(change, "set"), name, v) {
            if (json_is_null(v))
                json_object_del(all, name);
            else
                json_object_set(all, name, v);
        }
    }
    return all;
}

int oc_sessionplan_factor(const char *name, const char *text, double *factor, struct oc_err *err)
{
    const char *why;
    bool percent;

    if ((*text != '+' && *text != '-') || oc_value_f64(text, factor, &percent, &why))
        return oc_fail(err, OC_USAGE, "shock %s=%.40s: wants a change, such as +10%% or -0.05", name, text);
    *factor = 1 + *factor;
    if (!(*factor > 0 && isfinite(*factor)))
        return oc_fail(err, OC_USAGE, "shock %s=%.40s: nothing would be left", name, text);
    return 0;
}

int oc_sessionplan_shock(const json_t *spec, uint64_t step, double *vol, double *spot, struct oc_err *err)
{
    size_t i;
    const json_t *change;

    *vol = *spot = 1;
    json_array_foreach(json_object_get(spec, "changes"), i, change) {
        const char *name;
        json_t *v;
        double factor;
        if ((uint64_t)json_integer_value(json_object_get(change, "at")) != step)
            continue;
        json_object_foreach(json_object_get(change, "shock"), name, v) {
            if (!json_is_string(v) || oc_sessionplan_factor(name, json_string_value(v), &factor, err))
                return -1;
            *(strcmp(name, "vol") == 0 ? vol : spot) *= factor;
        }
    }
    return 0;
}

/*
 * The changes up to a step as a text, so that a walk that was changed on its way has an id of its own, also where it is
 * changed back; "" for none.  More steps are no other walk.  Owned by the caller.
 */
static char *branch_of(const json_t *spec, uint64_t step)
{
    struct oc_buf b = { 0 };
    size_t i;
    const json_t *change;

    json_array_foreach(json_object_get(spec, "changes"), i, change) {
        const json_int_t at = json_integer_value(json_object_get(change, "at"));
        json_t *what = json_copy(json_object_get(change, "set"));
        json_object_del(what, "steps");
        if (!json_object_size(what)) {
            json_decref(what);
            what = json_incref(json_object_get(change, "shock"));
        }
        char *text = json_dumps(what, JSON_COMPACT | JSON_SORT_KEYS);
        if ((uint64_t)at <= step && text)
            oc_buf_printf(&b, "%lld%s", (long long)at, text);
        free(text);
        json_decref(what);
    }
    oc_buf_str(&b);
    return b.p ? b.p : strdup("");
}

/* ---- opening ---------------------------------------------------------------------------------------------- */

/* Make the stepper of a slot; the io of the command line is put back as it was. */
static int open_slot(struct oc_sessionplans *p, struct slot *s, json_t *options, const json_t *carried, const char *branch,
                     struct oc_err *err)
{
    struct oc_io now = *p->host.io;
    struct oc_sessionfiles files;
    const char *input[1];

    if (oc_sessionfiles_open(&files, carried, err))
        return -1;
    int rc = oc_sessiontable_set(p->table, options, &files, &s->words, err);
    input[0] = oc_sessionfiles_path(&files, "-");
    if (rc == 0 && input[0]) {
        p->host.io->ninput = 1;
        p->host.io->input = input;
    } else if (rc == 0 && p->host.reads(p->host.ctx)) {
        rc = oc_fail(err, OC_USAGE, "a chain is wanted: none was given, and the options describe none");
    }
    s->stepper = (struct oc_stepper){ .branch = branch };
    if (rc == 0)
        rc = p->host.open(p->host.ctx, &s->stepper, err);
    if (rc)
        oc_sessionfiles_rename(&files, err);
    oc_sessionfiles_close(&files);
    if (p->host.io->plan_in != now.plan_in)
        free(p->host.io->plan_in);
    *p->host.io = now;
    return rc;
}

static void key_of(const json_t *options, const json_t *files, const char *branch, char key[OC_SHA256_HEX])
{
    char *a = json_dumps(options, JSON_COMPACT | JSON_SORT_KEYS), *b = json_dumps(files, JSON_COMPACT | JSON_SORT_KEYS);
    struct oc_sha256 sha;

    oc_sha256_init(&sha);
    if (a && b) {
        oc_sha256_add(&sha, a, strlen(a) + 1);
        oc_sha256_add(&sha, b, strlen(b) + 1);
    }
    oc_sha256_add(&sha, branch, strlen(branch));
    oc_sha256_hex(&sha, key);
    free(a);
    free(b);
}

int oc_sessionplan_at(struct oc_sessionplans *p, const json_t *spec, uint64_t step, const struct oc_stepper **out,
                      struct oc_err *err)
{
    json_t *options = oc_sessionplan_options(spec, step);
    const json_t *files = json_object_get(spec, "files");
    char key[OC_SHA256_HEX], *branch = branch_of(spec, step);
    struct slot *s = &p->slot[0];

    if (!options || !branch) {
        json_decref(options);
        free(branch);
        return oc_fail(err, OC_MEMORY, "no memory for a plan");
    }
    key_of(options, files, branch, key);
    for (size_t i = 0; i < CACHE; i++) {
        if (p->slot[i].options && strcmp(p->slot[i].key, key) == 0) {
            s = &p->slot[i];
            break;
        }
        if (p->slot[i].used < s->used)
            s = &p->slot[i];
    }
    int rc = 0;
    if (!s->options || strcmp(s->key, key) != 0) {
        empty(s);
        rc = open_slot(p, s, options, files, branch, err);
        if (rc == 0) {
            s->options = json_incref(options);
            strcpy(s->key, key);
        } else {
            free(s->words);
            *s = (struct slot){ .options = NULL };
        }
    }
    s->used = rc ? 0 : ++p->clock;
    json_decref(options);
    free(branch);
    *out = &s->stepper;
    return rc;
}

/* ---- text ------------------------------------------------------------------------------------------------ */

int oc_sessionplan_put(const json_t *spec, struct oc_buf *out, struct oc_err *err)
{
    char *text = json_dumps(spec, JSON_COMPACT | JSON_SORT_KEYS);

    out->n = 0;
    if (text)
        oc_buf_puts(out, text);
    free(text);
    return text && !out->failed ? 0 : oc_fail(err, OC_MEMORY, "no memory for the plan of a session");
}

json_t *oc_sessionplan_get(const char *id, const struct oc_buf *text, struct oc_err *err)
{
    json_t *spec = json_loadb(text->n ? text->p : "", text->n, JSON_REJECT_DUPLICATES, NULL);

    if (json_integer_value(json_object_get(spec, "oc_session")) == 1 && json_is_object(json_object_get(spec, "options"))
        && json_is_object(json_object_get(spec, "files")) && json_is_array(json_object_get(spec, "changes")))
        return spec;
    json_decref(spec);
    oc_fail(err, OC_FORMAT, "the plan of session '%s' is of a version that is not known here", id);
    return NULL;
}
