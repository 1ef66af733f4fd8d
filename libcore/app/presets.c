/* presets - see presets.h.  The folder of the shipped ones is listed; a user's own is named by its path. */
#include "app/presets.h"

#include "base/datadir.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>

static int is_preset(const struct dirent *d)
{
    const size_t n = strlen(d->d_name), m = strlen(".preset");

    return n > m && strcmp(d->d_name + n - m, ".preset") == 0;
}

int oc_presets_list(FILE *out, const char *value, struct oc_err *err)
{
    char path[4096];
    struct dirent **list = NULL;
    int rc = 0;

    (void)value;
    if (oc_datadir_find("presets/cboe-quotedata.preset", path, sizeof path, err))
        return -1;
    *strrchr(path, '/') = '\0';
    const int n = scandir(path, &list, is_preset, alphasort);
    if (n < 0)
        return oc_fail_errno(err, OC_IO, "cannot read the folder %s", path);
    for (int i = 0; i < n; i++) {
        struct oc_preset p;
        char name[256];
        snprintf(name, sizeof name, "%.*s", (int)(strlen(list[i]->d_name) - strlen(".preset")), list[i]->d_name);
        if (rc == 0 && (rc = oc_preset_open(name, &p, err)) == 0) {
            fprintf(out, "%-20s %-8s %s\n", name, p.kind, p.title ? p.title : "");
            oc_preset_free(&p);
        }
        free(list[i]);
    }
    free(list);
    return rc;
}

static void words(FILE *out, const char *before, const struct oc_preset_words *w)
{
    for (size_t i = 0; i < w->n; i++)
        fprintf(out, "%s'%s'", i ? " " : before, w->word[i]);
}

int oc_presets_show(const struct oc_preset *p, FILE *out, struct oc_err *err)
{
    static const char *const sources[] = { "cell ", "the text ", "head cell ", "contract symbol ", "--ts" };

    for (size_t i = 0; i < p->n; i++) {
        const struct oc_preset_column *c = &p->column[i];
        fprintf(out, "%s\t", c->name);
        if (c->row)
            fprintf(out, "row %u: ", c->row);
        words(out, sources[c->source], &c->from);
        if (!c->from.n)
            fputs(sources[c->source], out);
        words(out, c->conv == OC_CONV_DATE ? ", a date as " : ", an instant as ", &c->format);
        words(out, ", missing when ", &c->none);
        if (c->has_below)
            fprintf(out, ", missing below %g", c->below);
        fprintf(out, "%s%s%s%s%s\n", c->strip ? ", without " : "", c->strip ? c->strip : "", c->times ? ", times " : "",
                c->times ? c->times : "", c->optional ? ", if the file has it" : "");
    }
    return ferror(out) ? oc_fail_errno(err, OC_IO, "cannot write to standard output") : 1;
}
