/* arguments - see arguments.h. */
#include "cli/arguments.h"

#include <stdio.h>
#include <string.h>

/* Shared options that no rerun takes over: where things are written, what is told, how fast. */
static const char left_out[] = "output rejects manifest provenance stats metrics progress color quiet verbose errors "
                               "log-format threads batch-rows force dry-run show-map";

const char oc_arguments_beside[] = "checks gaps";

struct note {
    const char **option, **operand;
    size_t noption, noperand;
};

/* Well-formed UTF-8 of shortest form, no surrogates: what JSON can hold. */
static bool is_utf8(const char *s)
{
    const unsigned char *p = (const unsigned char *)s;

    while (*p) {
        const int more = *p < 0x80 ? 0 : *p >= 0xc2 && *p < 0xe0 ? 1 : (*p & 0xf0) == 0xe0 ? 2
                       : *p >= 0xf0 && *p < 0xf5 ? 3 : -1;
        if (more < 0 || (*p == 0xe0 && p[1] < 0xa0) || (*p == 0xed && p[1] > 0x9f) || (*p == 0xf0 && p[1] < 0x90)
            || (*p == 0xf4 && p[1] > 0x8f))
            return false;
        p++;
        for (int i = 0; i < more; i++, p++)
            if ((*p & 0xc0) != 0x80)
                return false;
    }
    return true;
}

static int see(void *ctx, const struct oc_opt_row *row, bool negated, const char *value, struct oc_err *err)
{
    struct note *n = ctx;

    if (value && !is_utf8(value))
        return oc_fail(err, OC_USAGE, "--manifest: the word '%s' is not UTF-8, so it cannot be written down", value);
    if (!row) {
        n->operand[n->noperand++] = value;
        return 0;
    }
    const char *name = row->opt->name;
    if ((oc_opt_in(left_out, name, strlen(name)) && oc_opt_is_shared(row->opt))
        || oc_opt_in(oc_arguments_beside, name, strlen(name)))
        return 0;
    const size_t size = strlen(name) + (value ? strlen(value) : 0) + 8;
    char *word = oc_opt_alloc(size);
    snprintf(word, size, "--%s%s%s%s", negated ? "no-" : "", name, value ? "=" : "", value ? value : "");
    n->option[n->noption++] = word;
    return 0;
}

int oc_arguments_note(const struct oc_prog *prog, int argc, char **argv, struct oc_io *io, struct oc_err *err)
{
    /* a bundle -abc is several options: as many as there are letters at most */
    size_t most = (size_t)argc + 1;
    for (int i = 1; i < argc; i++)
        most += strlen(argv[i]);
    struct note n = { .option = oc_opt_alloc(2 * most * sizeof *n.option),
                      .operand = oc_opt_alloc(most * sizeof *n.operand) };

    if (oc_opt_walk(prog, argc, argv, see, &n, err))
        return -1;
    if (n.noperand)
        n.option[n.noption++] = "--";
    memcpy(n.option + n.noption, n.operand, n.noperand * sizeof *n.operand);
    io->argument = n.option;
    io->nargument = n.noption + n.noperand;
    return 0;
}

bool oc_arguments_repeatable(const char *word)
{
    if (word[0] != '-' || word[1] != '-' || !word[2])
        return false;
    if (strcmp(word, "--no-provenance") == 0)          /* a name of its own: no --provenance is undone */
        return true;
    const char *name = word + 2 + (strncmp(word + 2, "no-", 3) == 0 ? 3 : 0);
    return !oc_opt_in(oc_arguments_beside, name, strcspn(name, "=")) && !oc_opt_in(left_out, name, strcspn(name, "=")) && !oc_opt_in(left_out, word + 2, strcspn(word + 2, "="));
}
