/* manifest - see manifest.h. */
#include "record/manifest.h"

#include "record/output.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static json_t *file(const char *option, const char *name, const struct oc_tally *t)
{
    char hex[OC_SHA256_HEX];
    json_t *o = json_object();

    oc_sha256_hex(&t->sha, hex);
    if (option)
        json_object_set_new(o, "option", json_string(option));
    if (json_object_set_new(o, "name", json_string(name))
        || json_object_set_new(o, "bytes", json_integer((json_int_t)t->bytes))
        || json_object_set_new(o, "sha256", json_string(hex))) {
        json_decref(o);
        return NULL;
    }
    return o;
}

static json_t *manifest(const struct oc_stats *s, const struct oc_io *io, int status)
{
    json_t *m = json_object(), *arguments = json_array(), *inputs = json_array(), *outputs = json_array();
    int bad = 0;

    for (size_t i = 0; i < io->nargument; i++)
        bad |= json_array_append_new(arguments, json_string(io->argument[i]));
    for (const struct oc_tally *t = s->inputs; t; t = t->next)
        bad |= json_array_append_new(inputs, file(NULL, t->name, t));
    bad |= json_array_append_new(outputs, file("output", io->output ? io->output : "stdout", &s->output));
    if (io->rejects)
        bad |= json_array_append_new(outputs, file("rejects", io->rejects, &s->rejects));
    for (const struct oc_tally *t = io->beside; t; t = t->next)
        bad |= json_array_append_new(outputs, file(t->option, t->name, t));
    bad |= json_object_set_new(m, "manifest", json_integer(1));
    bad |= json_object_set_new(m, "program", json_string(io->prog));
    bad |= json_object_set_new(m, "version", json_string(OC_VERSION));
    bad |= json_object_set_new(m, "arguments", arguments);
    bad |= json_object_set_new(m, "seed", io->seed > INT64_MAX ? json_sprintf("%llu", (unsigned long long)io->seed)
                                                               : json_integer((json_int_t)io->seed));
    bad |= json_object_set_new(m, "data", json_string(io->notes ? io->notes : ""));
    bad |= json_object_set_new(m, "status", json_integer(status));
    bad |= json_object_set_new(m, "inputs", inputs);
    bad |= json_object_set_new(m, "outputs", outputs);
    if (!bad)
        return m;
    json_decref(m);
    return NULL;
}

int oc_manifest_write(const struct oc_stats *s, const struct oc_io *io, int status, struct oc_err *err)
{
    struct oc_output o;
    json_t *m = manifest(s, io, status);
    char *text = m ? json_dumps(m, JSON_INDENT(2) | JSON_ENSURE_ASCII) : NULL;
    int rc = text ? oc_output_open(&o, io->manifest, err)
                  : oc_fail(err, OC_USAGE, "--manifest %s: a word of the command line or a name is not UTF-8", io->manifest);

    if (rc == 0) {
        rc = o.sink.write(&o.sink, text, strlen(text), err) || o.sink.write(&o.sink, "\n", 1, err);
        if (oc_output_close(&o, rc == 0, err))
            rc = -1;
    }
    free(text);
    json_decref(m);
    return rc ? -1 : 0;
}
