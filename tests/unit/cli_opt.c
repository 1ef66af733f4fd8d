/* cli_opt - the parser over a table of its own, the shared table, and what is printed from both. */
#include "cli/help.h"
#include "cli/prog.h"
#include "test.h"

#include <ctype.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

struct vars {
    struct oc_io io;
    const char *model, *curve, *side, *command, *key;
    double rate, level;
    bool iv, edge;
    int depth;
    uint64_t paths;
    struct oc_words legs;
    int rc;
    struct oc_err err;
};

static int listing(FILE *out, const char *value, struct oc_err *err)
{
    (void)value;
    (void)err;
    return fputs("bsm Black-Scholes\n", out) < 0 ? -1 : 0;
}

/* Parse a command line of blank-separated words into a fresh set of variables. */
static void parse(struct vars *v, const char *line)
{
    *v = (struct vars){ .io = OC_IO_DEFAULT, .model = "auto", .side = "both", .rate = NAN, .level = 0.95, .edge = true };
    const struct oc_opt opts[] = {
        OC_IO_OPTS(&v->io),
        OC_SEED_OPT(&v->io),
        { "model", "SPEC", "the model (default auto)", OC_STR(&v->model), .letter = 'M' },
        { "curve", "FILE", "rates", OC_FILE(&v->curve), .conflicts = "rate" },
        { "side", "SIDE", "which", OC_CHOICE(&v->side, "bid ask both") },
        { "rate", "R", "rate", OC_RATE(&v->rate) },
        { "level", "P", "level", OC_NUM(&v->level) },
        { "iv", NULL, "volatility", OC_FLAG(&v->iv), .letter = 'i' },
        { "edge", NULL, "edge (default on)", OC_FLAG(&v->edge) },
        { "deep", NULL, "deeper", OC_COUNT(&v->depth), .letter = 'd' },
        { "paths", "N", "paths", OC_U64(&v->paths) },
        { "leg", "LEG", "a leg", OC_LIST(&v->legs) },
        { "key", "COLS", "key", OC_STR(&v->key), .of = "diff" },
        { "diff", "A B", "compare", OC_COMMAND(&v->command), .min = 2, .max = 2 },
        { "list-models", NULL, "print the models", OC_SHOW(listing) },
        { 0 }
    };
    static const struct oc_prog prog = { "oc-test", "test the parser", NULL };
    struct oc_prog p = prog;
    static char words[4096];
    char *argv[128] = { "oc-test" }, *rest = NULL;
    int argc = 1;

    p.opts = opts;
    snprintf(words, sizeof words, "%s", line);
    for (char *w = strtok_r(words, " ", &rest); w && argc < 127; w = strtok_r(NULL, " ", &rest))
        argv[argc++] = strcmp(w, "''") == 0 ? "" : w;
    v->rc = oc_opt_parse(&p, argc, argv, &v->err);
}

static void refuses(const char *line, const char *text)
{
    struct vars v;

    parse(&v, line);
    CHECK(v.rc == -1 && v.err.code == OC_USAGE && strstr(v.err.text, text), "'%s' gives %d '%s', not '%s'", line, v.rc,
          v.err.text, text);
}

static void forms(void)
{
    struct vars v;

    test_begin("cli_opt forms of options");
    parse(&v, "a.csv --model bsm -ij4 b --rate=1.25% -dd - --leg x --leg=-y --no-edge --paths 10k -Mq");
    CHECK(v.rc == 0, "refused: %s", v.err.text);
    CHECK(strcmp(v.model, "q") == 0, "the last of a repeated scalar does not win: %s", v.model);
    CHECK(v.iv && v.io.threads == 4 && v.depth == 2 && !v.edge && v.paths == 10000, "a value is lost");
    CHECK(v.rate == 0.0125, "rate %.17g", v.rate);
    CHECK(v.legs.n == 2 && strcmp(v.legs.word[1], "-y") == 0, "%zu legs", v.legs.n);
    CHECK(v.io.ninput == 3 && strcmp(v.io.input[0], "a.csv") == 0 && strcmp(v.io.input[2], "-") == 0, "%zu inputs", v.io.ninput);
    CHECK(strcmp(v.io.prog, "oc-test") == 0, "io.prog is %s", v.io.prog);
    parse(&v, "--iv --no-iv -d --no-deep -- --model -x");
    CHECK(v.rc == 0 && !v.iv && v.depth == 0 && v.io.ninput == 2 && strcmp(v.io.input[0], "--model") == 0, "-- does not end");
    parse(&v, "--model '' -");
    CHECK(v.rc == 0 && v.model[0] == '\0', "an empty argument is lost");
    parse(&v, "--suffix --help - ");
    CHECK(v.rc == 0 && strcmp(v.io.suffix, "--help") == 0, "a value that looks like an option: %d", v.rc);
    test_end();
}

