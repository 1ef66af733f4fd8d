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

int oc_presets_each(int (*fn)(void *ctx, const struct oc_preset *p, struct oc_err *err), void *ctx, struct oc_err *err)
{
    char path[4096];
    struct dirent **list = NULL;
    int rc = 0;

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
            rc = fn(ctx, &p, err);
            oc_preset_free(&p);
        }
        free(list[i]);
    }
    free(list);
    return rc;
}

static int line(void *ctx, const struct oc_preset *p, struct oc_err *err)
{
    (void)err;
    fprintf(ctx, "%-27s %-8s %s\n", p->name, p->kind, p->title ? p->title : "");
    return 0;
}

int oc_presets_list(FILE *out, const char *value, struct oc_err *err)
{
    (void)value;
    return oc_presets_each(line, out, err);
}

/* ---- --show-map ----------------------------------------------------------------------------------------------- */

static void words(FILE *out, const char *before, const struct oc_preset_words *w)
{
    for (size_t i = 0; i < w->n; i++)
        fprintf(out, "%s'%s'", i ? " " : before, w->word[i]);
}

static void source(const struct oc_preset_column *c, FILE *out)
{
    static const char *const sources[] = {
        [OC_FROM_CELL] = "cell ", [OC_FROM_TEXT] = "the text ", [OC_FROM_HEAD] = "head cell ", [OC_FROM_OSI] = "contract symbol ",
        [OC_FROM_OPTION] = "", [OC_FROM_FILE] = "file's name ", [OC_FROM_JOIN] = "cells ",
    };

    words(out, sources[c->source], &c->from);
    if (c->source == OC_FROM_OPTION && (strcmp(c->name, "ts") == 0 || strcmp(c->name, "symbol") == 0))
        fprintf(out, "--%s", c->name);
    else if (c->source == OC_FROM_OPTION)
        fprintf(out, "--set %s=TEXT", c->name);
}

static void conversions(const struct oc_preset_column *c, FILE *out)
{
    static const char *const units[] = { "ns", "us", "ms", "s" };

    if (c->strip)
        fprintf(out, ", without %s", c->strip);
    words(out, ", missing when ", &c->none);
    if (c->has_below)
        fprintf(out, ", missing below %g", c->below);
    if (c->part)
        fprintf(out, ", part %u at '%s'", c->nth, c->part);
    if (c->upper)
        fprintf(out, ", in capitals");
    for (size_t i = 0; i < c->is.n; i += 2)
        fprintf(out, ", '%s' is %s", c->is.word[i], c->is.word[i + 1]);
    fprintf(out, "%s%s", c->suffixes ? ", with K M B T" : "", c->percent ? ", in %" : "");
    if (c->times)
        fprintf(out, ", times %s", c->times);
    if (c->ratio)
        fprintf(out, ", over the column %s", c->of);
    if (c->over)
        fprintf(out, ", over %s", c->over);
    if (c->exp)
        fprintf(out, ", e to this power");
    if (c->or_option)
        fprintf(out, ", or the command line");
    words(out, c->conv == OC_CONV_DATE ? ", a date as " : ", an instant as ", &c->format);
    if (c->conv == OC_CONV_CLOCK)
        fprintf(out, ", %s since midnight of %s",
                units[c->unit == 1 ? 0 : c->unit == 1000 ? 1 : c->unit == 1000000 ? 2 : 3], c->of);
    if (c->first)
        fprintf(out, ", the first of its %s", c->first == 'w' ? "week" : "month");
    if (c->at >= 0)
        fprintf(out, ", at %02d:%02d", c->at / 60, c->at % 60);
    if (c->at >= 0 && c->early != c->at)
        fprintf(out, " (%02d:%02d on half days)", c->early / 60, c->early % 60);
    if (c->shift)
        fprintf(out, ", %+lld s", (long long)(c->shift / 1000000000));
    if (c->conv == OC_CONV_DAYS)
        fprintf(out, ", days after %s", c->of);
}

int oc_presets_show(const struct oc_preset *p, FILE *out, struct oc_err *err)
{
    for (size_t i = 0; i < p->n; i++) {
        const struct oc_preset_column *c = &p->column[i];
        fprintf(out, "%s\t", c->name);
        if (c->row)
            fprintf(out, "row %u: ", c->row);
        source(c, out);
        conversions(c, out);
        fprintf(out, "%s\n", c->optional ? ", if the file has it" : "");
    }
    if (p->rest)
        fprintf(out, "%s...\tall other cells\n", p->rest);
    return ferror(out) ? oc_fail_errno(err, OC_IO, "cannot write to standard output") : 1;
}
