/* cli_complete - candidates for a word, by the table alone (columns of files: tests/cmd/oc). */
#include "cli/complete.h"
#include "cli/prog.h"
#include "test.h"

#include <stdlib.h>
#include <string.h>

static int listing(FILE *out, const char *value, struct oc_err *err)
{
    (void)value;
    (void)err;
    return fputs("auto\tby style\nbachelier  normal\nbsm  lognormal\n", out) < 0 ? -1 : 0;
}

/* Complete the last of blank-separated words; the first columns of what is printed must be `want`. */
static void offers(const char *line, const char *want)
{
    struct oc_io io = OC_IO_DEFAULT;
    const char *model = NULL, *curve = NULL, *side = NULL, *command = NULL, *key = NULL;
    bool iv = false;
    const struct oc_opt opts[] = {
        OC_IO_OPTS(&io),
        { "model", "SPEC", "model", OC_STR(&model), .letter = 'M' },
        { "list-models", NULL, "models", OC_SHOW(listing) },
        { "curve", "FILE", "rates", OC_FILE(&curve) },
        { "side", "SIDE", "which", OC_CHOICE(&side, "bid ask both") },
        { "iv", NULL, "volatility", OC_FLAG(&iv), .letter = 'i' },
        { "key", "COLS", "key", OC_STR(&key), .of = "diff" },
        { "diff", "A B", "compare", OC_COMMAND(&command), .min = 2, .max = 2 },
        { "digest", "FILE ...", "digest", OC_COMMAND(&command), .max = 255 },
        { 0 }
    };
    const struct oc_prog prog = { "oc-x", "x", opts };
    struct oc_rows rows;
    char words[256], number[12], *argv[32] = { number }, *rest = words, got[4096] = "", *out = NULL;
    size_t size = 0;
    int argc = 1;

    snprintf(words, sizeof words, "%s", line);
    while (rest)
        argv[argc++] = strsep(&rest, " ");
    snprintf(number, sizeof number, "%d", argc - 2);
    oc_opt_rows(&prog, &rows);
    struct oc_err err = { 0 };
    FILE *f = open_memstream(&out, &size);
    const int rc = oc_complete(f, &rows, argc, argv, &err);
    fclose(f);
    for (char *s = out; *s; s += strcspn(s, "\n") + 1)
        snprintf(got + strlen(got), sizeof got - strlen(got), "%s%.*s", *got ? " " : "", (int)strcspn(s, "\t\n"), s);
    CHECK(rc == 1 && strcmp(got, want) == 0, "'%s' offers '%s', not '%s'", line, got, want);
    free(out);
}

int main(void)
{
    struct oc_rows rows = { .n = 0 };
    struct oc_err err = { 0 };

    test_begin("cli_complete candidates");
    offers("oc-x --mod", "--model");
    offers("oc-x --no-i", "--no-iv");
    offers("oc-x --model ", "auto bachelier bsm");
    offers("oc-x --model b", "bachelier bsm");
    offers("oc-x --model=ba", "--model=bachelier");
    offers("oc-x -M b", "bachelier bsm");
    offers("oc-x -iM b", "bachelier bsm");
    offers("oc-x -i d", "diff digest :files");
    offers("oc-x --side b", "bid both");
    offers("oc-x --curve ", ":files");
    offers("oc-x --curve=x", ":files");
    offers("oc-x -o ", ":files");
    offers("oc-x d", "diff digest :files");
    offers("oc-x diff d", ":files");
    offers("oc-x diff --k", "--key --kind --keep");
    offers("oc-x digest --ke", "--keep");
    offers("oc-x -- --mod", ":files");
    offers("oc-x --kind qu", "quote");
    offers("oc-x --on-error ", "stop na skip");
    offers("oc-x --keep a", "");
    offers("oc-x --at ", "open close");
    offers("oc-x --float s", "shortest");
    offers("oc-x --nonsense --mod", "--model");
    offers("oc-x --suffix --model ", "diff digest :files");
    CHECK(oc_complete(stdout, &rows, 1, (char *[]){ "x" }, &err) == -1 && err.code == OC_USAGE, "a word is no number");
    CHECK(oc_complete(stdout, &rows, 2, (char *[]){ "7", "oc-x" }, &err) == -1, "a word that is not there");
    test_end();
    oc_opt_free();
    return test_done();
}