static void mistakes(void)
{
    test_begin("cli_opt mistakes are named");
    refuses("--modle x -", "unknown option --modle; did you mean --model?");
    refuses("--mod x -", "unknown option --mod");                 /* no abbreviations */
    refuses("--no-model -", "unknown option --no-model");
    refuses("--no-ivv -", "did you mean --no-iv?");
    refuses("-iZ -", "unknown option -Z in '-iZ'");
    refuses("--model", "--model wants a value: SPEC");
    refuses("-iM", "--model wants a value: SPEC");
    refuses("--iv=yes -", "--iv takes no value");
    refuses("--side bids -", "--side: 'bids' is none of: bid ask both; did you mean bid?");
    refuses("--rate 5 -", "write 5% for percent");
    refuses("--rate x -", "--rate: 'x' is not a number");
    refuses("--level 1e999 -", "is out of range");
    refuses("--paths -3 -", "--paths: '-3' is negative");
    refuses("--threads 5G -", "--threads: '5G' is too large");
    refuses("--curve f --rate 1% -", "--curve cannot stand with --rate");
    refuses("--on-error skip -", "wants --rejects FILE");
    refuses("--suffix a --replace b -", "--suffix cannot stand with --replace");
    refuses("--no-provenance --provenance f -", "--no-provenance cannot stand with --provenance");
    refuses("--float fixed -", "--float: 'fixed'");
    refuses("--compress 20 -", "--compress: 20 is above 19");
    refuses("--ts-unit m -", "--ts-unit: 'm' is none of: s ms us ns");
    refuses("--max-rejects 101% -", "--max-rejects");
    refuses("--key ts -", "--key goes with the command 'diff'");
    refuses("diff a", "diff wants A B");
    refuses("diff a b c", "'c': an operand too many, expected A B");
    refuses("--help=yaml", "--help: 'yaml'");
    test_end();
}

static void commands(void)
{
    struct vars v;

    test_begin("cli_opt sub-commands");
    parse(&v, "--iv diff --key ts a b");
    CHECK(v.rc == 0 && v.command && strcmp(v.command, "diff") == 0 && v.io.ninput == 2 && strcmp(v.io.input[1], "b") == 0,
          "diff a b: %d %s", v.rc, v.err.text);
    parse(&v, "./diff");
    CHECK(v.rc == 0 && !v.command && v.io.ninput == 1, "a file is taken for the command");
    parse(&v, "a.csv diff");
    CHECK(v.rc == 0 && !v.command && v.io.ninput == 2, "a command behind a file");
    test_end();
}

static void maps(void)
{
    struct vars v;

    test_begin("cli_opt --map");
    parse(&v, "-m iv=vol*0.01,oi=\"Open,_Int*\" --map bid=\"b\"*1e-2 --map ask=a -");
    CHECK(v.rc == 0 && v.io.nmap == 4, "%zu maps, %s", v.io.nmap, v.err.text);
    CHECK(strcmp(v.io.map[0].column, "vol") == 0 && strcmp(v.io.map[0].factor, "0.01") == 0, "map 0");
    CHECK(strcmp(v.io.map[1].name, "oi") == 0 && strcmp(v.io.map[1].column, "Open,_Int*") == 0 && !v.io.map[1].factor, "map 1");
    CHECK(strcmp(v.io.map[2].column, "b") == 0 && strcmp(v.io.map[2].factor, "1e-2") == 0, "map 2");
    CHECK(strcmp(v.io.map[3].name, "ask") == 0 && !v.io.map[3].factor, "map 3");
    refuses("--map iv -", "--map: 'iv' is not NAME=COLUMN");
    refuses("--map iv=,a=b -", "names no column");
    refuses("--map iv=a*b -", "'b' is no factor");
    refuses("--map iv=a*0 -", "'0' is no factor");
    refuses("--map iv=a*1% -", "is no factor");
    refuses("--map iv=\"a -", "is not closed");
    refuses("--map iv=\"a\"b -", "is not closed");
    refuses("--map =a -", "is not NAME=COLUMN");
    test_end();
}

static void metadata(void)
{
    struct vars v;

    test_begin("cli_opt options for the metadata");
    parse(&v, "--rate 1.250% --iv --model bsm ./x");
    CHECK(strcmp(v.io.options, "--model=bsm --rate=0.0125 --iv") == 0, "%s", v.io.options);
    parse(&v, "-iM bsm -j7 -o out.csv -qv --rate 0.0125 --batch-rows 3 --stats s --strict --errors json ./x y -");
    CHECK(strcmp(v.io.options, "--model=bsm --rate=0.0125 --iv") == 0, "neutral ones, or another spelling: %s", v.io.options);
    parse(&v, "--model auto --edge --level 0.950 --seed 1 --on-error stop --float shortest --iv --no-iv -");
    CHECK(strcmp(v.io.options, "") == 0, "defaults are listed: %s", v.io.options);
    parse(&v, "--no-edge --curve /tmp/x --seed 2 --leg a --leg b,c --where a>'b -m x=y -m z=w -");
    CHECK(strcmp(v.io.options, "--seed=2 --curve=FILE --no-edge --leg=a --leg=b,c --map=x=y,z=w --where='a>'\\''b'") == 0,
          "%s", v.io.options);
    parse(&v, "diff --key ts a b");
    CHECK(strcmp(v.io.options, "diff --key=ts") == 0, "%s", v.io.options);
    test_end();
}

/* What --manifest notes: one spelling, operands behind --, nothing of outputs, threads and messages. */
static void noted(const char *line, const char *want)
{
    struct vars v;
    char got[512] = "";

    parse(&v, line);
    for (size_t i = 0; i < v.io.nargument; i++)
        snprintf(got + strlen(got), sizeof got - strlen(got), "%s%s", i ? " " : "", v.io.argument[i]);
    CHECK(v.rc == 0 && strcmp(got, want) == 0, "%s: '%s' (%s)", line, got, v.err.text);
}

static void manifest(void)
{
    test_begin("cli_opt words for a manifest");
    noted("--manifest m -iM bsm -j7 -o out.csv -Ocsv -qv in.csv --rate 5%", "--iv --model=bsm --output-format=csv --rate=5% -- in.csv");
    noted("diff --manifest m --key ts a b", "--key=ts -- diff a b");
    noted("--manifest m --no-iv -- -", "--no-iv -- -");
    noted("a.csv --stats s", "");
    refuses("--manifest m --leg \xff -", "is not UTF-8");
    refuses("--manifest m ./\xed\xa0\x80", "is not UTF-8");
    test_end();
}

/* Each plain row of the shared table writes its own field of struct oc_io and nothing else. */
static void shared_fields(void)
{
    test_begin("cli_opt shared rows hit their fields");
    for (const struct oc_opt *o = oc_io_opts; o->kind != OC_OPT_END; o++) {
        static const struct { enum oc_optkind kind; size_t size; const char *value; } kinds[] = {
            { OC_OPT_FLAG, sizeof(bool), "" }, { OC_OPT_COUNT, sizeof(int), "" }, { OC_OPT_STR, sizeof(char *), "text" },
            { OC_OPT_FILE, sizeof(char *), "file" }, { OC_OPT_UINT, sizeof(unsigned), "7" }, { OC_OPT_INT, sizeof(int), "7" },
            { OC_OPT_SIZE, sizeof(size_t), "77777" }, { OC_OPT_CHOICE, sizeof(char *), NULL },
        };
        size_t k = 0;
        while (k < sizeof kinds / sizeof *kinds && kinds[k].kind != o->kind)
            k++;
        if (k == sizeof kinds / sizeof *kinds || strcmp(o->name, "rejects") == 0)
            continue;   /* calls have tests of their own; --rejects does not stand alone */
        char line[256];
        const char *value = kinds[k].value ? kinds[k].value : o->choices + strcspn(o->choices, " ") + 1;
        snprintf(line, sizeof line, "--%s%s%.*s - ", o->name, *value ? "=" : "", (int)strcspn(value, " "), value);
        struct vars v, base;
        parse(&base, "-");
        struct oc_io without = base.io;
        parse(&v, line);
        without.input = v.io.input;
        without.options = v.io.options;
        without.argument = v.io.argument;      /* --manifest wants the whole line noted */
        without.nargument = v.io.nargument;
        size_t inside = 0, outside = 0;
        for (size_t i = 0; i < sizeof without; i++) {
            const bool differs = ((const char *)&without)[i] != ((const char *)&v.io)[i];
            *(i >= o->off && i < o->off + kinds[k].size ? &inside : &outside) += differs;
        }
        CHECK(v.rc == 0 && inside && !outside, "%s: %d, %zu bytes of its field and %zu others change (%s)", line, v.rc,
              inside, outside, v.err.text);
    }
    test_end();
}

static void environment(void)
{
    struct vars v;

    test_begin("cli_opt environment");
    setenv("OC_THREADS", "3", 1);
    setenv("NO_COLOR", "1", 1);
    parse(&v, "-");
    CHECK(v.io.threads == 3 && strcmp(v.io.color, "never") == 0, "threads %u, color %s", v.io.threads, v.io.color);
    parse(&v, "-j2 --color always -");
    CHECK(v.io.threads == 2 && strcmp(v.io.color, "always") == 0, "the command line does not win");
    setenv("OC_THREADS", "x", 1);
    refuses("-", "environment variable OC_THREADS: --threads: 'x' is not a whole number");
    unsetenv("OC_THREADS");
    unsetenv("NO_COLOR");
    test_end();
}

/* One name, one letter, one meaning; help is a line of its own. */
static void table(void)
{
    struct oc_io io = OC_IO_DEFAULT;
    const struct oc_opt with[] = { OC_IO_OPTS(&io), { 0 } };
    struct oc_rows rows;

    test_begin("cli_opt shared table");
    oc_opt_rows(&(struct oc_prog){ "oc-x", "x", with }, &rows);
    CHECK(rows.n > 40, "%zu rows", rows.n);
    for (size_t i = 0; i < rows.n; i++) {
        const struct oc_opt *a = rows.row[i].opt;
        CHECK(a->help && *a->help && a->help[strlen(a->help) - 1] != '.', "--%s: help", a->name);
        CHECK(islower((unsigned char)a->help[0]) || a->help[0] == 'N', "--%s: help begins with a capital", a->name);
        for (size_t k = i + 1; k < rows.n; k++) {
            const struct oc_opt *b = rows.row[k].opt;
            CHECK(strcmp(a->name, b->name) != 0, "--%s stands twice", a->name);
            CHECK(!a->letter || a->letter != b->letter, "-%c is --%s and --%s", a->letter, a->name, b->name);
        }
    }
    /* what CLI.md promises to every filter */
    static const char promised[] = "output input-format output-format map show-map tz ts-unit at ts kind suffix replace na float "
        "on-error rejects max-rejects strict keep drop where only batch-rows threads progress color stats metrics provenance manifest "
        "no-provenance quiet verbose errors log-format dry-run help version";
    for (const char *s = promised; *s; s += *s == ' ') {
        const size_t n = strcspn(s, " ");
        CHECK(oc_opt_long(&rows, s, n), "--%.*s is missing", (int)n, s);
        s += n;
    }
    test_end();
}

/* A JSON value, well formed: returns what follows it, NULL if it is none. */
static const char *json(const char *s)
{
    if (*s == '"') {
        for (s++; *s && *s != '"'; s++)
            if ((unsigned char)*s < 0x20 || (*s == '\\' && !strchr("\"\\/bfnrtu", *++s)))
                return NULL;
        return *s ? s + 1 : NULL;
    }
    if (*s == '{' || *s == '[') {
        const char close = *s == '{' ? '}' : ']';
        for (s++; s && *s != close; s += *s == ',') {
            s += strspn(s, " \n");
            if (close == '}') {
                s = *s == '"' ? json(s) : NULL;
                if (!s || *s++ != ':')
                    return NULL;
            }
            s = json(s);
            if (!s || (*s != ',' && *s != close))
                return NULL;
        }
        return s ? s + 1 : NULL;
    }
    const size_t n = strspn(s, "-+.0123456789eEaflnrstu");
    return n ? s + n : NULL;
}

static void printed(void)
{
    struct oc_io io = OC_IO_DEFAULT;
    double rate = NAN;
    const struct oc_opt opts[] = { OC_IO_OPTS(&io), { "rate", "R", "say \"hi\" .x", OC_RATE(&rate) }, { 0 } };
    const struct oc_prog prog = { "oc-x", "title", opts };
    struct oc_rows rows;

    test_begin("cli_opt help");
    oc_opt_rows(&prog, &rows);
    static const char *const formats[] = { "text", "json", "mdoc" };
    for (size_t f = 0; f < 3; f++) {
        char *text = NULL;
        size_t n = 0;
        FILE *out = open_memstream(&text, &n);
        oc_help_print(out, &prog, &rows, formats[f]);
        fclose(out);
        for (size_t i = 0; i < rows.n; i++)
            CHECK(strstr(text, rows.row[i].opt->name), "%s: no --%s", formats[f], rows.row[i].opt->name);
        const char *end = f == 1 ? json(text) : NULL;
        CHECK(f != 1 || (end && strcmp(end, "\n") == 0), "JSON is broken: %.60s", end ? end : text);
        size_t at = 0, longest = 0;
        for (const char *s = text; *s; s++) {
            at = *s == '\n' ? 0 : at + 1;
            longest = at > longest ? at : longest;
            CHECK(!(s[0] == ' ' && s[1] == '\n'), "%s: a blank at the end of a line: %.30s", formats[f], s + 2);
        }
        CHECK(f != 0 || longest < 80, "a line of %zu", longest);
        free(text);
    }
    test_end();
}

/* Whatever stands on a command line, it is taken or refused with a reason, the same way each time. */
static void random_lines(void)
{
    static const char *const words[] = {
        "-", "--", "---", "-i", "-M", "-iM", "-ij3", "-dddd", "--iv", "--no-iv", "--no-", "--no-no-iv", "--=", "--iv=", "--model=",
        "--model", "x", "a,b", "--rate", "5%", "-5", "1e3", "--leg", "--side", "bid", "--side=", "--map", "a=b", "a=b*", "=", "*",
        "a=\"b", "a=\"b\"*2,c=d", "--na", ",,", "''", "diff", "--key", "--float", "fixed:3", "sig:99", "--on-error", "skip",
        "--rejects=f", "-o", "-j", "--threads=0x", "--max-rejects=1%", "--ts-unit=ms", "--compress=3", "--errors", "json", "-x", "\xff"
    };
    uint64_t seed = 12345;

    test_begin("cli_opt random command lines");
    for (int i = 0; i < 20000; i++) {
        char line[512] = "";
        for (int k = 0; k < 1 + i % 8; k++) {
            seed = seed * 6364136223846793005u + 1442695040888963407u;
            strcat(strcat(line, words[(seed >> 33) % (sizeof words / sizeof *words)]), " ");
        }
        struct vars v, again;
        strcat(line, "-");
        parse(&v, line);
        CHECK(v.rc == 0 || (v.rc == -1 && v.err.code == OC_USAGE && v.err.text[0]), "'%s': %d %s", line, v.rc, v.err.text);
        char options[1024] = "";
        if (v.rc == 0)
            snprintf(options, sizeof options, "%s", v.io.options);
        parse(&again, line);
        CHECK(again.rc == v.rc && strcmp(again.err.text, v.err.text) == 0
              && (v.rc || strcmp(again.io.options, options) == 0), "'%s' twice", line);
        oc_opt_free();
    }
    test_end();
}

int main(void)
{
    forms();
    mistakes();
    commands();
    maps();
    metadata();
    manifest();
    shared_fields();
    environment();
    table();
    printed();
    random_lines();
    oc_opt_free();
    return test_done();
}
